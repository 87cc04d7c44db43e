"""The rows of a returned workbook, from all its sheets: which cells stand under which column."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from string import ascii_letters

from openpyxl.utils import get_column_letter

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.exchange.export_record import (
    EXPORT_SHEET,
    STABLE_ID,
    Exported,
    column_keys,
    parse_stable_id,
    read_export,
)
from weipian_plugin.exchange.feedback_layout import FeedbackLayout, plain
from weipian_plugin.exchange.sheet_cells import Cell, CellKind, SheetCells, read_sheets
from weipian_plugin.exchange.sources import UNIT_SOURCES, kind_of
from weipian_plugin.giving_way import free_row_by_row

PATCH_NO = "patch_no"
_COUNTER = "row_no"
_PROPER_TITLE = "图斑编号"
_HEADER_WITHIN = 40
"""Rows searched for the header: titles, notes and totals may stand above it."""
_FOOT = re.compile(
    r"^(合\s*计|总\s*计|小\s*计|填\s*报|填\s*表|制\s*表|审\s*核|复\s*核|审\s*定|负责|分管|主要|单位|说\s*明|备?\s*注\s*[::]"
    r"|盖\s*章|签\s*字|日\s*期|历史|校验|工作库|本表)"
)

_SUBTOTAL = re.compile(r"^.{1,20}(小\s*计|合\s*计|总\s*计|汇\s*总|计\s*数|平均值)$")
"""What a spreadsheet writes between groups of rows: 白马镇 汇总."""
_NOTHING = re.compile(r"[-‐-―−－_/／\\、.。·*＊\s\u200b-\u200f\u2060\ufeff]*")
"""What people put into a cell to say that it stays empty."""
_NAMES_PATCHES = re.compile(r"编\s*号|标识|(图斑|监测|线索)号|^[A-Z]{4,8}$")
"""What a title of patch numbers or ids has in it."""
_LONGEST_TITLE = 20
_OURS = re.compile(
    r"^(依据：|工作库历史链首校验码)|^(合|总|小)\s*计"
    r"|^(\s*(填报|填表|制表|审核|复核|审定|负责|分管|主要|经办|单位|盖章|签字|日期)[^：:]{0,8}[：:][^，。；：:]{0,16})+$"
)
"""What stands around a table in any case, signed or not."""
_CROSSED_OUT = "这一行画了删除线"
_SHORTEST_REMARK = 6
_NUMBERS_ONLY = re.compile(r"[\d.,%]*")
_NUMBER_LIKE = re.compile(r"\d{4}")
_LONGEST_HEADER = 60
_REMEMBERED = 20_000
"""Texts whose meaning as a header is remembered: most cells say what others said before."""
_LONGEST_NUMBER = 40
"""What no total, note or signature has in the column of patch numbers."""

Row = Mapping[int, Cell]


@dataclass(frozen=True)
class ReturnedRow:
    """One row that may be about a patch."""

    sheet: str
    line: int
    identity: Cell | None
    number: Cell | None
    cells: Mapping[str, tuple[Cell, ...]]
    """Cells by column key; several where several columns have the same meaning. Empty cells are left out."""
    blank: frozenset[str]
    """Keys of columns that the sheet has and the row leaves empty."""
    shown: str
    """What stands in the row, in short, for a row that cannot be matched."""
    is_shifted: bool = False
    """Whether a hidden id stands in another column than the others: cells were deleted or inserted here."""
    other_ids: tuple[Cell, ...] = ()
    other_numbers: tuple[Cell, ...] = ()
    """Under further columns of ids and numbers: of another system, or of another patch in the same row."""

    @property
    def place(self) -> str:
        """Where the row is, in Chinese."""
        return f"{self.sheet} 第{self.line}行"


@dataclass(frozen=True)
class ReturnedComment:
    """A comment, text box or picture on a cell, or words around a table: read by people alone."""

    place: str
    patch_no: str
    """As the row says; '' where it says none."""
    text: str


@dataclass(frozen=True)
class ReturnedBook:
    """A returned workbook as it was read."""

    path: Path
    exported: Exported | None
    """What it remembers of its export; None when the sheet `_导出` is gone."""
    rows: tuple[ReturnedRow, ...]
    headless: tuple[ReturnedRow, ...]
    """Rows with a hidden id on sheets without a header."""
    read_sheets: tuple[str, ...]
    other_sheets: tuple[str, ...]
    """Sheets without a column of patch numbers."""
    other_columns: tuple[str, ...]
    """Headers of filled columns that are not ours and not understood, with their sheet."""
    comments: tuple[ReturnedComment, ...]
    """Also what lies on the cells or is written around the tables."""


@dataclass(frozen=True)
class _Head:
    """Where the header of a sheet is and which column means what."""

    last_line: int
    names: Mapping[int, str]
    keys: Mapping[int, str]
    other_numbers: tuple[int, ...] = ()
    """Columns of numbers beside the one that counts."""

    @cached_property
    def score(self) -> int:
        """How many meanings the columns have."""
        return len(set(self.keys.values()))

    @cached_property
    def identifying(self) -> tuple[int, ...]:
        """The columns of ids and numbers."""
        return tuple(column for column, key in self.keys.items() if key in (PATCH_NO, STABLE_ID))


class _Titles:
    """What titles mean on one sheet."""

    def __init__(self, ours: Mapping[str, str], layout: FeedbackLayout) -> None:
        """Take key by title of the columns that went out, what does not come back included."""
        self.ours = {plain(title): key for title, key in ours.items()}
        self._layout = layout
        self.key_of = lru_cache(maxsize=_REMEMBERED)(self._key_of)
        """Return the key that a header names; '' for none."""

    def _key_of(self, header: str) -> str:
        key = self.ours.get(plain(header))
        if key is None:
            return self._layout.key_of(header)
        return key if key in self._layout.by_key else ""

    def is_read_only(self, header: str) -> bool:
        """Return whether a column of this title went out to be looked at, not to be filled in."""
        key = self.ours.get(plain(header))
        return key is not None and kind_of(key, UNIT_SOURCES) is not None


def read_returned(path: Path, layout: FeedbackLayout) -> ReturnedBook:
    """Read a returned workbook; raise WeipianError when no sheet has a column of patch numbers."""
    sheets = read_sheets(path)
    book = _book(path, sheets, layout)
    cells = [row for sheet in sheets for row in sheet.rows.values()]
    sheets.clear()
    free_row_by_row(cells)
    return book


def _book(path: Path, sheets: Sequence[SheetCells], layout: FeedbackLayout) -> ReturnedBook:
    exported = _exported(sheets)
    titles = _titles(layout, exported)
    parts = {
        sheet.title: _parts(sheet, titles(sheet), layout) for sheet in sheets if sheet.title != EXPORT_SHEET
    }
    read = [part for own in parts.values() for part in own]
    if not read:
        raise WeipianError(
            f"“{path.name}”里没有一张表有“图斑编号”列（表头应在前{_HEADER_WITHIN}行），请核对是否选错了文件。"
        )
    rows = tuple(row for part in read for row in _rows(part))
    others = [sheet for sheet in sheets if sheet.title in parts and not parts[sheet.title]]
    return ReturnedBook(
        path,
        exported,
        rows,
        tuple(row for sheet in others for row in _headless(sheet)),
        tuple(name for name, own in parts.items() if own),
        tuple(sheet.title for sheet in others),
        tuple(dict.fromkeys(name for part in read for name in _not_understood(part))),
        (
            *_comments([sheet for sheet in sheets if sheet.title in parts], rows),
            *(remark for sheet in sheets for remark in _remarks(sheet, parts.get(sheet.title, ()))),
        ),
    )


def _titles(layout: FeedbackLayout, exported: Exported | None) -> Callable[[SheetCells], _Titles]:
    """Return for each sheet how its headers are understood.

    A title that we wrote means what it meant when it went out, also where another column has it as an alias;
    on a sheet that we do not know, only titles that mean the same on all of ours do.
    """
    keys = column_keys(exported.head) if exported else {}
    spelled = {name: frozenset(map(plain, own)) for name, own in keys.items()}
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for own in keys.values():
        for title, key in own.items():
            meanings[title].add(key)
    same = {title: next(iter(found)) for title, found in meanings.items() if len(found) == 1}
    written = {sheet: _Titles(own, layout) for sheet, own in keys.items()}
    everywhere = _Titles(same, layout)
    return lambda sheet: written.get(_name_before(sheet, spelled), everywhere)


def _name_before(sheet: SheetCells, titles: Mapping[str, frozenset[str]]) -> str:
    """Return which of our sheets this is: its name, unless it shows more titles of another one."""
    if sheet.title not in titles:
        return sheet.title
    above = (row.values() for line, row in sheet.rows.items() if line <= _HEADER_WITHIN)
    shown = {plain(cell.text) for row in above for cell in row if len(cell.text) <= _LONGEST_HEADER}
    return max(titles, key=lambda name: (len(shown & titles[name]), name == sheet.title))


def _exported(sheets: Sequence[SheetCells]) -> Exported | None:
    found = next((sheet for sheet in sheets if sheet.title == EXPORT_SHEET), None)
    if found is None:
        return None
    width = max((max(row) for row in found.rows.values()), default=0)
    texts = [[row[c].text if c in row else "" for c in range(1, width + 1)] for row in found.rows.values()]
    return read_export(texts)


@dataclass(frozen=True)
class _Part:
    """A header and what stands below it, up to the next header on the sheet."""

    sheet: str
    head: _Head
    rows: Mapping[int, Row]
    titles: _Titles


def _parts(sheet: SheetCells, titles: _Titles, layout: FeedbackLayout) -> list[_Part]:
    """Return the tables of a sheet: several where somebody pasted others of their own below."""
    head = _head(sheet, titles)
    if head is None:
        return []
    found: list[tuple[_Head, dict[int, Row]]] = [(head, {})]
    for line, row in sheet.rows.items():
        if line <= head.last_line:
            continue
        other = _other_head(line, row, found[-1][0], titles)
        if other is None:
            found[-1][1][line] = row
        else:
            found.append((other, {}))
    return [_Part(sheet.title, _settled(own, rows, layout), rows, titles) for own, rows in found]


def _other_head(line: int, row: Row, head: _Head, titles: _Titles) -> _Head | None:
    """Return the header that a row begins a table of other columns with; None for any other row."""
    if not any(len(c.text) <= _LONGEST_TITLE and _NAMES_PATCHES.search(c.text) for c in row.values()):
        return None
    texts = {column: cell.text for column, cell in row.items() if len(cell.text) <= _LONGEST_HEADER}
    named = _named(line, texts, titles)
    return named if _identifies(named) and named.score > 1 and not _is_head_again(row, head, titles) else None


def _not_understood(part: _Part) -> Iterator[str]:
    """Yield the columns in which something stands that nobody reads."""
    filled = set().union(*part.rows.values())
    for column in sorted(filled - part.head.keys.keys()):
        name = part.head.names.get(column, "")
        if not name:
            yield f"{part.sheet}：第{get_column_letter(column)}列（没有列名）"
        elif not part.titles.is_read_only(name):
            yield f"{part.sheet}：{name}"


def _head(sheet: SheetCells, titles: _Titles) -> _Head | None:
    """Return the likeliest header: the row, or pair of rows under bands, that names most columns."""
    lines = [line for line in sheet.rows if line <= _HEADER_WITHIN]
    best: _Head | None = None
    for place, line in enumerate(lines):
        upper = {column: cell.text for column, cell in sheet.rows[line].items()}
        candidates = [_named(line, upper, titles)]
        if place + 1 < len(lines):
            lower = {column: cell.text for column, cell in sheet.rows[lines[place + 1]].items()}
            candidates.append(_named(lines[place + 1], _stacked(upper, lower), titles))
        for head in candidates:
            if _identifies(head) and (best is None or _is_better(head, best)):
                best = head
    return best


def _is_better(head: _Head, best: _Head) -> bool:
    """Return whether a header says more; as much, and with less around it, is better too."""
    return (head.score, -len(head.names)) > (best.score, -len(best.names))


def _settled(head: _Head, rows: Mapping[int, Row], layout: FeedbackLayout) -> _Head:
    """Return the header with those columns under their own key that their values give away."""
    below = rows.values()
    keys = {
        column: layout.key_by_values(frozenset(row[column].text for row in below if column in row)) or key
        for column, key in head.keys.items()
    }
    if STABLE_ID not in keys.values():
        found = Counter(column for row in below for column, cell in row.items() if _is_id(cell))
        keys |= {column: STABLE_ID for column, _ in found.most_common(1)}
    return replace(head, keys=keys)


def _is_id(cell: Cell) -> bool:
    return cell.text[:3].upper() == "WP-" and parse_stable_id(cell.text) is not None


def _identifies(head: _Head) -> bool:
    return PATCH_NO in head.keys.values() or STABLE_ID in head.keys.values()


def _named(line: int, names: Mapping[int, str], titles: _Titles) -> _Head:
    keys = {column: key for column, name in names.items() if (key := titles.key_of(name))}
    numbers = [column for column, key in keys.items() if key == PATCH_NO]
    # Numbers of other systems beside ours: the column of the proper title counts, else the first.
    proper = [column for column in numbers if plain(names[column]) == _PROPER_TITLE]
    others = tuple(column for column in numbers if column != (proper or numbers)[0])
    kept = {column: key for column, key in keys.items() if column not in others}
    return _Head(line, names, kept, others)


def _stacked(upper: Mapping[int, str], lower: Mapping[int, str]) -> dict[int, str]:
    """Return the titles under bands: the lower row's where it says anything."""
    return {**upper, **lower}


