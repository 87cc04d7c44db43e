"""Take one decision of a person into a patch's casework, or refuse it and say why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from weipian_plugin.domain.decisions import words
from weipian_plugin.domain.decisions.standing import stand
from weipian_plugin.domain.decisions.values import (
    Action,
    Casework,
    Decision,
    Key,
    Ruling,
    Seen,
    lead_claims,
    see,
)
from weipian_plugin.domain.duties import DutyName, DutyState
from weipian_plugin.domain.jurisdiction.lead import by_unit
from weipian_plugin.domain.jurisdiction.values import Duty
from weipian_plugin.domain.plan.model import Plan

_OPEN = (DutyState.CONFLICT, DutyState.NOT_EVALUATED)
"""States in which the figures alone do not say who leads."""


class Refused(Exception):
    """A decision that cannot be recorded; the message is Chinese: the reason and what to do."""


def decide(case: Casework, decision: Decision, plan: Plan) -> Casework:
    """Return the casework after a decision; the same object when it says what stands already.

    Raises Refused. Afterwards still exactly one unit has 查处.
    """
    steps = {
        Action.CONFIRM: _confirm,
        Action.REASSIGN: _reassign,
        Action.ADD: _add,
        Action.STRIKE: _strike,
    }
    return steps[decision.action](case, decision, plan)


def _confirm(case: Casework, decision: Decision, plan: Plan) -> Casework:
    key = (decision.duty, decision.unit)
    stands = stand(case, plan)
    if key not in stands.keys:
        holders = "、".join(stands.units(decision.duty)) or "无"
        raise Refused(
            f"{decision.unit}没有{words.named(decision.duty)}的分派（现为：{holders}），"
            "要换单位请用“改派”，要另加单位请用“增加”。"
        )
    if decision.duty is DutyName.LEAD and case.state in _OPEN:
        _require_reason(decision, f"{case.state}的图斑要写明确定由谁查处的理由。")
    former = case.ruling(*key)
    if former and _says_the_same(former, decision):
        return case
    return _with(case, decision, replace(_ruling(case, decision, plan, former), action=_kept(former)))


def _kept(former: Ruling | None) -> Action:
    """Return how a confirmed duty came about: one added or reassigned before stays so."""
    return former.action if former else Action.CONFIRM


def _reassign(case: Casework, decision: Decision, plan: Plan) -> Casework:
    if decision.unit == decision.new_unit:
        raise Refused("改派前后是同一个单位；维持不变请用“确认”。")
    former = case.ruling(decision.duty, decision.new_unit)
    if former and _says_the_same(former, decision) and former.action is Action.REASSIGN:
        return case
    stands = stand(case, plan)
    if (decision.duty, decision.unit) not in stands.keys:
        holders = "、".join(stands.units(decision.duty)) or "无"
        raise Refused(
            f"{decision.unit}没有{words.named(decision.duty)}的分派（现为：{holders}），请核对原单位。"
        )
    if (decision.duty, decision.new_unit) in stands.keys:
        raise Refused(f"{decision.new_unit}已有{words.named(decision.duty)}的分派，请改用“撤销”或“确认”。")
    _require_reason(decision, "改派要写明理由。")
    ruling = _ruling(case, decision, plan, None)
    held = case.ruling(decision.duty, decision.unit)
    if held is not None and held.action is Action.ADD:
        # What was one more unit beside the settled one stays so in other hands.
        ruling = replace(ruling, action=Action.ADD)
    return _with(case, decision, ruling)


def _add(case: Casework, decision: Decision, plan: Plan) -> Casework:
    if decision.duty is DutyName.LEAD:
        raise Refused("每个图斑只有一个查处单位，不能增加；换单位请用“改派”，其他单位请增加为“协办”。")
    former = case.ruling(decision.duty, decision.unit)
    if former and _says_the_same(former, decision) and former.action is Action.ADD:
        return case
    stands = stand(case, plan)
    if (decision.duty, decision.unit) in stands.keys:
        raise Refused(f"{decision.unit}已有{words.named(decision.duty)}的分派，不必增加；要审定请用“确认”。")
    if decision.duty is DutyName.ASSIST and decision.unit == stands.lead:
        raise Refused(f"{decision.unit}已是查处单位，不能同时协办。")
    _require_reason(decision, "增加职责要写明理由。")
    return _with(case, decision, _ruling(case, decision, plan, None))


def _strike(case: Casework, decision: Decision, plan: Plan) -> Casework:
    key = (decision.duty, decision.unit)
    stands = stand(case, plan)
    if key not in stands.keys:
        if key in case.struck:
            return case
        raise Refused(f"{decision.unit}没有{words.named(decision.duty)}的分派，无从撤销。")
    if decision.duty in words.NEVER_VACANT and len(stands.units(decision.duty)) == 1:
        raise Refused(f"撤销后图斑没有{words.vacant(decision.duty)}，会出现管理真空；请用“改派”写明新单位。")
    _require_reason(decision, "撤销要写明理由。")
    rulings = tuple(item for item in case.rulings if item.key != key)
    return replace(case, rulings=rulings, struck=_struck(case.struck, key, see(case.matrix, *key)))


def _require_reason(decision: Decision, sentence: str) -> None:
    if not decision.reason:
        raise Refused(f"没有写理由：{sentence}")


def _says_the_same(former: Ruling, decision: Decision) -> bool:
    return (
        former.decided_by,
        former.decided_on,
        former.decision_reason,
        former.reference,
    ) == (decision.decided_by, decision.decided_on.isoformat(), decision.reason, decision.reference)


def _struck(struck: Mapping[Key, Seen | None], key: Key, seen: Seen) -> dict[Key, Seen | None]:
    return {**struck, key: seen}


def _with(case: Casework, decision: Decision, ruling: Ruling) -> Casework:
    """Put a ruling in the place of what it replaces."""
    gone = {ruling.key}
    struck = {key: seen for key, seen in case.struck.items() if key != ruling.key}
    if decision.action is Action.REASSIGN:
        gone.add((decision.duty, decision.unit))
        struck[decision.duty, decision.unit] = see(case.matrix, decision.duty, decision.unit)
    if ruling.settles:
        # Who leads does not assist.
        gone.add((DutyName.ASSIST, ruling.unit))
    rulings = (*(item for item in case.rulings if item.key not in gone), ruling)
    return replace(case, rulings=rulings, struck=struck)


def _ruling(case: Casework, decision: Decision, plan: Plan, former: Ruling | None) -> Ruling:
    """Return the ruling that a decision makes, with its printable sentence."""
    unit, duty = decision.holder, decision.duty
    row = _proposal(case, duty, unit, plan)
    base = former or row
    return Ruling(
        duty=duty,
        unit=unit,
        action=decision.action,
        rule_id=base.rule_id if base else "",
        clause=base.clause if base else "",
        reason=words.sentence(decision, row, case, plan),
        area_m2=row.area_m2 if row else None,
        share=row.share if row else None,
        plan_version=plan.version,
        decided_by=decision.decided_by,
        decided_on=decision.decided_on.isoformat(),
        decision_reason=decision.reason,
        reference=decision.reference,
        seen=see(case.matrix, duty, unit),
    )


def _proposal(case: Casework, duty: DutyName, unit: str, plan: Plan) -> Duty | None:
    """Return the plan's row for a duty of a unit; for 查处 also the claim of a unit that was not proposed."""
    row = next((row for row in case.matrix.duties if (row.duty, row.unit) == (duty, unit)), None)
    if row is not None or duty is not DutyName.LEAD:
        return row
    claims = lead_claims(case.matrix)
    own = next((item for item in by_unit(claims, plan) if item.unit == unit), None)
    return words.own_claim(own, case.facts, plan) if own else None
