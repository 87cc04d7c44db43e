"""What a returned workbook says, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from weipian_plugin.exchange.feedback_compare import AreaGap, Unmatched
from weipian_plugin.exchange.returned_table import ReturnedBook
from weipian_plugin.workflow.feedback_plan import PatchPlan


@dataclass(frozen=True)
class FeedbackRun:
    """What a returned workbook says, and what became of it."""

    book: ReturnedBook
    """Without its rows, once they are compared."""
    sender: str
    applied: bool
    plans: tuple[PatchPlan, ...]
    areas: tuple[AreaGap, ...]
    unmatched: tuple[Unmatched, ...]
    matched_rows: int
    """Rows that belong to a patch for sure: these and the unmatched are all there are."""
    warnings: tuple[str, ...]
    """Chinese: about the workbook as a whole."""

    @property
    def patches(self) -> int:
        """How many patches the matched rows are about: most stand on several sheets."""
        return len(self.plans)

    @property
    def changed(self) -> int:
        """How many cells and tasks were changed; would be, when nothing was to be applied."""
        return sum(plan.changes for plan in self.plans)

    @property
    def conflicts(self) -> int:
        """How many cells were left as they are because both sides, or several rows, say different things."""
        return sum(len(plan.conflicts) for plan in self.plans)