def _rows(part: _Part) -> Iterator[ReturnedRow]:
    head = part.head
    understood = frozenset(head.keys.values()) - {STABLE_ID, PATCH_NO, _COUNTER}
    for line, row in _table_rows(part):
        cells: defaultdict[str, list[Cell]] = defaultdict(list)
        for column, key in head.keys.items():
            if column in row and not _NOTHING.fullmatch(row[column].text):
                cells[key].append(row[column])
        ids, number = cells.pop(STABLE_ID, []), _first(cells.pop(PATCH_NO, []))
        identity, beside = _first(ids), tuple(row[c] for c in head.other_numbers if c in row)
        given = {key: tuple(found) for key, found in cells.items()}
        blank, shifted = understood - frozenset(given), _is_shifted(row, identity, head)
        others = (tuple(ids[1:]), beside)
        yield ReturnedRow(part.sheet, line, identity, number, given, blank, _shown(row), shifted, *others)


def _table_rows(part: _Part) -> Iterator[tuple[int, Row]]:
    """Yield the rows that may be about a patch, with their lines."""
    for line, row in part.rows.items():
        if not _is_head_again(row, part.head, part.titles) and not _is_around(row, part.head):
            yield line, row


def _is_around(row: Row, head: _Head) -> bool:
    """Return whether a row names no patch and is a total, a signature line or a note."""
    known = any(head.keys.get(column) == STABLE_ID and _is_id(cell) for column, cell in row.items())
    numbers = (row[column] for column, key in head.keys.items() if key == PATCH_NO and column in row)
    return not known and _is_foot(row, next(numbers, None), head)


