"""Recording remedies from a table, and what they lead to."""

from __future__ import annotations

import openpyxl
import pytest
from casework_samples import QUIET, halving, number_of, workspace_with

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.rectification import Entry
from weipian_plugin.store import determinations, duties, rectifications
from weipian_plugin.store.verification import verify
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.rectify import rectify, standings
from weipian_plugin.workflow.row_outcomes import TableSource
from weipian_plugin.workflow.split import split_patch

ONE, TWO = number_of(1), number_of(2)
HEAD = ("图斑编号", "措施", "面积（亩）", "金额（元）", "文号", "日期", "单位", "备注", "操作")
DAY = "2021-10-20"


def judge(work, *numbers, result="违法"):
    given = [
        {
            "patch_no": number, "result": result, "category": "未报即用", "basis": "示例", "document_no": "",
            "decided_by": "丙", "decided_on": "2021-07-10", "dictionary": "示例",
        }
        for number in numbers
    ]  # fmt: skip
    with work.writing("丙", "判定") as change:
        determinations.insert(change, given)


@pytest.fixture
def work(tmp_path):
    made = workspace_with(tmp_path, 3)
    judge(made, ONE)
    return made


@pytest.fixture
def run(work, tmp_path):
    def run(*rows):
        book = openpyxl.Workbook()
        for row in (HEAD, *rows):
            book.active.append(row)
        book.save(tmp_path / "整改.xlsx")
        return rectify(
            work.path, TableSource(tmp_path / "整改.xlsx", "丁", tmp_path / "报告.html"), "甲", QUIET
        )

    return run


def said(outcome):
    return [(item.recorded, item.said) for item in outcome.outcomes]


def test_a_case_from_notice_to_acceptance(work, run, tmp_path):
    # Patch ONE is 16.15 亩 (10768.8 m²): 10 拆除 and 6.15 复耕.
    rows = [
        (ONE, "制止通知", None, None, "示例制〔2021〕1号", DAY, "规资局"),
        (ONE, "罚款", None, 20000, "示例罚〔2021〕1号", DAY, "规资局"),
        (ONE, "拆除", 10, None, None, DAY, "白马镇"),
        (ONE, "复耕", 6.15, None, None, DAY, "白马镇"),
        (ONE, "整改验收", None, None, None, DAY, "规资局"),
        (ONE, "复耕验收", None, None, None, DAY, "规资局"),
    ]
    outcome = run(*rows)
    assert (outcome.recorded, outcome.rejected) == (6, 0)
    assert outcome.outcomes[3].said == (
        "已记录。整改中，剩余未整改0.00亩；待验收：区规划自然资源局复耕验收6.15亩、"
        "区农业农村委复耕验收6.15亩、区规划自然资源局整改验收10.00亩。"
    )
    assert standings(work)[ONE].unaccepted == ("区农业农村委复耕验收6.15亩",)
    outcome = run(*rows, (ONE, "复耕验收", None, None, None, DAY, "农业农村委"))
    assert outcome.outcomes[-1].said == "已记录。已整改，剩余未整改0.00亩。"
    assert "与已记录的一致" in outcome.outcomes[0].said
    frame = rectifications.read(work)
    assert frame["measure"].tolist() == [
        "制止通知",
        "罚款",
        "拆除",
        "复耕",
        "整改验收",
        "复耕验收",
        "复耕验收",
    ]
    assert frame["area_mu"].fillna(0).tolist() == [0, 0, 10, 6.15, 10, 6.15, 6.15]
    assert set(frame["recorded_by"]) == {"丁"}
    assert verify(work).problems == ()
    assert "退回0行" in (tmp_path / "报告.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ((TWO, "拆除", 1, None, None, DAY, "白马镇"), "没有判定为违法"),
        (("不存在", "拆除", 1, None, None, DAY, "白马镇"), "没有图斑"),
        ((ONE, "制止通知", None, None, None, DAY, "规资局"), "没有填写制止通知的文号"),
        ((ONE, "罚款", None, None, "1号", DAY, "规资局"), "没有填写罚款的金额"),
        ((ONE, "拆除", 1, 5, None, DAY, "白马镇"), "不应填写拆除的金额"),
        ((ONE, "复耕", None, None, None, DAY, "白马镇"), "没有填写复耕的面积"),
        ((ONE, "复耕", "一亩", None, None, DAY, "白马镇"), "应是数字"),
        ((ONE, "复耕", 0.001, None, None, DAY, "白马镇"), "应大于0"),
        ((ONE, "复耕", "nan", None, None, DAY, "白马镇"), "应是数字"),
        ((ONE, "复耕", 16.16, None, None, DAY, "白马镇"), "超过图斑面积16.15亩"),
        ((ONE, "移送", 16.16, None, "1号", DAY, "规资局"), "超过图斑面积16.15亩"),
        ((ONE, "复耕", 1, None, None, None, "白马镇"), "没有填写日期"),
        ((ONE, "复耕", 1, None, None, "2999-01-01", "白马镇"), "晚于今天"),
        ((ONE, "复耕", 1, None, None, DAY, None), "没有填写单位"),
        ((ONE, "复耕", 1, None, None, DAY, "某单位"), "不认识单位"),
        ((ONE, "处罚", 1, None, None, DAY, "规资局"), "可以写：制止通知"),
        ((ONE, "复绿验收", None, None, None, DAY, "林业局"), "没有待区林业局验收的复绿面积"),
        (
            (ONE, "复耕验收", None, None, None, DAY, "林业局"),
            "复耕验收应由区规划自然资源局、区农业农村委进行",
        ),
        ((ONE, "复耕", 1, None, None, DAY, "白马镇", None, "作废"), "操作“作废”看不懂"),
        ((ONE, "复耕", 1, None, None, DAY, "白马镇", None, "撤销"), "无从撤销"),
    ],
)
def test_refused_rows_say_why_and_store_nothing(work, run, row, why):
    outcome = run(row)
    assert (outcome.recorded, outcome.rejected) == (0, 1)
    assert why in outcome.outcomes[0].said
    assert rectifications.read(work).empty


