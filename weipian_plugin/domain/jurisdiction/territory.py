"""Whose territory a patch lies in: townships and committees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from weipian_plugin.domain.jurisdiction.evidence import Evidence, Measure, look_up, reaches, total
from weipian_plugin.domain.jurisdiction.lead import claim_weight
from weipian_plugin.domain.jurisdiction.values import Claim, Hit, PatchFacts, RoleEvidence
from weipian_plugin.domain.plan.model import Plan, Rule, RuleKind, TerritoryOrder
from weipian_plugin.domain.roles import Role, Status
from weipian_plugin.domain.units import apportion, to_mu

UNNAMED = "（图层未写名称）"


def find_territories(facts: PatchFacts, evidence: Evidence, plan: Plan) -> tuple[Claim, ...]:
    """Return the territories that a patch lies in, the one proposed as 属地责任 first, 边角 last."""
    claims: list[Claim] = []
    for rule in plan.rules_of(RuleKind.TERRITORY):
        item = look_up(evidence, rule.layer or Role.TOWNSHIP)
        found = list(_claims(rule, item, facts, plan))
        claims.extend(found or _as_issued(rule, item, facts, plan))
    first = plan.territory.order is TerritoryOrder.COMMITTEE_FIRST
    return tuple(sorted(claims, key=lambda claim: _key(claim, first)))


def _claims(rule: Rule, item: RoleEvidence, facts: PatchFacts, plan: Plan) -> Iterator[Claim]:
    """Add up the parts of each territory: it may be drawn as several features."""
    parts: dict[str, list[Hit]] = {}
    for hit in item.hits:
        parts.setdefault(_territory_name(hit, item.role, plan), []).append(hit)
    sizes = {unit: total(tuple(hits), facts) for unit, hits in sorted(parts.items())}
    printed = _printed([area for area, _ in sizes.values()])
    for (unit, (area, share)), mu in zip(sizes.items(), printed, strict=True):
        if area > 0:
            counted = reaches(Measure(area, share, item.edition), rule.min_area_m2, rule.min_share)
            yield Claim(rule, unit, area, share, item.edition, counted, printed_mu=mu)


def _printed(areas: list[float]) -> Sequence[float | None]:
    """Return the areas in 亩 as printed, so that the parts of a divided patch add up (平差)."""
    if len(areas) < 2:
        return [None] * len(areas)
    return apportion([to_mu(area) for area in areas], to_mu(sum(areas)))


def _territory_name(hit: Hit, role: Role, plan: Plan) -> str:
    """Return the proper name: by the feature's name, else by its code, else as the layer writes it."""
    for name in (hit.label, hit.class_code):
        known = _known_name(name, role, plan)
        if known:
            return known
    return hit.label or hit.class_code or UNNAMED


def _known_name(name: str, role: Role, plan: Plan) -> str:
    if role is Role.TOWNSHIP:
        return plan.district.township(name)
    return plan.unit_in_force.get(name, "")


def _as_issued(rule: Rule, item: RoleEvidence, facts: PatchFacts, plan: Plan) -> Iterator[Claim]:
    """Fall back on the township written with the patch where the layer could not be looked at."""
    if rule.layer is Role.TOWNSHIP and item.status is Status.NOT_EVALUATED and facts.town_name:
        name = plan.district.township(facts.town_name) or facts.town_name
        yield Claim(rule, name, text="登记的所在乡镇街道")


def _key(claim: Claim, committee_first: bool) -> tuple[bool, bool, float, bool, str]:
    is_committee = claim.rule.layer is Role.COMMITTEE
    return (
        not claim.counted,
        committee_first and not is_committee,
        -claim_weight(claim),
        is_committee,
        claim.unit,
    )


def unlisted(claims: Iterable[Claim], plan: Plan) -> tuple[str, ...]:
    """Return the territories whose names the plan file does not know."""
    found = []
    for claim in claims:
        known = {plan.unit_name(name) for name in claim.rule.units}
        if claim.rule.layer is Role.TOWNSHIP:
            known = set(plan.district.township_names.values())
        if known and claim.unit not in known:
            found.append(claim.unit)
    return tuple(found)
