"""From the figures of a day to what the charts show: words, colours, order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from weipian_plugin.domain.casework_statistics import ISSUED, RESULTS, VERIFIED
from weipian_plugin.domain.deadline_buckets import Bucket
from weipian_plugin.domain.ratio import percent, short_percent
from weipian_plugin.gui import colours
from weipian_plugin.gui.charts.deadline_buckets import Bucket as Column
from weipian_plugin.gui.charts.deadline_buckets import BucketsData
from weipian_plugin.gui.charts.month_trend import Month, Series, TrendData
from weipian_plugin.gui.charts.ranking_bars import Bar, BarsData
from weipian_plugin.gui.charts.ratio_gauge import GaugeData
from weipian_plugin.gui.charts.stage_bar import Segment, StackData
from weipian_plugin.texts import tr
from weipian_plugin.workflow.dashboard import DashboardFigures, MonthFigures, TownFigures

VIEWS = (VERIFIED, ISSUED)
SCORE = "score"
"""The criterion that joins all others."""
_BLUE, _VIOLET, _UNDECIDED = "#0072B2", "#7A5BA6", "#A8A8A8"
_RESULT_COLOURS = dict(zip(RESULTS, (colours.LEGAL, colours.ILLEGAL, colours.OTHER, _UNDECIDED), strict=True))
_LEGAL, _ILLEGAL, _OTHER, _OPEN = RESULTS
_STACKED = (_ILLEGAL, _LEGAL, _OTHER, _OPEN)
_BUCKET_COLOURS = {
    Bucket.OVERDUE: colours.OVERDUE,
    Bucket.TODAY: colours.SOON,
    Bucket.WEEK: colours.SOON,
    Bucket.FORTNIGHT: _BLUE,
    Bucket.LATER: colours.IN_TIME,
    Bucket.PAUSED: colours.OTHER,
}
_SHARES = ("ratio", "open_share")


@dataclass(frozen=True)
class Criterion:
    """One way of ranking the townships."""

    key: str
    title: str


def criteria(figures: DashboardFigures) -> tuple[Criterion, ...]:
    """Return the ways of ranking, the whole score first."""
    own = (Criterion(item.key, item.title) for item in figures.ranking.criteria)
    return (Criterion(SCORE, tr("综合得分")), *own)


def gauge(figures: DashboardFigures) -> GaugeData:
    """Return the ratio with its bounds and terms."""
    held, limit = figures.ratio, figures.limit
    possible = held.undecided + held.undecided_doubt + held.illegal_doubt + held.legal_doubt
    facts = (
        (tr("违法用地占用耕地"), _mu(held.illegal)),
        (tr("合法新增建设用地占用耕地"), _mu(held.legal)),
        (tr("未判定、未查清的耕地（最多）"), _mu(possible)),
        (tr("比例最低、最高"), f"{percent(held.best)} ～ {percent(held.worst)}"),
    )
    spelled = "".join(tr("{name}：{figure}。\n").format(name=name, figure=figure) for name, figure in facts)
    said = tr("违法占用耕地面积比例：{shown}，{verdict}。\n").format(
        shown=percent(held.ratio), verdict=_verdict(figures)
    )
    return GaugeData(
        value=held.ratio,
        best=held.best,
        worst=held.worst,
        limit=limit,
        shown=percent(held.ratio),
        verdict=_verdict(figures),
        facts=facts,
        explained=(said + spelled + held.caveat).strip(),
    )


def _verdict(figures: DashboardFigures) -> str:
    held, limit = figures.ratio, short_percent(figures.limit)
    if held.ratio is None:
        return tr("分母为0，尚无比例")
    if held.ratio >= figures.limit:
        return tr("已达到{limit}").format(limit=limit)
    if held.worst is not None and held.worst >= figures.limit:
        return tr("低于{limit}，可能超过").format(limit=limit)
    return tr("低于{limit}").format(limit=limit)


def deadlines(figures: DashboardFigures) -> BucketsData:
    """Return how many patches are due when."""
    shown = [bucket for bucket in Bucket if bucket is not Bucket.PAUSED or figures.buckets[bucket]]
    return BucketsData(
        tuple(
            Column(
                bucket.name.lower(),
                bucket.value,
                figures.buckets[bucket],
                _BUCKET_COLOURS[bucket],
                tr("{name}：{count}个图斑").format(name=bucket.value, count=figures.buckets[bucket]),
            )
            for bucket in shown
        )
    )


def stages(figures: DashboardFigures) -> StackData:
    """Return how many patches stand where."""
    return StackData(
        tuple(
            Segment(
                stage.value,
                stage.value,
                count,
                colours.STAGES[stage],
                tr("{name}：{count}个图斑").format(name=stage.value, count=count),
            )
            for stage, count in figures.stages.items()
        )
    )


def ranking(figures: DashboardFigures, criterion: str) -> BarsData:
    """Return the townships by one criterion: by score the best first, else the highest figure first.

    Patches of no known township stand last, in no place.
    """
    if criterion == SCORE:
        bars = [_scored(town, figures) for town in figures.towns]
    else:
        towns = sorted(figures.towns, key=lambda town: (town.place is None, -(town.values[criterion] or 0.0)))
        bars = list(_placed(towns, criterion, figures))
    limit = figures.limit if criterion == "ratio" else None
    return BarsData(tuple(bars), limit, tr("没有图斑"), 100.0 if criterion == SCORE else None)


def _scored(town: TownFigures, figures: DashboardFigures) -> Bar:
    shown = "—" if town.score is None else f"{town.score:.2f}"
    place = "" if town.place is None else str(town.place)
    return Bar(town.town, _town(town), town.score, shown, _told(town, figures), place, _BLUE)


def _placed(towns: Iterable[TownFigures], criterion: str, figures: DashboardFigures) -> Iterable[Bar]:
    place, former = 0, ""
    for number, town in enumerate(towns, 1):
        value = town.values[criterion]
        shown = _shown(criterion, value)
        place, former = (place if shown == former else number), shown
        bad = criterion == "ratio" and value is not None and value >= figures.limit
        colour = colours.ILLEGAL if bad else _BLUE
        told = "" if town.place is None else str(place)
        yield Bar(town.town, _town(town), value, shown, _told(town, figures), told, colour)


def _shown(key: str, value: float | None) -> str:
    if key in _SHARES:
        return percent(value, 1)
    if key == "illegal_farmland":
        return f"{value or 0.0:.2f}"
    return f"{value or 0.0:.0f}"


def _told(town: TownFigures, figures: DashboardFigures) -> str:
    """Return all figures of a township in words."""
    if town.place is None:
        head = tr("{town}：不排名，图斑{patches}个").format(town=_town(town), patches=town.patches)
    else:
        head = tr("{town}：第{place}名，得分{score:.2f}，图斑{patches}个").format(
            town=_town(town), place=town.place, score=town.score, patches=town.patches
        )
    parts = (f"{item.title}{_shown(item.key, town.values[item.key])}" for item in figures.ranking.criteria)
    return "\n".join((head, *parts))


def _town(town: TownFigures) -> str:
    return town.town or tr("（乡镇不明）")


def trend(figures: DashboardFigures, view: str) -> TrendData:
    """Return the months: what was received and how it was judged, or in 原始下发 only how much."""
    line = Series(tr("违法占耕比例（月末）"), _VIOLET)
    if view == ISSUED:
        series: tuple[Series, ...] = (Series(tr("下发图斑"), _BLUE),)
        months = tuple(_month(month, (month.issued,), figures) for month in figures.months)
    else:
        series = tuple(Series(name, _RESULT_COLOURS[name]) for name in _STACKED)
        months = tuple(
            _month(month, tuple(month.results[name] for name in _STACKED), figures)
            for month in figures.months
        )
    return TrendData(series, months, figures.limit, line, tr("没有图斑"))


def _month(month: MonthFigures, counts: tuple[int, ...], figures: DashboardFigures) -> Month:
    year, number = month.month[:4], int(month.month[5:7])
    short = tr("{month}月").format(month=number)
    name = short if year == str(figures.year) else f"{year[2:]}/{number}"
    share = month.ratio.ratio if month.ratio is not None else None
    return Month("", name, counts, share, _month_told(month))


def _month_told(month: MonthFigures) -> str:
    judged = tr("，").join(f"{name}{month.results[name]}" for name in _STACKED)
    said = tr("{month}：下发{issued}个，核实后{verified}个（{judged}）").format(
        month=month.month, issued=month.issued, verified=month.verified, judged=judged
    )
    if month.ratio is None:
        return said
    return said + tr("；截至月末违法占耕比例{shown}").format(shown=percent(month.ratio.ratio))


def totals(figures: DashboardFigures, view: str) -> str:
    """Return how much there is in a view, in one line."""
    held = figures.totals[view]
    said = tr("{count}个图斑，{area:.2f}亩，其中耕地{farmland:.2f}亩、永久基本农田{basic:.2f}亩").format(
        count=held.count, area=held.area / 100, farmland=held.farmland / 100, basic=held.basic / 100
    )
    left_out = (
        (tr("耕地未查清{count}个"), figures.unknown),
        (tr("永久基本农田未评估{count}个"), figures.unknown_basic),
    )
    lacking = tr("、").join(text.format(count=count) for text, count in left_out if count)
    return said + (tr("（核实后没有计入：{lacking}）").format(lacking=lacking) if lacking else "")


def _mu(hundredths: int) -> str:
    return tr("{mu:.2f}亩").format(mu=hundredths / 100)
