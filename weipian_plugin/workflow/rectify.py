"""Use case: record remedies of illegal patches and their acceptance, from a table the office filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from weipian_plugin.domain.amounts import amount_of
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.rectification import (
    Acceptors,
    Entry,
    Need,
    Remedies,
    Standing,
    acceptors,
    standing,
    to_accept,
    wrongly_accepted,
)
from weipian_plugin.domain.split import SPLIT
from weipian_plugin.exchange.table_input import InputRow, read_table
from weipian_plugin.exchange.table_layout import TableLayout
from weipian_plugin.paths import plan_file
from weipian_plugin.store import patches, rectifications
from weipian_plugin.store.change import Change
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.reports import kept_if_done
from weipian_plugin.workflow.row_outcomes import (
    RowOutcome,
    RowRefused,
    TableRun,
    TableSource,
    day_or,
    input_layout,
    require_patch,
    takes_back,
)
from weipian_plugin.workflow.row_report import write_row_report
from weipian_plugin.workflow.unit_names import UnitNames, unit_names


@dataclass(frozen=True)
class Case:
    """An illegal patch and who leads it."""

    area_mu: float
    lead: str


@dataclass(frozen=True)
class _Desk:
    """What rows are read against."""

    layout: TableLayout
    plan: Plan
    remedies: Remedies
    names: UnitNames
    cases: Mapping[str, Case]
    every_patch: frozenset[str]
    split: frozenset[str]
    person: str
    today: date


@cache
def remedies_dictionary() -> Remedies:
    """Return the shipped dictionary of measures."""
    return Remedies.parse(plan_file("remedies.yaml").read_text(encoding="utf-8"))


def rectify(workspace: Path, source: TableSource, actor: str, progress: Progress) -> TableRun:
    """Record every row of a table that can be recorded; refuse the others, each with its reason.

    `actor` is who sits at the desk. Rows are taken in file order, all in one transaction, with a report.
    Raises WeipianError when the table cannot be read or nobody is named who answers for it.
    """
    if not source.person:
        raise WeipianError("没有填写经办人，请填写姓名。")
    work = Workspace.open(workspace)
    layout = input_layout("rectify")
    read = read_table(source.table, layout)
    progress.report(0.3, "写入工作库")
    with kept_if_done(source.report), work.writing(actor, "记录查处整改", progress) as change:
        outcomes = _record(change, read.rows, _desk(work, layout, source.person))
        write_row_report(source.report, "查处整改记录报告", read, outcomes, source.person)
        progress.check()
    progress.finish()
    return TableRun(read, tuple(outcomes))


def standings(work: Workspace) -> dict[str, Standing]:
    """Return how the rectification of every illegal patch (核实后) stands, by patch number."""
    plan, remedies = adopted_plan(work), remedies_dictionary()
    cases = illegal_cases(work)
    who = {lead: acceptors(plan, remedies, lead) for lead in {case.lead for case in cases.values()}}
    with work.reading() as connection:
        entries = rectifications.stored(connection)
    return {
        number: standing(case.area_mu, entries.get(number, {}).values(), remedies, who[case.lead])
        for number, case in cases.items()
    }


def remedy_outcomes(work: Workspace) -> dict[str, frozenset[str]]:
    """Return what the recorded remedies amount to in the plan's words (没收, 移送 …), by patch number.

    What was done about a patch that has been judged otherwise since amounts to nothing.
    """
    measures, illegal = remedies_dictionary().measures, illegal_cases(work)
    with work.reading() as connection:
        stored = rectifications.stored(connection)
    found = {
        number: frozenset(filter(None, (measures[entry.measure].outcome for entry in entries.values())))
        for number, entries in stored.items()
    }
    return {number: words for number, words in found.items() if words and number in illegal}


def illegal_cases(work: Workspace) -> dict[str, Case]:
    """Return the patches (核实后) whose latest determination is 违法, by number."""
    with work.reading() as connection:
        return {number: Case(*known) for number, known in rectifications.illegal(connection).items()}


def _desk(work: Workspace, layout: TableLayout, person: str) -> _Desk:
    plan = adopted_plan(work)
    frame = patches.read(work, with_geometry=False)
    return _Desk(
        layout,
        plan,
        remedies_dictionary(),
        unit_names(work, plan),
        illegal_cases(work),
        frozenset(frame["patch_no"]),
        frozenset(frame.loc[frame["split_state"] == SPLIT, "patch_no"]),
        person,
        date.today(),
    )


def _record(change: Change, rows: Sequence[InputRow], desk: _Desk) -> list[RowOutcome]:
    entries = rectifications.stored(change.connection)
    outcomes = []
    for row in rows:
        what = "".join((row["operation"], row["measure"]))
        try:
            said = _take(change, row, entries.setdefault(row["patch_no"], {}), desk)
        except RowRefused as refused:
            outcomes.append(RowOutcome(row.line, row["patch_no"], what, False, str(refused)))
        else:
            outcomes.append(RowOutcome(row.line, row["patch_no"], what, True, said))
    return outcomes


def _take(change: Change, row: InputRow, entries: dict[int, Entry], desk: _Desk) -> str:
    """Record one row and bring the patch's entries up to it; return what to say."""
    number = row["patch_no"]
    _require_worked_on(number, desk)
    taken_back = takes_back(row["operation"], desk.layout)
    if not taken_back:
        _require_illegal(number, desk)
    given = _read(row, desk)
    same = _same(given, entries, desk, open_area=taken_back)
    if taken_back:
        return _take_back(change, same, entries, desk) + _now(number, entries, desk)
    case = desk.cases[number]
    who = acceptors(desk.plan, desk.remedies, case.lead)
    if same:
        return "与已记录的一致，没有重复记录。"
    given = _complete(given, entries, desk, who)
    _check_sum(case, given, entries, desk, who)
    entries[rectifications.insert(change, number, given, desk.person)] = given
    return "已记录。" + _now(number, entries, desk)


