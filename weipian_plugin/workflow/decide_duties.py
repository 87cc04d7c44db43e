"""Use case: record what persons decided about duties, from a table that the office filled in."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from weipian_plugin.domain.decisions import Action, Casework, Decision, Refused, decide, stand
from weipian_plugin.domain.decisions.values import see
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.table_input import InputRow, read_table
from weipian_plugin.store import decisions, patches
from weipian_plugin.store.change import Change
from weipian_plugin.store.patches import View
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.assign_duties import contradictions_of, store_standing
from weipian_plugin.workflow.casework import known, propose, ruling_row, with_decisions
from weipian_plugin.workflow.decision_rows import Desk, completed, read_row
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.reports import kept_if_done
from weipian_plugin.workflow.row_outcomes import RowOutcome, RowRefused, TableRun, TableSource, input_layout
from weipian_plugin.workflow.row_report import write_row_report
from weipian_plugin.workflow.unit_names import unit_names

_AGAIN = "与已记录的一致，没有重复记录。"


def decide_duties(workspace: Path, source: TableSource, actor: str, progress: Progress) -> TableRun:
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
    desk = decision_desk(work, plan, source.person)
    progress.report(0.8, "写入工作库")
    with kept_if_done(source.report), work.writing(actor, "记录职责决定", progress) as change:
        outcomes, _decisions = record_rows(change, read.rows, cases, desk)
        write_row_report(source.report, "职责决定记录报告", read, outcomes, source.person)
        progress.check()
    progress.finish()
    return TableRun(read, tuple(outcomes))


def _numbers(work: Workspace, view: View) -> set[str]:
    return set(patches.read(work, with_geometry=False, view=view)["patch_no"])


def decision_desk(work: Workspace, plan: Plan, person: str) -> Desk:
    """Return what rows of decisions are read against."""
    split = _numbers(work, View.ALL) - _numbers(work, View.VERIFIED)
    return Desk(input_layout("decide"), plan, unit_names(work, plan), split, person, date.today())


def record_rows(
    change: Change, rows: Sequence[InputRow], proposed: Mapping[str, Casework], desk: Desk
) -> tuple[list[RowOutcome], list[Decision]]:
    """Record rows of the table of decisions, with all its keys; return what became of each, and what was new.

    `proposed` are the cases as the plan proposes them, of every patch that the rows name.
    """
    before = with_decisions(proposed, change.connection)
    cases = dict(before)
    logged = logged_decisions(change.connection)
    outcomes, new = take_rows(rows, cases, logged, desk)
    given = [_log_row(decision, before[decision.patch_no]) for decision in new]
    touched = {number: case for number, case in cases.items() if case is not before[number]}
    _store(change, before, touched, given, desk.plan)
    return outcomes, new


def logged_decisions(connection: sqlite3.Connection) -> set[tuple[Any, ...]]:
    """Return what is recorded already, so that it is not taken twice."""
    return {_signature(entry) for log in decisions.log(connection).values() for entry in log}


def take_rows(
    rows: Sequence[InputRow], cases: dict[str, Casework], logged: set[tuple[Any, ...]], desk: Desk
) -> tuple[list[RowOutcome], list[Decision]]:
    """Take rows one after the other into `cases`, writing nothing; see `record_rows`."""
    outcomes, new = [], []
    for row in rows:
        outcome, decision = _take(row, cases, logged, desk)
        outcomes.append(outcome)
        if decision is not None:
            new.append(decision)
            logged.add(_signature(_log_row(decision, cases[decision.patch_no])))
    return outcomes, new


def _signature(entry: Sequence[Any]) -> tuple[Any, ...]:
    """Return what makes two decisions the same: all that a person said, but not from whom the duty came."""
    named = dict(zip(decisions.LOG_COLUMNS, entry, strict=True))
    return tuple(named[name] for name in decisions.LOG_COLUMNS if name not in _NOT_SAID)


_NOT_SAID = ("former_unit", "seen", "former_seen")


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


def _take(
    row: InputRow, cases: dict[str, Casework], logged: Collection[tuple[Any, ...]], desk: Desk
) -> tuple[RowOutcome, Decision | None]:
    """Take one row into the cases; the decision is None when it was refused or is recorded already.

    What is in the log is not taken twice, even where a later decision has replaced it: a table read again
    must not bring back what was decided before.
    """
    try:
        decision = read_row(row, cases, desk)
        case = cases[decision.patch_no]
        known = bool(decision.holder) and _signature(_log_row(decision, case)) in logged
        if not known:
            decision = completed(decision, case, desk.plan)
            known = _signature(_log_row(decision, case)) in logged
        after = case if known else decide(case, decision, desk.plan)
    except (Refused, RowRefused) as refused:
        what = "".join((row["decision"], row["duty"], row["unit"]))
        return RowOutcome(row.line, row["patch_no"], what, False, str(refused)), None
    said = _AGAIN if after is case else _said(decision, after, desk.plan)
    cases[decision.patch_no] = after
    outcome = RowOutcome(row.line, decision.patch_no, _short(decision), True, said)
    return outcome, None if after is case else decision


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
    units = "→".join(filter(None, (decision.unit, decision.new_unit)))
    return f"{decision.action}{decision.duty}：{units}"


def _said(decision: Decision, after: Casework, plan: Plan) -> str:
    ruling = after.ruling(decision.duty, decision.holder)
    if ruling is not None and decision.action is not Action.STRIKE:
        return ruling.reason
    left = "、".join(stand(after, plan).units(decision.duty)) or "无"
    return f"已撤销{decision.unit}的{decision.duty}职责；现承担{decision.duty}的单位：{left}。"
