"""One printable Chinese sentence for every duty, fit to be read out in a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.jurisdiction import phrases
from weipian_plugin.domain.jurisdiction.claims import KIND, Findings, OpenFact
from weipian_plugin.domain.jurisdiction.evidence import Evidence, Measure, is_open, look_up
from weipian_plugin.domain.jurisdiction.lead import UnitClaim
from weipian_plugin.domain.jurisdiction.outcomes import Consequence
from weipian_plugin.domain.jurisdiction.values import Claim, PatchFacts
from weipian_plugin.domain.plan.model import NOT_IN_DOCUMENT, Plan, Rule, RuleKind, Standing, Taken
from weipian_plugin.domain.roles import Role, Status

_ACTS = {
    DutyName.ASSIST: "协办",
    DutyName.RECULTIVATION: "负责复耕整改验收",
    DutyName.REGREENING: "负责复绿整改验收",
    DutyName.CONFISCATION: "接收和管理没收资产",
    DutyName.TRANSFER: "受理移送的案件",
    DutyName.CUT_OFF: "实施断供",
    DutyName.SUPERVISION: "开展专项督查",
}


def finish(sentence: str, plan: Plan) -> str:
    """Return a sentence with the plan-file version and its full stop."""
    return f"{sentence}（方案文件版本{plan.version}）。"


def single_lead(unit: UnitClaim, facts: PatchFacts, plan: Plan) -> str:
    """Say why the only claimant leads."""
    name = phrases.unit_text(unit.unit, unit.largest.rule)
    return f"{phrases.grounds_text(unit.claims, facts, plan)}，建议由{name}查处"


def proposed_lead(units: Sequence[UnitClaim], facts: PatchFacts, plan: Plan) -> str:
    """Say why one of several claimants is proposed, and that a person decides."""
    lead, *others = units
    name = phrases.unit_text(lead.unit, lead.largest.rule)
    rivals = "、".join(phrases.rival_text(other) for other in others)
    grounds = phrases.grounds_text(lead.claims, facts, plan)
    if lead.goes_before and not others[0].goes_before:
        return f"{grounds}；{rivals}亦有查处职责，按{_precedence(lead)}，建议由{name}牵头查处"
    reason = _criterion(lead, others[0], plan)
    quarrel = f"{rivals}亦有查处职责，{plan.short_title}未规定先后"
    return f"{grounds}；{quarrel}，{reason}建议由{name}牵头查处，{_settled_by(plan)}"


def _precedence(lead: UnitClaim) -> str:
    return "、".join(dict.fromkeys(claim.rule.reference for claim in lead.claims if claim.rule.reference))


def _criterion(lead: UnitClaim, second: UnitClaim, plan: Plan) -> str:
    ranked = {plan.unit_name(name) for name in plan.priority.units}
    if lead.unit in ranked and not second.goes_before:
        return f"按区里议定的顺序（{plan.priority.reference}，{plan.priority.origin}）"
    if lead.weight > second.weight and lead.largest.rule.kind is RuleKind.ATTRIBUTE:
        return f"事实所定的职责及于整个图斑，按占比最大（{plan.priority.origin or NOT_IN_DOCUMENT}）"
    if lead.weight > second.weight:
        return f"按占比最大（{plan.priority.origin or NOT_IN_DOCUMENT}）"
    return f"占比相同，按条款先后列示（{plan.priority.origin or NOT_IN_DOCUMENT}）"


def _settled_by(plan: Plan) -> str:
    return f"提请{plan.coordination.body}协调，会商确定" if plan.coordination else "会商确定"


def default_lead(found: Findings, evidence: Evidence, plan: Plan) -> str:
    """Say why the unit with overall responsibility takes the patch."""
    rule = plan.default_rule
    name = phrases.unit_text(plan.unit_name(rule.unit), rule)
    act = f"{'暂' if found.open_rules else ''}建议由{name}查处"
    seen = _clear_text(found, evidence)
    return f"{seen}{phrases.basis(plan, rule)}，{act}"


def _clear_text(found: Findings, evidence: Evidence) -> str:
    """Return what was looked at in vain, with its editions."""
    layers = [phrases.layer_text(role, look_up(evidence, role).edition) for role in found.clear_roles]
    if not layers:
        return ""
    slivers = [claim for claim in found.claims if not claim.counted]
    if not slivers:
        return f"图斑与{'、'.join(layers)}均无重叠，"
    parts = "、".join(
        f"{claim.rule.layer.label}{phrases.size_text(claim)}" for claim in slivers if claim.rule.layer
    )
    return f"图斑与{'、'.join(layers)}均无达到阈值的重叠（边角：{parts}），"


def uncertainty(found: Findings, units: Sequence[str], facts: PatchFacts, plan: Plan) -> Iterator[str]:
    """Yield what would change the 查处 unit: layers not evaluated, facts not known.

    `units` are those with 查处, the lead first.
    """
    if found.open_rules:
        layers, others = phrases.roles_text(found.open_rules), phrases.rules_text(found.open_rules, plan)
        yield f"{layers}未评估，若有重叠，{others}也有查处职责，须补齐后再定"
    for layer in dict.fromkeys(rule.layer for rule in found.excused_rules if rule.layer):
        yield _excuse(layer, plan)
    open_facts = [fact for fact in found.open_facts if _would_change(fact.rule, units, plan)]
    for fact in open_facts:
        yield _open_fact(fact, plan)
    if not facts.kind and not any(KIND in fact.unknown for fact in open_facts):
        yield f"{KIND}（土地、矿产）未查明，查明后按{plan.short_title}不改变查处单位"


def _would_change(rule: Rule, units: Sequence[str], plan: Plan) -> bool:
    """Return whether anything would change if a rule's facts were met: not for a unit that claims already."""
    unit = plan.unit_name(rule.unit)
    return unit not in units or (rule.standing is Standing.BEFORE and unit != units[0])


