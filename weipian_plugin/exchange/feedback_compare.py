"""What a returned workbook says, patch by patch and cell by cell, beside what went out and what stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from weipian_plugin.domain.feedback import Severity, Verdict, area_severity, settle, three_way
from weipian_plugin.exchange.cell_values import (
    amount,
    same_by,
    spelling,
    value_text,
)
from weipian_plugin.exchange.export_record import Exported, parse_stable_id
from weipian_plugin.exchange.feedback_layout import FeedbackColumn, FeedbackLayout, Use, ValueKind
from weipian_plugin.exchange.patch_match import Match, PatchIndex
from weipian_plugin.exchange.returned_table import ReturnedBook, ReturnedRow
from weipian_plugin.exchange.sheet_cells import Cell
from weipian_plugin.exchange.torn_rows import torn_rows
from weipian_plugin.exchange.unread_cells import is_cut, read_value, why_unread

_SHIFTED = "系统标识不在自己的列里，这一行的单元格错了位，不能认定"
_HEADLESS = "所在的工作表没有认出表头（要有“图斑编号”列），没有读"
_SORTED_IN_PART = "这张工作表有几行的内容与编号错开了，像是只排序了一部分列，整张表不能认定"
_SIDE_BY_SIDE = "像是几栏并排，不能认定哪一格是谁的，请改成一行一个图斑"
_TORN = "像是排序或粘贴时没有带上整行，不能认定是哪一个"
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
    said: Mapping[tuple[str, str], Sequence[str]],
    exported: Exported | None,
) -> Comparison:
    """Sort the rows of a workbook out by patch and compare every cell that is understood.

    `said` is what the sender wrote in earlier workbooks, by patch number and key.
    """
    rows: defaultdict[str, list[ReturnedRow]] = defaultdict(list)
    unmatched = []
    for row in book.rows:
        match = _match(row, index)
        if match.patch_no:
            rows[match.patch_no].append(row)
        else:
            unmatched.append(Unmatched(row.place, row.shown, match.why_not))
    unmatched += [Unmatched(row.place, row.shown, _HEADLESS) for row in book.headless]
    bases = _bases(exported, index)
    unmatched += _take_torn(rows, {**now, **bases}, layout)
    found = [
        _PatchComparer(number, own, layout, now[number], said, bases.get(number)).feedback()
        for number, own in rows.items()
        if own
    ]
    return Comparison(tuple(found), tuple(unmatched))


def _match(row: ReturnedRow, index: PatchIndex) -> Match:
    """Return the patch of a row; none where it shows the number of another one too, in a table beside."""
    if row.is_shifted:
        return Match(why_not=_SHIFTED)
    match = index.find(row.identity, row.number)
    beside = [index.find(one, None) for one in row.other_ids]
    beside += [index.find(None, one) for one in row.other_numbers]
    others = {one.patch_no for one in beside if one.patch_no} - {match.patch_no}
    if match.patch_no and others:
        named = "、".join((match.patch_no, *sorted(others)))
        return Match(why_not=f"一行里写着几个图斑（{named}），{_SIDE_BY_SIDE}")
    return match


def _take_torn(
    rows: dict[str, list[ReturnedRow]], known: Mapping[str, Mapping[str, str]], layout: FeedbackLayout
) -> list[Unmatched]:
    """Take the rows out that show another patch's values, and return them."""
    torn = torn_rows(rows, known, layout)
    taken = []
    for number, own in rows.items():
        for row in [row for row in own if row.place in torn]:
            own.remove(row)
            other = torn[row.place]
            why = f"编号是“{number}”，内容与图斑“{other}”的错开了，{_TORN}" if other else _SORTED_IN_PART
            taken.append(Unmatched(row.place, row.shown, why))
    return taken


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
        said: Mapping[tuple[str, str], Sequence[str]],
        base: Mapping[str, str] | None,
    ) -> None:
        self._patch_no, self._rows, self._layout = patch_no, rows, layout
        self._now, self._said, self._base = now, said, base
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
        verdicts, reasons = self._texts(Use.VERDICT), self._texts(Use.RETURN)
        if against := self._against(verdicts, reasons):
            differences += against
            verdicts, reasons = (), ()
        for column in self._layout.columns:
            if column.key not in self._known:
                continue
            if column.use is Use.AREA:
                areas += self._areas(column)
            elif column.use in _COMPARED:
                differences += self._differences(column)
            elif column.use in _TOLD:
                differences += self._held_back(column)
        return PatchFeedback(
            self._patch_no,
            tuple(row.place for row in self._rows),
            tuple(differences),
            tuple(areas),
            verdicts,
            reasons,
            self._day(),
        )

    def _against(self, verdicts: Sequence[str], reasons: Sequence[str]) -> list[Difference]:
        """Return the conflict of a verdict that the patch passed and words that send it back."""
        word = self._layout.verdict
        back = [text for text in (*verdicts, *reasons) if word(text) in ("returned", "")]
        if not back or not any(word(text) == "passed" for text in verdicts):
            return []
        said = "审核结论写的是通过，又写了退回的话，看不出是通过还是退回，没有采用"
        column = next(c for c in self._layout.columns if c.use is (Use.RETURN if reasons else Use.VERDICT))
        places = "、".join(row.place for row in self._rows)
        return [self._made(column, "｜".join((*verdicts, *reasons)), Verdict.CONFLICT, places, said)]

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
            column = self._layout.by_key[key]
            yield from (found for found in self._found[key] if not self._why_unread(found.cell, column))

    def _texts(self, use: Use) -> tuple[str, ...]:
        """Return the distinct texts under a use that did not go out with the workbook."""
        old = self._old(use)
        texts = {spelling(found.cell.text): found.cell.text for found in self._readable(use)}
        return tuple(text for key, text in texts.items() if key not in old)

    def _base_of(self, key: str) -> str | None:
        return self._base.get(key) if self._base is not None else None

    def _differences(self, column: FeedbackColumn) -> list[Difference]:
        cells = self._found[column.key]
        readable = [found for found in cells if not self._why_unread(found.cell, column)]
        if len(readable) == len(cells) > 0 and self._all_as_now(column, cells):
            return []
        held = self._held_back(column)
        return held + self._compared(column, readable) if readable or not cells else held

    def _all_as_now(self, column: FeedbackColumn, cells: Sequence[_Found]) -> bool:
        """Return whether every cell is to the letter what stands now, as most are."""
        now = self._now.get(column.key, "")
        return all(found.cell.text == now for found in cells)

    def _held_back(self, column: FeedbackColumn) -> list[Difference]:
        """Return the cells of which nobody can say what they mean."""
        return [
            self._made(column, _told(found.cell), Verdict.CONFLICT, found.row.place, why)
            for found in self._found[column.key]
            if (why := self._why_unread(found.cell, column))
        ]

    def _why_unread(self, cell: Cell, column: FeedbackColumn) -> str:
        return why_unread(cell, column, self._layout, self._ours(column))

    def _ours(self, column: FeedbackColumn) -> tuple[str, str]:
        """Return what went out, and what stands."""
        return self._base_of(column.key) or "", self._now.get(column.key, "")

    def _compared(self, column: FeedbackColumn, cells: Sequence[_Found]) -> list[Difference]:
        same = same_by(column.kind)
        values = [(read_value(found.cell, column, self._ours(column)), found.row.place) for found in cells]
        place = "、".join(dict.fromkeys(place for _, place in values)) or self._rows[0].place
        base, now = self._base_of(column.key), self._now.get(column.key, "")
        texts = [value for value, _ in values] or [""]
        theirs = (
            None if self._contradict(column, same) else settle(texts, now if base is None else base, same)
        )
        if theirs is None:
            said = "同一图斑的几行写得不一样，没有采用"
            return [self._made(column, "｜".join(dict.fromkeys(texts)), Verdict.CONFLICT, place, said)]
        verdict = self._verdict(column, theirs, same)
        if verdict is Verdict.SAME:
            return []
        own = [where for value, where in values if same(value, theirs)]
        place = "、".join(dict.fromkeys(own)) or place
        if verdict is Verdict.THEIRS and is_cut(theirs, base or now):
            said = "只剩原来文字的前一段，像是被程序截断，没有采用"
            return [self._made(column, theirs, Verdict.CONFLICT, place, said)]
        return [self._made(column, theirs, verdict, place, "")]

    def _verdict(self, column: FeedbackColumn, theirs: str, same: Callable[[str, str], bool]) -> Verdict:
        """Return what a value comes to.

        A note is its writer's alone: it has no other side, and takes the place of what they wrote before.
        """
        if column.use is not Use.NOTE:
            return three_way(self._base_of(column.key), self._now.get(column.key, ""), theirs, same)
        earlier = self._said.get((self._patch_no, column.key), ())
        if not theirs or same(theirs, self._base_of(column.key) or ""):
            return Verdict.SAME
        if not any(same(theirs, text) for text in earlier):
            return Verdict.THEIRS
        return Verdict.SAME if same(theirs, earlier[-1]) else Verdict.OURS

    def _contradict(self, column: FeedbackColumn, same: Callable[[str, str], bool]) -> bool:
        """Return whether two rows of one sheet say different things."""
        by_sheet: dict[str, str] = {}
        for found in self._found[column.key]:
            if found.row.sheet in self._doubled:
                value = read_value(found.cell, column, self._ours(column))
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
            theirs = found.cell.result or value_text(found.cell, ValueKind.NUMBER)
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


def _gap(theirs: str, ours: str) -> Severity | None:
    """Return how grave a difference is; a figure in the place of 未评估, or a word, is a warning."""
    left, right = amount(theirs), amount(ours)
    if left is None or right is None:
        return Severity.WARNING
    return area_severity(left, right)


def titles(differences: Iterable[Difference]) -> str:
    """Return the columns of some differences, in Chinese."""
    return "、".join(dict.fromkeys(one.title for one in differences))
