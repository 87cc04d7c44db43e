"""Use cases: the statistics of a day, their workbook, and the ratio."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from weipian_plugin.domain import ratio
from weipian_plugin.domain.casework_statistics import Breakdown, Statistics, Tally
from weipian_plugin.domain.deadline_queue import TermState
from weipian_plugin.domain.distinct import distinct
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.ranking import KEYS, Ranking, in_order, rank
from weipian_plugin.domain.ratio import RatioFigures
from weipian_plugin.domain.stages import Stage
from weipian_plugin.exchange.grid_book import BookHead
from weipian_plugin.exchange.statistics_book import write_statistics
from weipian_plugin.exchange.titles import title_stem
from weipian_plugin.paths import plan_file
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.case_frame import CaseFrame, case_frame
from weipian_plugin.workflow.plans import adopted_plan

_ILLEGAL = "违法"
_BREAKDOWNS = (
    ("按乡镇", "乡镇街道", "town"),
    ("按单位", "查处单位", "unit"),
    ("按类别", "判定结果和类别", "class"),
    ("按阶段", "办理阶段", "stage"),
    ("按月份", "收到月份", "month"),
    ("按季度", "收到季度", "quarter"),
)


@dataclass(frozen=True)
class StatisticsRun:
    """What the statistics came to."""

    ratio: float | None
    figures: RatioFigures


def statistics(work: Workspace, as_of: date) -> Statistics:
    """Return all figures of a day; changes nothing in the workspace."""
    return statistics_of(case_frame(work, as_of), adopted_plan(work).ratio.limit, work.year)


def compile_statistics(
    workspace: Path, output: Path, as_of: date, maker: str, progress: Progress
) -> StatisticsRun:
    """Write the workbook of statistics as of a day; changes nothing in the workspace.

    Raises WeipianError when the workspace or the target cannot be used.
    """
    work = Workspace.open(workspace)
    progress.report(0, "统计")
    figures = statistics(work, as_of)
    progress.report(0.5, "写工作簿")
    plan = adopted_plan(work)
    title = title_stem(plan.title, plan.district.short_name, work.year) + "统计"
    head = BookHead(title, as_of, maker, date.today())
    write_statistics(output, head, figures, progress.part(0.5, 1))
    progress.finish()
    return StatisticsRun(figures.ratio.ratio, figures.ratio)


def statistics_of(frame: CaseFrame, limit: float, year: int) -> Statistics:
    """Return all figures of the day of the frame; `limit` is what the ratio must stay below."""
    cases, counted, rule = frame.cases, frame.counted_on(frame.as_of), frame.rule
    figures, by_town = ratio.figures(counted, rule), ratio.figures_by(counted, rule, "town")
    movers = ratio.movers(counted, figures)
    towns = counted.set_index("patch_no")["town"]
    criteria = Ranking.parse(plan_file("ranking.yaml").read_text(encoding="utf-8"))
    tally, assessed = Tally(cases), _assessed(frame, by_town)
    ranking = rank(assessed, criteria)
    return Statistics(
        as_of=frame.as_of,
        formula=rule.formula,
        limit=limit,
        ratio=figures,
        by_town={town: by_town[town] for town in in_order(by_town, ranking.index)},
        by_month=ratio.figures_by(counted, rule, "month"),
        running=_running(frame, year),
        movers=movers.assign(town=movers["patch_no"].map(towns)),
        breakdowns={
            by: Breakdown(name, label, _rows(tally, cases, by, ranking)) for name, label, by in _BREAKDOWNS
        },
        whole=tally.whole(),
        assessed=assessed,
        ranking=ranking,
        criteria=criteria,
    )


def _rows(tally: Tally, cases: pd.DataFrame, by: str, ranking: pd.DataFrame) -> pd.DataFrame:
    """Return the sums by a column, or by class.

    Stages are in the order of the work, townships in that of their ranking, all else by name.
    """
    if by == "class":
        return tally.by(_or_split(cases, _classes(cases)))
    if by == "town":
        towns = tally.by(cases[by])
        return towns.loc[in_order(towns.index, ranking.index)]
    if by != "stage":
        return tally.by(cases[by])
    rows = tally.by(_or_split(cases, cases["stage"]))
    order = {str(stage): place for place, stage in enumerate(Stage)}
    return rows.loc[sorted(rows.index, key=lambda stage: order.get(stage, len(order)))]


def _classes(cases: pd.DataFrame) -> pd.Series[str]:
    """Return what a patch is judged to be, such as 违法：未报即用."""
    rows, different = distinct(cases[["result", "category"]])
    names = np.array(["：".join(filter(None, key)) for key in different], dtype=object)
    return pd.Series(names[rows] if len(rows) else [], index=cases.index, name="class", dtype=object)


def _or_split(cases: pd.DataFrame, names: pd.Series[str]) -> pd.Series[str]:
    """Return the names, a line of their own for split patches: these are worked on no more."""
    return names.where(cases["verified"], "（已拆分图斑）")


def _running(frame: CaseFrame, year: int) -> Mapping[str, RatioFigures]:
    """Return the ratio at the end of each month of the year, and on the day itself, as judged then.

    Rectification counts as of the day itself.
    """
    return {
        day.isoformat(): ratio.figures(frame.counted_on(day, by=False), frame.rule)
        for day in _month_ends(year, frame.as_of)
    }


def _month_ends(year: int, as_of: date) -> Sequence[date]:
    ends = [date(year, month, monthrange(year, month)[1]) for month in range(1, 13)]
    return [day for day in ends if day < as_of] + [as_of]


def _assessed(frame: CaseFrame, by_town: Mapping[str, RatioFigures]) -> pd.DataFrame:
    """Return for each township the figures that it is ranked by; see `ranking.KEYS`."""
    verified = frame.cases[frame.cases["verified"]]
    illegal = verified[verified["result"] == _ILLEGAL].groupby("town")
    towns = pd.Index(sorted(verified["town"].unique()), dtype=object)
    late = frame.terms["state"].isin([TermState.OVERDUE, TermState.LATE])
    table = pd.DataFrame(index=towns, columns=list(KEYS), dtype=float)
    table["ratio"] = pd.Series({town: group.ratio for town, group in by_town.items()}, dtype=float)
    table["illegal_count"] = illegal.size()
    taken = {town: group.illegal / 100 for town, group in by_town.items()}
    table["illegal_farmland"] = pd.Series(taken, dtype=float)
    table["open_share"] = 1 - illegal["rectified"].mean()
    table["overdue_count"] = frame.terms.loc[late, "town"].value_counts()
    table["returned_count"] = frame.returns
    return table