def _open_fact(fact: OpenFact, plan: Plan) -> str:
    name = phrases.unit_text(plan.unit_name(fact.rule.unit), fact.rule)
    condition = phrases.condition_text(fact.rule.when, fact.unknown)
    return f"{'、'.join(fact.unknown)}未查明，若{condition}，{_then(fact.rule, name)}"


def _then(rule: Rule, name: str) -> str:
    """Return what would follow if the facts were as a rule asks."""
    if rule.standing is Standing.BEFORE:
        return f"依据{rule.clause}按{rule.reference}改由{name}牵头{rule.duty}"
    return f"依据{rule.clause}{name}也有{rule.duty}职责"


def _excuses(layers: Iterable[Role], evidence: Evidence, plan: Plan) -> Iterator[str]:
    """Yield why the office does without those of the layers that were not evaluated."""
    for layer in layers:
        item = look_up(evidence, layer)
        if item.status is Status.NOT_EVALUATED and not is_open(item, plan):
            yield _excuse(layer, plan)


def _excuse(layer: Role, plan: Plan) -> str:
    return f"{layer.label}未评估：方案文件声明本单位没有此图层（{plan.unavailable_reasons[layer]}）"


def assisting(
    unit: UnitClaim, lead: UnitClaim, open_rules: Sequence[Rule], facts: PatchFacts, plan: Plan
) -> str:
    """Say why another claimant assists; `open_rules` could not be evaluated, so others may claim too."""
    grounds = phrases.grounds_text(unit.claims, facts, plan)
    name = phrases.unit_text(unit.unit, unit.largest.rule)
    if lead.goes_before and not unit.goes_before:
        return f"{grounds}，{lead.unit}按{_precedence(lead)}牵头，建议由{name}协办{_still_open(open_rules)}"
    said = f"{grounds}，与{lead.unit}的职责范围重叠，建议由{name}协办，是否改由其牵头待会商确定"
    return said + _still_open(open_rules)


def _still_open(open_rules: Sequence[Rule]) -> str:
    return f"；{phrases.roles_text(open_rules)}未评估，须补齐后再定" if open_rules else ""


def helping(unit: UnitClaim, facts: PatchFacts, plan: Plan) -> str:
    """Say why a unit assists that the plan only asks to assist."""
    name = phrases.unit_text(unit.unit, unit.largest.rule)
    return f"{phrases.grounds_text(unit.claims, facts, plan)}，建议由{name}协办"


