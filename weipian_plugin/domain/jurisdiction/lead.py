"""Gather claims by unit and propose who leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from weipian_plugin.domain.jurisdiction.values import Claim
from weipian_plugin.domain.plan.model import Plan, RuleKind, Standing, clause_order

SHARE_DIGITS = 6
"""Shares closer than this are a tie: the difference would be rounding, not ground."""


@dataclass(frozen=True)
class UnitClaim:
    """All claims of one unit; the largest first."""

    unit: str
    claims: tuple[Claim, ...]

    @property
    def largest(self) -> Claim:
        """The claim with the largest share: grounds of one unit may overlap, so they are not added up."""
        return self.claims[0]

    @property
    def weight(self) -> float:
        """Share used for comparing; a claim by facts is to the whole patch."""
        return claim_weight(self.largest)

    @property
    def goes_before(self) -> bool:
        """Whether the bureau has settled that this unit leads."""
        return any(claim.rule.standing is Standing.BEFORE for claim in self.claims)


def claim_weight(claim: Claim) -> float:
    """Return the share of a claim for comparing."""
    if claim.rule.kind is RuleKind.ATTRIBUTE:
        return 1.0
    return round(claim.share or 0.0, SHARE_DIGITS)


def by_unit(claims: Iterable[Claim], plan: Plan) -> tuple[UnitClaim, ...]:
    """Return the claims gathered by unit, the proposed lead first.

    The order is: settled precedence, the adopted priority list, the largest share, then the clause's
    place in the plan and the unit's name, so that a tie always falls the same way.
    """
    gathered: dict[str, list[Claim]] = {}
    for claim in claims:
        gathered.setdefault(claim.unit, []).append(claim)
    units = [UnitClaim(unit, tuple(sorted(own, key=_claim_key))) for unit, own in gathered.items()]
    if len(units) < 2:
        return tuple(units)
    rank = {plan.unit_name(name): place for place, name in enumerate(plan.priority.units)}
    return tuple(sorted(units, key=lambda unit: _unit_key(unit, rank)))


def _claim_key(claim: Claim) -> tuple[float, object, str]:
    return -claim_weight(claim), clause_order(claim.rule.clause), claim.rule.id


def _unit_key(unit: UnitClaim, rank: dict[str, int]) -> tuple[bool, int, float, object, str]:
    place = rank.get(unit.unit, len(rank))
    return not unit.goes_before, place, -unit.weight, clause_order(unit.largest.rule.clause), unit.unit
