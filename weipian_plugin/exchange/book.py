"""A workbook under construction: sheets written row by row, cells that keep text as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from weipian_plugin.exchange.cached_values import write_with_results
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
        self._sheets: list[Sheet] = []

    def add_sheet(self, layout: SheetLayout) -> Sheet:
        """Start a sheet; its rows follow in order."""
        sheet = Sheet(self._workbook.create_sheet(layout.name), layout)
        self._sheets.append(sheet)
        return sheet

    def save(self, path: Path) -> None:
        """Write the workbook to `path`, every formula with its result."""
        raw = BytesIO()
        # Workbook.save would stamp the time of day.
        with ZipFile(raw, "w", ZIP_STORED) as archive:
            ExcelWriter(self._workbook, archive).save()
        results = {sheet.worksheet.path.lstrip("/"): sheet.results for sheet in self._sheets}
        write_with_results(raw, path, results)

    def close(self) -> None:
        """Clear away the half-written sheets of a failed run; after `save` there are none."""
        for sheet in self._workbook.worksheets:
            if not sheet.closed:
                sheet.close()
                sheet._writer.cleanup()  # type: ignore[attr-defined]


class Sheet:
    """A sheet that is written from top to bottom."""

    def __init__(self, worksheet: Any, layout: SheetLayout) -> None:
        self.worksheet = worksheet
        self.next_row = 1
        self.results: dict[str, float | int | str] = {}
        """What the formulas come to, by cell."""
        self._styles = Styles(worksheet)
        self._columns(layout)
        _set_up_page(worksheet, layout)

    def append(self, items: Sequence[Item | None], height: float | None = None) -> int:
        """Write a row and return its number; None leaves a cell out."""
        row = self.next_row
        if height is not None:
            self.worksheet.row_dimensions[row].height = height
        for column, item in enumerate(items, 1):
            if item and isinstance(item.value, Formula):
                self.results[f"{get_column_letter(column)}{row}"] = item.value.value
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
            cell = WriteOnlyCell(self.worksheet)
            # Set past openpyxl's guesses: text stays text, whatever it begins with.
            cell._value, cell.data_type = clean_text(value), "s"  # type: ignore[attr-defined]
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