def _take_back(change: Change, same: Sequence[int], entries: dict[int, Entry], desk: _Desk) -> str:
    if not same:
        raise RowRefused("没有与这一行完全相同的记录，无从撤销；措施、面积、金额、文号、日期、单位都要一致。")
    _require_unaccepted(same[-1], entries, desk)
    rectifications.remove(change, same[-1])
    del entries[same[-1]]
    return "已撤销。"


def _now(number: str, entries: Mapping[int, Entry], desk: _Desk) -> str:
    """Return how the rectification stands; entries may be taken back of a patch that is illegal no more."""
    case = desk.cases.get(number)
    if case is None:
        return "图斑现在没有判定为违法。"
    who = acceptors(desk.plan, desk.remedies, case.lead)
    return _said(standing(case.area_mu, entries.values(), desk.remedies, who))


def _same(given: Entry, entries: Mapping[int, Entry], desk: _Desk, open_area: bool) -> list[int]:
    """Return the entries that say what a row says, whatever their notes.

    An acceptance without area means all that waits: when nothing waits, or with `open_area`, one of any
    area is meant.
    """
    measure = desk.remedies.measures[given.measure]
    any_area = bool(measure.accepts) and given.area_mu is None
    any_area = any_area and (open_area or not to_accept(measure, given.unit, entries.values()))
    wanted = replace(given, note="")
    return [
        number
        for number, known in entries.items()
        if replace(known, note="", area_mu=None if any_area else known.area_mu) == wanted
    ]


def _require_worked_on(number: str, desk: _Desk) -> None:
    require_patch(number, desk.every_patch)
    if number in desk.split:
        raise RowRefused(f"图斑“{number}”已拆分，请在它的子图斑上登记。")


def _require_illegal(number: str, desk: _Desk) -> None:
    if number not in desk.cases:
        raise RowRefused(f"图斑“{number}”没有判定为违法，不能登记查处整改，请先判定。")


