"""A small district told day by day, every figure worked out by hand from what was judged by then.

亩 of farmland (of the patch). Received 2021-07-01:

| patch | town | farmland (area) | what happened |
|---|---|---|---|
| 1 | 白马镇 | 12 (20) | 违法 07-10; 拆除 8, 补办 4, 复耕 8; accepted 09-01 and 09-05 |
| 2 | 白马镇 | 30 (50) | 合法, 当年审批, 07-12 |
| 3 | 江口镇 | 100 (100) | 其他, 设施农用地, 07-13 |
| 4 | 江口镇 | 6 (9) | 违法 07-14, 复核不通过 07-16, 合法 08-02 |
| 5 | 江口镇 | 12 (20) | split on 08-10 into 5_1: 10 (14), 违法 08-20, and 5_2: 2 (6), open |
| 6 | 江口镇 | 50 (60) | 矿产, 违法 07-15: in no ratio |

Received 2021-09-01:

| 7 | 白马镇 | 8 (10), 1 uncovered | open |
| 8 | 白马镇 | 5 (5) | 违法 09-10, reported 09-13, returned 09-25, 存疑 09-28 |
"""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from casework_samples import BATCH, QUIET, number_of, patch_frame, workspace_with

from weipian_plugin.domain.rectification import Entry
from weipian_plugin.store import batches, determinations, doubts, rectifications, splits, stages
from weipian_plugin.store.doubts import Doubt
from weipian_plugin.store.stages import Move
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.statistics import compile_statistics, statistics

MU = 2000 / 3
B, J = "白马镇", "江口镇"
LAND_BUREAU, FARM = "区规划自然资源局", "区农业农村委"
FIRST = {
    "1": (B, 12, 20, "土地"),
    "2": (B, 30, 50, "土地"),
    "3": (J, 100, 100, "土地"),
    "4": (J, 6, 9, "土地"),
    "5": (J, 12, 20, "土地"),
    "5_1": (J, 10, 14, "土地"),
    "5_2": (J, 2, 6, "土地"),
    "6": (J, 50, 60, "矿产"),
}
SECOND = {"7": (B, 8, 10, "土地"), "8": (B, 5, 5, "土地")}
CATEGORIES = {"合法": "当年审批", "违法": "未报即用", "其他": "设施农用地"}


def named(short):
    number, _, child = short.partition("_")
    return number_of(int(number)) + (f"_{child}" if child else "")


def receive(work: Workspace, rows, day):
    """Import patches with their land classes; what is neither farmland nor uncovered is built on."""
    frame = patch_frame(len(rows), first=int(next(iter(rows))))
    frame["patch_no"] = [named(short) for short in rows]
    frame["parent_no"] = [named(short.split("_")[0]) if "_" in short else "" for short in rows]
    frame["town_name"], frame["kind"] = [row[0] for row in rows.values()], [row[3] for row in rows.values()]
    frame["area_m2"] = [row[2] * MU for row in rows.values()]
    frame["area_mu"] = [float(row[2]) for row in rows.values()]
    with work.writing("甲", "导入图斑") as change:
        batches.add(change, BATCH | {"name": day, "source_sha256": day * 6, "received_on": day}, frame, [])
    for short, (_, farmland, area, _) in rows.items():
        open_ground = 1 if short == "7" else 0
        put_land(work, short, [("0103", "命中", farmland), ("0702", "命中", area - farmland - open_ground)])
        put_land(work, short, [("", "未评估", open_ground)])


def put_land(work, short, rows):
    with work.writing("甲", "套合") as change:
        for code, status, mu in rows:
            if mu:
                net = mu * MU if code else None
                change.connection.execute(
                    "INSERT INTO overlay_area (patch_no, role, class_code, status, area_m2, area_mu,"
                    " net_area_m2) VALUES (?, 'land_class', ?, ?, ?, ?, ?)",
                    (named(short), code, status, mu * MU, mu, net),
                )


def take(work, short, step, day, person="乙", reason=""):
    with work.writing(person, step) as change:
        stage = stages.standings(change.connection, [named(short)])[named(short)].stage
        transition = stages.transitions_of(change.connection).of(step, stage)
        stages.take(change, [Move(named(short), transition, person, day, reason)])


def judge(work, short, result, day):
    given = {"patch_no": named(short), "result": result, "category": CATEGORIES[result], "basis": "示例"}
    with work.writing("甲", "判定") as change:
        determinations.insert(change, [given | {"document_no": "", "decided_by": "甲", "decided_on": day}])
    take(work, short, "判定", day, "甲")


