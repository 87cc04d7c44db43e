"""The workbook that one department or township gets: its patches, its duties, and what it must fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.book import Book
from weipian_plugin.exchange.columns import LedgerTemplate
from weipian_plugin.exchange.content import LedgerContent
from weipian_plugin.exchange.export_record import DISPATCH
from weipian_plugin.exchange.export_sheet import write_export_record
from weipian_plugin.exchange.layout import NOTES, TableMaker
from weipian_plugin.exchange.notes import write_notes
from weipian_plugin.exchange.records import PatchRecord, Record, task_record
from weipian_plugin.exchange.saving import replacing
from weipian_plugin.exchange.tables import write_table
from weipian_plugin.exchange.titles import full_title
from weipian_plugin.exchange.validations import list_cells, write_dictionary

DISPATCHED = tuple(duty.value for duty in DutyName if duty is not DutyName.SUPERVISION)
"""Duties with which patches are sent out; 督查 is over all patches and has nothing to fill in."""


def tasks_by_unit(
    records: Sequence[PatchRecord], decimals: int, duties: Sequence[str] = DISPATCHED
) -> dict[str, list[Record]]:
    """Return the patches of every unit that has a duty, with all its duties, most patches first."""
    found: dict[str, list[Record]] = {}
    for record in records:
        for unit in dict.fromkeys(a.unit for a in record.assignments if a.duty in duties and a.unit):
            task = task_record(record, unit, duties, decimals)
            if task is not None:
                found.setdefault(unit, []).append(task)
    return dict(sorted(found.items(), key=lambda entry: -len(entry[1])))


def write_dispatch(
    path: Path,
    unit: str,
    tasks: list[Record],
    content: LedgerContent,
    template: LedgerTemplate,
    progress: Progress,
) -> None:
    """Write the workbook of one unit to `path`, whole or not at all; errors as `ledger.write_ledger`."""
    stamp = content.stamp and replace(content.stamp, unit=unit)
    content = replace(content, stamp=stamp)
    sheet = template.sheets["tasks"]
    with replacing(path) as temporary:
        book = Book(full_title(content, sheet.title), content.maker, content.made_on)
        table = TableMaker(content, template, book.names).table("tasks", sheet.title, tasks, unit)
        lists: Mapping[str, str] = list_cells(table.columns, content.choices)
        write_table(book, replace(table, lists=lists), progress.part(0, 0.7))
        write_notes(book, book.names.take(NOTES), content, template)
        write_dictionary(book, table.columns, content.choices)
        if stamp:
            write_export_record(book, stamp, DISPATCH, tasks, [table])
        book.save(temporary, progress.part(0.7, 1))
        progress.check()
    progress.report(1.0)
