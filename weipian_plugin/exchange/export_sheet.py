"""Write the very hidden sheet with what the workbook said when it went out."""

from __future__ import annotations

from collections.abc import Iterable

from weipian_plugin.exchange.book import Book, SheetLayout
from weipian_plugin.exchange.content import ExportStamp
from weipian_plugin.exchange.export_record import EXPORT_SHEET, STABLE_ID, ExportHead, export_rows
from weipian_plugin.exchange.records import Record


def write_export_record(book: Book, stamp: ExportStamp, kind: str, records: Iterable[Record]) -> None:
    """Write the sheet: one row a patch, however many rows it has on the sheets that people see."""
    head = ExportHead(stamp.tag, stamp.exported_at, kind, stamp.unit, stamp.history_head)
    rows = {str(record[STABLE_ID]): record for record in records}
    sheet = book.add_sheet(SheetLayout(EXPORT_SHEET, [24, *[12] * len(stamp.keys)], for_programs=True))
    for row in export_rows(head, list(stamp.keys), rows.items()):
        sheet.append_plain(row)
