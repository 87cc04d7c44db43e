"""The cells of a workbook from outside, as they stand: no formula is worked out, no link followed."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from openpyxl.worksheet._reader import WorkSheetParser

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.exchange.package_check import check_package
from weipian_plugin.exchange.table_input import cell_text

_MAX_CELLS = 8_000_000
_MAX_COLUMN = 16_384
_ERROR_TEXTS = ("#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#N/A", "#NULL!", "#NUM!")


class CellKind(Enum):
    """What a cell holds."""

    TEXT = "文本"
    NUMBER = "数字"
    DATE = "日期"
    FORMULA = "公式"
    ERROR = "错误值"


class Cell(NamedTuple):
    """One cell that is not empty."""

    text: str
    """As a person would write it; a formula as it is written."""
    kind: CellKind = CellKind.TEXT
    number: float = 0.0
    """Only of a number."""


@dataclass(frozen=True)
class SheetCells:
    """One sheet: rows by number, cells by column from 1; what is empty is left out."""

    title: str
    rows: Mapping[int, Mapping[int, Cell]]


def read_sheets(path: Path) -> list[SheetCells]:
    """Return all sheets with their cells, hidden ones too; merged cells below one another share their value.

    Raises WeipianError in one sentence for what is no harmless .xlsx workbook.
    """
    check_package(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
            with closing(book):
                return list(_sheets(book, path))
    except WeipianError:
        raise
    except MemoryError as error:
        raise WeipianError(f"“{path.name}”太大，内存不够，请只保留需要导入的工作表。") from error
    except Exception as error:  # openpyxl raises whatever a broken part trips over
        raise WeipianError(f"“{path.name}”不是完好的 .xlsx 工作簿，请用 Excel 或 WPS 打开后另存。") from error


def _sheets(book: Any, path: Path) -> Iterator[SheetCells]:
    left = _MAX_CELLS
    for sheet in book.worksheets:
        rows, count = _read(sheet, left, path)
        left -= count
        yield SheetCells(str(sheet.title), rows)


def _read(sheet: Any, limit: int, path: Path) -> tuple[dict[int, dict[int, Cell]], int]:
    # The reader below rows(): it gives only cells that are there, whatever size the sheet says it has.
    with sheet._get_source() as source:
        book = sheet.parent
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=False,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        rows: dict[int, dict[int, Cell]] = {}
        count = 0
        for line, cells in parser.parse():
            count += len(cells) + 1
            if count > limit:
                raise WeipianError(f"“{path.name}”的单元格太多，请只保留需要导入的工作表。")
            found = {cell["column"]: made for cell in cells if (made := _cell(cell)) is not None}
            if found:
                rows.setdefault(line, {}).update(found)
        _spread_merged(rows, parser.merged_cells)
    return dict(sorted(rows.items())), count


def _cell(cell: Mapping[str, Any]) -> Cell | None:
    value, kind = cell["value"], cell["data_type"]
    if value is None or cell["column"] > _MAX_COLUMN:
        return None
    if kind == "f":
        return _formula(value)
    text = cell_text(value)
    if not text:
        return None
    if kind == "e" or text in _ERROR_TEXTS:
        return Cell(text, CellKind.ERROR)
    if kind == "n" and not isinstance(value, bool):
        return Cell(text, CellKind.NUMBER, float(value))
    return Cell(text, CellKind.DATE if kind == "d" else CellKind.TEXT)


def _formula(value: Any) -> Cell:
    """Return a formula; ="text", the way to write a long code in a csv, is the text."""
    written = str(getattr(value, "text", value))
    text = cell_text(written)
    return Cell(text) if written.startswith('="') and text != written else Cell(written, CellKind.FORMULA)


def _spread_merged(rows: dict[int, dict[int, Cell]], merged: Any) -> None:
    """Give each row of a cell merged downwards its value, as the person who merged it means it."""
    for area in getattr(merged, "mergeCell", None) or ():
        first, last, column = area.min_row, area.max_row, area.min_col
        top = rows.get(first, {}).get(column)
        if top is None or first == last:
            continue
        for line in range(first + 1, last + 1):
            # A row of which nothing else is known is no row.
            if line in rows:
                rows[line].setdefault(column, top)