def remedy(work, short, measure, mu, day, unit=B):
    with work.writing("甲", "查处整改") as change:
        rectifications.insert(change, named(short), Entry(measure, float(mu), None, "1号", day, unit), "甲")


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    made = workspace_with(tmp_path_factory.mktemp("district"), 0)
    receive(made, FIRST, "2021-07-01")
    receive(made, SECOND, "2021-09-01")
    with made.writing("甲", "拆分图斑") as change:
        splits.adopt(change, {named("5"): [named("5_1"), named("5_2")]})
        change.connection.execute(
            "UPDATE patch SET split_on = '2021-08-10' WHERE patch_no = ?", (named("5"),)
        )
    for short, result, day in [
        ("1", "违法", "2021-07-10"),
        ("2", "合法", "2021-07-12"),
        ("3", "其他", "2021-07-13"),
        ("4", "违法", "2021-07-14"),
        ("6", "违法", "2021-07-15"),
    ]:
        judge(made, short, result, day)
    take(made, "4", "复核不通过", "2021-07-16", reason="照片不符")
    judge(made, "4", "合法", "2021-08-02")
    judge(made, "5_1", "违法", "2021-08-20")
    for measure, mu, day, unit in [
        ("拆除", 8, "2021-08-25", B),
        ("补办", 4, "2021-08-26", B),
        ("复耕", 8, "2021-08-30", B),
        ("整改验收", 12, "2021-09-01", LAND_BUREAU),
        ("复耕验收", 8, "2021-09-04", LAND_BUREAU),
        ("复耕验收", 8, "2021-09-05", FARM),
    ]:
        remedy(made, "1", measure, mu, day, unit)
    judge(made, "8", "违法", "2021-09-10")
    for step, day in [("复核", "2021-09-11"), ("审定", "2021-09-12"), ("上报", "2021-09-13")]:
        take(made, "8", step, day)
    take(made, "8", "市级退回", "2021-09-25", "市局", "位置不符")
    with made.writing("甲", "存疑") as change:
        doubts.insert(change, [Doubt(named("8"), "看不清", "甲", "2021-09-28")])
    return made


def on(work, day):
    return statistics(work, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "illegal", "legal", "undecided", "ratio", "best", "worst"),
    [
        # Nothing judged: 12 + 30 + 100 + 6 + 12 undecided.
        ("2021-07-09", 0, 0, 160, None, 0, 1),
        # 1 and 4 illegal, 2 legal, 5 open: 18/48; all open ones legal: 18/60, illegal: 30/60.
        ("2021-07-15", 18, 30, 12, 18 / 48, 18 / 60, 30 / 60),
        # 4 was sent back: 12/42; open 12 + 6.
        ("2021-07-16", 12, 30, 18, 12 / 42, 12 / 60, 30 / 60),
        # 4 is legal: 12/48; open 12.
        ("2021-08-02", 12, 36, 12, 12 / 48, 12 / 60, 24 / 60),
        # 5 is split: 10 + 2 in its place.
        ("2021-08-10", 12, 36, 12, 12 / 48, 12 / 60, 24 / 60),
        # 5_1 is illegal: 22/58; open 2.
        ("2021-08-20", 22, 36, 2, 22 / 58, 22 / 60, 24 / 60),
        # 7 (8, 1 more uncovered) and 8 (5) came: open 15, of which 1 is not surely farmland.
        ("2021-09-05", 22, 36, 15, 22 / 58, 22 / 74, 38 / 74),
        # 8 is illegal: 27/63; open 2 + 8, 1 uncovered. What the city returned stands.
        ("2021-09-10", 27, 36, 10, 27 / 63, 27 / 74, 38 / 74),
        ("2021-09-27", 27, 36, 10, 27 / 63, 27 / 74, 38 / 74),
        # 8 is doubted: undecided again.
        ("2021-09-28", 22, 36, 15, 22 / 58, 22 / 74, 38 / 74),
    ],
)
def test_the_ratio_of_every_day(work, day, illegal, legal, undecided, ratio, best, worst):
    found = on(work, day).ratio
    assert [found.illegal, found.legal, found.undecided] == [illegal * 100, legal * 100, undecided * 100]
    assert found.ratio == (None if ratio is None else pytest.approx(ratio))
    assert (found.best, found.worst) == pytest.approx((best, worst))


def test_six_ratios_once_1_is_put_right(work):
    """Illegal areas 20 + 14, legal 50 + 9; of the illegal 20 with 12 farmland are put right on 09-05."""
    before = [share.value for share in on(work, "2021-09-04").ratio.shares]
    assert before == pytest.approx([22 / 58, 22 / 58, 34 / 93, 34 / 93, 1, 1])
    after = [share.value for share in on(work, "2021-09-05").ratio.shares]
    assert after == pytest.approx([22 / 58, 10 / 58, 34 / 93, 14 / 93, 14 / 34, 10 / 22])