def _remarks(sheet: SheetCells, parts: Sequence[_Part]) -> Iterator[ReturnedComment]:
    """Yield the rows that somebody crossed out, and what somebody wrote above and below the tables."""
    for part in parts:
        for line, row in part.rows.items():
            crossed = [c for c in part.head.identifying if c in row and row[c].kind is CellKind.STRUCK]
            if crossed:
                yield ReturnedComment(f"{sheet.title} 第{line}行", row[crossed[0]].text, _CROSSED_OUT)
    for line in _lines_around(sheet, parts):
        for cell in sheet.rows[line].values():
            if _is_remark(cell):
                yield ReturnedComment(f"{sheet.title} 第{line}行", "", cell.text)


def _lines_around(sheet: SheetCells, parts: Sequence[_Part]) -> list[int]:
    """Return the lines above and below the tables, but for the title and the titles above columns."""
    if not parts:
        return []
    above = [line for line in sheet.rows if line < parts[0].head.last_line][1:]
    if above and len(sheet.rows[above[-1]]) > 1:
        above.pop()
    return above + [line for part in parts for line, row in part.rows.items() if _is_around(row, part.head)]


def _is_remark(cell: Cell) -> bool:
    """Return whether a cell beside the tables holds words that are neither ours nor a signature."""
    is_said = cell.kind is CellKind.TEXT and len(cell.text) >= _SHORTEST_REMARK
    is_ours = _OURS.match(cell.text) or _SUBTOTAL.match(cell.text)
    return is_said and not is_ours and not _NUMBERS_ONLY.fullmatch(cell.text)


