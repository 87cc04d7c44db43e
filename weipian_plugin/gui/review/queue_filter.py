"""Which patches of the queue are shown, and how many each choice of a filter would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from weipian_plugin.domain.casework_statistics import UNDECIDED
from weipian_plugin.domain.duties import DutyState
from weipian_plugin.gui.review.queue_columns import Bools, QueueColumns

UNJUDGED = UNDECIDED
"""Choice of stage: whatever waits for a determination."""
CHOICES = {"stage": "stage", "days": "bucket", "town": "town", "unit": "unit"}
"""Filters with one choice out of many, and the column that each looks at."""
FLAGS = ("conflict", "not_evaluated", "doubt")
"""Filters that are on or off."""


@dataclass(frozen=True)
class QueueFilter:
    """What is asked for; '' is any."""

    stage: str = UNJUDGED
    days: str = ""
    """A `Bucket`."""
    town: str = ""
    unit: str = ""
    text: str = ""
    conflict: bool = False
    """Only 待会商."""
    not_evaluated: bool = False
    """Only 未评估."""
    doubt: bool = False
    """Only 存疑."""


NOTHING_ASKED = QueueFilter(stage="")


def chosen(columns: QueueColumns, wanted: QueueFilter) -> Bools:
    """Return for each patch whether it is asked for."""
    return _all(columns, wanted, skip="")


def counts(columns: QueueColumns, wanted: QueueFilter) -> Mapping[str, Mapping[str, int]]:
    """Return for each filter how many patches each of its choices would show, the others as they are.

    Under '' stands how many there are with that filter off; flags have '' and 'on'.
    """
    found: dict[str, Mapping[str, int]] = {}
    for name, column in CHOICES.items():
        mask = _all(columns, wanted, skip=name)
        # Of 5,000 objects five times as fast as numpy, which would sort them as text.
        own = Counter(map(str, columns.values[column][mask].tolist()))
        del own[""]
        found[name] = {"": int(mask.sum()), **own}
        if name == "stage":
            found[name] = {**found[name], UNJUDGED: int((mask & columns.is_open).sum())}
    for name in FLAGS:
        mask = _all(columns, wanted, skip=name)
        on = mask & _flag(columns, name)
        found[name] = {"": int(mask.sum()), "on": int(on.sum())}
    return found


def _all(columns: QueueColumns, wanted: QueueFilter, skip: str) -> Bools:
    mask = np.ones(len(columns), dtype=bool)
    for name, column in CHOICES.items():
        asked = getattr(wanted, name)
        if asked and name != skip:
            mask &= columns.is_open if asked == UNJUDGED else columns.values[column] == asked
    for name in FLAGS:
        if getattr(wanted, name) and name != skip:
            mask &= _flag(columns, name)
    for word in wanted.text.lower().split():
        mask &= np.char.find(columns.texts, word) >= 0
    return mask


def _flag(columns: QueueColumns, name: str) -> Bools:
    if name == "doubt":
        return columns.is_doubt
    state = DutyState.CONFLICT if name == "conflict" else DutyState.NOT_EVALUATED
    mask: Bools = columns.values["duty_state"] == state
    return mask


def from_wanted(wanted: Mapping[str, str], days: Mapping[str, str]) -> QueueFilter:
    """Return the filter that another window asks for.

    Keys are stage, township, unit, days_left, duty_state and text; `days` gives the Bucket
    for its name in small letters. What is not named is any.
    """
    made = replace(
        NOTHING_ASKED,
        stage=wanted.get("stage", ""),
        town=wanted.get("township", ""),
        unit=wanted.get("unit", ""),
        days=days.get(wanted.get("days_left", "").lower(), wanted.get("days_left", "")),
        text=wanted.get("text", ""),
    )
    state = wanted.get("duty_state", "")
    return replace(made, conflict=state == DutyState.CONFLICT, not_evaluated=state == DutyState.NOT_EVALUATED)
