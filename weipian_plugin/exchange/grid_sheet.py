"""A sheet that is one table of figures: title, notes, header, rows, totals, checks that turn red."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from openpyxl.utils import get_column_letter

from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.book import Book, Formula, Item, Sheet, SheetLayout
from weipian_plugin.exchange.heights import line_count, row_height
from weipian_plugin.exchange.sources import Kind
from weipian_plugin.exchange.styles import Look, alignment, green_when, number_format, red_when
from weipian_plugin.exchange.tables import on_paper, write_bands, write_foot, write_head, write_header
from weipian_plugin.exchange.titles import FootLine

Cell = str | float | int | date | Formula | Item | None
"""What stands in a cell; an Item has its own looks."""
DASH = "—"
_ROWS_BETWEEN_CHECKS = 500
_ROW_POINTS = 16.0
_HEADER_POINTS = 36.0
_LIMIT = 0.004
"""What is below half a hundredth is no difference."""


@dataclass(frozen=True)
class GridColumn:
    """One column; a CHECK column must hold 0."""

    title: str
    kind: Kind = Kind.NUMBER
    width: float = 11
    group: str = ""
    decimals: int = 2
    hidden: bool = False


COUNT = Kind.COUNTER
"""A whole number."""


@dataclass(frozen=True)
class Grid:
    """A table of figures that is ready to be written."""

    name: str
    """Legal and unique sheet name."""
    title: str
    notes: Sequence[str]
    columns: Sequence[GridColumn]
    rows: Sequence[Sequence[Cell]] = ()
    totals: Sequence[Sequence[Cell]] = ()
    """Rows that stand out, below the others."""
    colour: str = "4472C4"
    red_rows: Sequence[int] = field(default=())
    """Positions of rows whose label is painted red."""
    check_totals: Sequence[int] = field(default=())
    """Positions of total rows that must hold 0 throughout."""
    foot: Sequence[FootLine] = ()
    """Lines below the table: who signs."""

    @property
    def first_row(self) -> int:
        """The row of the sheet on which the first of `rows` stands."""
        return first_row(len(self.notes), self.columns)

    @property
    def last_row(self) -> int:
        """The row of the last of `rows`; an empty table keeps a blank one."""
        return self.first_row + max(len(self.rows), 1) - 1


def first_row(notes: int, columns: Sequence[GridColumn]) -> int:
    """Return on which row the first row of figures stands, below so many notes."""
    return 1 + notes + (2 if any(column.group for column in columns) else 1) + 1


def write_grid(book: Book, grid: Grid, progress: Progress) -> None:
    """Write the sheet."""
    head = grid.first_row - 1
    bands = any(column.group for column in grid.columns)
    paper = on_paper(grid.columns, 1)
    layout = SheetLayout(
        grid.name,
        [column.width for column in grid.columns],
        frozen=f"B{grid.first_row}",
        repeated_rows=f"{head - bands}:{head}",
        paper=paper,
        colour=grid.colour,
    )
    sheet = book.add_sheet(layout)
    write_head(sheet, grid.title, grid.notes, grid.columns, paper)
    if bands:
        write_bands(sheet, grid.columns, paper)
    write_header(sheet, grid.columns, _HEADER_POINTS)
    _write_rows(sheet, grid, progress)
    write_foot(sheet, grid.foot, grid.columns, paper)
    _paint(sheet, grid)


def _write_rows(sheet: Sheet, grid: Grid, progress: Progress) -> None:
    if not grid.rows:
        sheet.append([Item(None) for _ in grid.columns])
    for number, row in enumerate(grid.rows):
        if number % _ROWS_BETWEEN_CHECKS == 0:
            progress.report(number / len(grid.rows))
        items = [_item(c, v, Look.BODY) for c, v in zip(grid.columns, row, strict=True)]
        long = _long_texts(grid.columns, row)
        sheet.append(items, row_height(long) if long else _ROW_POINTS)
    for row in grid.totals:
        items = [_item(c, v, Look.TOTAL) for c, v in zip(grid.columns, row, strict=True)]
        sheet.append(items, height=20)


def _long_texts(columns: Sequence[GridColumn], row: Sequence[Cell]) -> list[tuple[str, float]]:
    """Return the texts of a row that need several lines, each with the width of its column."""
    cells = ((value, column.width) for column, value in zip(columns, row, strict=True))
    return [(text, width) for text, width in cells if isinstance(text, str) and line_count(text, width) > 1]


def _item(column: GridColumn, value: Cell, look: Look) -> Item:
    if isinstance(value, Item):
        return value
    is_text = isinstance(value, str) or value is None
    if is_text:
        return Item(value or None, look, align="left" if column.kind is Kind.TEXT else "center")
    return Item(value, look, number_format(column.kind, column.decimals), alignment(column.kind))


def _paint(sheet: Sheet, grid: Grid) -> None:
    """Let checks turn red or green."""
    rules = sheet.worksheet.conditional_formatting
    last = grid.last_row + len(grid.totals)
    for number, column in enumerate(grid.columns, 1):
        if column.kind is Kind.CHECK:
            letter = get_column_letter(number)
            cell, cells = f"{letter}{grid.first_row}", f"{letter}{grid.first_row}:{letter}{last}"
            rules.add(cells, red_when(f"AND(ISNUMBER({cell}),ABS({cell})>{_LIMIT})"))
            rules.add(cells, green_when(f"AND(ISNUMBER({cell}),ABS({cell})<={_LIMIT})"))
    for position in grid.check_totals:
        row = grid.last_row + 1 + position
        cells = f"B{row}:{get_column_letter(len(grid.columns))}{row}"
        rules.add(cells, red_when(f"AND(ISNUMBER(B{row}),ABS(B{row})>{_LIMIT})"))
        rules.add(cells, green_when(f"AND(ISNUMBER(B{row}),ABS(B{row})<={_LIMIT})"))
    for position in grid.red_rows:
        cell = f"A{grid.first_row + position}"
        rules.add(cell, red_when("TRUE"))