def _is_shifted(row: Row, identity: Cell | None, head: _Head) -> bool:
    """Return whether an id stands in a column of its own row alone."""
    stray = (cell for column, cell in row.items() if _is_id(cell) and head.keys.get(column) != STABLE_ID)
    return any(identity is None or cell.text != identity.text for cell in stray)


def _headless(sheet: SheetCells) -> Iterator[ReturnedRow]:
    """Yield the rows of a sheet without a header that carry an id: what stands in them is not read."""
    for line, row in sheet.rows.items():
        if any(map(_is_id, row.values())):
            yield ReturnedRow(sheet.title, line, None, None, {}, frozenset(), _shown(row))


def _comments(sheets: Iterable[SheetCells], rows: Iterable[ReturnedRow]) -> Iterator[ReturnedComment]:
    numbers = {(row.sheet, row.line): row.number.text for row in rows if row.number is not None}
    for sheet in sheets:
        for place, text in sheet.comments:
            line = int(place.lstrip(ascii_letters))
            yield ReturnedComment(f"{sheet.title} {place}", numbers.get((sheet.title, line), ""), text)


def _first(cells: Sequence[Cell]) -> Cell | None:
    return cells[0] if cells else None


def _is_head_again(row: Row, head: _Head, titles: _Titles) -> bool:
    """Return whether a header stands again among the rows, as where pages were pasted together."""
    if not any(titles.key_of(row[c].text) == head.keys[c] for c in head.identifying if c in row):
        return False
    texts = {column: row[column].text for column in head.keys if column in row}
    again = (
        len(text) <= _LONGEST_HEADER and titles.key_of(text) == head.keys[column]
        for column, text in texts.items()
    )
    return sum(again) >= max(2, len(head.keys) // 2)


def _is_foot(row: Row, number: Cell | None, head: _Head) -> bool:
    """Return whether a row is a total, a signature line or a note, not a patch."""
    first = row[min(row)].text
    if number is not None and _is_number_like(number.text):
        return False
    if _FOOT.match(first):
        return True
    if number is not None:
        return False
    if _SUBTOTAL.match(first) and sum(cell.kind is CellKind.TEXT for cell in row.values()) == 1:
        return True
    # One long note written across the sheet, or a row with nothing under any column that is understood.
    told = any(column in row for column, key in head.keys.items() if key != _COUNTER)
    return not told or (len(row) == 1 and len(first) > 20)


def _is_number_like(text: str) -> bool:
    return len(text) <= _LONGEST_NUMBER and bool(_NUMBER_LIKE.search(unicodedata.normalize("NFKC", text)))


def _shown(row: Row) -> str:
    texts = [row[column].text for column in sorted(row)]
    return "　".join(texts[:8])[:120]
