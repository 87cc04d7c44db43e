"""Write the very hidden sheet with what the workbook said when it went out."""

from __future__ import annotations

from collections.abc import Iterable

from weipian_plugin.exchange.book import Book, SheetLayout
from weipian_plugin.exchange.content import ExportStamp
from weipian_plugin.exchange.export_record import (
    EXPORT_SHEET,
    STABLE_ID,
    ExportHead,
    column_groups,
    export_rows,
)
from weipian_plugin.exchange.records import Record
from weipian_plugin.exchange.sources import EVIDENCE_PREFIX
from weipian_plugin.exchange.tables import Table


def write_export_record(
    book: Book, stamp: ExportStamp, kind: str, records: Iterable[Record], tables: Iterable[Table]
) -> None:
    """Write the sheet: one row a patch, however many rows it has on the sheets that people see.

    `tables` are those sheets: what each of their columns shows is kept too, and the evidence they show.
    """
    shown = [(table.name, {column.title: column.key for column in table.columns}) for table in tables]
    evidence = {key for _, keys in shown for key in keys.values() if key.startswith(EVIDENCE_PREFIX)}
    keys = [*stamp.keys, *sorted(evidence)]
    facts = (stamp.tag, stamp.exported_at, kind, stamp.unit, stamp.history_head)
    head = ExportHead(*facts, columns=column_groups(shown))
    rows = {str(record[STABLE_ID]): record for record in records}
    sheet = book.add_sheet(SheetLayout(EXPORT_SHEET, [24, *[12] * len(keys)], for_programs=True))
    for row in export_rows(head, keys, rows.items()):
        sheet.append_plain(row)
