"""A workbook under construction: sheets written row by row, cells that keep text as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from weipian_plugin.exchange.sheet_names import SheetNames, quoted
from weipian_plugin.exchange.styles import Look, Styles

_A4 = 9
_MARGIN_INCH = 0.35
_LONGEST_TEXT = 32767
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Formula:
    """A live formula, and what it comes to."""

    text: str
    value: float | int | str


@dataclass(frozen=True)
class Item:
    """A cell to be written."""

    value: str | float | int | date | Formula | None
    look: Look = Look.BODY
    number_format: str = "@"
    align: str = "center"
    link: str = ""
    """Name of the sheet that a click leads to."""


@dataclass(frozen=True)
class SheetLayout:
    """What must be known of a sheet before its first row is written."""

    name: str
    widths: Sequence[float]
    hidden: Sequence[bool] = ()
    frozen: str = ""
    """Cell at the upper left of the part that scrolls; empty for none."""
    repeated_rows: str = ""
    """Rows printed on every page, such as 4:5."""
    colour: str = ""
    """Colour of the tab."""


class Book:
    """One workbook in the office's looks."""

    def __init__(self, title: str, maker: str, made_on: date) -> None:
        self._workbook = Workbook(write_only=True)
        self._workbook.properties.title = clean_text(title)
        self._workbook.properties.creator = clean_text(maker)
        moment = datetime.combine(made_on, time())
        self._workbook.properties.created = self._workbook.properties.modified = moment
        self._workbook.calculation.fullCalcOnLoad = True
        self.names = SheetNames()

    def add_sheet(self, layout: SheetLayout) -> Sheet:
        """Start a sheet; its rows follow in order."""
        return Sheet(self._workbook.create_sheet(layout.name), layout)

    def save(self, path: Path) -> None:
        """Write the workbook to `path`."""
        self._workbook.save(path)

    def close(self) -> None:
        """Close what is still open, so that the half-written sheets of a failed run can be cleared away."""
        for sheet in self._workbook.worksheets:
            if not sheet.closed:
                sheet.close()


class Sheet:
    """A sheet that is written from top to bottom."""

    def __init__(self, worksheet: Any, layout: SheetLayout) -> None:
        self.worksheet = worksheet
        self.next_row = 1
        self._styles = Styles(worksheet)
        self._columns(layout)
        _set_up_page(worksheet, layout)

    def append(self, items: Sequence[Item | None], height: float | None = None) -> int:
        """Write a row and return its number; None leaves a cell out."""
        row = self.next_row
        if height is not None:
            self.worksheet.row_dimensions[row].height = height
        self.worksheet.append([item and self._cell(item) for item in items])
        self.next_row += 1
        return row

    def merge(self, first_column: str, last_column: str, row: int) -> None:
        """Merge the cells of a row."""
        if first_column != last_column:
            self.worksheet.merged_cells.add(f"{first_column}{row}:{last_column}{row}")

    def _columns(self, layout: SheetLayout) -> None:
        hidden = list(layout.hidden) or [False] * len(layout.widths)
        for number, (width, is_hidden) in enumerate(zip(layout.widths, hidden, strict=True), 1):
            dimension = self.worksheet.column_dimensions[get_column_letter(number)]
            dimension.width, dimension.hidden = width, is_hidden

    def _cell(self, item: Item) -> Any:
        value = item.value
        if isinstance(value, Formula):
            cell = WriteOnlyCell(self.worksheet, value.text)
        elif isinstance(value, str):
            cell = WriteOnlyCell(self.worksheet, clean_text(value))
            cell.data_type = "s"  # whatever it begins with
        else:
            cell = WriteOnlyCell(self.worksheet, value)  # type: ignore[arg-type]
        if item.link:
            cell.hyperlink = Hyperlink(ref="A1", location=f"{quoted(item.link)}!A1")
        # Setting font, fill and border one by one takes ten times as long.
        style = self._styles.get(item.look, item.number_format, item.align)
        cell._style = style  # type: ignore[attr-defined]
        return cell


def clean_text(text: str) -> str:
    """Return the text without characters that a workbook cannot hold, cut to what a cell can hold."""
    clean = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return clean if len(clean) <= _LONGEST_TEXT else clean[: _LONGEST_TEXT - 1] + "…"


def _set_up_page(worksheet: Any, layout: SheetLayout) -> None:
    """Set A4 landscape, one page wide, repeated headers and page numbers."""
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = _A4
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
    margins = worksheet.page_margins
    margins.left = margins.right = margins.top = _MARGIN_INCH
    margins.bottom, margins.header, margins.footer = 0.5, 0.2, 0.25
    worksheet.print_options.horizontalCentered = True
    worksheet.oddFooter.left.text = "&A"
    worksheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    worksheet.sheet_view.showGridLines = False
    if layout.colour:
        worksheet.sheet_properties.tabColor = layout.colour
    if layout.frozen:
        worksheet.freeze_panes = layout.frozen
    if layout.repeated_rows:
        worksheet.print_title_rows = layout.repeated_rows