def territory(claim: Claim, first: Claim, evidence: Evidence, plan: Plan) -> str:
    """Say whose territory the patch lies in; the first claim is the one proposed as 属地责任."""
    where = _territory_ground(claim)
    text = f"{phrases.basis(plan, claim.rule)}，{where}"
    if claim is first:
        return f"{text}，建议由{claim.unit}承担属地责任{_territory_doubt(evidence, plan)}"
    leads = f"属地责任建议由{first.unit}承担（{_why_first(claim, first, plan)}）"
    return f"{text}，{leads}，建议{claim.unit}就辖区内部分协办"


def _territory_ground(claim: Claim) -> str:
    if claim.area_m2 is None:
        return f"图斑{claim.text}（下发属性或以往套合）为{claim.unit}"
    layer = phrases.layer_text(claim.rule.layer, claim.edition) if claim.rule.layer else ""
    return f"图斑按{layer}在{claim.unit}辖区内{phrases.size_text(claim)}"


def _territory_doubt(evidence: Evidence, plan: Plan) -> str:
    """Return which layers of territories could not be looked at; '' when none."""
    layers = [rule.layer for rule in plan.rules_of(RuleKind.TERRITORY) if rule.layer]
    blind = [layer.label for layer in layers if is_open(look_up(evidence, layer), plan)]
    said = f"；{'、'.join(blind)}未评估，属地责任单位可能未列全，须补齐后再定" if blind else ""
    return said + "".join(f"；{reason}" for reason in _excuses(layers, evidence, plan))


def _why_first(claim: Claim, first: Claim, plan: Plan) -> str:
    if (first.share or 0.0) > (claim.share or 0.0):
        return f"占比{phrases.share_text(first.share or 0.0)}，{plan.territory.origin}"
    return plan.territory.reference or f"占比相同，{plan.territory.origin}"


def consequence(items: Sequence[Consequence], plan: Plan) -> str:
    """Say why a duty follows from outcomes, or why it is prepared."""
    first = items[0]
    name = phrases.unit_text(first.unit, first.rule)
    act = "、".join(dict.fromkeys(item.rule.act or _ACTS[item.rule.duty] for item in items))
    grounds = "；".join(dict.fromkeys(f"{phrases.basis(plan, item.rule)}，{_why(item)}" for item in items))
    return f"{grounds}，建议由{name}{act}"


def _why(item: Consequence) -> str:
    taken = "、".join(taken_text(what, figure) for what, figure in item.taken)
    if item.outcomes:
        fact = f"图斑已列明“{'、'.join(item.outcomes)}”"
        return f"{fact}，占用{taken}" if taken else fact
    return f"图斑占用{taken}，如须{'、'.join(item.rule.outcomes)}"


def taken_text(what: Taken, figure: Measure) -> str:
    """Return what was taken with its layer and figures: 耕地（地类图斑，2020年版）0.50亩（25.0%）."""
    layer = phrases.layer_text(what.layer, figure.edition, what.text)
    return f"{layer}{phrases.figures_text(figure.area_m2, figure.share)}"


def yielding(unit: UnitClaim, leader: str, facts: PatchFacts, plan: Plan) -> str:
    """Say why a claimant assists after a person has given 查处 to another unit."""
    grounds = phrases.grounds_text(unit.claims, facts, plan)
    name = phrases.unit_text(unit.unit, unit.largest.rule)
    return f"{grounds}；查处单位已由人审定为{leader}，建议由{name}协办"


def yielding_territory(claim: Claim, responsible: str, plan: Plan) -> str:
    """Say why a township or committee assists after a person has given 属地责任 to another unit."""
    where = f"{phrases.basis(plan, claim.rule)}，{_territory_ground(claim)}"
    return f"{where}；属地责任已由人审定由{responsible}承担，建议{claim.unit}就辖区内部分协办"


def act_of(duty: DutyName) -> str:
    """Return what a unit does under a duty, to follow 由某单位."""
    return _ACTS.get(duty, {DutyName.TERRITORY: "承担属地责任"}.get(duty, duty.value))
