"""What may be typed into a column: drop-downs from the dictionaries, dates, areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from weipian_plugin.exchange.book import Book, SheetLayout
from weipian_plugin.exchange.columns import Column
from weipian_plugin.exchange.sheet_names import quoted
from weipian_plugin.exchange.sources import Kind

DICTIONARY_SHEET = "_字典"
_FIRST_DAY = "36526"
"""2000-01-01 as the spreadsheet counts days."""


def lists_of(columns: Iterable[Column], known: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Return the words that the columns offer, by the name of the list; a list without words is left out."""
    wanted = dict.fromkeys(column.choices for column in columns if column.choices)
    lists = {list_name(choice): words_of(choice, known) for choice in wanted}
    return {name: words for name, words in lists.items() if words}


def list_cells(columns: Iterable[Column], known: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the cells in which `write_dictionary` puts the words, by the name of the list."""
    cells = {}
    for number, (name, words) in enumerate(lists_of(columns, known).items(), 1):
        letter = get_column_letter(number)
        cells[name] = f"{quoted(DICTIONARY_SHEET)}!${letter}$2:${letter}${len(words) + 1}"
    return cells


def write_dictionary(book: Book, columns: Iterable[Column], known: Mapping[str, Sequence[str]]) -> None:
    """Write the words that the columns offer on a sheet of their own, one column a list."""
    lists = lists_of(columns, known)
    if not lists:
        return
    sheet = book.add_sheet(SheetLayout(DICTIONARY_SHEET, [20] * len(lists), for_programs=True))
    sheet.append_plain(list(lists))
    for row in range(max(map(len, lists.values()))):
        sheet.append_plain([words[row] if row < len(words) else "" for words in lists.values()])


def words_of(choice: str | tuple[str, ...], known: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return the words that a column's `choices` stand for."""
    return known.get(choice, ()) if isinstance(choice, str) else choice


def list_name(choice: str | tuple[str, ...]) -> str:
    """Return the name under which a list stands on the sheet."""
    return choice if isinstance(choice, str) else "、".join(choice)


def validation_of(column: Column, lists: Mapping[str, str]) -> DataValidation | None:
    """Return the check of what is typed into a column; None when anything may be."""
    cells = lists.get(list_name(column.choices)) if column.choices else None
    if cells:
        # A warning, not a stop: the city's own words must not be lost.
        message = f"“{column.title}”一般从下拉列表中选择，确定要填别的内容吗？"
        return _validation(type="list", formula1=cells, error=message)
    if not column.is_filled_in:
        return None
    if column.kind in (Kind.AREA, Kind.NUMBER):
        message = f"“{column.title}”应填不小于 0 的数。"
        return _validation(type="decimal", operator="greaterThanOrEqual", formula1="0", error=message)
    if column.kind is Kind.DATE:
        message = f"“{column.title}”应填日期，例如 2021-10-20。"
        return _validation(type="date", operator="greaterThanOrEqual", formula1=_FIRST_DAY, error=message)
    return None


def _validation(**what: Any) -> DataValidation:
    return DataValidation(
        allow_blank=True, showErrorMessage=True, errorStyle="warning", errorTitle="请核对", **what
    )
