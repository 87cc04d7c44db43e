"""Which duties of a patch hold: what a person decided stands before what was proposed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from weipian_plugin.domain.duties import PROPOSED, DutyName

SEPARATOR = "；"
"""Between several units in one cell; the sums by unit split the cell at it."""

_TEXTS = (
    "patch_no",
    "duty",
    "unit",
    "status",
    "clause",
    "reason",
    "decided_by",
    "decided_on",
    "reference",
    "note",
)


@dataclass(frozen=True)
class Assignment:
    """One row of table `duty`, in the words of the office."""

    duty: str
    unit: str
    status: str
    clause: str
    reason: str
    area_m2: float
    share: float
    decided_by: str = ""
    decided_on: str = ""
    reference: str = ""
    note: str = ""
    """Where later figures contradict what a person decided; '' where nothing does."""


def assignments_by_patch(duties: pd.DataFrame) -> Mapping[str, Sequence[Assignment]]:
    """Return the duties that hold for each patch, in the order of the table.

    A 查处 unit that a person confirmed or changed replaces the proposed ones; other duties are all kept.
    """
    found: dict[str, list[Assignment]] = defaultdict(list)
    numbers = [duties[name].astype(float) for name in ("area_m2", "share")]
    nothing = pd.Series("", index=duties.index)
    texts = [duties.get(name, nothing).fillna("").astype(str) for name in _TEXTS]
    for patch_no, duty, unit, status, clause, reason, by, on, reference, note, area, share in zip(
        *texts, *numbers, strict=True
    ):
        named = unit.replace(SEPARATOR, "，")
        row = Assignment(duty, named, status, clause, reason, area, share, by, on, reference, note)
        found[patch_no].append(row)
    return {patch_no: _standing(rows) for patch_no, rows in found.items()}


def units_of(assignments: Iterable[Assignment], duty: DutyName) -> tuple[str, ...]:
    """Return the units that have a duty, each once."""
    return tuple(dict.fromkeys(a.unit for a in assignments if a.duty == duty and a.unit))


def _standing(rows: list[Assignment]) -> list[Assignment]:
    decided = any(row.duty == DutyName.LEAD and row.status != PROPOSED for row in rows)
    if not decided:
        return rows
    return [row for row in rows if row.duty != DutyName.LEAD or row.status != PROPOSED]
