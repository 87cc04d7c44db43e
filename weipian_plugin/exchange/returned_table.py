"""The rows of a returned workbook, from all its sheets: which cells stand under which column."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

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
from weipian_plugin.exchange.sheet_cells import Cell, SheetCells, read_sheets

PATCH_NO = "patch_no"
_HEADER_WITHIN = 40
"""Rows searched for the header: titles, notes and totals may stand above it."""
_FOOT = re.compile(
    r"^(合\s*计|总\s*计|小\s*计|填\s*报|填\s*表|制\s*表|审\s*核|复\s*核|审\s*定|负责|分管|主要|单位|说\s*明|备?\s*注\s*[::]"
    r"|盖\s*章|签\s*字|日\s*期|历史|校验|工作库|本表)"
)

_NUMBER_LIKE = re.compile(r"\d{4}")
_LONGEST_HEADER = 60
_REMEMBERED = 20_000
"""Texts whose meaning as a header is remembered: most cells say what others said before."""
_LONGEST_NUMBER = 40
"""What no total, note or signature has in the column of patch numbers."""

Row = Mapping[int, Cell]
KeyOf = Callable[[str], str]
"""Returns the key that a header names; '' for none."""


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

    @property
    def place(self) -> str:
        """Where the row is, in Chinese."""
        return f"{self.sheet} 第{self.line}行"


@dataclass(frozen=True)
class ReturnedBook:
    """A returned workbook as it was read."""

    path: Path
    exported: Exported | None
    """What it remembers of its export; None when the sheet `_导出` is gone."""
    rows: tuple[ReturnedRow, ...]
    read_sheets: tuple[str, ...]
    other_sheets: tuple[str, ...]
    """Sheets without a column of patch numbers."""
    other_columns: tuple[str, ...]
    """Headers that were not understood, with their sheet."""


@dataclass(frozen=True)
class _Head:
    """Where the header of a sheet is and which column means what."""

    last_line: int
    names: Mapping[int, str]
    keys: Mapping[int, str]

    @property
    def score(self) -> int:
        return len(set(self.keys.values()))


def read_returned(path: Path, layout: FeedbackLayout) -> ReturnedBook:
    """Read a returned workbook; raise WeipianError when no sheet has a column of patch numbers."""
    sheets = read_sheets(path)
    exported = _exported(sheets)
    readers = _readers(layout, exported)
    heads = {
        sheet.title: _settled(sheet, _head(sheet, readers(sheet.title)), layout)
        for sheet in sheets
        if sheet.title != EXPORT_SHEET
    }
    rows: list[ReturnedRow] = []
    for sheet in sheets:
        head = heads.get(sheet.title)
        if head is not None:
            rows += _rows(sheet, head, readers(sheet.title))
    if not any(heads.values()):
        raise WeipianError(
            f"“{path.name}”里没有一张表有“图斑编号”列（表头应在前{_HEADER_WITHIN}行），请核对是否选错了文件。"
        )
    return ReturnedBook(
        path,
        exported,
        tuple(rows),
        tuple(title for title, head in heads.items() if head),
        tuple(title for title, head in heads.items() if not head),
        tuple(_not_understood(heads)),
    )


def _readers(layout: FeedbackLayout, exported: Exported | None) -> Callable[[str], KeyOf]:
    """Return for each sheet how its headers are understood.

    A title that we wrote means what it meant when it went out, also where another column has it as an alias;
    on a sheet that we do not know, only titles that mean the same on all of ours do.
    """
    written = {
        sheet: {plain(title): key for title, key in keys.items()}
        for sheet, keys in (column_keys(exported.head) if exported else {}).items()
    }
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for keys in written.values():
        for title, key in keys.items():
            meanings[title].add(key)
    everywhere = {title: next(iter(keys)) for title, keys in meanings.items() if len(keys) == 1}

    def reader(sheet: str) -> KeyOf:
        own = written.get(sheet, everywhere)

        @lru_cache(maxsize=_REMEMBERED)
        def key_of(header: str) -> str:
            key = own.get(plain(header))
            if key is None:
                return layout.key_of(header)
            return key if key in layout.by_key else ""

        return key_of

    return reader


def _exported(sheets: Sequence[SheetCells]) -> Exported | None:
    found = next((sheet for sheet in sheets if sheet.title == EXPORT_SHEET), None)
    if found is None:
        return None
    width = max((max(row) for row in found.rows.values()), default=0)
    texts = [[row[c].text if c in row else "" for c in range(1, width + 1)] for row in found.rows.values()]
    return read_export(texts)


def _not_understood(heads: Mapping[str, _Head | None]) -> Iterator[str]:
    for title, head in heads.items():
        if head is not None:
            yield from (f"{title}：{name}" for column, name in head.names.items() if column not in head.keys)


def _head(sheet: SheetCells, key_of: KeyOf) -> _Head | None:
    """Return the likeliest header: the row, or pair of rows under bands, that names most columns."""
    lines = [line for line in sheet.rows if line <= _HEADER_WITHIN]
    best: _Head | None = None
    for place, line in enumerate(lines):
        upper = {column: cell.text for column, cell in sheet.rows[line].items()}
        candidates = [_named(line, upper, key_of)]
        if place + 1 < len(lines):
            lower = {column: cell.text for column, cell in sheet.rows[lines[place + 1]].items()}
            candidates.append(_named(lines[place + 1], _stacked(upper, lower), key_of))
        for head in candidates:
            if _identifies(head) and (best is None or _is_better(head, best)):
                best = head
    return best


def _is_better(head: _Head, best: _Head) -> bool:
    """Return whether a header says more; as much, and with less around it, is better too."""
    return (head.score, -len(head.names)) > (best.score, -len(best.names))


def _settled(sheet: SheetCells, head: _Head | None, layout: FeedbackLayout) -> _Head | None:
    """Return the header with those columns under their own key that their values give away."""
    if head is None:
        return None
    below = [row for line, row in sheet.rows.items() if line > head.last_line]
    keys = {
        column: layout.key_by_values(frozenset(row[column].text for row in below if column in row)) or key
        for column, key in head.keys.items()
    }
    return replace(head, keys=keys)


def _identifies(head: _Head) -> bool:
    return PATCH_NO in head.keys.values() or STABLE_ID in head.keys.values()


def _named(line: int, names: Mapping[int, str], key_of: KeyOf) -> _Head:
    keys = {column: key for column, name in names.items() if (key := key_of(name))}
    return _Head(line, names, keys)


def _stacked(upper: Mapping[int, str], lower: Mapping[int, str]) -> dict[int, str]:
    """Return the titles under bands: the lower row's where it says anything."""
    return {**upper, **lower}


