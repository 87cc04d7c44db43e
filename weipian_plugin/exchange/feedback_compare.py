"""What a returned workbook says, patch by patch and cell by cell, beside what went out and what stands."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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
_AMOUNT = re.compile(r"^[-+]?\d+(?:\.\d+)?(?:E[-+]?\d+)?$")
_FIGURE = 1e-6
_UNREADABLE = (CellKind.FORMULA, CellKind.ERROR)


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
class _PatchComparer:
    """Compares the rows of one patch."""

    patch_no: str
    rows: Sequence[ReturnedRow]
    layout: FeedbackLayout
    now: Mapping[str, str]
    base: Mapping[str, str] | None

    def feedback(self) -> PatchFeedback:
        differences, areas = [], []
        for column in self.layout.columns:
            cells = [(cell, row.place) for row in self.rows for cell in row.cells.get(column.key, ())]
            if not cells and not any(column.key in row.blank for row in self.rows):
                continue
            if column.use is Use.AREA:
                areas += self._areas(column, cells)
            elif column.use in (Use.DETERMINATION, Use.FACT, Use.NOTE, Use.FIXED):
                differences += self._differences(column, cells)
        return PatchFeedback(
            self.patch_no,
            tuple(row.place for row in self.rows),
            tuple(differences),
            tuple(areas),
            self._texts(Use.VERDICT),
            self._texts(Use.RETURN),
            self._day(),
        )

    def _day(self) -> str:
        """Return the day that somebody wrote, not one that went out with the workbook."""
        days = (value_text(cell, ValueKind.DATE) for cell in self._cells(Use.DAY))
        old = self._old(Use.DAY)
        return next((day for day in days if spelling(day) not in old), "")

    def _old(self, use: Use) -> set[str]:
        keys = [column.key for column in self.layout.columns if column.use is use]
        return {spelling(self.base.get(key, "")) for key in keys} if self.base else set()

    def _cells(self, use: Use) -> list[Cell]:
        keys = [column.key for column in self.layout.columns if column.use is use]
        return [cell for row in self.rows for key in keys for cell in row.cells.get(key, ())]

    def _texts(self, use: Use) -> tuple[str, ...]:
        """Return the distinct texts under a use that did not go out with the workbook."""
        old = self._old(use)
        readable = (cell for cell in self._cells(use) if cell.kind not in _UNREADABLE)
        found = {spelling(cell.text): cell.text for cell in readable}
        return tuple(text for key, text in found.items() if key not in old)

    def _base_of(self, key: str) -> str | None:
        return self.base.get(key) if self.base is not None else None

    def _differences(self, column: FeedbackColumn, cells: Sequence[tuple[Cell, str]]) -> list[Difference]:
        readable = [(cell, place) for cell, place in cells if cell.kind not in _UNREADABLE]
        found = [
            self._made(column, cell.text, Verdict.CONFLICT, place, _refusal(cell))
            for cell, place in cells
            if cell.kind in _UNREADABLE
        ]
        if readable or not cells:
            found += self._compared(column, readable)
        return found

    def _compared(self, column: FeedbackColumn, cells: Sequence[tuple[Cell, str]]) -> list[Difference]:
        same = same_by(column.kind)
        values = [(value_text(cell, column.kind), place) for cell, place in cells]
        place = "、".join(dict.fromkeys(place for _, place in values)) or self.rows[0].place
        base, now = self._base_of(column.key), self.now.get(column.key, "")
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
        for row in self.rows:
            for cell in row.cells.get(column.key, ()):
                value = value_text(cell, column.kind)
                if not same(by_sheet.setdefault(row.sheet, value), value) and self._doubled(row.sheet):
                    return True
        return False

    def _doubled(self, sheet: str) -> bool:
        return sum(row.sheet == sheet for row in self.rows) > 1

    def _made(
        self, column: FeedbackColumn, theirs: str, verdict: Verdict, place: str, said: str
    ) -> Difference:
        base, now = self._base_of(column.key), self.now.get(column.key, "")
        return Difference(self.patch_no, column.key, column.title, base, now, theirs, verdict, place, said)

    def _areas(self, column: FeedbackColumn, cells: Sequence[tuple[Cell, str]]) -> list[AreaGap]:
        """Return the figures that are neither what went out nor what we have now."""
        if column.key not in self.now:
            return []
        same = same_by(ValueKind.NUMBER)
        gaps: dict[str, AreaGap] = {}
        base, now = self._base_of(column.key), self.now[column.key]
        for cell, place in cells:
            theirs = value_text(cell, ValueKind.NUMBER)
            if cell.kind in _UNREADABLE or same(theirs, now) or (base is not None and same(theirs, base)):
                continue
            gap = _gap(theirs, now)
            if gap is not None:
                gaps.setdefault(theirs, AreaGap(self.patch_no, column.title, now, theirs, gap, place))
        return list(gaps.values())


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
    if _AMOUNT.match(cell.text) and len(cell.text) == 5 and _SERIALS[0] <= float(cell.text) <= _SERIALS[1]:
        return (_DAY_ZERO + timedelta(days=int(cell.text))).isoformat()
    period = period_of(unicodedata.normalize("NFKC", cell.text))
    return period.text if period is not None else cell.text


def amount(text: str) -> float | None:
    """Return the number that a text means, with or without unit and thousands marks; None for a word."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").removesuffix("亩").upper()
    return float(plain) if _AMOUNT.match(plain) else None


def spelling(text: str) -> str:
    """Return a text as it is compared: width, blanks and capitals make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


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