def test_areas_together_stay_within_the_patch(run):
    rows = [(ONE, "没收", 10, None, "1号", DAY, "规资局"), (ONE, "补办", 6.16, None, "2号", DAY, "规资局")]
    outcome = run(*rows)
    assert "超过剩余未整改面积6.15亩" in outcome.outcomes[1].said
    # What settles nothing may name ground that is settled already.
    assert run((ONE, "移送", 10, None, "3号", DAY, "规资局")).recorded == 1


def test_an_entry_is_taken_back_and_its_number_not_used_again(work, run):
    wrong = (ONE, "拆除", 3, None, None, DAY, "白马镇")
    run(wrong)
    assert said(run((*wrong, None, "撤销"))) == [(True, "已撤销。未整改，剩余未整改16.15亩。")]
    run((ONE, "拆除", 2, None, None, DAY, "白马镇"))
    assert rectifications.read(work)["entry"].tolist() == [2]
    assert verify(work).ok


def test_an_accepted_remedy_is_taken_back_only_after_its_acceptance(work, run):
    """Or the acceptance would count for whatever is entered in its place."""
    done = (ONE, "复绿", 16.15, None, None, DAY, "白马镇")
    accepted = (ONE, "复绿验收", None, None, None, "2021-10-22", "林业局")
    assert run(done, accepted).outcomes[1].said == "已记录。已整改，剩余未整改0.00亩。"
    refused = run((*done, None, "撤销"))
    assert said(refused) == [(False, "区林业局已于2021-10-22复绿验收，请先撤销这项验收。")]
    assert standings(work)[ONE].is_rectified
    both = run((*accepted, None, "撤销"), (*done, None, "撤销"))
    assert said(both)[1] == (True, "已撤销。未整改，剩余未整改16.15亩。")
    again = run((ONE, "复绿", 16.15, None, None, "2021-11-01", "白马镇"))
    assert again.outcomes[0].said.endswith("待验收：区林业局复绿验收16.15亩。")
    assert verify(work).ok


