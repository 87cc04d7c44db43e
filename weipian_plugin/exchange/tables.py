"""Sheets with one row a patch: title, live totals, header, rows, filter and print set-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Protocol

from openpyxl.utils import get_column_letter

from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Status
from weipian_plugin.exchange.book import Book, Formula, Item, Sheet, SheetLayout
from weipian_plugin.exchange.casework_values import Value
from weipian_plugin.exchange.columns import Column
from weipian_plugin.exchange.figures import TraceArea
from weipian_plugin.exchange.heights import HEADER_POINTS, line_count, row_height
from weipian_plugin.exchange.paper import Paper, PaperColumn, lay_out
from weipian_plugin.exchange.records import Record
from weipian_plugin.exchange.sheet_names import quoted
from weipian_plugin.exchange.sources import LAND_PARTS, Kind
from weipian_plugin.exchange.styles import (
    Look,
    alignment,
    gap_when,
    green_when,
    number_format,
    red_when,
    trace_format,
    yellow_when,
)
from weipian_plugin.exchange.sums import filtered_sum, filtered_sum_value, number
from weipian_plugin.exchange.titles import FootLine
from weipian_plugin.exchange.validations import validation_of

_TITLE_ROW, _NOTE_ROW, _TOTAL_ROW = 1, 2, 3
_ROWS_BETWEEN_CHECKS = 200
_KEPT_AT_MOST = 4
_GAP = "　　"
_TITLE_SHARE = 11 / 16
"""Letters of a title are 16 points high, those that widths are counted in 11."""


@dataclass(frozen=True)
class Mark:
    """Paints the cells of a column while they hold a value."""

    source: str
    value: str
    is_bad: bool = True
    """Red; else yellow."""


@dataclass(frozen=True)
class Table:
    """A sheet with one row a record."""

    name: str
    """Legal and unique sheet name."""
    title: str
    note: str
    columns: Sequence[Column]
    records: list[Record]
    colour: str = ""
    foot: Sequence[FootLine] = ()
    """Lines below the last row: who signs, and what proves the figures."""
    lists: Mapping[str, str] = field(default_factory=dict)
    """Cells with the words that a drop-down offers, by the name of the list."""
    marks: Sequence[Mark] = ()
    """Which cells turn red or yellow."""
    counted: str = "个"
    """What the rows are counted in: 条 where a patch may have several."""

    @property
    def has_bands(self) -> bool:
        """Whether titles stand above groups of columns."""
        return any(column.group for column in self.columns)

    @property
    def header_row(self) -> int:
        """The row with the column titles."""
        return _TOTAL_ROW + (2 if self.has_bands else 1)

    @property
    def first_row(self) -> int:
        """The first row of records."""
        return self.header_row + 1

    @property
    def last_row(self) -> int:
        """The last row of records; an empty table keeps one blank row, so that its ranges stay valid."""
        return self.header_row + max(len(self.records), 1)

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """Column letters by source."""
        return {column.source: get_column_letter(i) for i, column in enumerate(self.columns, 1)}

    @property
    def kept_in_view(self) -> int:
        """How many columns from the left stay in view: up to the patch number, when it is near."""
        sources = [column.source for column in self.columns]
        return min(sources.index("patch_no") + 1, _KEPT_AT_MOST)

    @cached_property
    def paper(self) -> Paper:
        """How the table is laid on paper."""
        return on_paper(self.columns, self.kept_in_view)

    def range(self, source: str) -> str:
        """Return the cells of a column, as a formula on any sheet writes them."""
        letter = self.letters[source]
        return f"{quoted(self.name)}!${letter}${self.first_row}:${letter}${self.last_row}"


class Shown(Protocol):
    """What the paper and the head of a table must know of a column."""

    @property
    def title(self) -> str:
        """What stands above it."""

    @property
    def width(self) -> float:
        """In characters."""

    @property
    def group(self) -> str:
        """The title above it and its neighbours; '' for none."""

    @property
    def hidden(self) -> bool:
        """Whether it is not shown."""


def on_paper(columns: Sequence[Shown], repeated: int) -> Paper:
    """Return how columns are laid on paper."""
    return lay_out([PaperColumn(0 if c.hidden else c.width, c.group) for c in columns], repeated)


def write_table(book: Book, table: Table, progress: Progress) -> None:
    """Write the sheet of `table`."""
    paper = table.paper
    sheet = book.add_sheet(_layout(table))
    last = get_column_letter(len(table.columns))
    write_head(sheet, table.title, [table.note], table.columns, paper)
    sheet.append([_total_item(table, column) for column in table.columns], height=20)
    if table.has_bands:
        write_bands(sheet, table.columns, paper)
    write_header(sheet, table.columns, HEADER_POINTS)
    _write_records(sheet, table, progress)
    write_foot(sheet, table.foot, table.columns, paper)
    sheet.worksheet.auto_filter.ref = f"A{table.header_row}:{last}{table.last_row}"
    _add_rules(sheet, table)
    for column in table.columns:
        offer_choices(sheet, column, table)


def write_head(
    sheet: Sheet, title: str, notes: Sequence[str], columns: Sequence[Shown], paper: Paper
) -> None:
    """Write the title over every page, and the notes over the first."""
    titles: list[Item | None] = [None] * len(columns)
    for page, (first, _) in enumerate(paper.pages):
        titles[first - 1] = Item(f"{title}（续）" if page else title, Look.TITLE)
    lines = max(line_count(f"{title}（续）", _room(columns, page) * _TITLE_SHARE) for page in paper.pages)
    row = sheet.append(titles, height=max(30, 24 * lines))
    for first, last in paper.pages:
        sheet.merge(get_column_letter(first), get_column_letter(last), row)
    for note in notes:
        _write_line(sheet, Item(note, Look.NOTE, align="left"), columns, paper, 18)


def write_header(sheet: Sheet, columns: Sequence[Shown], height: float) -> None:
    """Write the titles of the columns."""
    sheet.append([Item(column.title, Look.HEADER) for column in columns], height)


def write_foot(sheet: Sheet, lines: Sequence[FootLine], columns: Sequence[Shown], paper: Paper) -> None:
    """Write a blank row and the lines below a table, each over the first page."""
    if lines:
        sheet.append([])
    room = _room(columns, paper.pages[0])
    for parts in lines:
        item = Item("\n".join(_fitted(parts, room)), Look.PLAIN, align="left")
        _write_line(sheet, item, columns, paper, 24)


def _fitted(parts: FootLine, room: float) -> Iterator[str]:
    """Yield the lines on which the parts stand whole, as many on each as there is room for."""
    line = parts[0]
    for part in parts[1:]:
        longer = f"{line}{_GAP}{part}"
        if line_count(longer, room) > 1:
            yield line
            longer = part
        line = longer
    yield line


def _write_line(sheet: Sheet, item: Item, columns: Sequence[Shown], paper: Paper, least: float) -> None:
    """Write a line of running text over the width of the first page, as high as it needs."""
    first, last = paper.pages[0]
    height = row_height([(str(item.value), _room(columns, paper.pages[0]))], least)
    row = sheet.append([*[None] * (first - 1), item], height)
    sheet.merge(get_column_letter(first), get_column_letter(last), row)


def _room(columns: Sequence[Shown], page: tuple[int, int]) -> float:
    """Return how wide the visible columns of a page are."""
    return sum(column.width for column in columns[page[0] - 1 : page[1]] if not column.hidden)


def offer_choices(sheet: Sheet, column: Column, table: Table) -> None:
    """Give a column that is filled in its drop-down, or a check of what is typed."""
    validation = validation_of(column, table.lists)
    if validation is not None:
        letter = table.letters[column.source]
        sheet.offer(f"{letter}{table.first_row}:{letter}{table.last_row}", validation)


def _layout(table: Table) -> SheetLayout:
    first_repeated = table.header_row - (1 if table.has_bands else 0)
    return SheetLayout(
        name=table.name,
        widths=[column.width for column in table.columns],
        hidden=[column.hidden for column in table.columns],
        frozen=f"{get_column_letter(table.kept_in_view + 1)}{table.first_row}",
        repeated_rows=f"{first_repeated}:{table.header_row}",
        paper=table.paper,
        colour=table.colour,
    )


def _total_item(table: Table, column: Column) -> Item:
    """Return the cell of the total row: live, and following the filter."""
    letter = table.letters[column.source]
    cells = f"{letter}{table.first_row}:{letter}{table.last_row}"
    if column.source == "patch_no":
        count = Formula(f"=SUBTOTAL(103,{cells})", len(table.records))
        return Item(count, Look.TOTAL, f'0"{table.counted}"')
    if column.kind is Kind.AREA:
        area = Formula(filtered_sum(cells), filtered_sum_value(table.records, column.source))
        return Item(area, Look.TOTAL, number_format(Kind.AREA, column.decimals), "right")
    return Item("合计" if column.kind is Kind.COUNTER else None, Look.TOTAL)


def write_bands(sheet: Sheet, columns: Sequence[Shown], paper: Paper) -> None:
    """Write the row of titles above groups of columns; a group that two pages share has one on each."""
    numbered = [(column.group, paper.page_of(number)) for number, column in enumerate(columns, 1)]
    row = sheet.append([Item(group or None, Look.HEADER) for group, _ in numbered], height=18)
    start = 1
    for (group, _), members in groupby(numbered):
        end = start + len(list(members)) - 1
        if group:
            sheet.merge(get_column_letter(start), get_column_letter(end), row)
        start = end + 1


def _write_records(sheet: Sheet, table: Table, progress: Progress) -> None:
    if not table.records:
        sheet.append([Item(None) for _ in table.columns])
    for index, record in enumerate(table.records):
        if index % _ROWS_BETWEEN_CHECKS == 0:
            progress.report(index / len(table.records))
        items = [_record_item(table, column, record, index) for column in table.columns]
        sheet.append(items, _height(table, items))


def _height(table: Table, items: Sequence[Item]) -> float:
    """Return a height that shows every visible text whole."""
    shown = zip(table.columns, items, strict=True)
    return row_height(
        (item.value, column.width)
        for column, item in shown
        if isinstance(item.value, str) and not column.hidden
    )


def _record_item(table: Table, column: Column, record: Record, index: int) -> Item:
    if column.kind is Kind.COUNTER:
        return Item(index + 1, number_format=number_format(Kind.COUNTER, 0))
    if column.kind is Kind.CHECK:
        make = _remedy_check if column.source == "remedy_check" else _check
        check = make(table, record, table.first_row + index, column.decimals)
        return Item(check, number_format=number_format(Kind.CHECK, column.decimals), align="right")
    if column.kind is Kind.VERDICT:
        return Item(
            _verdict(table, record, table.first_row + index, column.decimals), number_format="General"
        )
    if column.is_filled_in:
        return Item(None, Look.FILL, number_format(column.kind, column.decimals), alignment(column.kind))
    item = value_item(record.get(column.source), column.kind, column.decimals)
    return item._replace(look=Look.FILL) if column.is_open and item.look is Look.BODY else item


def value_item(value: Value, kind: Kind, decimals: int) -> Item:
    """Return the cell of a value: 未评估 in its own colour, text as text, a trace as ＜0.01."""
    if value == Status.NOT_EVALUATED:
        return Item(Status.NOT_EVALUATED.value, Look.GAP)
    if isinstance(value, TraceArea):
        return Item(0.0, number_format=trace_format(decimals), align="right")
    if value is None or isinstance(value, str):
        return Item(value or None, align=alignment(kind) if kind is Kind.TEXT else "center")
    return Item(value, number_format=number_format(kind, decimals), align=alignment(kind))


def _remedy_check(table: Table, record: Record, row: int, decimals: int) -> Formula:
    """Return the formula for: put right + still open − whole; blank where nothing is to be put right."""
    whole, settled, open_ = (f"{table.letters[s]}{row}" for s in ("area_mu", "settled_mu", "open_mu"))
    text = f'=IF(COUNT({settled},{open_})=0,"",ROUND({settled}+{open_}-{whole},{decimals}))'
    if record.get("settled_mu") is None:
        return Formula(text, "")
    parts = number(record, "settled_mu") + number(record, "open_mu")
    return Formula(text, round(parts - number(record, "area_mu"), decimals) + 0.0)


def _verdict(table: Table, record: Record, row: int, decimals: int) -> Formula:
    """Return the formula that says whether the parts make up the whole."""
    check, value = f"{table.letters['area_check']}{row}", check_value(record, decimals)
    text = f'=IF(ISNUMBER({check}),IF({check}=0,"是","否"),"{Status.NOT_EVALUATED.value}")'
    said = value if isinstance(value, str) else ("否" if value else "是")
    return Formula(text, said)


def _check(table: Table, record: Record, row: int, decimals: int) -> Formula:
    """Return the formula for: farmland + other parts − whole, 未评估 where no part is known."""
    letters = table.letters
    net, gross, whole = (f"{letters[s]}{row}" for s in ("farmland_net_mu", "farmland_gross_mu", "area_mu"))
    parts = ",".join(f"{letters[source]}{row}" for source in LAND_PARTS)
    text = (
        f'=IF(COUNT({net},{gross},{parts})=0,"{Status.NOT_EVALUATED.value}",'
        f"ROUND(SUM(IF(ISNUMBER({net}),{net},N({gross})),{parts})-{whole},{decimals}))"
    )
    return Formula(text, check_value(record, decimals))


def check_value(record: Record, decimals: int = 2) -> float | str:
    """Return what the check of a record comes to."""
    sources = ("farmland_net_mu", "farmland_gross_mu", *LAND_PARTS)
    if not any(isinstance(record.get(source), float) for source in sources):
        return Status.NOT_EVALUATED.value
    net_known = isinstance(record.get("farmland_net_mu"), float)
    farmland = number(record, "farmland_net_mu" if net_known else "farmland_gross_mu")
    parts = farmland + sum(number(record, source) for source in LAND_PARTS)
    return round(parts - number(record, "area_mu"), decimals) + 0.0


def _add_rules(sheet: Sheet, table: Table) -> None:
    """Paint totals nobody knows, what the marks say, and figures that do not fit."""
    last = get_column_letter(len(table.columns))
    totals = f"A{_TOTAL_ROW}:{last}{_TOTAL_ROW}"
    sheet.worksheet.conditional_formatting.add(totals, gap_when(f"A{_TOTAL_ROW}"))
    for mark in table.marks:
        letter = table.letters.get(mark.source)
        if letter:
            cells = f"{letter}{table.first_row}:{letter}{table.last_row}"
            paint = red_when if mark.is_bad else yellow_when
            rule = paint(f'{letter}{table.first_row}="{mark.value}"')
            sheet.worksheet.conditional_formatting.add(cells, rule)
    _mark_notes(sheet, table)
    _mark_figures(sheet, table)


def _mark_notes(sheet: Sheet, table: Table) -> None:
    """Paint what contradicts a decision yellow: somebody has to look at it again."""
    for source in ("duty_note", "unit_note"):
        letter = table.letters.get(source)
        if letter:
            cells = f"{letter}{table.first_row}:{letter}{table.last_row}"
            rule = yellow_when(f"LEN({letter}{table.first_row})>0")
            sheet.worksheet.conditional_formatting.add(cells, rule)


def _mark_figures(sheet: Sheet, table: Table) -> None:
    """Paint checks red when they are not 0, and uncovered land where there is any."""
    for source, rule in (
        ("area_check", "<>0"),
        ("remedy_check", "<>0"),
        ("uncovered_mu", ">0"),
        ("unclassified_mu", ">0"),
    ):
        letter = table.letters.get(source)
        if letter:
            cell, cells = f"{letter}{table.first_row}", f"{letter}{table.first_row}:{letter}{table.last_row}"
            sheet.worksheet.conditional_formatting.add(cells, red_when(f"AND(ISNUMBER({cell}),{cell}{rule})"))
            if source.endswith("_check"):
                good = green_when(f"AND(ISNUMBER({cell}),{cell}=0)")
                sheet.worksheet.conditional_formatting.add(cells, good)
