"""Facts that a person found out: kept with history, used before issued ones, unknown stays unknown."""

from __future__ import annotations

import pytest
from decision_samples import actions, held, make_workspace, number, row_of, state, write_table

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import facts, patches
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.row_outcomes import TableSource
from weipian_plugin.workflow.set_facts import set_facts

HEADER = ["图斑编号", "建设主体", "用途", "处理结果", "依据", "日期", "图斑种类"]
SILENT, VILLAGER = number(1), number(2)
TOWN = {"township": {"火炉镇": 1.0}}
CASES = {SILENT: TOWN, VILLAGER: {**TOWN, "建设主体": "村民", "实际用途": "农村宅基地"}}


@pytest.fixture
def work(tmp_path):
    return make_workspace(tmp_path / "工作库.gpkg", CASES)


@pytest.fixture
def tell(work, tmp_path):
    def run(*rows, by="张三"):
        table = write_table(tmp_path / "事实.xlsx", HEADER, *rows)
        outcome = set_facts(work.path, TableSource(table, by, tmp_path / "报告.html"), "乙", Progress())
        assign_duties(work.path, "甲", Progress())
        return outcome

    return run


def lead(work, patch_no):
    return [unit for duty, unit, _ in held(work, patch_no) if duty == "查处"]


def test_issued_attributes_are_used_and_silence_is_unknown(work, tell):
    assign_duties(work.path, "甲", Progress())
    assert lead(work, VILLAGER) == ["区农业农村委"]
    assert (lead(work, SILENT), state(work, SILENT)) == (["区规划自然资源局"], "兜底")
    reason = row_of(work, SILENT, "查处", "区规划自然资源局")["reason"]
    assert (
        "建设主体、用途未查明，若建设主体为农村村民、用途为住宅，依据四（四）区农业农村委也有查处职责"
        in reason
    )


def test_a_persons_word_goes_before_the_issued_attributes(work, tell):
    run = tell(
        [SILENT, "农户", "住宅", None, "现场核查", "2021-10-20"],
        [VILLAGER, "企业", None, None, "营业执照", "2021-10-20"],
    )
    assert (run.recorded, run.rejected) == (2, 0)
    assert (lead(work, SILENT), state(work, SILENT)) == (["区农业农村委"], "唯一")
    assert lead(work, VILLAGER) == ["区规划自然资源局"]
    assert facts.read(work).to_numpy().tolist() == [
        [SILENT, "subject", "农村村民", "现场核查", "张三", "2021-10-20"],
        [SILENT, "use", "住宅", "现场核查", "张三", "2021-10-20"],
        [VILLAGER, "subject", "企业", "营业执照", "张三", "2021-10-20"],
    ]
    assert ("记录图斑事实", "patch_fact", f"{SILENT}:use") in actions(work)


def test_what_is_said_to_be_unknown_is_unknown_whatever_was_issued(work, tell):
    tell([VILLAGER, "不清楚", None, None, None, "2021-10-20"])
    assert lead(work, VILLAGER) == ["区规划自然资源局"]
    assert "建设主体未查明" in row_of(work, VILLAGER, "查处", "区规划自然资源局")["reason"]


def test_outcomes_bring_their_duties_and_take_them_away_again(work, tell):
    tell([SILENT, None, None, "没收、移送，断供", None, "2021-10-20"])
    assert {(duty, unit) for duty, unit, _ in held(work, SILENT)} >= {
        ("没收接收", "区财政局"),
        ("移送受理", "区公安局"),
        ("断供", "区经济信息委"),
    }
    tell([SILENT, None, None, "没收", None, "2021-10-21"])
    assert [duty for duty, _, _ in held(work, SILENT)] == ["属地责任", "查处", "没收接收"]
    tell([SILENT, None, None, "无", None, "2021-10-22"])
    assert [duty for duty, _, _ in held(work, SILENT)] == ["属地责任", "查处"]
    assert facts.read(work).empty


def test_a_patch_that_turns_out_to_be_a_mine(work, tell):
    tell([VILLAGER, None, None, None, "现场核查", "2021-10-20", "采矿"])
    frame = patches.read(work, with_geometry=False).set_index("patch_no")
    assert frame["kind"].to_dict() == {SILENT: "土地", VILLAGER: "矿产"}
    # A dwelling rule asks for land: with a mine the unit of last resort leads.
    assert lead(work, VILLAGER) == ["区规划自然资源局"]
    assert ("记录图斑事实", "patch", VILLAGER) in actions(work)


def test_a_kind_can_be_said_to_be_unknown_and_found_out_later(work, tell):
    tell([SILENT, "企业", "其他用途", None, None, "2021-10-20", "未查明"])
    assert patches.read(work, with_geometry=False)["kind"].tolist() == ["", "土地"]
    reason = row_of(work, SILENT, "查处", "区规划自然资源局")["reason"]
    assert "图斑种类（土地、矿产）未查明，查明后按方案不改变查处单位" in reason
    tell([SILENT, None, None, None, None, "2021-10-21", "土地图斑"])
    assert patches.read(work, with_geometry=False)["kind"].tolist() == ["土地", "土地"]
    assert "图斑种类" not in row_of(work, SILENT, "查处", "区规划自然资源局")["reason"]


def test_the_same_table_again_changes_nothing(work, tell):
    row = [SILENT, "企业", "未查明", "没收", "现场", "2021-10-20"]
    tell(row)
    before = work.path.read_bytes()
    run = tell(row)
    assert run.outcomes[0].said == "与已记录的一致，没有重复记录。"
    assert work.path.read_bytes() == before


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["甲", "企业"], "工作库里没有图斑“甲”"),
        ([SILENT, "外星人"], "建设主体“外星人”不是方案文件里的用语，请写：农村村民、城镇居民"),
        ([SILENT, None, None, "没收、罚酒"], "处理结果“罚酒”"),
        ([SILENT], "都没有填写"),
        ([SILENT, None, None, None, None, None, "水"], "图斑种类“水”不认识，请写土地、矿产之一"),
        ([SILENT, "企业", None, None, None, "2999-01-01"], "晚于今天"),
    ],
)
def test_what_cannot_be_recorded_is_refused(work, tell, row, why):
    run = tell(row)
    assert (run.recorded, run.rejected) == (0, 1)
    assert why in run.outcomes[0].said
    assert facts.read(work).empty


def test_nobody_finds_out_nothing(tell):
    with pytest.raises(WeipianError, match="填写人"):
        tell([SILENT, "企业"], by="")
