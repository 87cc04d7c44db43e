"""What is worth reading beside the duties: the state in one sentence, slivers, gravity, gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from weipian_plugin.domain.duties import DutyState
from weipian_plugin.domain.jurisdiction import phrases
from weipian_plugin.domain.jurisdiction.claims import Findings
from weipian_plugin.domain.jurisdiction.evidence import Evidence, Measure, look_up, reaches
from weipian_plugin.domain.jurisdiction.lead import UnitClaim
from weipian_plugin.domain.jurisdiction.outcomes import TakenMeasures
from weipian_plugin.domain.jurisdiction.sentences import taken_text
from weipian_plugin.domain.jurisdiction.territory import unlisted
from weipian_plugin.domain.jurisdiction.values import Claim, PatchFacts
from weipian_plugin.domain.plan.model import Plan, RuleKind
from weipian_plugin.domain.roles import Role, Status


def summary(state: DutyState, units: Sequence[UnitClaim], found: Findings, plan: Plan) -> str:
    """Say in one sentence what the state is and why."""
    names = "、".join(unit.unit for unit in units)
    default = plan.unit_name(plan.default_rule.unit)
    if state is DutyState.NOT_EVALUATED:
        known = (
            f"已查明有查处职责的为{names}"
            if units
            else f"已评估的图层未见其他单位的职责，暂由{default}负总责"
        )
        return f"{phrases.roles_text(found.open_rules)}未评估，查处单位不能确定；{known}。"
    if state is DutyState.CONFLICT:
        head = f"{names}共{len(units)}家均有查处职责，{plan.short_title}未规定先后"
        return f"{head}，建议{units[0].unit}牵头，待会商确定。"
    if state is DutyState.DEFAULT:
        return f"没有其他单位的职责范围涉及本图斑，由负总责的{default}兜底。"
    if len(units) > 1:
        return f"{names}均有查处职责，按已定的先后由{units[0].unit}牵头。"
    return f"只有{names}一家有查处职责。"


def notes(
    facts: PatchFacts,
    evidence: Evidence,
    plan: Plan,
    found: Findings,
    territories: Sequence[Claim],
    taken: TakenMeasures,
) -> tuple[str, ...]:
    """Return the sentences to print under the matrix."""
    return (
        *_slivers(found, territories, plan),
        *_aggravations(evidence, taken, plan),
        *_territory_notes(territories, evidence, plan),
        *_no_clause_for_mining(facts, plan),
    )


def gaps(facts: PatchFacts, evidence: Evidence, territories: Sequence[Claim], plan: Plan) -> tuple[str, ...]:
    """Return which duties the matrix may lack because layers are missing: no row of their own can say it."""
    return (*_no_territory(territories, evidence, plan), *_unknown_land(facts, evidence, plan))


def _slivers(found: Findings, territories: Sequence[Claim], plan: Plan) -> Iterator[str]:
    for claim in (*found.claims, *territories):
        if not claim.counted and claim.rule.layer:
            layer = phrases.layer_text(claim.rule.layer, claim.edition)
            limit = f"{claim.rule.min_area_m2:g}平方米且{claim.rule.min_share * 100:g}%"
            yield (
                f"边角：与{layer}重叠{phrases.size_text(claim)}，小于{limit}（{plan.thresholds.origin}），"
                f"不计为{claim.unit}的职责。"
            )


def _aggravations(evidence: Evidence, taken: TakenMeasures, plan: Plan) -> Iterator[str]:
    for item in plan.aggravations:
        if item in taken:
            what = taken_text(item, taken[item])
            yield f"图斑占用{what}，案情从重考虑，不因此改变查处单位。"
    blind = _blind([item.layer for item in plan.aggravations], evidence)
    if blind:
        yield f"{blind}未评估，是否有从重情形未查明。"


def _blind(layers: Iterable[Role | None], evidence: Evidence) -> str:
    """Return which of some layers were not evaluated, each once; '' for none."""
    asked = dict.fromkeys(layer for layer in layers if layer)
    return "、".join(r.label for r in asked if look_up(evidence, r).status is Status.NOT_EVALUATED)


def _no_territory(territories: Sequence[Claim], evidence: Evidence, plan: Plan) -> Iterator[str]:
    blind = _blind(_territory_layers(plan), evidence)
    if blind and not any(claim.counted for claim in territories):
        yield f"属地未能确定：{blind}未评估，请补齐图层后再分派，或人工填写"


def _territory_layers(plan: Plan) -> tuple[Role, ...]:
    return tuple(rule.layer for rule in plan.rules_of(RuleKind.TERRITORY) if rule.layer)


def _territory_notes(territories: Sequence[Claim], evidence: Evidence, plan: Plan) -> Iterator[str]:
    asked = _territory_layers(plan)
    layers = {claim.rule.layer for claim in territories if claim.counted}
    if asked and not layers and not _blind(asked, evidence):
        names = "、".join(role.label for role in asked)
        yield f"属地未能确定：{names}图层中没有本图斑所在的辖区，请人工填写。"
    if {Role.TOWNSHIP, Role.COMMITTEE} <= layers:
        how = f"{plan.territory.order}列示（{plan.territory.origin}）"
        yield f"管委会与乡镇街道的辖区在本图斑重叠，{plan.short_title}未规定先后，{how}。"
    for name in unlisted(territories, plan):
        yield f"辖区名称“{name}”不在方案文件中，请核对图层或在方案文件补写别名。"


def _unknown_land(facts: PatchFacts, evidence: Evidence, plan: Plan) -> Iterator[str]:
    taken = {item.layer for rule in plan.rules_of(RuleKind.OUTCOME) for item in rule.taken}
    asked = [role for role in Role if role in taken]
    blind = _blind(asked, evidence)
    if blind:
        yield f"{blind}未评估，整改验收单位可能未列全"
    rest = look_up(evidence, Role.LAND_CLASS).uncovered_m2
    if Role.LAND_CLASS in asked and _counts(rest, facts, plan):
        figures = phrases.figures_text(rest, rest / facts.area_m2)
        yield f"{Role.LAND_CLASS.label}图层未覆盖图斑的{figures}，整改验收单位可能未列全"


def _counts(area_m2: float, facts: PatchFacts, plan: Plan) -> bool:
    """Return whether an area is more than 边角."""
    limits, share = plan.thresholds, area_m2 / facts.area_m2 if facts.area_m2 > 0 else 0.0
    return area_m2 > 0 and reaches(Measure(area_m2, share, ""), limits.min_area_m2, limits.min_share)


def _no_clause_for_mining(facts: PatchFacts, plan: Plan) -> Iterator[str]:
    named = any("矿产" in rule.when.kinds for rule in plan.rules_of(RuleKind.ATTRIBUTE))
    if facts.kind == "矿产" and not named:
        yield f"{plan.short_title}没有为矿产图斑另列查处部门。"
