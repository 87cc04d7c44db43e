"""The ledger workbook: all patches, totals, one sheet a department and a township, gaps, and notes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.book import Book
from weipian_plugin.exchange.columns import LedgerTemplate, load_template
from weipian_plugin.exchange.content import LedgerContent
from weipian_plugin.exchange.layout import LedgerLayout, full_title, head_note, lay_out
from weipian_plugin.exchange.notes import write_notes
from weipian_plugin.exchange.records import build_records
from weipian_plugin.exchange.saving import replacing
from weipian_plugin.exchange.summary import write_summary
from weipian_plugin.exchange.tables import Table, write_table

_Job = tuple[int, Callable[[Progress], None]]
_WEIGHT_OF_OTHERS = 50
"""Rows that a sheet without records counts for in the progress."""


def write_ledger(
    path: Path, content: LedgerContent, progress: Progress, template: LedgerTemplate | None = None
) -> None:
    """Write the ledger workbook to `path`, whole or not at all.

    Raises WeipianError where the target cannot be written, Cancelled where the person asks to stop; in both
    cases what was at `path` stays as it was.
    """
    template = template or load_template()
    with replacing(path) as temporary:
        progress.report(0.0, "正在整理图斑记录")
        records = build_records(content, template.area_decimals)
        book = Book(full_title(content, template.sheets["ledger"].title), content.maker, content.made_on)
        layout = lay_out(content, records, template, book.names)
        _write_sheets(book, layout, content, template, progress.part(0.1, 0.85))
        progress.report(0.85, "正在保存工作簿")
        book.save(temporary, progress.part(0.85, 1.0))
        progress.check()
    progress.report(1.0)


def _write_sheets(
    book: Book, layout: LedgerLayout, content: LedgerContent, template: LedgerTemplate, progress: Progress
) -> None:
    """Write the sheets in the order of their tabs, each taking its share of the progress."""
    units = [entry.table for entry in (*layout.departments, *layout.townships)]
    gaps = [layout.not_evaluated] if layout.not_evaluated else []
    note, decimals = head_note(content), template.area_decimals
    jobs: list[_Job] = [
        _table_job(book, layout.ledger),
        (_WEIGHT_OF_OTHERS, lambda _: write_summary(book, layout, note, decimals)),
        *[_table_job(book, table) for table in (*units, *gaps)],
        (_WEIGHT_OF_OTHERS, lambda _: write_notes(book, layout.notes_name, content, template)),
    ]
    done, whole = 0, sum(weight for weight, _ in jobs)
    for weight, job in jobs:
        job(progress.part(done / whole, (done + weight) / whole))
        done += weight


def _table_job(book: Book, table: Table) -> _Job:
    def job(progress: Progress) -> None:
        progress.report(0.0, f"正在写工作表“{table.name}”")
        write_table(book, table, progress)

    return len(table.records) + _WEIGHT_OF_OTHERS, job
