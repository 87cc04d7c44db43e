"""Duties that follow from what was decided, or are prepared by what was taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from weipian_plugin.domain.jurisdiction.evidence import Evidence, look_up, measure, reaches
from weipian_plugin.domain.jurisdiction.values import Claim, PatchFacts
from weipian_plugin.domain.plan.model import Plan, Rule, RuleKind, Taken


@dataclass(frozen=True)
class Consequence:
    """A rule that follows from outcomes (then they are named), or is prepared by what was taken."""

    rule: Rule
    unit: str
    outcomes: tuple[str, ...]
    taken: tuple[Claim, ...]


def find_consequences(facts: PatchFacts, evidence: Evidence, plan: Plan) -> Iterator[Consequence]:
    """Yield the outcome rules that hold for a patch, or that its evidence prepares."""
    for rule in plan.rules_of(RuleKind.OUTCOME):
        outcomes = tuple(word for word in rule.outcomes if word in facts.outcomes)
        if outcomes or rule.taken:
            taken = tuple(find_taken(rule, rule.taken, facts, evidence, plan))
            if outcomes or taken:
                yield Consequence(rule, plan.unit_name(rule.unit), outcomes, taken)


def find_taken(
    rule: Rule, wanted: tuple[Taken, ...], facts: PatchFacts, evidence: Evidence, plan: Plan
) -> Iterator[Claim]:
    """Yield what a patch takes of the wanted layers or land classes, above the thresholds."""
    limits = plan.thresholds
    for item in wanted:
        found = measure(look_up(evidence, item.layer), item.only, facts)
        if found and reaches(found, limits.min_area_m2, limits.min_share):
            unit = plan.unit_name(rule.unit)
            yield Claim(
                rule, unit, found.area_m2, found.share, found.edition, text=item.text, layer=item.layer
            )