def test_nothing_is_accepted_before_it_is_done(work, run):
    early = (ONE, "复绿验收", None, None, None, "2021-10-19", "林业局")
    outcome = run((ONE, "复绿", 16.15, None, None, DAY, "白马镇"), early)
    assert said(outcome)[1] == (
        False,
        "没有2021-10-19以前完成、待区林业局验收的复绿面积，请核对验收日期。",
    )
    assert not standings(work)[ONE].is_rectified
    parts = [
        (ONE, "复耕", 4, None, None, "2021-09-01", "白马镇"),
        (ONE, "复耕验收", 5, None, None, "2021-09-02", "规资局"),
        (ONE, "复耕验收", None, None, None, "2021-09-02", "规资局"),
    ]
    run((ONE, "复绿", 16.15, None, None, DAY, "白马镇", None, "撤销"))
    outcome = run(*parts, (ONE, "复耕", 3, None, None, "2021-09-03", "白马镇"))
    assert "验收面积5.00亩超过待验收的4.00亩" in outcome.outcomes[1].said
    assert [item.recorded for item in outcome.outcomes] == [True, False, True, True]
    assert standings(work)[ONE].unaccepted == ("区规划自然资源局复耕验收3.00亩", "区农业农村委复耕验收7.00亩")


def test_remedies_bring_the_duties_of_the_plan(work, run):
    run(
        (ONE, "没收", 1, None, "1号", DAY, "规资局"),
        (ONE, "移送", None, None, "2号", DAY, "规资局"),
        (ONE, "断供", None, None, None, DAY, "规资局"),
        (ONE, "复绿", 1, None, None, DAY, "白马镇"),
    )
    assign_duties(work.path, "甲", QUIET)
    held = duties.read(work)
    found = set(held.loc[held["patch_no"] == ONE, ["duty", "unit"]].itertuples(index=False, name=None))
    assert found >= {
        ("没收接收", "区财政局"), ("移送受理", "区公安局"),
        ("断供", "区经济信息委"), ("复绿验收", "区林业局"),
    }  # fmt: skip
    assert verify(work).ok


def test_what_was_done_about_a_patch_that_is_legal_now_brings_no_duties_and_can_be_taken_back(work, run):
    """没收, then the papers are found: 区财政局 has nothing to receive."""
    taken = (ONE, "没收", "1", "", "1号", DAY, "区财政局", "")
    assert run((*taken, "")).recorded == 1
    assign_duties(work.path, "甲", QUIET)
    assert "没收接收" in set(duties.read(work)["duty"])
    judge(work, ONE, result="合法")
    assign_duties(work.path, "甲", QUIET)
    assert "没收接收" not in set(duties.read(work)["duty"])
    assert said(run((*taken, ""))) == [(False, f"图斑“{ONE}”没有判定为违法，不能登记查处整改，请先判定。")]
    assert said(run((*taken, "撤销"))) == [(True, "已撤销。图斑现在没有判定为违法。")]
    assert rectifications.read(work).empty
    assert verify(work).ok


def test_a_split_patch_is_left_to_its_children(work, run):
    children = split_patch(work.path, ONE, halving(1), "乙", QUIET).children
    judge(work, children[0])
    outcome = run(
        (ONE, "拆除", 1, None, None, DAY, "白马镇"), (children[0], "拆除", 8.07, None, None, DAY, "白马镇")
    )
    assert "已拆分，请在它的子图斑上登记" in outcome.outcomes[0].said
    assert outcome.outcomes[1].recorded
    assert set(standings(work)) == {children[0]}
    assign_duties(work.path, "甲", QUIET)
    assert set(duties.read(work)["patch_no"]) == {TWO, number_of(3), *children}


def test_nobody_named_records_nothing(work, tmp_path):
    with pytest.raises(WeipianError, match="经办人"):
        rectify(work.path, TableSource(tmp_path / "x.xlsx", "", tmp_path / "r.html"), "甲", QUIET)


def test_the_database_itself_refuses(work):
    split_patch(work.path, ONE, halving(1), "乙", QUIET)
    for number, why in ((ONE, "已拆分"), (TWO, "只有判定为违法")):
        with pytest.raises(WeipianError, match=why), work.writing("甲", "试") as change:
            rectifications.insert(change, number, Entry("拆除", 1.0, None, "", DAY, "白马镇"), "丁")
    with pytest.raises(WeipianError, match="已拆分"):
        judge(work, ONE)
