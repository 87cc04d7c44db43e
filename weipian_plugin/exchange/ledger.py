"""The ledger workbook: all patches, totals, one sheet a department and a township, gaps, and notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.book import Book
from weipian_plugin.exchange.columns import Column, LedgerTemplate, load_template
from weipian_plugin.exchange.content import LedgerContent
from weipian_plugin.exchange.export_record import CITY
from weipian_plugin.exchange.export_sheet import write_export_record
from weipian_plugin.exchange.layout import LedgerLayout, TownTable, lay_out, with_lists
from weipian_plugin.exchange.notes import write_notes
from weipian_plugin.exchange.records import PatchRecord, build_records
from weipian_plugin.exchange.saving import replacing
from weipian_plugin.exchange.summary import write_summary
from weipian_plugin.exchange.tables import Table, write_table
from weipian_plugin.exchange.titles import foot_lines, full_title, head_note
from weipian_plugin.exchange.towns import write_towns
from weipian_plugin.exchange.validations import list_cells, write_dictionary

_Job = tuple[int, Callable[[Progress], None]]
_BEFORE_TOWNS = ("determination", "remedy", "assignment")
_AFTER_TOWNS = ("audit", "precheck")
_WEIGHT_OF_OTHERS = 50
"""Rows that a sheet without records counts for in the progress."""


def write_ledger(
    path: Path,
    content: LedgerContent,
    progress: Progress,
    template: LedgerTemplate | None = None,
    records: Sequence[PatchRecord] | None = None,
) -> None:
    """Write the ledger workbook to `path`, whole or not at all.

    `records` are those of the content in the decimals of the template, where they were made before. Raises
    WeipianError where the target cannot be written, Cancelled where the person asks to stop; in both cases
    what was at `path` stays as it was.
    """
    template = template or load_template()
    with replacing(path) as temporary:
        progress.report(0.0, "正在整理图斑记录")
        if records is None:
            records = build_records(content, template.area_decimals, progress.part(0, 0.15))
        book = Book(full_title(content, template.sheets["ledger"].title), content.maker, content.made_on)
        layout = lay_out(content, records, template, book.names)
        try:
            _write_sheets(book, layout, content, template, progress.part(0.15, 0.8))
            write_dictionary(book, columns_of(layout), content.choices)
            if content.stamp:
                values = [record.values for record in records]
                write_export_record(book, content.stamp, CITY, values, layout.tables())
        finally:
            layout.forget_records()
        progress.report(0.8, "正在保存工作簿")
        book.save(temporary, progress.part(0.8, 1.0))
        progress.check()
    progress.report(1.0)


def _write_sheets(
    book: Book, layout: LedgerLayout, content: LedgerContent, template: LedgerTemplate, progress: Progress
) -> None:
    """Write the sheets in the order of their tabs, each taking its share of the progress."""
    lists = list_cells(columns_of(layout), content.choices)
    layout = with_lists(layout, lists)
    jobs = _jobs(book, layout, content, template)
    done, whole = 0, sum(weight for weight, _ in jobs)
    for weight, job in jobs:
        job(progress.part(done / whole, (done + weight) / whole))
        done += weight


def _jobs(book: Book, layout: LedgerLayout, content: LedgerContent, template: LedgerTemplate) -> list[_Job]:
    """Return what is to be written, in the order of the tabs."""
    note, decimals = head_note(content), template.area_decimals
    foot = foot_lines(content, template.signatures)
    before = [layout.lists[key] for key in _BEFORE_TOWNS if key in layout.lists]
    after = [layout.lists[key] for key in _AFTER_TOWNS if key in layout.lists]
    tables = [entry.table for entry in (*layout.departments, *layout.townships)]
    gaps = [layout.not_evaluated] if layout.not_evaluated else []

    def town_job(entry: TownTable) -> _Job:
        return _WEIGHT_OF_OTHERS, lambda _: write_towns(book, entry, layout.ledger, decimals, content, foot)

    return [
        *[_table_job(book, table) for table in (*before[:1], layout.ledger, *before[1:])],
        *[town_job(entry) for entry in layout.towns],
        *[_table_job(book, table) for table in after],
        (_WEIGHT_OF_OTHERS, lambda _: write_summary(book, layout, note, decimals)),
        *[_table_job(book, table) for table in (*tables, *gaps)],
        (_WEIGHT_OF_OTHERS, lambda _: write_notes(book, layout.notes_name, content, template)),
    ]


def columns_of(layout: LedgerLayout) -> list[Column]:
    """Return the columns of every table."""
    return [column for table in layout.tables() for column in table.columns]


def _table_job(book: Book, table: Table) -> _Job:
    def job(progress: Progress) -> None:
        progress.report(0.0, f"正在写工作表“{table.name}”")
        write_table(book, table, progress)

    return len(table.records) + _WEIGHT_OF_OTHERS, job
