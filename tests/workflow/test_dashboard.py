"""The figures of the dashboard: worked out by hand, and the same as in the statistics and the deadlines."""

from __future__ import annotations

from datetime import date

import pytest
from dashboard_samples import DAY, dashboard_workspace

from weipian_plugin.domain.deadline_buckets import Bucket
from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import patches
from weipian_plugin.workflow.dashboard import Totals, dashboard_figures
from weipian_plugin.workflow.statistics import statistics


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    return dashboard_workspace(tmp_path_factory.mktemp("看板"))


@pytest.fixture(scope="module")
def figures(work):
    return dashboard_figures(work.path, DAY, Progress())


def test_ratio_and_bounds(figures):
    held = figures.ratio
    assert held.ratio == pytest.approx(1.5 / 7.5)
    assert held.best == pytest.approx(1.5 / 8.25)
    assert held.worst == pytest.approx(2.25 / 8.25)
    assert (figures.limit, figures.year, held.undecided_patches) == (0.15, 2021, 2)


def test_totals_in_both_views(figures):
    same = Totals(count=6, area=1800, farmland=1125, basic=0)
    assert figures.totals == {"原始下发": same, "核实后": same}
    assert figures.unknown == 0


def test_stages_of_the_day(figures):
    counted = {stage.value: count for stage, count in figures.stages.items() if count}
    assert counted == {"待核查": 2, "已判定": 2, "已复核": 1, "已上报": 1}


def test_stages_of_today_are_those_of_the_table(work, figures):
    assert counted(work) == {stage.value: count for stage, count in figures.stages.items() if count}


def counted(work):
    return patches.read(work, with_geometry=False)["stage"].value_counts().to_dict()


def test_deadlines(figures):
    assert {bucket: count for bucket, count in figures.buckets.items() if count} == {
        Bucket.OVERDUE: 1,
        Bucket.WEEK: 1,
        Bucket.PAUSED: 1,
    }


def test_months(figures):
    assert [month.month[5:] for month in figures.months] == [f"{n:02d}月" for n in range(1, 9)]
    july, august = figures.months[6:]
    assert (july.issued, july.verified) == (4, 4)
    assert july.results == {"合法": 2, "违法": 1, "其他": 0, "未判定": 1}
    assert august.results == {"合法": 0, "违法": 0, "其他": 1, "未判定": 1}
    assert july.ratio.ratio == august.ratio.ratio == pytest.approx(0.2)
    assert figures.months[0].ratio.ratio is None
    assert figures.months[0].issued == 0


def test_ranking(figures):
    found = [(town.town, town.place, town.score, town.patches) for town in figures.towns]
    assert found == [("江口镇", 1, 90.0, 3), ("白马镇", 2, 15.0, 2), ("", None, None, 1)]
    values = figures.towns[1].values
    assert values["ratio"] == pytest.approx(1.5 / 4.5)
    assert values["illegal_farmland"] == pytest.approx(1.5)
    assert (values["illegal_count"], values["open_share"], values["overdue_count"]) == (1, 1, None)
    assert figures.towns[0].values["overdue_count"] == 2
    assert figures.towns[2].values["ratio"] is None


def test_the_workbook_says_the_same(work, figures):
    content = statistics(work, DAY)
    assert content.ratio == figures.ratio
    assert list(content.ranking.index) == [town.town for town in figures.towns]
    scores = [town.score for town in figures.towns]
    assert [*content.ranking["score"].dropna(), None] == scores


def test_an_earlier_day_knows_nothing_of_what_came_later(work):
    figures = dashboard_figures(work.path, date(2021, 7, 11), Progress())
    assert figures.totals["核实后"].count == 4
    assert {stage.value: n for stage, n in figures.stages.items() if n} == {"待核查": 3, "已复核": 1}
    assert figures.ratio.ratio == 1.0
    assert figures.buckets[Bucket.WEEK] == 3


def test_before_anything_came(work):
    figures = dashboard_figures(work.path, date(2021, 1, 1), Progress())
    assert (figures.ratio.ratio, figures.totals["核实后"].count, figures.towns) == (None, 0, ())
    assert not any(figures.stages.values())
