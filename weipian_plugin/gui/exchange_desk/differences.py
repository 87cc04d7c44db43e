"""What a returned workbook says, row by row, and which of it is ticked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from weipian_plugin.exchange.feedback_compare import Difference
from weipian_plugin.texts import tr, translatable
from weipian_plugin.workflow.feedback_choices import RETURN_KEY, can_be_taken
from weipian_plugin.workflow.feedback_plan import PatchPlan
from weipian_plugin.workflow.feedback_run import FeedbackRun


class RowKind(StrEnum):
    """What a row is about."""

    CHANGE = translatable("对方改动")
    RETURN = translatable("退回")
    CONFLICT = translatable("冲突")
    HELD = translatable("不能采用")
    AREA = translatable("面积不符")
    UNMATCHED = translatable("对不上图斑")
    NOTICE = translatable("不需采用")


TAKEABLE = (RowKind.CHANGE, RowKind.RETURN, RowKind.CONFLICT)
_ONE_SIDED = (RowKind.RETURN, RowKind.AREA, RowKind.UNMATCHED)
"""Rows of which nothing went out that could be compared."""


@dataclass(frozen=True)
class Row:
    """One row of the table."""

    kind: RowKind
    patch_no: str
    key: str
    title: str
    base: str
    """As it went out."""
    now: str
    theirs: str
    said: str
    place: str

    @property
    def can_be_taken(self) -> bool:
        """Whether a person may tick it."""
        return self.kind in TAKEABLE

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that the row says, to be searched."""
        return (
            tr(self.kind.value),
            self.patch_no,
            self.title,
            self.base,
            self.now,
            self.theirs,
            self.said,
            self.place,
        )

    @property
    def cells(self) -> tuple[str, ...]:
        """What the columns show, in at most two lines each: so all of them have room beside one another."""
        return (
            tr(self.kind.value),
            _lines(self.patch_no, self.title),
            _lines(self.now, self._before()),
            self.theirs,
            _lines(self.said, self.place),
        )

    def _before(self) -> str:
        """Return what went out, where that is not what stands."""
        if self.kind in _ONE_SIDED or self.base == self.now:
            return ""
        return tr("导出时：{text}").format(text=self.base or tr("空"))


def rows_of(run: FeedbackRun) -> list[Row]:
    """Return everything that the workbook says: what can be taken first, patch by patch, then the rest."""
    order = list(RowKind)
    rows = [row for plan in run.plans for row in _of_plan(plan)]
    rows += [
        Row(
            RowKind.AREA,
            gap.patch_no,
            "",
            gap.title,
            "",
            gap.now,
            gap.theirs,
            tr("{}：面积不由工作簿改动").format(gap.severity.value),
            gap.place,
        )
        for gap in run.areas
    ]
    rows += [
        Row(RowKind.UNMATCHED, "", "", "", "", "", one.shown, one.why, one.place) for one in run.unmatched
    ]
    # What can be taken stays patch by patch; the rest follows by kind.
    return sorted(rows, key=lambda row: -1 if row.can_be_taken else order.index(row.kind))


def choices_of(rows: list[Row], ticked: list[bool]) -> dict[tuple[str, str], bool]:
    """Return what the person decided: a conflict that is not ticked stays a conflict."""
    decided: dict[tuple[str, str], bool] = {}
    for row, is_taken in zip(rows, ticked, strict=True):
        if row.can_be_taken and (is_taken or row.kind is not RowKind.CONFLICT):
            decided[(row.patch_no, row.key)] = is_taken
    return decided


def _lines(*texts: str) -> str:
    """Return texts below one another, each on one line."""
    return "\n".join(" ".join(text.split()) for text in texts if text)


def _of_plan(plan: PatchPlan) -> Iterator[Row]:
    if plan.tasks:
        reasons = "；".join(task.reason for task in plan.tasks)
        title, said = tr("退回原因"), plan.stage_said
        yield Row(RowKind.RETURN, plan.patch_no, RETURN_KEY, title, "", "", reasons, said, "")
    for one in plan.applied:
        yield _row(RowKind.CHANGE, one)
    for one in plan.conflicts:
        yield _row(RowKind.CONFLICT if can_be_taken(one) else RowKind.HELD, one)
    for one in plan.notices:
        yield _row(RowKind.NOTICE, one)


def _row(kind: RowKind, one: Difference) -> Row:
    base = tr("（不知道）") if one.base is None else one.base
    return Row(kind, one.patch_no, one.key, one.title, base, one.now, one.theirs, one.said, one.place)
