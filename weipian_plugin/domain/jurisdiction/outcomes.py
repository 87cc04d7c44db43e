"""Duties that follow from what was decided, or are prepared by what was taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from weipian_plugin.domain.jurisdiction.evidence import Evidence, Measure, look_up, measure, reaches
from weipian_plugin.domain.jurisdiction.values import PatchFacts
from weipian_plugin.domain.plan.model import Plan, Rule, RuleKind, Taken

TakenMeasures = Mapping[Taken, Measure]
"""How much a patch takes of everything that the plan asks about, above the thresholds."""


@dataclass(frozen=True)
class Consequence:
    """A rule that follows from outcomes (then they are named), or is prepared by what was taken."""

    rule: Rule
    unit: str
    outcomes: tuple[str, ...]
    taken: tuple[tuple[Taken, Measure], ...]


def measure_taken(facts: PatchFacts, evidence: Evidence, plan: Plan) -> TakenMeasures:
    """Return how much a patch takes of each layer or group of land classes; what is 边角 is left out."""
    limits = plan.thresholds
    measures = {}
    for item in plan.taken_items:
        found = measure(look_up(evidence, item.layer), item.only, facts)
        if found and reaches(found, limits.min_area_m2, limits.min_share):
            measures[item] = found
    return measures


def find_consequences(facts: PatchFacts, measures: TakenMeasures, plan: Plan) -> Iterator[Consequence]:
    """Yield the outcome rules that hold for a patch, or that what it takes prepares."""
    for rule in plan.rules_of(RuleKind.OUTCOME):
        outcomes = tuple(word for word in rule.outcomes if word in facts.outcomes) if facts.outcomes else ()
        taken = tuple((item, measures[item]) for item in rule.taken if item in measures) if measures else ()
        if outcomes or taken:
            yield Consequence(rule, plan.unit_name(rule.unit), outcomes, taken)
