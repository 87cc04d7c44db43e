"""Assign a patch: bring facts, evidence and plan together into a role matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from weipian_plugin.domain.duties import DutyName, DutyState
from weipian_plugin.domain.jurisdiction import notes, sentences
from weipian_plugin.domain.jurisdiction.claims import Findings, find
from weipian_plugin.domain.jurisdiction.evidence import Evidence
from weipian_plugin.domain.jurisdiction.lead import UnitClaim, by_unit
from weipian_plugin.domain.jurisdiction.outcomes import (
    Consequence,
    TakenMeasures,
    find_consequences,
    measure_taken,
)
from weipian_plugin.domain.jurisdiction.territory import find_territories
from weipian_plugin.domain.jurisdiction.values import Claim, Duty, DutyMatrix, PatchFacts
from weipian_plugin.domain.plan.model import Plan

_PLACE = {duty: place for place, duty in enumerate(DutyName)}


def assign(facts: PatchFacts, evidence: Evidence, plan: Plan) -> DutyMatrix:
    """Return who must deal with a patch, why, and how settled that is.

    Pure: the same facts, evidence and plan give the same matrix, whatever the order of rules or features.
    A role without evidence counts as 未评估, never as a no.
    """
    found = find(facts, evidence, plan)
    units = by_unit(found.leads, plan)
    territories = find_territories(facts, evidence, plan)
    taken = measure_taken(facts, evidence, plan)
    state = _state(found, units)
    names = [unit.unit for unit in units] or [plan.unit_name(plan.default_rule.unit)]
    doubts = (
        *sentences.uncertainty(found, names, facts, plan),
        *notes.gaps(facts, evidence, territories, plan),
    )
    lead = "；".join([_lead_text(found, units, facts, evidence, plan), *doubts])
    duties = [
        _lead(units, lead, plan),
        *_assistants(units, found, facts, plan),
        *_helpers(found, units, facts, plan),
        *_territory_duties(territories, evidence, plan),
        *_consequence_duties(facts, taken, plan),
    ]
    return DutyMatrix(
        patch_no=facts.patch_no,
        state=state,
        duties=tuple(_once(duties)),
        claims=(*found.claims, *territories),
        not_evaluated=tuple(dict.fromkeys(rule.layer for rule in found.open_rules if rule.layer)),
        summary=notes.summary(state, units, found, plan),
        notes=(
            *notes.notes(facts, evidence, plan, found, territories, taken),
            *(f"{doubt}。" for doubt in doubts),
        ),
    )


def _state(found: Findings, units: Sequence[UnitClaim]) -> DutyState:
    if found.open_rules:
        return DutyState.NOT_EVALUATED
    if not units:
        return DutyState.DEFAULT
    if len(units) == 1 or (units[0].goes_before and not units[1].goes_before):
        return DutyState.UNIQUE
    return DutyState.CONFLICT


def _lead_text(
    found: Findings, units: Sequence[UnitClaim], facts: PatchFacts, evidence: Evidence, plan: Plan
) -> str:
    if not units:
        return sentences.default_lead(found, evidence, plan)
    if len(units) == 1:
        return sentences.single_lead(units[0], facts, plan)
    return sentences.proposed_lead(units, facts, plan)


def _lead(units: Sequence[UnitClaim], text: str, plan: Plan) -> Duty:
    """Return the 查处 row: there is always one, so that no patch is nobody's."""
    if units:
        return _unit_row(DutyName.LEAD, units[0], text, plan)
    rule = plan.default_rule
    return _row(DutyName.LEAD, Claim(rule, plan.unit_name(rule.unit)), text, plan)


def _assistants(units: Sequence[UnitClaim], found: Findings, facts: PatchFacts, plan: Plan) -> Iterator[Duty]:
    for unit in units[1:]:
        text = sentences.assisting(unit, units[0], found.open_rules, facts, plan)
        yield _unit_row(DutyName.ASSIST, unit, text, plan)


def _helpers(found: Findings, units: Sequence[UnitClaim], facts: PatchFacts, plan: Plan) -> Iterator[Duty]:
    claiming = {unit.unit for unit in units}
    for unit in by_unit(found.helpers, plan):
        if unit.unit not in claiming:
            yield _unit_row(DutyName.ASSIST, unit, sentences.helping(unit, facts, plan), plan)


def _territory_duties(territories: Sequence[Claim], evidence: Evidence, plan: Plan) -> Iterator[Duty]:
    """Yield 属地责任 for the first territory; the others across the border assist with their part."""
    counted = [claim for claim in territories if claim.counted]
    for claim in counted:
        duty = DutyName.TERRITORY if claim is counted[0] else DutyName.ASSIST
        yield _row(duty, claim, sentences.territory(claim, counted[0], evidence, plan), plan)


def _consequence_duties(facts: PatchFacts, measures: TakenMeasures, plan: Plan) -> Iterator[Duty]:
    """Yield one row for every duty and unit, however many rules ask for it."""
    gathered: dict[tuple[DutyName, str], list[Consequence]] = {}
    for item in find_consequences(facts, measures, plan):
        gathered.setdefault((item.rule.duty, item.unit), []).append(item)
    for (duty, unit), items in sorted(gathered.items(), key=lambda entry: _PLACE[entry[0][0]]):
        figures = [figure for item in items for _, figure in item.taken]
        largest = max(figures, key=lambda figure: figure.area_m2, default=None)
        rules = "+".join(item.rule.id for item in items)
        clauses = "、".join(dict.fromkeys(item.rule.clause for item in items))
        text = sentences.finish(sentences.consequence(items, plan), plan)
        area, share = (largest.area_m2, largest.share) if largest else (None, None)
        yield Duty(duty, unit, rules, clauses, text, area, share, plan.version)


def _row(duty: DutyName, claim: Claim, text: str, plan: Plan) -> Duty:
    rule = claim.rule
    reason = sentences.finish(text, plan)
    return Duty(duty, claim.unit, rule.id, rule.clause, reason, claim.area_m2, claim.share, plan.version)


def _unit_row(duty: DutyName, unit: UnitClaim, text: str, plan: Plan) -> Duty:
    """Return a row for all grounds of a unit; its figures are those of the largest ground with an area."""
    sized = [claim for claim in unit.claims if claim.area_m2 is not None]
    area, share = (sized[0].area_m2, sized[0].share) if sized else (None, None)
    rules = "+".join(claim.rule.id for claim in unit.claims)
    clauses = "、".join(dict.fromkeys(claim.rule.clause for claim in unit.claims))
    return Duty(duty, unit.unit, rules, clauses, sentences.finish(text, plan), area, share, plan.version)


def _once(duties: Sequence[Duty]) -> Iterator[Duty]:
    """Drop a second 协办 of one unit, and 协办 of the unit that leads."""
    seen = {(DutyName.ASSIST, duties[0].unit)}
    for duty in duties:
        key = (duty.duty, duty.unit)
        if duty.duty is not DutyName.ASSIST or key not in seen:
            seen.add(key)
            yield duty
