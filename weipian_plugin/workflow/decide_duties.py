"""Use case: record what persons decided about duties, from a table that the office filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from weipian_plugin.domain.decisions import Action, Casework, Decision, Refused, decide, stand
from weipian_plugin.domain.decisions.values import see
from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.table_input import InputRow, InputTable, read_table
from weipian_plugin.exchange.table_layout import TableLayout
from weipian_plugin.store import decisions, duties, overlays, patches
from weipian_plugin.store.workspace import Change, Workspace
from weipian_plugin.workflow.assign_duties import contradictions_of, store_standing
from weipian_plugin.workflow.casework import known, propose, ruling_row, with_decisions
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.reports import kept_if_done
from weipian_plugin.workflow.row_outcomes import RowOutcome, RowRefused, day_or, input_layout, require_patch
from weipian_plugin.workflow.row_report import write_row_report
from weipian_plugin.workflow.unit_names import UnitNames, unit_names


@dataclass(frozen=True)
class DecisionRun:
    """What a table of decisions brought."""

    table: InputTable
    outcomes: tuple[RowOutcome, ...]

    @property
    def recorded(self) -> int:
        """How many rows were recorded, or are as recorded before."""
        return sum(outcome.recorded for outcome in self.outcomes)

    @property
    def rejected(self) -> int:
        """How many rows were refused."""
        return len(self.outcomes) - self.recorded


@dataclass(frozen=True)
class _Desk:
    """What rows are read against."""

    layout: TableLayout
    plan: Plan
    names: UnitNames
    person: str
    today: date


@dataclass(frozen=True)
class DecisionSource:
    """A table of decisions to record."""

    table: Path
    person: str
    """Who decided."""
    report: Path


def decide_duties(workspace: Path, source: DecisionSource, actor: str, progress: Progress) -> DecisionRun:
    """Record every decision of a table that can be recorded; refuse the others, each with its reason.

    `actor` is who sits at the desk. Rows are taken in file order, all in one transaction, with a report.
    Raises WeipianError when the table cannot be read or nobody is named who decided.
    """
    if not source.person:
        raise WeipianError("没有填写决定人，请填写作出决定的人的姓名。")
    work = Workspace.open(workspace)
    layout = input_layout("decide")
    read = read_table(source.table, layout)
    plan = adopted_plan(work)
    progress.report(0.1, "读取工作库")
    numbers = {row["patch_no"] for row in read.rows}
    cases = propose(known(work, numbers), plan, progress.part(0.2, 0.7))
    names = unit_names(plan, overlays.read_hits(work), duties.read(work)["unit"].unique())
    desk = _Desk(layout, plan, names, source.person, date.today())
    progress.report(0.8, "写入工作库")
    with kept_if_done(source.report), work.writing(actor, "记录职责决定", progress) as change:
        outcomes = _record(change, read.rows, cases, desk)
        write_row_report(source.report, "职责决定记录报告", read, outcomes, source.person)
        progress.check()
    progress.finish()
    return DecisionRun(read, tuple(outcomes))


def _record(
    change: Change, rows: Sequence[InputRow], proposed: Mapping[str, Casework], desk: _Desk
) -> list[RowOutcome]:
    before = with_decisions(proposed, change.connection)
    cases = dict(before)
    outcomes, given = [], []
    for row in rows:
        outcome, decision = _take(row, cases, desk)
        outcomes.append(outcome)
        if decision is not None:
            given.append(_log_row(decision, before[decision.patch_no]))
    touched = {number: case for number, case in cases.items() if case is not before[number]}
    _store(change, before, touched, given, desk.plan)
    return outcomes


def _store(
    change: Change,
    before: Mapping[str, Casework],
    touched: Mapping[str, Casework],
    given: Sequence[tuple[Any, ...]],
    plan: Plan,
) -> None:
    for number, case in touched.items():
        old = [ruling_row(number, ruling) for ruling in before[number].rulings]
        new = [ruling_row(number, ruling) for ruling in case.rulings]
        decisions.replace_rulings(change, number, old, new)
    decisions.add_to_log(change, given)
    store_standing(change, touched, contradictions_of(touched, plan), plan)
    # A settled 查处 keeps the state that it has in the file: the decision itself has to set it.
    states = {number: stand(case, plan).state.value for number, case in touched.items()}
    patches.set_duty_states(change, states)


def _take(row: InputRow, cases: dict[str, Casework], desk: _Desk) -> tuple[RowOutcome, Decision | None]:
    """Take one row into the cases; the decision is None when nothing is new."""
    what = "".join((row["decision"], row["duty"], row["unit"]))
    try:
        decision = _completed(_read(row, cases, desk), cases, desk.plan)
        case = cases[decision.patch_no]
        after = decide(case, decision, desk.plan)
    except (Refused, RowRefused) as refused:
        return RowOutcome(row.line, row["patch_no"], what, False, str(refused)), None
    said = _said(decision, after, desk.plan)
    if after is case:
        return RowOutcome(
            row.line, decision.patch_no, _short(decision), True, "与已记录的一致，没有重复记录。"
        ), None
    cases[decision.patch_no] = after
    return RowOutcome(row.line, decision.patch_no, _short(decision), True, said), decision


def _read(row: InputRow, cases: Mapping[str, Casework], desk: _Desk) -> Decision:
    """Return the decision that a row gives; raise RowRefused for what cannot be understood."""
    number = row["patch_no"]
    require_patch(number, cases)
    action = desk.layout.word("decision", row["decision"])
    if not action:
        raise Refused(
            f"决定“{row['decision']}”不认识，请写{'、'.join(desk.layout.choices('decision'))}之一。"
        )
    duty = desk.layout.word("duty", row["duty"]) if row["duty"] else DutyName.LEAD.value
    if not duty:
        raise RowRefused(f"职责“{row['duty']}”不认识，请写{'、'.join(desk.layout.choices('duty'))}之一。")
    return Decision(
        patch_no=number,
        duty=DutyName(duty),
        action=Action(action),
        unit=_unit(row["unit"], desk.names),
        new_unit=_unit(row["new_unit"], desk.names),
        reason=row["reason"],
        reference=row["reference"],
        decided_by=desk.person,
        decided_on=day_or(row["decided_on"], desk.today),
    )


def _unit(text: str, names: UnitNames) -> str:
    if not text:
        return ""
    found = names.find(text)
    if not found:
        near = "、".join(names.near(text))
        hint = f"是否为：{near}？" if near else "请写方案文件里的单位名称，或乡镇街道、管委会的名称。"
        raise RowRefused(f"单位“{text}”不在方案文件和辖区图层里，{hint}")
    return found


def _completed(decision: Decision, cases: Mapping[str, Casework], plan: Plan) -> Decision:
    """Fill in the unit where the table may leave it out: it is clear when only one unit has the duty."""
    if decision.action is Action.REASSIGN and not decision.new_unit:
        # One column of units is enough to reassign: the unit named is then the new one.
        decision = replace(decision, unit="", new_unit=decision.unit)
        if not decision.new_unit:
            raise Refused("改派没有写新单位。")
    if decision.action is not Action.REASSIGN and decision.new_unit:
        if decision.unit and decision.unit != decision.new_unit:
            raise Refused(f"“{decision.action}”只涉及一个单位；要换单位请用“改派”。")
        decision = replace(decision, unit=decision.new_unit, new_unit="")
    if decision.unit:
        return decision
    if decision.action is Action.ADD:
        raise Refused("增加职责没有写单位。")
    return replace(decision, unit=_only_holder(decision, cases[decision.patch_no], plan))


def _only_holder(decision: Decision, case: Casework, plan: Plan) -> str:
    holders = stand(case, plan).units(decision.duty)
    if decision.action is Action.REASSIGN and holders == (decision.new_unit,):
        former = case.ruling(decision.duty, decision.new_unit)
        if former is not None and former.action is Action.REASSIGN:
            return _reassigned_from(decision, case) or decision.new_unit
    if len(holders) == 1:
        return holders[0]
    if not holders:
        raise Refused(f"图斑现在没有“{decision.duty}”的分派，没有可以{decision.action}的单位。")
    raise Refused(f"有几个单位（{'、'.join(holders)}）承担“{decision.duty}”，请在“单位”栏写明是哪一个。")


def _reassigned_from(decision: Decision, case: Casework) -> str:
    """Return from whom the new unit got the duty before, so that the same row again says the same."""
    former = [unit for duty, unit in case.struck if duty == decision.duty]
    return former[-1] if former else ""


def _log_row(decision: Decision, case: Casework) -> tuple[Any, ...]:
    former = decision.unit if decision.action is Action.REASSIGN else ""
    return (
        decision.patch_no,
        decision.duty.value,
        decision.action.value,
        decision.holder,
        former,
        decision.reason,
        decision.reference,
        decision.decided_by,
        decision.decided_on.isoformat(),
        decisions.seen_text(see(case.matrix, decision.duty, decision.holder).as_dict()),
        decisions.seen_text(see(case.matrix, decision.duty, former).as_dict() if former else None),
    )


def _short(decision: Decision) -> str:
    moved = f"→{decision.new_unit}" if decision.new_unit else ""
    return f"{decision.action}{decision.duty}：{decision.unit}{moved}"


def _said(decision: Decision, after: Casework, plan: Plan) -> str:
    ruling = after.ruling(decision.duty, decision.holder)
    if ruling is not None and decision.action is not Action.STRIKE:
        return ruling.reason
    left = "、".join(stand(after, plan).units(decision.duty)) or "无"
    return f"已撤销{decision.unit}的{decision.duty}职责；现承担{decision.duty}的单位：{left}。"