def test_townships_months_and_month_ends(work):
    found = on(work, "2021-09-27")
    assert {town: group.ratio for town, group in found.by_town.items()} == pytest.approx(
        {B: 17 / 47, J: 10 / 16}
    )
    assert {month: group.ratio for month, group in found.by_month.items()} == pytest.approx(
        {"2021年07月": 22 / 58, "2021年09月": 1}
    )
    running = {day: group.ratio for day, group in found.running.items()}
    assert running.pop("2021-06-30") is None
    assert {day: value for day, value in running.items() if day > "2021-06"} == pytest.approx(
        {"2021-07-31": 12 / 42, "2021-08-31": 22 / 58, "2021-09-27": 27 / 63}
    )


def test_what_moves_it_most(work):
    """7 with all its doubt 9, 8 with 5, 5_2 with 2: (22 + 9)/(58 + 9) or 22/67."""
    movers = on(work, "2021-09-28").movers
    assert movers["patch_no"].tolist() == [named("7"), named("8"), named("5_2")]
    assert movers[["if_illegal", "if_legal"]].iloc[0].tolist() == pytest.approx([31 / 67, 22 / 67])
    assert movers["town"].tolist() == [B, B, J]


def figures(rows, block):
    """Return count, 亩, 亩 of farmland by the first column."""
    return {
        name: [int(row[block, "count"]), row[block, "area"] / 100, row[block, "farmland"] / 100]
        for name, row in rows.iterrows()
    }


def test_the_two_views_before_and_after_the_split(work):
    """5 counts 20 (12) itself until 08-09; then 5_1 14 (10) and 5_2 6 (2): the same land, one patch more."""
    for day, verified in [("2021-08-09", 3 + 1), ("2021-08-10", 3 + 2)]:
        rows = on(work, day).breakdowns["town"].rows
        assert figures(rows, "原始下发") == {B: [2, 70, 42], J: [4, 189, 168]}
        assert figures(rows, "核实后") == {B: [2, 70, 42], J: [verified, 189, 168]}
    classes = figures(on(work, "2021-08-10").breakdowns["class"].rows, "核实后")
    assert classes == {
        "其他：设施农用地": [1, 100, 100],
        "合法：当年审批": [2, 59, 36],
        "未判定": [2, 20, 12],
        "违法：未报即用": [2, 80, 62],  # with mining: statistics count every kind
        "（已拆分图斑）": [0, 0, 0],
    }


def test_stages_of_a_day(work):
    def counts(day):
        rows = on(work, day).breakdowns["stage"].rows
        return {name: numbers[0] for name, numbers in figures(rows, "核实后").items()}

    assert counts("2021-07-15") == {"待核查": 1, "已判定": 5}
    assert counts("2021-07-16") == {"待核查": 2, "已判定": 4}
    assert counts("2021-09-13") == {"待核查": 2, "已判定": 6, "已上报": 1, "（已拆分图斑）": 0}
    assert list(counts("2021-09-25")) == ["待核查", "已判定", "市级退回", "（已拆分图斑）"]


def test_put_right_and_not(work):
    rows = on(work, "2021-09-28").breakdowns["town"].rows
    assert figures(rows, "已整改") == {B: [1, 20, 12], J: [0, 0, 0]}
    assert figures(rows, "未整改") == {B: [0, 0, 0], J: [2, 74, 60]}  # 5_1 and the mine


def test_the_ranking_counts_returns_and_delays(work):
    """Due 07-16 and 09-16: 4 was judged again on 08-02, 5_1 on 08-20, 5_2 and 7 wait.

    8 was with the city for twelve days, so it has until 09-28.
    """
    held = on(work, "2021-09-28").assessed
    assert held.loc[B, ["illegal_count", "overdue_count", "returned_count"]].tolist() == [1, 1, 1]
    assert held.loc[J, ["illegal_count", "overdue_count"]].tolist() == [2, 3]  # the mine is illegal too
    assert held.loc[B, "open_share"] == 0
    assert held.loc[J, "open_share"] == 1


@pytest.mark.parametrize(
    ("illegal", "denominator", "ratio"),
    [(3777.02, 4594.9, "82.2%"), (3883.09, 12599.25, "30.8%")],
)
def test_published_examples_through_the_workbook(tmp_path, illegal, denominator, ratio):
    """高平市 2020: 3777.02 亩, 82.2 %; 晋城市: 3883.09 亩, 30.82 %."""
    made = workspace_with(tmp_path, 0)
    legal = denominator - illegal
    receive(made, {"1": (B, illegal, illegal, "土地"), "2": (B, legal, legal, "土地")}, "2021-07-01")
    judge(made, "1", "违法", "2021-07-10")
    judge(made, "2", "合法", "2021-07-10")
    run = compile_statistics(made.path, tmp_path / "统计.xlsx", date(2021, 12, 31), "甲", QUIET)
    assert f"{run.ratio:.1%}" == ratio
    sheet = openpyxl.load_workbook(tmp_path / "统计.xlsx", data_only=True)["比例"]
    first = next(
        row for row in sheet.iter_rows(values_only=True) if str(row[0]).startswith("违法占用耕地面积占")
    )
    assert first[1:3] == pytest.approx((illegal, denominator))
