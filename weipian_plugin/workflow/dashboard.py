"""Use case: the figures of a workspace on a day, on one screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from weipian_plugin.domain.casework_statistics import ISSUED, MEASURES, RESULTS, VERIFIED, Statistics
from weipian_plugin.domain.deadline_buckets import Bucket, count_buckets
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.ranking import KEYS, Ranking
from weipian_plugin.domain.ratio import RatioFigures
from weipian_plugin.domain.stages import Stage
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.case_frame import case_frame
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.statistics import statistics_of


@dataclass(frozen=True)
class Totals:
    """How much there is in one view; areas in printed hundredths of 亩."""

    count: int
    area: int
    farmland: int
    basic: int


@dataclass(frozen=True)
class MonthFigures:
    """One month: the patches received in it, and the ratio of the year at its end."""

    month: str
    """As in the statistics: 2021年07月."""
    issued: int
    verified: int
    results: Mapping[str, int]
    """核实后 patches by RESULTS."""
    ratio: RatioFigures | None
    """What was judged by the end of the month, or by the day itself; None for a month of another year."""


@dataclass(frozen=True)
class TownFigures:
    """One township in the ranking."""

    town: str
    """'' where it is not known."""
    place: int | None
    """None for the patches of no known township, which are not ranked."""
    score: float | None
    values: Mapping[str, float | None]
    """By ranking.KEYS; None where there is no figure."""
    patches: int
    """核实后."""


@dataclass(frozen=True)
class DashboardFigures:
    """Everything that the dashboard shows."""

    as_of: date
    year: int
    district: str
    """Short name, such as 武隆区."""
    limit: float
    """The share that must not be reached."""
    formula: str
    ratio: RatioFigures
    totals: Mapping[str, Totals]
    """By view: 原始下发 and 核实后."""
    unknown: int
    """核实后 patches whose farmland nobody knows; `totals` hold no farmland of them."""
    unknown_basic: int
    """The same of 永久基本农田."""
    stages: Mapping[Stage, int]
    buckets: Mapping[Bucket, int]
    months: tuple[MonthFigures, ...]
    towns: tuple[TownFigures, ...]
    ranking: Ranking


def dashboard_figures(workspace: Path, as_of: date, progress: Progress) -> DashboardFigures:
    """Return the figures of a day; only reads. Raises WeipianError when the workspace cannot be used."""
    work = Workspace.open(workspace)
    progress.report(0, "统计")
    frame = case_frame(work, as_of)
    progress.report(0.7)
    plan = adopted_plan(work)
    held = statistics_of(frame, plan.ratio.limit, work.year)
    return DashboardFigures(
        as_of=as_of,
        year=work.year,
        district=plan.district.short_name,
        limit=held.limit,
        formula=held.formula,
        ratio=held.ratio,
        totals={view: Totals(*(held.whole[view, name] for name in MEASURES)) for view in (ISSUED, VERIFIED)},
        unknown=held.whole[VERIFIED, "unknown"],
        unknown_basic=held.whole[VERIFIED, "unknown_basic"],
        stages=_stages(held.breakdowns["stage"].rows),
        buckets=count_buckets(frame.terms, as_of),
        months=tuple(_months(held)),
        towns=tuple(_towns(held)),
        ranking=held.criteria,
    )


def _stages(rows: pd.DataFrame) -> Mapping[Stage, int]:
    """Return how many patches stand where."""
    return {stage: _count(rows.loc[stage] if stage in rows.index else None, VERIFIED) for stage in Stage}


def _months(held: Statistics) -> Iterable[MonthFigures]:
    """Yield every month of the year so far, and every other in which patches were received."""
    table = held.breakdowns["month"].rows
    ratios = {_named(day): figures for day, figures in held.running.items()}
    for month in sorted({*table.index, *ratios}):
        row = table.loc[month] if month in table.index else None
        yield MonthFigures(
            month=month,
            issued=_count(row, ISSUED),
            verified=_count(row, VERIFIED),
            results={result: _count(row, result) for result in RESULTS},
            ratio=ratios.get(month),
        )


def _named(day: str) -> str:
    return f"{day[:4]}年{day[5:7]}月"


def _count(row: Any, block: str) -> int:
    return 0 if row is None else int(row[block, "count"])


def _towns(held: Statistics) -> Iterable[TownFigures]:
    patches = held.breakdowns["town"].rows[VERIFIED, "count"]
    for town in held.ranking.index:
        row = held.ranking.loc[town]
        values = {key: None if pd.isna(held.assessed.at[town, key]) else float(row[key]) for key in KEYS}
        place, score = (None, None) if pd.isna(row["place"]) else (int(row["place"]), float(row["score"]))
        yield TownFigures(str(town), place, score, values, int(patches[town]))
