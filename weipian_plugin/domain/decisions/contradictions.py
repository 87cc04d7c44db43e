"""Say where the present figures and plan contradict what a person decided; the decision itself stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from weipian_plugin.domain.decisions.values import Casework, Key, Ruling, Seen, claimants_of, see
from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.jurisdiction import phrases
from weipian_plugin.domain.plan.model import Plan, Rule, RuleKind
from weipian_plugin.domain.roles import Role


def contradictions(case: Casework, plan: Plan) -> dict[Key, str]:
    """Return a Chinese note for every decided or struck duty that the present proposal contradicts.

    Compared is what is proposed now with what was proposed when the person decided: whoever decided
    against the proposal knew it, so that alone is no contradiction.
    """
    said = {ruling.key: _sentence(_about(ruling, case, plan)) for ruling in case.rulings}
    for key, seen in case.struck.items():
        if key[0] not in (DutyName.LEAD, DutyName.TERRITORY):
            said[key] = _sentence(_about_struck(key, seen, case))
    return {key: text for key, text in said.items() if text}


def _sentence(parts: Iterable[str]) -> str:
    text = "；".join(parts)
    return f"作出决定后情况有变：{text}。请复核。" if text else ""


def _about(ruling: Ruling, case: Casework, plan: Plan) -> Iterator[str]:
    if ruling.duty is DutyName.LEAD:
        yield from _about_lead(ruling, case, plan)
    elif ruling.settles:
        yield from _about_territory(ruling, case)
    else:
        yield from _about_other(ruling, case, plan)
    yield from _about_figures(ruling.seen, see(case.matrix, *ruling.key))


def _about_lead(ruling: Ruling, case: Casework, plan: Plan) -> Iterator[str]:
    lead, seen = case.matrix.lead.unit, ruling.seen
    if lead != ruling.unit and (seen is None or seen.lead != lead):
        yield f"现按图层和方案应建议由{lead}查处（{case.matrix.state}）"
    if seen is None:
        return
    now = claimants_of(case.matrix)
    came = [unit for unit in now if unit not in seen.claimants and unit != ruling.unit]
    if came:
        yield f"{'、'.join(came)}新有查处职责"
    left = [unit for unit in seen.claimants if unit not in now]
    blind = [unit for unit in left if _cannot_tell(unit, DutyName.LEAD, case, plan)]
    if blind:
        yield f"{'、'.join(blind)}职责所依据的图层现未评估，无法核对"
    if len(left) > len(blind):
        yield f"{'、'.join(unit for unit in left if unit not in blind)}现没有查处职责的依据"


def _about_territory(ruling: Ruling, case: Casework) -> Iterator[str]:
    now = case.matrix.units(ruling.duty)
    known = ruling.seen.proposed if ruling.seen else ()
    if now and ruling.unit not in now and now != known:
        yield f"现按图层和方案应建议由{'、'.join(now)}承担属地责任"


def _about_other(ruling: Ruling, case: Casework, plan: Plan) -> Iterator[str]:
    """Yield whether a proposal that was confirmed is proposed no more."""
    was = ruling.seen is not None and ruling.unit in ruling.seen.proposed
    if not was or ruling.unit in case.matrix.units(ruling.duty):
        return
    if ruling.duty is DutyName.ASSIST and ruling.unit == case.matrix.lead.unit:
        yield f"现按图层和方案应建议由{ruling.unit}查处"
    elif _cannot_tell(ruling.unit, ruling.duty, case, plan):
        yield f"{ruling.duty}所依据的图层现未评估，无法核对"
    else:
        yield f"现按图层和方案不再建议由{ruling.unit}承担{ruling.duty}"


def _about_struck(key: Key, seen: Seen | None, case: Casework) -> Iterator[str]:
    """Yield whether what was struck is proposed on other grounds than then."""
    duty, unit = key
    now = see(case.matrix, duty, unit)
    if unit not in now.proposed or seen is None:
        return
    if unit not in seen.proposed:
        yield f"{unit}的{duty}已撤销，现按图层和方案又有依据"
    for change in _about_figures(seen, now):
        yield f"{unit}的{duty}已撤销，{change}"


def _about_figures(seen: Seen | None, now: Seen) -> Iterator[str]:
    """Yield how the printed figures have moved; figures that print alike are alike."""
    if seen is None or seen.area_m2 is None or now.area_m2 is None:
        return
    before = phrases.figures_text(seen.area_m2, seen.share or 0.0)
    after = phrases.figures_text(now.area_m2, now.share or 0.0)
    if before != after:
        yield f"重叠由{before}变为{after}"


def _cannot_tell(unit: str, duty: DutyName, case: Casework, plan: Plan) -> bool:
    """Return whether a layer that could give the unit this duty was not evaluated."""
    rules = (rule for rule in plan.rules if _could_give(rule, unit, duty, plan))
    return any(role in case.not_evaluated for rule in rules for role in _layers(rule))


def _could_give(rule: Rule, unit: str, duty: DutyName, plan: Plan) -> bool:
    if rule.kind is RuleKind.TERRITORY:
        return duty in (DutyName.TERRITORY, DutyName.ASSIST)
    same_duty = rule.duty == duty or (duty is DutyName.ASSIST and rule.duty is DutyName.LEAD)
    return same_duty and plan.unit_name(rule.unit) == unit


def _layers(rule: Rule) -> Iterator[Role]:
    if rule.layer is not None:
        yield rule.layer
    for taken in rule.taken:
        yield taken.layer
