"""The printable sentence of a duty that a person decided."""

from __future__ import annotations

from weipian_plugin.domain.decisions.values import Action, Casework, Decision
from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.jurisdiction import phrases, sentences
from weipian_plugin.domain.jurisdiction.lead import UnitClaim
from weipian_plugin.domain.jurisdiction.values import Duty, PatchFacts
from weipian_plugin.domain.plan.model import Plan

NEVER_VACANT = (DutyName.LEAD, DutyName.TERRITORY)
"""Duties that some unit must have."""


def named(duty: DutyName) -> str:
    """Return a duty's name as it is quoted."""
    return f"“{duty.value}”"


def vacant(duty: DutyName) -> str:
    """Return what a patch lacks without this duty."""
    return "查处单位" if duty is DutyName.LEAD else "属地责任单位"


def own_claim(unit: UnitClaim, facts: PatchFacts, plan: Plan) -> Duty:
    """Return the grounds on which a unit could lead that the plan did not propose first."""
    sized = [claim for claim in unit.claims if claim.area_m2 is not None]
    return Duty(
        DutyName.LEAD,
        unit.unit,
        "+".join(claim.rule.id for claim in unit.claims),
        "、".join(dict.fromkeys(claim.rule.clause for claim in unit.claims)),
        sentences.finish(phrases.grounds_text(unit.claims, facts, plan), plan),
        sized[0].area_m2 if sized else None,
        sized[0].share if sized else None,
        plan.version,
    )


def sentence(decision: Decision, row: Duty | None, case: Casework, plan: Plan) -> str:
    """Return why the unit has the duty: the plan's grounds, if any, and who decided what and why."""
    act = sentences.act_of(decision.duty)
    said = {
        Action.CONFIRM: f"确认由{decision.holder}{act}",
        Action.REASSIGN: f"由{decision.unit}改派{decision.holder}{act}",
        Action.ADD: f"增加由{decision.holder}{act}",
        Action.STRIKE: f"撤销{decision.holder}的{decision.duty}职责",
    }[decision.action]
    ruling = f"{_day(decision)}经{decision.decided_by}审定，{said}{_why(decision)}"
    if row is not None:
        return f"{row.reason.removesuffix('。')}；{ruling}。"
    return sentences.finish(ruling, plan)


def _day(decision: Decision) -> str:
    day = decision.decided_on
    return f"{day.year}年{day.month}月{day.day}日"


def _why(decision: Decision) -> str:
    reason = f"，理由：{decision.reason.rstrip('。')}" if decision.reason else ""
    return f"{reason}，依据：{decision.reference.rstrip('。')}" if decision.reference else reason
