"""What a person decided about the cells and returns of a workbook before it is taken over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from weipian_plugin.domain.feedback import Verdict
from weipian_plugin.exchange.feedback_compare import Comparison, Difference, PatchFeedback

RETURN_KEY = "return"
"""Stands for the return of a patch with all its reasons."""
Choices = Mapping[tuple[str, str], bool]
"""(patch number, key of the column) -> whether it is taken over; what is not named goes by the rules."""


def can_be_taken(one: Difference) -> bool:
    """Return whether a person may take a cell over: it can be read, and is no rule's refusal."""
    return one.verdict is Verdict.THEIRS or (one.verdict is Verdict.CONFLICT and not one.said)


def choose(comparison: Comparison, choices: Choices) -> Comparison:
    """Return the comparison with the person's choices: a conflict taken is the other side's word."""
    if not choices:
        return comparison
    return replace(comparison, patches=tuple(_chosen(one, choices) for one in comparison.patches))


def _chosen(feedback: PatchFeedback, choices: Choices) -> PatchFeedback:
    cells = tuple(_cell(one, choices.get((one.patch_no, one.key))) for one in feedback.differences)
    if choices.get((feedback.patch_no, RETURN_KEY), True):
        return replace(feedback, differences=cells)
    return replace(feedback, differences=cells, reasons=(), verdicts=())


def _cell(one: Difference, is_taken: bool | None) -> Difference:
    if is_taken is None or not can_be_taken(one):
        return one
    return replace(one, verdict=Verdict.THEIRS if is_taken else Verdict.REFUSED)
