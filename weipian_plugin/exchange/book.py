"""A workbook under construction: sheets written row by row, cells that keep text as text."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.cells import CellValue, Formula, cell_xml, clean_text, row_xml
from weipian_plugin.exchange.paper import Paper
from weipian_plugin.exchange.sheet_names import SheetNames, quoted
from weipian_plugin.exchange.styles import Look, Styles

__all__ = ["Book", "Formula", "Item", "Sheet", "SheetLayout"]

_A4 = 9
_MARGIN_INCH = 0.35
_EMPTY_DATA = re.compile(rb"<sheetData\s*/>|<sheetData></sheetData>")
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_COMPRESSION = 3
"""Level 6 takes twice as long for a tenth less."""
_ROWS_AT_ONCE = 500
"""Rows joined in one go; 5,000 wide ones keep Python from the window for more than a tenth of a second."""


class Item(NamedTuple):
    """A cell to be written."""

    value: CellValue
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
    paper: Paper | None = None
    """How it is laid on paper; None for one page wide."""
    colour: str = ""
    """Colour of the tab."""
    for_programs: bool = False
    """Whether it holds what only programs read: very hidden, so that nobody shows it by chance."""


class Book:
    """One workbook in the office's looks."""

    def __init__(self, title: str, maker: str, made_on: date) -> None:
        self._workbook = Workbook()
        del self._workbook[self._workbook.sheetnames[0]]
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

    def save(self, path: Path, progress: Progress | None = None) -> None:
        """Write the workbook to `path`, every formula with its result."""
        progress = progress or Progress()
        raw = BytesIO()
        # Workbook.save would stamp the time of day.
        with ZipFile(raw, "w", ZIP_STORED) as archive:
            _InMemoryWriter(self._workbook, archive).save()
        sheets = {sheet.worksheet.path.lstrip("/"): sheet for sheet in self._sheets}
        with ZipFile(raw) as old, ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as new:
            names = old.namelist()
            for index, name in enumerate(names):
                progress.report(index / len(names))
                data = old.read(name)
                # Opened by its name, a part bears the earliest date a zip can hold: equal contents make
                # equal files.
                with new.open(name, "w") as part:
                    part.writelines(sheets[name].filled(data) if name in sheets else [data])


class _InMemoryWriter(ExcelWriter):  # type: ignore[misc]
    """Keeps sheets in memory: openpyxl takes a temporary file for each, and leaves it when a disk is full."""

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        writer: Any = WorksheetWriter(ws, BytesIO())
        writer.write()
        ws._rels = writer._rels
        archive: ZipFile = self._archive  # type: ignore[attr-defined]
        archive.writestr(ws.path[1:], writer.read())
        self.manifest.append(ws)


class Sheet:
    """A sheet that is written from top to bottom."""

    def __init__(self, worksheet: Any, layout: SheetLayout) -> None:
        self.worksheet = worksheet
        self.next_row = 1
        self._rows: deque[str] = deque()
        self._styles = Styles(worksheet)
        self._letters = [get_column_letter(number) for number in range(1, len(layout.widths) + 1)]
        self._columns(layout)
        if layout.for_programs:
            worksheet.sheet_state = "veryHidden"
        else:
            _set_up_page(worksheet, layout)

    def append(self, items: Sequence[Item | None], height: float | None = None) -> int:
        """Write a row and return its number; None leaves a cell out."""
        row, style_of = self.next_row, self._styles.get
        cells = []
        for number, item in enumerate(items):
            if item is None:
                continue
            place = f"{self._letter(number)}{row}"
            style = style_of(item.look, item.number_format, item.align)
            cells.append(cell_xml(place, style, item.value))
            if item.link:
                target = f"{quoted(item.link)}!A1"
                self.worksheet._hyperlinks.append(Hyperlink(ref=place, location=target))
        self._rows.append(row_xml(row, cells, height))
        self.next_row += 1
        return row

    def append_plain(self, texts: Sequence[str]) -> None:
        """Write a row of plain text cells, for programs to read."""
        style = self._styles.get(Look.PLAIN, "@", "left")
        row = self.next_row
        cells = [
            cell_xml(f"{get_column_letter(n)}{row}", style, text) for n, text in enumerate(texts, 1) if text
        ]
        self._rows.append(row_xml(row, cells, None))
        self.next_row += 1

    def merge(self, first_column: str, last_column: str, row: int) -> None:
        """Merge the cells of a row."""
        if first_column != last_column:
            self.worksheet.merged_cells.add(f"{first_column}{row}:{last_column}{row}")

    def offer(self, cells: str, validation: DataValidation) -> None:
        """Check what is typed into cells, and offer what may be."""
        validation.add(cells)
        self.worksheet.data_validations.append(validation)

    def filled(self, written: bytes) -> Iterator[bytes]:
        """Yield the sheet as openpyxl wrote it without rows, with its rows, in pieces; they are gone then."""
        last = f"{self._letters[-1]}{max(self.next_row - 1, 1)}"
        sized = _DIMENSION.sub(f'<dimension ref="A1:{last}"/>'.encode(), written, count=1)
        head, tail = _EMPTY_DATA.split(sized, maxsplit=1)
        yield head + b"<sheetData>"
        while self._rows:
            number = min(_ROWS_AT_ONCE, len(self._rows))
            yield "".join(self._rows.popleft() for _ in range(number)).encode()
        yield b"</sheetData>" + tail

    def _letter(self, number: int) -> str:
        return self._letters[number] if number < len(self._letters) else get_column_letter(number + 1)

    def _columns(self, layout: SheetLayout) -> None:
        hidden = list(layout.hidden) or [False] * len(layout.widths)
        for number, (width, is_hidden) in enumerate(zip(layout.widths, hidden, strict=True), 1):
            dimension = self.worksheet.column_dimensions[get_column_letter(number)]
            dimension.width, dimension.hidden = width, is_hidden


def _set_up_page(worksheet: Any, layout: SheetLayout) -> None:
    """Set A4 landscape, one page wide or cut between columns, repeated headers and page numbers."""
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = _A4
    if layout.paper is None or layout.paper.scale is None:
        worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
    else:
        _cut(worksheet, layout.paper)
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


def _cut(worksheet: Any, paper: Paper) -> None:
    """Set the scale of a table, and where one that is several pages wide is cut and what pages repeat."""
    worksheet.page_setup.scale = paper.scale
    if paper.repeated:
        worksheet.page_setup.pageOrder = "overThenDown"
        worksheet.print_title_cols = f"A:{get_column_letter(paper.repeated)}"
    for column in paper.breaks:
        worksheet.col_breaks.append(Break(id=column))
