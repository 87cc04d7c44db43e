"""Decisions as values: what a person said, what stands because of it, and what was known then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from weipian_plugin.domain.duties import DutyName, DutyState
from weipian_plugin.domain.jurisdiction.values import Claim, DutyMatrix, PatchFacts
from weipian_plugin.domain.roles import Role

Key = tuple[DutyName, str]
"""A duty and the unit that has it."""


class Action(StrEnum):
    """What a person does to a duty; the column `decision` of the workspace."""

    CONFIRM = "确认"
    REASSIGN = "改派"
    ADD = "增加"
    STRIKE = "撤销"


SETTLING = frozenset({Action.CONFIRM, Action.REASSIGN})
"""Actions that say who has a duty, not merely who also has it."""
SINGLE = (DutyName.LEAD, DutyName.TERRITORY)
"""Duties that one unit has: once a person has settled them, other proposals step back to 协办."""


@dataclass(frozen=True)
class Decision:
    """One decision as a person gave it."""

    patch_no: str
    duty: DutyName
    action: Action
    unit: str
    """The unit confirmed, added or struck; for 改派 the one that had the duty."""
    new_unit: str = ""
    """改派: the unit that gets it."""
    reason: str = ""
    reference: str = ""
    """Minutes, document or instruction that it rests on."""
    decided_by: str = ""
    decided_on: date = date.min

    @property
    def holder(self) -> str:
        """The unit that has the duty afterwards, or, when struck, had it."""
        return self.new_unit if self.action is Action.REASSIGN else self.unit


@dataclass(frozen=True)
class Seen:
    """What the plan proposed at the time of a decision, to tell later what has changed since."""

    state: str
    lead: str
    claimants: tuple[str, ...]
    """Units with a counted claim to 查处."""
    proposed: tuple[str, ...]
    """Units proposed for the duty decided on."""
    area_m2: float | None
    """What the unit's duty would rest on; None where nothing, or no layer decided."""
    share: float | None

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "state": self.state,
            "lead": self.lead,
            "claimants": list(self.claimants),
            "proposed": list(self.proposed),
            "area_m2": self.area_m2,
            "share": self.share,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Seen:
        """Return what `as_dict` gave."""
        return cls(
            str(data["state"]),
            str(data["lead"]),
            tuple(data["claimants"]),
            tuple(data["proposed"]),
            data["area_m2"],
            data["share"],
        )


def see(matrix: DutyMatrix, duty: DutyName, unit: str) -> Seen:
    """Return what a matrix says about a duty and a unit."""
    area, share = _figures(matrix, duty, unit)
    return Seen(matrix.state.value, matrix.lead.unit, claimants_of(matrix), matrix.units(duty), area, share)


def _figures(matrix: DutyMatrix, duty: DutyName, unit: str) -> tuple[float | None, float | None]:
    """Return area and share on which a unit's duty rests; for 查处 its largest claim, leading or not."""
    for row in matrix.duties:
        if (row.duty, row.unit) == (duty, unit):
            return row.area_m2, row.share
    own = [c for c in lead_claims(matrix) if c.unit == unit and c.area_m2 is not None]
    if duty is DutyName.LEAD and own:
        largest = max(own, key=lambda claim: claim.area_m2 or 0.0)
        return largest.area_m2, largest.share
    return None, None


def lead_claims(matrix: DutyMatrix) -> tuple[Claim, ...]:
    """Return the counted claims to 查处."""
    return tuple(c for c in matrix.claims if c.counted and c.rule.duty is DutyName.LEAD)


def claimants_of(matrix: DutyMatrix) -> tuple[str, ...]:
    """Return the units with a counted claim to 查处, each once, by name."""
    return tuple(sorted({claim.unit for claim in lead_claims(matrix)}))


@dataclass(frozen=True)
class Ruling:
    """One duty that stands because a person decided it; a row of table duty that is no 建议."""

    duty: DutyName
    unit: str
    action: Action
    rule_id: str
    clause: str
    reason: str
    """The printable sentence."""
    area_m2: float | None
    share: float | None
    plan_version: str
    decided_by: str
    decided_on: str
    decision_reason: str = ""
    reference: str = ""
    seen: Seen | None = None
    """None where it is not recorded what was proposed then."""

    @property
    def key(self) -> Key:
        """The duty and the unit."""
        return self.duty, self.unit

    @property
    def settles(self) -> bool:
        """Whether this says who alone has the duty."""
        return self.duty in SINGLE and self.action in SETTLING


@dataclass(frozen=True)
class Casework:
    """A patch with everything that a decision about it must look at."""

    facts: PatchFacts
    matrix: DutyMatrix
    rulings: tuple[Ruling, ...] = ()
    struck: Mapping[Key, Seen | None] = field(default_factory=dict)
    """Duties that a person took off a unit, with what was known then."""
    not_evaluated: frozenset[Role] = frozenset()
    """Layers that say nothing about this patch: what rests on them is neither there nor gone."""

    def ruling(self, duty: DutyName, unit: str) -> Ruling | None:
        """Return the ruling on a duty of a unit."""
        return next((item for item in self.rulings if item.key == (duty, unit)), None)

    def settled(self, duty: DutyName) -> Ruling | None:
        """Return the ruling that says who alone has a duty."""
        return next((item for item in self.rulings if item.duty == duty and item.settles), None)

    @property
    def state(self) -> DutyState:
        """How settled the 查处 unit is: 唯一 once a person has decided it, whatever the figures say."""
        return DutyState.UNIQUE if self.settled(DutyName.LEAD) else self.matrix.state
