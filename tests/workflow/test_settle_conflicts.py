"""Deciding about many patches at once: the same records as the table of decisions, foreseen, taken back."""

from __future__ import annotations

import shutil

import pytest
from decision_samples import actions, held, log_of, make_workspace, number, row_of, state, write_table

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import duties
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.conflicts import Standing, conflict_case, list_conflicts
from weipian_plugin.workflow.decide_duties import decide_duties
from weipian_plugin.workflow.row_outcomes import TableSource
from weipian_plugin.workflow.settle_conflicts import SETTLE, Order, Wish, counter, foresee, settle

TOWN = {"township": {"白马镇": 1.0}}
FACTS = {"建设主体": "企业", "实际用途": "厂房"}
QUARREL, FOREST_FIRST, THREE, RIVER = (number(index) for index in range(1, 5))
CASES = {
    QUARREL: {"redline": 0.6, "forest": 0.4, **TOWN, **FACTS},
    FOREST_FIRST: {"redline": 0.3, "forest": 0.7, **TOWN, **FACTS},
    THREE: {"river": 0.5, "traffic": 0.3, "forest": 0.2, "township": {"江口镇": 1.0}, **FACTS},
    RIVER: {"river": 0.412, **TOWN, **FACTS},
}
DAY = "2021-10-20"
TO_FOREST = Wish(SETTLE, "查处", "林业局", reason="林地为主", reference="会议纪要〔2021〕3号", decided_on=DAY)


@pytest.fixture(scope="module")
def assigned(tmp_path_factory):
    made = make_workspace(tmp_path_factory.mktemp("会商") / "工作库.gpkg", CASES)
    assign_duties(made.path, "甲", Progress())
    return made


@pytest.fixture
def work(assigned, tmp_path):
    return type(assigned).open(shutil.copy(assigned.path, tmp_path / "工作库.gpkg"))


def order(*wishes, person="张三"):
    return Order(tuple(wishes), person, "乙")


def lead(work, patch_no):
    return next(unit for duty, unit, _status in held(work, patch_no) if duty == "查处")


def listed(work):
    rows = list_conflicts(work.path, Progress()).rows
    return {row.patch_no: row for row in rows.itertuples(index=False)}


def test_the_list_has_claimants_and_grounds_of_open_conflicts(work):
    rows = listed(work)
    assert list(rows) == [QUARREL, FOREST_FIRST, THREE]
    assert (rows[QUARREL].claimants, rows[QUARREL].grounds) == (
        "区林业局、区生态环境局",
        "林地 × 生态保护红线",
    )
    assert rows[THREE].claimants == "区交通局、区林业局、区水利局"
    assert rows[THREE].grounds == "交通沿线管理范围 × 林地 × 河道管理范围"
    assert (rows[QUARREL].lead, rows[FOREST_FIRST].lead) == ("区生态环境局", "区林业局")
    assert {row.standing for row in rows.values()} == {Standing.OPEN.value}
    assert rows[QUARREL].area_mu == pytest.approx(3.0)


def test_units_that_can_be_given_a_duty_are_offered_under_their_proper_names(work):
    units = list_conflicts(work.path, Progress()).units
    assert {"区林业局", "区水利局", "白马镇", "区仙管委"} <= set(units)
    assert "林业局" not in units
    assert len(units) == len(set(units))


def test_all_claims_to_a_patch_side_by_side(work):
    case = conflict_case(work.path, QUARREL, Progress())
    assert case.state == "待会商"
    first, second = case.claims
    assert (first.unit, first.is_proposed, first.leads) == ("区生态环境局", True, True)
    assert (second.unit, second.is_proposed, second.leads) == ("区林业局", False, False)
    ground = second.grounds[0]
    assert (ground.name, ground.edition, ground.clause) == ("林地", "2021", "四（九）")
    assert ground.words == "负责自然保护地及林地违法图斑的查处整改工作"
    assert (ground.area_mu, ground.share, ground.counted) == (pytest.approx(1.2), 0.4, True)
    assert "图斑与林地（2021年版）重叠1.20亩（40.0%）" in second.sentence
    assert [(line.duty, line.unit, line.is_decided) for line in case.duties][:2] == [
        ("查处", "区生态环境局", False),
        ("协办", "区林业局", False),
    ]


def test_a_patch_that_is_not_there_is_refused(work):
    with pytest.raises(WeipianError, match="没有图斑“不存在”"):
        conflict_case(work.path, "不存在", Progress())


def test_foreseeing_says_who_leads_now_and_then_and_writes_nothing(work):
    before = actions(work)
    wanted = Order.same_for([QUARREL, FOREST_FIRST, THREE], TO_FOREST, "张三", "乙")
    found = foresee(work.path, wanted, Progress())
    assert [(row.before, row.after, row.accepted, row.changes) for row in found] == [
        ("区生态环境局", "区林业局", True, True),
        ("区林业局", "区林业局", True, True),
        ("区水利局", "区林业局", True, True),
    ]
    assert actions(work) == before
    assert state(work, QUARREL) == "待会商"


