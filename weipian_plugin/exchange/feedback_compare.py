"""What a returned workbook says, patch by patch and cell by cell, beside what went out and what stands."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from weipian_plugin.domain.days import period_of
from weipian_plugin.domain.feedback import Severity, Verdict, area_severity, settle, three_way
from weipian_plugin.exchange.export_record import Exported, parse_stable_id
from weipian_plugin.exchange.feedback_layout import FeedbackColumn, FeedbackLayout, Use, ValueKind
from weipian_plugin.exchange.patch_match import PatchIndex
from weipian_plugin.exchange.returned_table import ReturnedBook, ReturnedRow
from weipian_plugin.exchange.sheet_cells import Cell, CellKind

_DAY_ZERO = date(1899, 12, 30)
_SERIALS = (20_000, 80_000)
"""Days from 1954 to 2119: what a spreadsheet shows for a date that became a number."""
_AMOUNT = re.compile(r"^[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:E[-+]?\d+)?$")
"""A comma only where it marks thousands: 3,05 may be three and a bit, or three hundred and five."""
_SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")
_UNSEEN = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08]+")
_FIGURE = 1e-6
_UNREADABLE = (CellKind.FORMULA, CellKind.ERROR)
_COMPARED = frozenset({Use.DETERMINATION, Use.FACT, Use.NOTE, Use.FIXED})
_TOLD = frozenset({Use.VERDICT, Use.RETURN, Use.DAY})
"""Whose cells are told when they cannot be read: what the city wrote must not go under."""


@dataclass(frozen=True)
class Difference:
    """One cell that is not as we have it."""

    patch_no: str
    key: str
    title: str
    base: str | None
    """As it went out; None where nobody knows."""
    now: str
    theirs: str
    verdict: Verdict
    place: str
    said: str = ""
    """Chinese: what about it a person should know."""


@dataclass(frozen=True)
class AreaGap:
    """A returned figure that is not ours."""

    patch_no: str
    title: str
    now: str
    theirs: str
    severity: Severity
    place: str


@dataclass(frozen=True)
class Unmatched:
    """A row that belongs to no patch for sure."""

    place: str
    shown: str
    why: str


@dataclass(frozen=True)
class PatchFeedback:
    """All that a workbook says about one patch."""

    patch_no: str
    places: tuple[str, ...]
    differences: tuple[Difference, ...]
    areas: tuple[AreaGap, ...]
    verdicts: tuple[str, ...]
    reasons: tuple[str, ...]
    """As written, new ones only: what went out with the workbook is left out."""
    day: str
    """ISO date of the review or of filling in; '' for none."""


@dataclass(frozen=True)
class Comparison:
    """A returned workbook, sorted out."""

    patches: tuple[PatchFeedback, ...]
    unmatched: tuple[Unmatched, ...]


def compare(
    book: ReturnedBook,
    layout: FeedbackLayout,
    index: PatchIndex,
    now: Mapping[str, Mapping[str, str]],
    exported: Exported | None,
) -> Comparison:
    """Sort the rows of a workbook out by patch and compare every cell that is understood."""
    rows: defaultdict[str, list[ReturnedRow]] = defaultdict(list)
    unmatched = []
    for row in book.rows:
        match = index.find(row.identity, row.number)
        if match.patch_no:
            rows[match.patch_no].append(row)
        else:
            unmatched.append(Unmatched(row.place, row.shown, match.why_not))
    bases = _bases(exported, index)
    found = [
        _PatchComparer(number, own, layout, now[number], bases.get(number)).feedback()
        for number, own in rows.items()
    ]
    return Comparison(tuple(found), tuple(unmatched))


def _bases(exported: Exported | None, index: PatchIndex) -> dict[str, Mapping[str, str]]:
    """Return what went out by patch number, as far as its hidden id belongs to this workspace."""
    if exported is None:
        return {}
    found = {}
    for identity, values in exported.values.items():
        match = index.find(Cell(identity), None)
        if match.patch_no and parse_stable_id(identity) is not None:
            found[match.patch_no] = values
    return found


@dataclass(frozen=True)
class _Found:
    """A cell and the row in which it stands."""

    cell: Cell
    row: ReturnedRow


class _PatchComparer:
    """Compares the rows of one patch."""

    def __init__(
        self,
        patch_no: str,
        rows: Sequence[ReturnedRow],
        layout: FeedbackLayout,
        now: Mapping[str, str],
        base: Mapping[str, str] | None,
    ) -> None:
        self._patch_no, self._rows, self._layout, self._now, self._base = patch_no, rows, layout, now, base
        self._found: defaultdict[str, list[_Found]] = defaultdict(list)
        for row in rows:
            for key, cells in row.cells.items():
                self._found[key] += [_Found(cell, row) for cell in cells]
        self._known = frozenset(self._found).union(*(row.blank for row in rows))
        sheets = Counter(row.sheet for row in rows)
        self._doubled = frozenset(sheet for sheet, count in sheets.items() if count > 1)

    def feedback(self) -> PatchFeedback:
        differences: list[Difference] = []
        areas: list[AreaGap] = []
        for column in self._layout.columns:
            if column.key not in self._known:
                continue
            if column.use is Use.AREA:
                areas += self._areas(column)
            elif column.use in _COMPARED:
                differences += self._differences(column)
            elif column.use in _TOLD:
                differences += self._unreadable(column)
        return PatchFeedback(
            self._patch_no,
            tuple(row.place for row in self._rows),
            tuple(differences),
            tuple(areas),
            self._texts(Use.VERDICT),
            self._texts(Use.RETURN),
            self._day(),
        )

    def _day(self) -> str:
        """Return the day that somebody wrote, not one that went out with the workbook."""
        days = (value_text(found.cell, ValueKind.DATE) for found in self._readable(Use.DAY))
        old = self._old(Use.DAY)
        return next((day for day in days if spelling(day) not in old), "")

    def _old(self, use: Use) -> set[str]:
        keys = self._layout.keys_of(use)
        return {spelling(self._base.get(key, "")) for key in keys} if self._base else set()

    def _readable(self, use: Use) -> Iterator[_Found]:
        for key in self._layout.keys_of(use):
            yield from (found for found in self._found[key] if found.cell.kind not in _UNREADABLE)

    def _texts(self, use: Use) -> tuple[str, ...]:
        """Return the distinct texts under a use that did not go out with the workbook."""
        old = self._old(use)
        texts = {spelling(found.cell.text): found.cell.text for found in self._readable(use)}
        return tuple(text for key, text in texts.items() if key not in old)

    def _base_of(self, key: str) -> str | None:
        return self._base.get(key) if self._base is not None else None

    def _differences(self, column: FeedbackColumn) -> list[Difference]:
        cells = self._found[column.key]
        readable = [found for found in cells if found.cell.kind not in _UNREADABLE]
        if len(readable) == len(cells) > 0 and self._all_as_now(column, cells):
            return []
        unreadable = self._unreadable(column)
        return unreadable + self._compared(column, readable) if readable or not cells else unreadable

    def _all_as_now(self, column: FeedbackColumn, cells: Sequence[_Found]) -> bool:
        """Return whether every cell is to the letter what stands now, as most are."""
        now = self._now.get(column.key, "")
        return all(found.cell.text == now for found in cells)

    def _unreadable(self, column: FeedbackColumn) -> list[Difference]:
        return [
            self._made(column, _told(cell), Verdict.CONFLICT, found.row.place, _refusal(cell))
            for found in self._found[column.key]
            if (cell := found.cell).kind in _UNREADABLE
        ]

    def _compared(self, column: FeedbackColumn, cells: Sequence[_Found]) -> list[Difference]:
        same = same_by(column.kind)
        values = [(value_text(found.cell, column.kind), found.row.place) for found in cells]
        place = "、".join(dict.fromkeys(place for _, place in values)) or self._rows[0].place
        base, now = self._base_of(column.key), self._now.get(column.key, "")
        texts = [value for value, _ in values] or [""]
        theirs = (
            None if self._contradict(column, same) else settle(texts, now if base is None else base, same)
        )
        if theirs is None:
            said = "同一图斑的几行写得不一样，没有采用"
            return [self._made(column, "｜".join(dict.fromkeys(texts)), Verdict.CONFLICT, place, said)]
        verdict = three_way(base, now, theirs, same)
        if verdict is Verdict.SAME:
            return []
        own = [where for value, where in values if same(value, theirs)]
        return [self._made(column, theirs, verdict, "、".join(dict.fromkeys(own)) or place, "")]

    def _contradict(self, column: FeedbackColumn, same: Callable[[str, str], bool]) -> bool:
        """Return whether two rows of one sheet say different things."""
        by_sheet: dict[str, str] = {}
        for found in self._found[column.key]:
            if found.row.sheet in self._doubled:
                value = value_text(found.cell, column.kind)
                if not same(by_sheet.setdefault(found.row.sheet, value), value):
                    return True
        return False

    def _made(
        self, column: FeedbackColumn, theirs: str, verdict: Verdict, place: str, said: str
    ) -> Difference:
        base, now = self._base_of(column.key), self._now.get(column.key, "")
        return Difference(self._patch_no, column.key, column.title, base, now, theirs, verdict, place, said)

    def _areas(self, column: FeedbackColumn) -> list[AreaGap]:
        """Return the figures that are neither what went out nor what we have now."""
        if column.key not in self._now:
            return []
        same = same_by(ValueKind.NUMBER)
        gaps: dict[str, AreaGap] = {}
        base, now = self._base_of(column.key), self._now[column.key]
        for found in self._found[column.key]:
            # Areas never change, so what a formula came to may be compared.
            theirs = found.cell.result or found.cell.text
            if theirs == now or same(theirs, now) or (base is not None and same(theirs, base)):
                continue
            gap = _gap(theirs, now)
            if gap is not None:
                made = AreaGap(self._patch_no, column.title, now, theirs, gap, found.row.place)
                gaps.setdefault(theirs, made)
        return list(gaps.values())


def _told(cell: Cell) -> str:
    """Return a cell that is not read, with what it showed to who looked at it."""
    return f"{cell.text}（显示为“{cell.result}”）" if cell.result else cell.text


def _refusal(cell: Cell) -> str:
    return f"单元格是{cell.kind.value}，没有采用，请粘贴为数值后再导入"


def _gap(theirs: str, ours: str) -> Severity | None:
    """Return how grave a difference is; a figure in the place of 未评估, or a word, is a warning."""
    left, right = amount(theirs), amount(ours)
    if left is None or right is None:
        return Severity.WARNING
    return area_severity(left, right)


def value_text(cell: Cell, kind: ValueKind) -> str:
    """Return a cell's value as text that can be compared: days as ISO text, whatever became of them."""
    if kind is not ValueKind.DATE:
        return cell.text
    if cell.kind is CellKind.NUMBER and _SERIALS[0] <= cell.number <= _SERIALS[1]:
        return (_DAY_ZERO + timedelta(days=int(cell.number))).isoformat()
    if _SERIAL.match(cell.text) and _SERIALS[0] <= float(cell.text) <= _SERIALS[1]:
        return (_DAY_ZERO + timedelta(days=int(float(cell.text)))).isoformat()
    period = period_of(unicodedata.normalize("NFKC", cell.text))
    return period.text if period is not None else cell.text


@lru_cache(maxsize=8192)
def amount(text: str) -> float | None:
    """Return the number that a text means, with or without unit and thousands marks; None for a word."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").removesuffix("亩").upper()
    if not _AMOUNT.match(plain):
        return None
    return float(plain.replace(",", ""))


@lru_cache(maxsize=8192)
def spelling(text: str) -> str:
    """Return a text as it is compared: width, blanks, marks nobody sees and capitals make no difference."""
    return "".join(_UNSEEN.sub("", unicodedata.normalize("NFKC", text)).split()).upper()


def same_by(kind: ValueKind) -> Callable[[str, str], bool]:
    """Return how two values of a kind are compared."""
    return _same_number if kind is ValueKind.NUMBER else _same_text


def _same_text(one: str, other: str) -> bool:
    return spelling(one) == spelling(other)


def _same_number(one: str, other: str) -> bool:
    left, right = amount(one), amount(other)
    if left is None or right is None:
        return _same_text(one, other)
    return abs(left - right) <= _FIGURE


def titles(differences: Iterable[Difference]) -> str:
    """Return the columns of some differences, in Chinese."""
    return "、".join(dict.fromkeys(one.title for one in differences))
