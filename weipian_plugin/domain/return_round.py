"""Which reasons of a returned workbook are new tasks: the same workbook read twice asks for nothing twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from weipian_plugin.domain.plan.spelling import normalise


@dataclass(frozen=True)
class KnownReason:
    """A task that is there already."""

    reason: str
    round: str
    is_open: bool


def is_new(reason: str, round_: str, known: Iterable[KnownReason]) -> bool:
    """Return whether a reason of a review round is not a task yet.

    While a task of the same words is open, and in the round that it came from, it is the same task; in a
    later round the same words are a new one.
    """
    wanted = normalise(reason)
    return not any(
        normalise(task.reason) == wanted and (task.is_open or task.round == round_) for task in known
    )
