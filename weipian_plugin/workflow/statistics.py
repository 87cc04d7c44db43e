"""Use case: the workbook of statistics on a day, and the ratio."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from weipian_plugin.domain import ratio
from weipian_plugin.domain.casework_statistics import breakdown, whole
from weipian_plugin.domain.deadline_queue import Casework, TermState, standing
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.ranking import KEYS, Ranking, rank
from weipian_plugin.domain.ratio import RatioFigures
from weipian_plugin.domain.units import to_mu
from weipian_plugin.exchange.statistics_book import Breakdown, StatisticsContent, write_statistics
from weipian_plugin.paths import plan_file
from weipian_plugin.store import casework_figures
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.case_frame import CaseFrame, case_frame
from weipian_plugin.workflow.deadlines import term_rules
from weipian_plugin.workflow.plans import adopted_plan

_ILLEGAL, _SPLIT, _RETURNED = "违法", "被拆分", "市级退回"
_BREAKDOWNS = (
    ("按乡镇", "乡镇街道", "town"),
    ("按单位", "查处单位", "unit"),
    ("按类别", "判定结果和类别", "class"),
    ("按月份", "收到月份", "month"),
    ("按季度", "收到季度", "quarter"),
)


@dataclass(frozen=True)
class StatisticsRun:
    """What the statistics came to."""

    ratio: float | None
    figures: RatioFigures


def ratio_on(work: Workspace, as_of: date) -> RatioFigures:
    """Return the figures of the ratio of the whole district on a day."""
    frame = case_frame(work, as_of)
    return ratio.figures(frame.counted_on(as_of.isoformat()), frame.rule)


def compile_statistics(
    workspace: Path, output: Path, as_of: date, maker: str, progress: Progress
) -> StatisticsRun:
    """Write the workbook of statistics as of a day; changes nothing in the workspace.

    Raises WeipianError when the workspace or the target cannot be used.
    """
    work = Workspace.open(workspace)
    progress.report(0, "统计")
    content = statistics_content(work, as_of, maker)
    progress.report(0.5, "写工作簿")
    write_statistics(output, content, progress.part(0.5, 1))
    progress.finish()
    return StatisticsRun(content.ratio.ratio, content.ratio)


def statistics_content(work: Workspace, as_of: date, maker: str) -> StatisticsContent:
    """Return everything that stands on the workbook."""
    plan = adopted_plan(work)
    rule = plan.ratio.rule
    frame = case_frame(work, as_of)
    cases, counted = frame.cases, frame.counted_on(as_of.isoformat())
    figures, by_town = ratio.figures(counted, rule), ratio.figures_by(counted, rule, "town")
    movers = ratio.movers(counted, figures)
    towns = counted.set_index("patch_no")["town"]
    criteria = ranking_criteria()
    named = cases.assign(**{"class": _classes(cases)})
    return StatisticsContent(
        title=f"{work.year}年土地矿产卫片执法统计",
        as_of=as_of,
        maker=maker,
        made_on=date.today(),
        formula=rule.formula,
        limit=plan.ratio.limit,
        breakdowns=[Breakdown(name, label, breakdown(named, by)) for name, label, by in _BREAKDOWNS],
        whole=whole(cases),
        ratio=figures,
        by_town=by_town,
        by_month=ratio.figures_by(counted, rule, "month"),
        running=running(frame, as_of, work.year),
        movers=movers.assign(town=movers["patch_no"].map(towns)),
        ranking=rank(_assessed(work, cases[cases["verified"]], by_town, as_of), criteria),
        criteria=criteria,
    )


def ranking_criteria() -> Ranking:
    """Return by what townships are ranked."""
    return Ranking.parse(plan_file("ranking.yaml").read_text(encoding="utf-8"))


def _classes(cases: pd.DataFrame) -> pd.Series[str]:
    """Return what a patch is judged to be, such as 违法：未报即用; split patches have a line of their own."""
    named = cases["result"].str.cat(cases["category"], sep="：").str.rstrip("：")
    return named.where(cases["split_state"] != _SPLIT, "（已拆分图斑）")


def running(frame: CaseFrame, as_of: date, year: int) -> Mapping[str, RatioFigures]:
    """Return the ratio at the end of each month of the year, and on the day itself, as judged then.

    Rectification counts as of the day itself.
    """
    return {day: ratio.figures(frame.counted_on(day), frame.rule) for day in _month_ends(year, as_of)}


def _month_ends(year: int, as_of: date) -> Sequence[str]:
    ends = [date(year, month, monthrange(year, month)[1]) for month in range(1, 13)]
    return [day.isoformat() for day in ends if day < as_of] + [as_of.isoformat()]


def _assessed(
    work: Workspace, verified: pd.DataFrame, by_town: Mapping[str, RatioFigures], as_of: date
) -> pd.DataFrame:
    steps, determinations, granted = casework_figures.read_terms(work)
    terms = standing(Casework(verified, steps, determinations, granted), term_rules(work), as_of)
    return assessed(verified, by_town, terms, steps, as_of)


def assessed(
    verified: pd.DataFrame,
    by_town: Mapping[str, RatioFigures],
    terms: pd.DataFrame,
    steps: pd.DataFrame,
    as_of: date,
) -> pd.DataFrame:
    """Return for each township the figures that it is ranked by; see `ranking.KEYS`.

    `verified` are the cases of `case_frame` (核实后), `terms` how they stand to their terms.
    """
    illegal = verified[verified["result"] == _ILLEGAL].groupby("town")
    towns = pd.Index(sorted(verified["town"].unique()), dtype=object)
    late = terms["state"].isin([TermState.OVERDUE, TermState.LATE])
    returned = steps[(steps["to_stage"] == _RETURNED) & (steps["taken_on"] <= as_of.isoformat())]
    town_of = verified.set_index("patch_no")["town"]
    table = pd.DataFrame(index=towns, columns=list(KEYS), dtype=float)
    table["ratio"] = pd.Series({town: group.ratio for town, group in by_town.items()}, dtype=float)
    table["illegal_count"] = illegal.size()
    taken = {town: to_mu(group.illegal) for town, group in by_town.items()}
    table["illegal_farmland"] = pd.Series(taken, dtype=float)
    table["open_share"] = 1 - illegal["rectified"].mean()
    table["overdue_count"] = terms.loc[late, "town"].value_counts()
    table["returned_count"] = returned["patch_no"].map(town_of).value_counts()
    return table
