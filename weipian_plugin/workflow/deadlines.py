"""Use case: the workbook of deadlines on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from weipian_plugin.domain.cycle import CycleKind, Period, periods
from weipian_plugin.domain.deadline_queue import (
    WAITING,
    Casework,
    TermRules,
    TermState,
    counts_by,
    forecast,
    standing,
    waiting,
)
from weipian_plugin.domain.deadlines import Counting, LastDay
from weipian_plugin.domain.holidays import Holidays
from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.plan.model import Deadlines
from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.deadline_book import DeadlineContent, PeriodRow, write_deadlines
from weipian_plugin.exchange.grid_book import BookHead
from weipian_plugin.store import casework_figures, extensions
from weipian_plugin.store.casework_figures import TermTables
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.holidays import holidays_of
from weipian_plugin.workflow.plans import adopted_plan


@dataclass(frozen=True)
class DeadlineRun:
    """What stands on the workbook, in short."""

    waiting: int
    overdue: int
    due_7: int
    due_15: int


def terms_on(work: Workspace, as_of: date) -> pd.DataFrame:
    """Return how every patch of the work (核实后) stands to its term on a day; see `standing`.

    The patches come with kind, town, unit, duty_state and area_m2, as they are known today.
    """
    tables = casework_figures.read_terms(work)
    return standing(casework_of(tables), term_rules(work), as_of)


def casework_of(tables: TermTables) -> Casework:
    """Return what terms depend on, as the domain takes it."""
    given = (tables.events, tables.determinations, tables.extensions)
    return Casework(tables.patches, tables.splits, *given)


def queue(work: Workspace, as_of: date) -> pd.DataFrame:
    """Return the patches that wait on a day, with the columns of `terms_on`.

    Those with the fewest days left come first, those that are with the city last.
    """
    return waiting(terms_on(work, as_of))


def term_rules(work: Workspace) -> TermRules:
    """Return how terms run under the plan in force and the holiday table that counts."""
    deadlines = adopted_plan(work).deadlines
    return TermRules(deadlines.term, holidays_of(work), deadlines.paused_in)


def list_deadlines(workspace: Path, output: Path, as_of: date, maker: str, progress: Progress) -> DeadlineRun:
    """Write the workbook of deadlines as of a day; changes nothing in the workspace.

    Raises WeipianError when the workspace or the target cannot be used.
    """
    work = Workspace.open(workspace)
    progress.report(0, "计算期限")
    terms = terms_on(work, as_of)
    content = _content(work, terms, as_of, maker)
    progress.report(0.3, "写工作簿")
    write_deadlines(output, content, progress.part(0.3, 1))
    progress.finish()
    by_state = terms["state"].value_counts()
    ahead = content.forecast["so_far"]
    return DeadlineRun(
        waiting=int(sum(by_state.get(state, 0) for state in WAITING)),
        overdue=int(by_state.get(TermState.OVERDUE, 0)),
        due_7=int(ahead.iloc[6]),
        due_15=int(ahead.iloc[14]),
    )


def _content(work: Workspace, terms: pd.DataFrame, as_of: date, maker: str) -> DeadlineContent:
    plan = adopted_plan(work)
    return DeadlineContent(
        head=BookHead(f"{plan.district.short_name}{work.year}年卫片图斑判定期限", as_of, maker, date.today()),
        rules=rules_text(plan.deadlines),
        warnings=_warnings(plan.deadlines, holidays_of(work), terms),
        queue=waiting(terms),
        by_town=counts_by(terms, "town", as_of),
        by_unit=counts_by(terms, "unit", as_of),
        forecast=forecast(terms, as_of),
        periods=_period_rows(plan, work.year, terms, as_of),
        extensions=_extensions(work, as_of.isoformat()),
    )


def _extensions(work: Workspace, day: str) -> pd.DataFrame:
    """Return the extensions granted by a day, with the withdrawals by then."""
    granted = extensions.read(work)
    granted = granted[granted["approved_on"] <= day].reset_index(drop=True)
    granted.loc[granted["withdrawn_on"] > day, ["withdrawn_on", "withdrawn_by", "withdrawn_because"]] = ""
    return granted


def rules_text(deadlines: Deadlines) -> str:
    """Return in Chinese how the days of the plan are counted, and what of it no document prescribes."""
    return (
        f"期限：{deadlines.source.clause}“{deadlines.source.words}”，{deadlines.days}日；"
        f"按{deadlines.counting}计算，{deadlines.first_day}为第1日，期满日{deadlines.last_day}，"
        f"{'、'.join(deadlines.paused_in)}期间暂停（以上算法：{deadlines.counting_origin}）。"
    )


def _warnings(deadlines: Deadlines, holidays: Holidays, terms: pd.DataFrame) -> list[str]:
    """Return what is doubtful about the holiday table, where it matters."""
    by_week = deadlines.counting is Counting.WORKING or deadlines.last_day is LastDay.ROLLED
    if not by_week or terms.empty:
        return []
    years = range(terms["received_on"].min().year, terms["due_on"].max().year + 1)
    missing = "、".join(map(str, holidays.missing(years)))
    unverified = "、".join(map(str, holidays.unverified(years)))
    said = []
    if missing:
        said.append(f"提醒：节假日表没有{missing}年的安排，只按周六、周日休息计算，请补充后重算。")
    if unverified:
        said.append(f"提醒：节假日表{unverified}年的日期尚未核对，请与公布的通知核对。")
    return said


def _period_rows(plan: Plan, year: int, terms: pd.DataFrame, as_of: date) -> Sequence[PeriodRow]:
    open_ = terms["state"].isin(WAITING)
    listed = _periods(plan, year, terms["received_on"])
    rows = [_period_row(period, terms, open_, as_of) for period in listed]
    whole = rows[-1]
    due = plan.cycle.summary_due(year)
    name = f"{year}年度（{plan.cycle.summary_source.clause}）"
    summary = PeriodRow("书面工作总结", name, due, whole.received, whole.open, (due - as_of).days)
    return [*rows, summary]


def _periods(plan: Plan, year: int, received: pd.Series[pd.Timestamp]) -> Sequence[Period]:
    """Return the periods of the year, with the months and quarters of other years that patches came in.

    The last patches of a year are issued in the next: no line of the year's own would have them.
    """
    others = sorted(set(received.dt.year) - {year})
    beside = [period for one in others for period in periods(one, plan.cycle.cut_offs)]
    met = [one for one in beside if one.kind is not CycleKind.YEAR and _within(one, received).any()]
    order = list(CycleKind)
    listed = [*periods(year, plan.cycle.cut_offs), *met]
    return sorted(listed, key=lambda period: (order.index(period.kind), period.first))


def _within(period: Period, received: pd.Series[pd.Timestamp]) -> pd.Series[bool]:
    return (received >= pd.Timestamp(period.first)) & (received <= pd.Timestamp(period.last))


def _period_row(period: Period, terms: pd.DataFrame, waiting: pd.Series[bool], as_of: date) -> PeriodRow:
    within = _within(period, terms["received_on"])
    open_ = int((within & waiting).sum())
    days = (period.due - as_of).days
    return PeriodRow(period.kind.value, period.name, period.due, int(within.sum()), open_, days)
