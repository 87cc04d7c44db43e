"""The stages of a patch and the steps between them, as the workspace's table stage_transition lists them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from weipian_plugin.domain.plan.spelling import normalise

DETERMINE = "判定"
"""The step that recording a determination takes."""
RETURN = "市级退回"
"""The step by which the city sends back what was reported."""
RETURN_UNREPORTED = "市级退回补记"
"""The same for a patch that nobody here recorded as reported. It goes back only, and passes no review:
from 市级退回 every patch is judged, reviewed and approved again."""
UNDO = "撤销判定"
"""The step by which who judged takes a determination back: to 待核查, where it came from."""
UNDO_AGAIN = "撤销重判"
"""The same for a patch that the city had sent back: to 市级退回."""
UNDOING = frozenset({UNDO, UNDO_AGAIN})
_PASSED = "通过"


class Stage(StrEnum):
    """How far the casework of a patch is; the column `stage` of the workspace."""

    UNCHECKED = "待核查"
    DETERMINED = "已判定"
    REVIEWED = "已复核"
    APPROVED = "已审定"
    REPORTED = "已上报"
    RETURNED = "市级退回"
    FINISHED = "审核结束"


OPEN = frozenset({Stage.UNCHECKED, Stage.RETURNED})
"""Stages that wait for a determination."""
CORRECTABLE = OPEN | {Stage.DETERMINED}
"""Stages in which a determination may be recorded: from the review on it must be sent back first."""


@dataclass(frozen=True)
class Transition:
    """One step from one stage."""

    step: str
    from_stage: str
    to_stage: str
    needs_reason: bool = False
    by_another: bool = False
    """Whether who judged may not take it."""


@dataclass(frozen=True)
class Transitions:
    """All steps that are allowed."""

    listed: tuple[Transition, ...]

    @property
    def steps(self) -> tuple[str, ...]:
        """The names of the steps in the order of the work."""
        return tuple(dict.fromkeys(transition.step for transition in self.listed))

    def named(self, text: str) -> str | None:
        """Return the step that a person means, 复核通过 for 复核 included; None when there is none."""
        wanted = normalise(text)
        known = {normalise(step): step for step in self.steps}
        return known.get(wanted) or known.get(wanted.removesuffix(_PASSED))

    def of(self, step: str, stage: str) -> Transition | None:
        """Return the step as taken from a stage; None when it is not allowed there."""
        found = (item for item in self.listed if item.step == step and item.from_stage == stage)
        return next(found, None)

    def sending_back(self, stage: str) -> Transition | None:
        """Return the step by which the city's return is recorded from a stage; None where there is none."""
        return self.of(RETURN, stage) or self.of(RETURN_UNREPORTED, stage)

    def undoing(self, stage: str, before: str) -> Transition | None:
        """Return the step that takes a determination back to the stage before it; None for none."""
        back = (self.of(step, stage) for step in (UNDO, UNDO_AGAIN))
        return next((item for item in back if item is not None and item.to_stage == before), None)

    def starts(self, step: str) -> tuple[str, ...]:
        """Return the stages from which a step is allowed."""
        return tuple(item.from_stage for item in self.listed if item.step == step)