def _read(row: InputRow, desk: _Desk) -> Entry:
    measure = desk.remedies.named(row["measure"])
    if measure is None:
        listed = "、".join(desk.remedies.measures)
        raise RowRefused(f"措施“{row['measure'] or '（空）'}”看不懂，可以写：{listed}。")
    if not row["done_on"]:
        raise RowRefused("没有填写日期。")
    _require(measure.document, row["document_no"], f"{measure.name}的文号")
    return Entry(
        measure.name,
        _number(row["area_mu"], measure.area, f"{measure.name}的面积（亩）"),
        _number(row["amount_yuan"], measure.amount, f"{measure.name}的金额（元）"),
        row["document_no"],
        day_or(row["done_on"], desk.today).isoformat(),
        _unit(row["unit"], desk),
        row["note"],
    )


def _require(need: Need, text: str, what: str) -> None:
    if need is Need.REQUIRED and not text:
        raise RowRefused(f"没有填写{what}。")
    if need is Need.NONE and text:
        raise RowRefused(f"不应填写{what}，现填“{text}”，请核对措施。")


def _number(text: str, need: Need, what: str) -> float | None:
    _require(need, text, what)
    if not text:
        return None
    found = amount_of(text)
    if found is None:
        raise RowRefused(f"{what}应是数字，现填“{text}”。")
    value = round(found, 2)
    if not 0 < value < 1e12:
        raise RowRefused(f"{what}应大于0（保留两位小数），现填“{text}”。")
    return value


def _unit(text: str, desk: _Desk) -> str:
    if not text:
        raise RowRefused("没有填写单位。")
    name = desk.names.find(text)
    if not name:
        near = "、".join(desk.names.near(text))
        raise RowRefused(f"不认识单位“{text}”" + (f"，是不是{near}？" if near else "，请写方案里的名称。"))
    return name


def _complete(given: Entry, entries: Mapping[int, Entry], desk: _Desk, who: Acceptors) -> Entry:
    """Return an acceptance with its area, all that is yet to be accepted when none is given."""
    measure = desk.remedies.measures[given.measure]
    if not measure.accepts:
        return given
    may = who.of(measure.name)
    if given.unit not in may:
        raise RowRefused(f"{measure.name}应由{'、'.join(may)}进行，现填“{given.unit}”。")
    waiting = to_accept(measure, given.unit, entries.values(), given.done_on)
    if not waiting:
        later = to_accept(measure, given.unit, entries.values())
        when = f"{given.done_on}以前完成、" if later else ""
        hint = "请核对验收日期" if later else "请先登记整改措施"
        raise RowRefused(f"没有{when}待{given.unit}验收的{'、'.join(measure.accepts)}面积，{hint}。")
    if given.area_mu is not None and given.area_mu > waiting:
        raise RowRefused(f"验收面积{given.area_mu:.2f}亩超过待验收的{waiting:.2f}亩，请核对。")
    return given if given.area_mu is not None else replace(given, area_mu=waiting)


def _require_unaccepted(entry: int, entries: Mapping[int, Entry], desk: _Desk) -> None:
    """Refuse to take a remedy back that was accepted: the acceptance would count for another one."""
    left = [known for number, known in entries.items() if number != entry]
    accepted = wrongly_accepted(left, desk.remedies)
    if accepted is not None:
        raise RowRefused(f"{accepted.unit}已于{accepted.done_on}{accepted.measure}，请先撤销这项验收。")


def _check_sum(case: Case, given: Entry, entries: Mapping[int, Entry], desk: _Desk, who: Acceptors) -> None:
    measure = desk.remedies.measures[given.measure]
    before = standing(case.area_mu, entries.values(), desk.remedies, who)
    area = given.area_mu or 0.0
    if area > before.patch_mu:
        raise RowRefused(f"面积{area:.2f}亩超过图斑面积{before.patch_mu:.2f}亩，请核对。")
    if measure.settles and area > before.remaining_mu:
        raise RowRefused(
            f"面积{area:.2f}亩超过剩余未整改面积{before.remaining_mu:.2f}亩"
            f"（图斑{before.patch_mu:.2f}亩，已整改{before.settled_mu:.2f}亩），请核对。"
        )


def _said(now: Standing) -> str:
    waiting = f"；待验收：{'、'.join(now.unaccepted)}" if now.unaccepted else ""
    return f"{now.state}，剩余未整改{now.remaining_mu:.2f}亩{waiting}。"
