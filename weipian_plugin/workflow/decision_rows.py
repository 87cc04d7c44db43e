"""What one row of a table of decisions says: a decision with every unit known, or a refusal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from weipian_plugin.domain.decisions import Action, Casework, Decision, stand
from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.plan import Plan
from weipian_plugin.exchange.table_input import InputRow
from weipian_plugin.exchange.table_layout import TableLayout
from weipian_plugin.workflow.row_outcomes import RowRefused, day_or, require_patch
from weipian_plugin.workflow.unit_names import UnitNames


@dataclass(frozen=True)
class Desk:
    """What rows are read against."""

    layout: TableLayout
    plan: Plan
    names: UnitNames
    split: Collection[str]
    """Patches that were split: their children are worked on."""
    person: str
    today: date


def read_row(row: InputRow, cases: Mapping[str, Casework], desk: Desk) -> Decision:
    """Return the decision that a row gives, `unit` '' where the row leaves it open; raise RowRefused."""
    number = row["patch_no"]
    if number in desk.split:
        raise RowRefused(f"图斑“{number}”已拆分，职责记在子图斑上，请写子图斑的编号。")
    require_patch(number, cases)
    action, duty = _action(row["decision"], desk.layout), _duty(row["duty"], desk.layout)
    unit, new_unit = (_unit(row[key], desk.names) for key in ("unit", "new_unit"))
    unit, new_unit = _placed(action, unit, new_unit)
    return Decision(
        patch_no=number,
        duty=duty,
        action=action,
        unit=unit,
        new_unit=new_unit,
        reason=row["reason"],
        reference=row["reference"],
        decided_by=desk.person,
        decided_on=day_or(row["decided_on"], desk.today),
    )


def completed(decision: Decision, case: Casework, plan: Plan) -> Decision:
    """Fill in the unit that a row leaves open: it is clear when only one has the duty; raise RowRefused."""
    if decision.unit:
        return decision
    holders = stand(case, plan).units(decision.duty)
    if len(holders) == 1:
        return replace(decision, unit=holders[0])
    if not holders:
        raise RowRefused(f"图斑现在没有“{decision.duty}”的分派，没有可以{decision.action}的单位。")
    raise RowRefused(f"有几个单位（{'、'.join(holders)}）承担“{decision.duty}”，请在“单位”栏写明是哪一个。")


def _action(text: str, layout: TableLayout) -> Action:
    word = layout.word("decision", text)
    if not word:
        raise RowRefused(f"决定“{text}”不认识，请写{'、'.join(layout.choices('decision'))}之一。")
    return Action(word)


def _duty(text: str, layout: TableLayout) -> DutyName:
    word = layout.word("duty", text) if text else DutyName.LEAD.value
    if not word:
        raise RowRefused(f"职责“{text}”不认识，请写{'、'.join(layout.choices('duty'))}之一。")
    return DutyName(word)


def _unit(text: str, names: UnitNames) -> str:
    if not text:
        return ""
    found = names.find(text)
    if not found:
        near = "、".join(names.near(text))
        hint = f"是否为：{near}？" if near else "请写方案文件里的单位名称，或乡镇街道、管委会的名称。"
        raise RowRefused(f"单位“{text}”不在方案文件和辖区图层里，{hint}")
    return found


def _placed(action: Action, unit: str, new_unit: str) -> tuple[str, str]:
    """Return unit and new unit in their places: one column of units is enough for every action."""
    if action is Action.REASSIGN:
        if not unit and not new_unit:
            raise RowRefused("改派没有写新单位。")
        return (unit, new_unit) if new_unit else ("", unit)
    if unit and new_unit and unit != new_unit:
        raise RowRefused(f"“{action}”只涉及一个单位；要换单位请用“改派”。")
    if action is Action.ADD and not unit and not new_unit:
        raise RowRefused("增加职责没有写单位。")
    return unit or new_unit, ""
