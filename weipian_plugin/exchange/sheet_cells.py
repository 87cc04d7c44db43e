"""The cells of a workbook from outside, as they stand: no formula is worked out, no link followed."""

from __future__ import annotations

import zipfile
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import from_excel
from openpyxl.xml.functions import iterparse

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.exchange.cell_text import cell_text
from weipian_plugin.exchange.package_check import check_package
from weipian_plugin.exchange.xlsx_parts import (
    Look,
    XlsxParts,
    comments_of,
    drawn_on,
    read_parts,
    texts_of,
    unescaped,
)

_MAX_CELLS = 4_000_000
_MAX_COLUMN = 16_384
_ERROR_TEXTS = frozenset({"#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#N/A", "#NULL!", "#NUM!"})
_DIGITS = "0123456789"


class CellKind(Enum):
    """What a cell holds."""

    TEXT = "文本"
    NUMBER = "数字"
    DATE = "日期"
    FORMULA = "公式"
    ERROR = "错误值"
    STRUCK = "删除线"
    """A text that is struck out as a whole."""


class Cell(NamedTuple):
    """One cell that is not empty."""

    text: str
    """As a person would write it; a formula as it is written."""
    kind: CellKind = CellKind.TEXT
    number: float = 0.0
    """Of a number, and of a day that is stored as one."""
    result: str = ""
    """What a formula came to when the workbook was saved; '' where the program left none."""


@dataclass(frozen=True)
class SheetCells:
    """One sheet: rows by number, cells by column from 1; what is empty is left out."""

    title: str
    rows: Mapping[int, Mapping[int, Cell]]
    comments: tuple[tuple[str, str], ...] = ()
    """Place such as B7, and text, of each comment, text box and picture: what lies on the cells."""


def read_sheets(path: Path) -> list[SheetCells]:
    """Return all sheets with their cells, hidden ones too; merged cells below one another share their value.

    Raises WeipianError in one sentence for what is no harmless .xlsx workbook.
    """
    check_package(path)
    try:
        with zipfile.ZipFile(path) as archive:
            return list(_sheets(read_parts(archive), path))
    except WeipianError:
        raise
    except MemoryError as error:
        raise WeipianError(f"“{path.name}”太大，内存不够，请只保留需要导入的工作表。") from error
    except Exception as error:  # whatever a broken part trips over
        raise WeipianError(f"“{path.name}”不是完好的 .xlsx 工作簿，请用 Excel 或 WPS 打开后另存。") from error


def _sheets(parts: XlsxParts, path: Path) -> Iterator[SheetCells]:
    left, titles = _MAX_CELLS, _told_apart([title for title, _ in parts.sheets])
    for title, (_, part) in zip(titles, parts.sheets, strict=True):
        reader = _SheetReader(parts)
        for count in reader.read(part):
            if count > left:
                raise WeipianError(f"“{path.name}”的单元格太多，请只保留需要导入的工作表。")
        left -= reader.count
        lies = (*comments_of(parts.archive, part), *drawn_on(parts.archive, part))
        yield SheetCells(title, reader.sorted_rows(), lies)


def _told_apart(titles: Sequence[str]) -> list[str]:
    """Return the titles, equal ones numbered: broken programs write two sheets of one name."""
    told: list[str] = []
    for title in titles:
        number = told.count(title) + sum(name.startswith(f"{title}（同名") for name in told)
        told.append(f"{title}（同名{number + 1}）" if number else title)
    return told


