"""Ask the evidence what a rule needs: how much of a layer a patch meets, and whether that counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from weipian_plugin.domain.jurisdiction.values import Hit, PatchFacts, RoleEvidence
from weipian_plugin.domain.plan.model import HitFilter, Plan
from weipian_plugin.domain.roles import Role, Status

Evidence = Mapping[Role, RoleEvidence]

_ROUNDING = 1e-9
"""Areas are good to this relative precision; a figure this close to a threshold has reached it."""


@dataclass(frozen=True)
class Measure:
    """How much of the patch meets a layer."""

    area_m2: float
    share: float
    edition: str


def look_up(evidence: Evidence, role: Role) -> RoleEvidence:
    """Return the evidence of a role; a role that nobody looked at is 未评估."""
    return evidence.get(role) or RoleEvidence(role, Status.NOT_EVALUATED)


def is_open(item: RoleEvidence, plan: Plan) -> bool:
    """Return whether a layer could still bring a surprise: not evaluated, and not declared unavailable.

    The declaration covers a layer that the office does not hold; one that it holds but that does not
    cover the patch stays 未评估.
    """
    if item.status is not Status.NOT_EVALUATED:
        return False
    return bool(item.edition) or item.role not in plan.unavailable_reasons


def measure(item: RoleEvidence, only: HitFilter, facts: PatchFacts) -> Measure | None:
    """Return how much of the patch meets the layer's features that the filter accepts; None when nothing.

    Without a filter that is the area of the union. With one, the accepted features' areas are added up
    and kept within the union, since no finer figure is known. What was found in a layer that does not
    cover the whole patch counts too.
    """
    union = item.area_m2 or 0.0
    if union > 0 and not only:
        return Measure(union, item.share or 0.0, item.edition)
    hits = tuple(hit for hit in item.hits if only.accepts(hit.label, hit.class_code)) if only else item.hits
    if not hits:
        return None
    area, share = total(hits, facts)
    if union > 0:
        area, share = min(area, union), min(share, item.share or share)
    return Measure(area, share, item.edition) if area > 0 else None


def total(hits: tuple[Hit, ...], facts: PatchFacts) -> tuple[float, float]:
    """Return area and share of some hits together, never more than the patch."""
    if len(hits) == 1:
        return min(hits[0].area_m2, facts.area_m2 or hits[0].area_m2), min(hits[0].share, 1.0)
    area = sum(sorted(hit.area_m2 for hit in hits))
    share = sum(sorted(hit.share for hit in hits))
    return min(area, facts.area_m2 or area), min(share, 1.0)


def reaches(found: Measure, min_area_m2: float, min_share: float) -> bool:
    """Return whether an overlap counts: it reaches the area or the share; below both it is 边角."""
    slack = 1 - _ROUNDING
    return found.area_m2 >= min_area_m2 * slack or found.share >= min_share * slack