def test_settling_a_set_confirms_or_reassigns_each_as_it_stands(work):
    wanted = Order.same_for([QUARREL, FOREST_FIRST, THREE], TO_FOREST, "张三", "乙")
    done = settle(work.path, wanted, Progress())
    assert [outcome.recorded for outcome in done.outcomes] == [True] * 3
    assert done.numbers == (QUARREL, FOREST_FIRST, THREE)
    assert [row_of(work, n, "查处", "区林业局")["decision"] for n in wanted_numbers()] == [
        "改派",
        "确认",
        "改派",
    ]
    assert [state(work, n) for n in wanted_numbers()] == ["唯一"] * 3
    rows = listed(work)
    assert {row.standing for row in rows.values()} == {Standing.DECIDED.value}
    assert settle(work.path, wanted, Progress()).decisions == ()


def wanted_numbers():
    return (QUARREL, FOREST_FIRST, THREE)


def test_it_records_just_what_the_table_of_decisions_does(work, tmp_path):
    other = type(work).open(shutil.copy(work.path, tmp_path / "另一个.gpkg"))
    header = ["图斑编号", "职责", "决定", "单位", "新单位", "理由", "依据", "日期"]
    said = ["林地为主", "会议纪要〔2021〕3号", DAY]
    table = write_table(
        tmp_path / "决定.xlsx",
        header,
        [QUARREL, "查处", "改派", "", "林业局", *said],
        [FOREST_FIRST, "查处", "确认", "林业局", "", *said],
    )
    decide_duties(other.path, TableSource(table, "张三", tmp_path / "报告.html"), "乙", Progress())
    settle(work.path, Order.same_for([QUARREL, FOREST_FIRST], TO_FOREST, "张三", "乙"), Progress())
    assert duties.read(work).equals(duties.read(other))
    assert log_of(work) == log_of(other)
    assert [row[:2] for row in actions(work)] == [row[:2] for row in actions(other)]


def test_what_cannot_be_recorded_is_refused_row_by_row_and_the_rest_stands(work):
    unknown = Wish(SETTLE, "查处", "区邮政局", reason="理由", decided_on=DAY)
    silent = Wish(SETTLE, "查处", "区林业局", decided_on=DAY)
    wanted = order((QUARREL, TO_FOREST), (THREE, unknown), ("不存在", TO_FOREST), (FOREST_FIRST, silent))
    seen = foresee(work.path, wanted, Progress())
    assert [row.accepted for row in seen] == [True, False, False, False]
    done = settle(work.path, wanted, Progress())
    assert [outcome.recorded for outcome in done.outcomes] == [True, False, False, False]
    assert [row.said for row in seen[1:]] == [outcome.said for outcome in done.outcomes[1:]]
    assert "单位“区邮政局”不在方案文件和辖区图层里" in done.outcomes[1].said
    assert "没有图斑“不存在”" in done.outcomes[2].said
    assert "理由" in done.outcomes[3].said
    assert lead(work, THREE) == "区水利局"


def test_nobody_named_is_refused_before_anything(work):
    with pytest.raises(WeipianError, match="没有填写决定人"):
        settle(work.path, order((QUARREL, TO_FOREST), person=""), Progress())


def test_adding_striking_and_reassigning_other_duties(work):
    add = Wish("增加", "督查", "纪委监委机关", reason="区里要求", decided_on=DAY)
    move = Wish("改派", "属地责任", "白马镇", "仙管委", reason="实际由仙管委管理", decided_on=DAY)
    done = settle(work.path, order((RIVER, add), (RIVER, move)), Progress())
    assert [outcome.recorded for outcome in done.outcomes] == [True, True]
    assert ("督查", "区纪委监委机关", "确认") in held(work, RIVER)
    assert ("属地责任", "区仙管委", "改派") in held(work, RIVER)
    back, kept = counter(done, "张三", "乙", DAY)
    assert kept == 0
    settle(work.path, back, Progress())
    assert ("属地责任", "白马镇", "改派") in held(work, RIVER)
    assert not [row for row in held(work, RIVER) if row[0] == "督查"]


def test_taking_a_batch_back_is_a_counter_decision_and_confirmations_stay(work):
    done = settle(work.path, Order.same_for(wanted_numbers(), TO_FOREST, "张三", "乙"), Progress())
    back, kept = counter(done, "李四", "乙", DAY)
    assert kept == 1
    assert back.numbers == {QUARREL, THREE}
    settle(work.path, back, Progress())
    assert [lead(work, n) for n in wanted_numbers()] == ["区生态环境局", "区林业局", "区水利局"]
    row = row_of(work, QUARREL, "查处", "区生态环境局")
    assert (row["decided_by"], row["decision_reason"]) == ("李四", f"撤回{DAY}的决定")
    assert sum(map(len, log_of(work).values())) == 5
    assert state(work, QUARREL) == "唯一"


def test_a_decision_that_later_figures_contradict_is_listed_as_such(work):
    settle(work.path, order((QUARREL, TO_FOREST)), Progress())
    from decision_samples import overlay

    overlay(work, {QUARREL: {"redline": 0.6, "river": 0.9, **TOWN, **FACTS}})
    assign_duties(work.path, "甲", Progress())
    assert listed(work)[QUARREL].standing == Standing.CONTRADICTED.value
    lines = conflict_case(work.path, QUARREL, Progress()).duties
    assert lines[0].is_decided and "作出决定后情况有变" in lines[0].note