class _SheetReader:
    """Takes the rows of one sheet in, one after the other."""

    def __init__(self, parts: XlsxParts) -> None:
        self._parts = parts
        self._rows: dict[int, dict[int, Cell]] = {}
        self._merged: list[tuple[int, int, int]] = []
        self._line = 0
        self.count = 0

    def read(self, part: str) -> Iterator[int]:
        """Read the part of the sheet, giving after each row how many cells there were."""
        with self._parts.archive.open(part) as source:
            elements: Any = iterparse(source)
            for _, element in elements:
                if element.tag.endswith("}row"):
                    self._take_row(element)
                    self.count += len(element) + 1
                    element.clear()
                    yield self.count
                elif element.tag.endswith("}mergeCell"):
                    column, first, _, last = (
                        int(bound or 0) for bound in range_boundaries(element.get("ref"))
                    )
                    self._merged.append((first, last, column))
            elements.root.clear()  # The parser hangs in a cycle and would keep its empty rows.

    def _take_row(self, row: Any) -> None:
        space = row.tag[: -len("row")]
        self._line = int(float(row.get("r") or self._line + 1))
        found: dict[int, Cell] = {}
        column = 0
        for element in row:
            place = element.get("r")
            column = _column(place.rstrip(_DIGITS)) if place else column + 1
            # Most cells of a form are empty but for their border.
            if len(element) and column <= _MAX_COLUMN:
                cell = _cell(element, space, self._parts)
                if cell is not None:
                    found[column] = self._marked(cell, element.get("s"))
        if found:
            self._rows.setdefault(self._line, {}).update(found)

    def _marked(self, cell: Cell, style: str | None) -> Cell:
        is_struck = bool(self._parts.struck) and style is not None and int(style) in self._parts.struck
        return cell._replace(kind=CellKind.STRUCK) if is_struck and cell.kind is CellKind.TEXT else cell

    def sorted_rows(self) -> dict[int, dict[int, Cell]]:
        """Return the rows, each row of a cell merged downwards with its value, as who merged it means it."""
        rows = dict(sorted(self._rows.items()))
        lines = list(rows)
        for first, last, column in self._merged:
            top = rows.get(first, {}).get(column)
            if top is None:
                continue
            # A row of which nothing else is known is no row.
            for line in lines[bisect_right(lines, first) : bisect_right(lines, last)]:
                rows[line].setdefault(column, top)
        return rows


@lru_cache(maxsize=_MAX_COLUMN)
def _column(letters: str) -> int:
    return column_index_from_string(letters)


def _cell(element: Any, space: str, parts: XlsxParts) -> Cell | None:
    kind, value = element.get("t", "n"), element.findtext(f"{space}v")
    formula = element.find(f"{space}f")
    if formula is not None:
        return _formula(formula.text or "", _plain(kind, value, element, parts))
    if kind == "inlineStr":
        inline = element.find(f"{space}is")
        return _text(texts_of(inline)) if inline is not None else None
    return _plain(kind, value, element, parts)


def _plain(kind: str, value: str | None, element: Any, parts: XlsxParts) -> Cell | None:
    """Return a cell of one of the kinds of the file format: s, str, n, d, b, e."""
    if not value:
        return None
    if kind == "s":
        return _text(parts.strings[int(value)])
    if kind == "n":
        return _number(float(value) if _has_point(value) else int(value), element.get("s"), parts)
    if kind == "d":
        return Cell(cell_text(datetime.fromisoformat(value)), CellKind.DATE)
    if kind == "b":
        return Cell(cell_text(value.strip() not in ("0", "false")))
    return Cell(value, CellKind.ERROR) if kind == "e" else _text(unescaped(value))


def _has_point(value: str) -> bool:
    return "." in value or "E" in value or "e" in value


def _text(value: str) -> Cell | None:
    text = cell_text(value)
    if text in _ERROR_TEXTS:
        return Cell(text, CellKind.ERROR)
    return Cell(text) if text else None


def _number(value: float, style: str | None, parts: XlsxParts) -> Cell:
    """Return a number as it is shown: a day, a percentage, or the number itself."""
    look = _look(style, parts.looks)
    if look is Look.DATE:
        day = _day(value, parts.epoch)
        if day is None:
            return Cell("#VALUE!", CellKind.ERROR)
        return Cell(cell_text(day), CellKind.DATE, float(value))
    if look is Look.PERCENT:
        return Cell(f"{value * 100:.10g}%")
    return Cell(cell_text(value), CellKind.NUMBER, float(value))


def _look(style: str | None, looks: Sequence[Look]) -> Look:
    place = int(style) if style else 0
    return looks[place] if place < len(looks) else Look.NUMBER


def _day(value: float, epoch: datetime) -> object:
    try:
        return from_excel(value, epoch)
    except (OverflowError, ValueError):
        return None


def _formula(written: str, result: Cell | None) -> Cell:
    """Return a formula; ="text", the way to write a long code in a csv, is the text."""
    whole = f"={written}"
    text = cell_text(whole)
    if text != whole:
        return Cell(text)
    return Cell(whole, CellKind.FORMULA, result=result.text if result else "")
