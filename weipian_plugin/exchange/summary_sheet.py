"""The grid of the sheet 汇总: sections under one set of columns, with checks that turn red."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from weipian_plugin.exchange.book import Book, Formula, Item, SheetLayout
from weipian_plugin.exchange.heights import row_height
from weipian_plugin.exchange.sources import Kind
from weipian_plugin.exchange.styles import Look, gap_when, green_when, number_format, red_when

GOOD, BAD = "校核相符", "校核有不符，见红色单元格"
FIRST_AREA = 3
"""Number of the column with the first area; before it stand label and count."""
_VERDICT_ROW = 3
_LIMIT = 0.004
"""What is below half a hundredth is no difference."""
_WIDTHS = (30, 12, 16, 12, 62)


@dataclass(frozen=True)
class SummaryRow:
    """One line of a section."""

    label: str
    count: Formula | None = None
    areas: Sequence[Formula] = ()
    """Under the first columns of areas; fewer leave the others blank."""
    check: Formula | None = None
    """Must be 0."""
    note: str = ""
    is_total: bool = False
    link: str = ""
    """Name of the sheet that the label leads to."""


class SummarySheet:
    """Writes the sheet from top to bottom."""

    def __init__(self, book: Book, name: str, area_titles: Sequence[str], decimals: int) -> None:
        self._area_titles = area_titles
        self._area_format = number_format(Kind.AREA, decimals)
        self._check_letter = get_column_letter(FIRST_AREA + len(area_titles))
        self._last_letter = get_column_letter(FIRST_AREA + len(area_titles) + 1)
        label, count, area, check, note = _WIDTHS
        widths = [label, count, *[area] * len(area_titles), check, note]
        layout = SheetLayout(name, widths, frozen="A4", repeated_rows="1:1", colour="FFC000")
        self._sheet = book.add_sheet(layout)

    @property
    def next_row(self) -> int:
        """The number of the row that comes next."""
        return self._sheet.next_row

    def write_head(self, title: str, note: str, *, is_good: bool) -> None:
        """Write title, note and the verdict over all checks, which is `is_good` when calculated."""
        self._sheet.append([Item(title, Look.TITLE)], height=30)
        self._sheet.append([Item(note, Look.NOTE, align="left")], height=18)
        checks = f"{self._check_letter}{_VERDICT_ROW + 1}:{self._check_letter}10000"
        wrong = f'COUNTIF({checks},">{_LIMIT}")+COUNTIF({checks},"<-{_LIMIT}")'
        verdict = Formula(f'=IF({wrong}=0,"{GOOD}","{BAD}")', GOOD if is_good else BAD)
        blanks = [Item(None, Look.TOTAL)] * (len(self._area_titles) + 2)
        self._sheet.append([Item("校核结论", Look.TOTAL), Item(verdict, Look.TOTAL, "General"), *blanks], 24)
        self._sheet.merge("A", self._last_letter, 1)
        self._sheet.merge("A", self._last_letter, 2)
        self._sheet.merge("B", self._last_letter, _VERDICT_ROW)

    def write_heading(self, title: str) -> None:
        """Write an empty row and the header of a section."""
        self._sheet.append([])
        titles = [title, "图斑数", *self._area_titles, "校核", "说明"]
        self._sheet.append([Item(text, Look.HEADER) for text in titles], height=32)

    def write_row(self, row: SummaryRow) -> None:
        """Write one line."""
        look = Look.TOTAL if row.is_total else Look.BODY
        areas: list[Formula | None] = [*row.areas, *[None] * (len(self._area_titles) - len(row.areas))]
        label_look = Look.LINK if row.link else look
        self._sheet.append(
            [
                Item(row.label, label_look, align="left", link=row.link),
                Item(row.count, look, '0"个"'),
                *[Item(area, look, self._area_format, "right") for area in areas],
                Item(row.check, look, self._area_format, "right"),
                Item(row.note or None, look, align="left"),
            ],
            row_height([(row.label, _WIDTHS[0]), (row.note, _WIDTHS[-1])], 20),
        )

    def paint(self) -> None:
        """Let checks turn red or green."""
        rules = self._sheet.worksheet.conditional_formatting
        first = f"{self._check_letter}{_VERDICT_ROW + 1}"
        cells = f"{first}:{self._check_letter}{self.next_row}"
        rules.add(cells, red_when(f"AND(ISNUMBER({first}),ABS({first})>{_LIMIT})"))
        rules.add(cells, green_when(f"AND(ISNUMBER({first}),ABS({first})<={_LIMIT})"))
        area = f"{get_column_letter(FIRST_AREA)}{_VERDICT_ROW + 1}"
        rules.add(f"{area}:{self._check_letter}{self.next_row}", gap_when(area))
        verdict = f"$B${_VERDICT_ROW}"
        rules.add(f"B{_VERDICT_ROW}", red_when(f'{verdict}<>"{GOOD}"'))
        rules.add(f"B{_VERDICT_ROW}", green_when(f'{verdict}="{GOOD}"'))