def _rows(sheet: SheetCells, head: _Head, key_of: KeyOf) -> Iterator[ReturnedRow]:
    understood = frozenset(head.keys.values()) - {STABLE_ID, PATCH_NO}
    for line, row in sheet.rows.items():
        if line <= head.last_line or _is_head_again(row, head, key_of):
            continue
        cells: defaultdict[str, list[Cell]] = defaultdict(list)
        for column, key in head.keys.items():
            if column in row:
                cells[key].append(row[column])
        identity, number = _first(cells.pop(STABLE_ID, [])), _first(cells.pop(PATCH_NO, []))
        known = identity is not None and parse_stable_id(identity.text) is not None
        if not known and _is_foot(row, number, head):
            continue
        given = {key: tuple(found) for key, found in cells.items()}
        blank = understood - frozenset(given)
        yield ReturnedRow(sheet.title, line, identity, number, given, blank, _shown(row))


def _first(cells: Sequence[Cell]) -> Cell | None:
    return cells[0] if cells else None


def _is_head_again(row: Row, head: _Head, key_of: KeyOf) -> bool:
    """Return whether a header stands again among the rows, as where pages were pasted together."""
    texts = {column: row[column].text for column in head.keys if column in row}
    again = (
        len(text) <= _LONGEST_HEADER and key_of(text) == head.keys[column] for column, text in texts.items()
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
    # One long note written across the sheet, or a row with nothing under any column that is understood.
    return not any(column in row for column in head.keys) or (len(row) == 1 and len(first) > 20)


def _is_number_like(text: str) -> bool:
    return len(text) <= _LONGEST_NUMBER and bool(_NUMBER_LIKE.search(unicodedata.normalize("NFKC", text)))


def _shown(row: Row) -> str:
    texts = [row[column].text for column in sorted(row)]
    return "　".join(texts[:8])[:120]
