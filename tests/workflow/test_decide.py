"""Decisions about duties from a table: what is recorded, refused, kept, and contradicted later."""

from __future__ import annotations

import pytest
from decision_samples import (
    actions,
    held,
    log_of,
    make_workspace,
    number,
    overlay,
    row_of,
    state,
    write_table,
)

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import duties
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.decide_duties import decide_duties
from weipian_plugin.workflow.row_outcomes import TableSource

HEADER = ["图斑编号", "职责", "决定", "单位", "新单位", "理由", "依据", "日期"]
TOWN = {"township": {"白马镇": 1.0}}
FACTS = {"建设主体": "企业", "实际用途": "厂房"}
RIVER, QUARREL, BORDER, GAP, FREE = (number(index) for index in range(1, 6))
CASES = {
    RIVER: {"river": 0.412, "land_class": {"0101": 0.5, "0702": 0.5}, **TOWN, **FACTS},
    QUARREL: {"redline": 0.6, "forest": 0.4, **TOWN, **FACTS},
    BORDER: {"township": {"江口镇": 0.65, "黄莺乡": 0.35}, **FACTS},
    GAP: {"traffic": 0.25, "redline": None, **TOWN, **FACTS},
    FREE: {**TOWN, **FACTS},
}


@pytest.fixture
def work(tmp_path):
    made = make_workspace(tmp_path / "工作库.gpkg", CASES)
    assign_duties(made.path, "甲", Progress())
    return made


@pytest.fixture
def decide(work, tmp_path):
    def run(*rows, by="张三", header=HEADER):
        table = write_table(tmp_path / "决定.xlsx", header, *rows)
        return decide_duties(work.path, TableSource(table, by, tmp_path / "报告.html"), "乙", Progress())

    return run


def test_a_conflict_is_settled_by_a_person_with_reason_and_reference(work, decide):
    assert (state(work, QUARREL), row_of(work, QUARREL, "查处", "区生态环境局")["status"]) == (
        "待会商",
        "建议",
    )
    run = decide(
        [QUARREL, "查处", "改派", "区生态环境局", "林业局", "林地为主", "会议纪要〔2021〕3号", "2021-10-20"]
    )
    assert (run.recorded, run.rejected) == (1, 0)
    assert held(work, QUARREL) == [
        ("协办", "区生态环境局", "建议"),
        ("复绿验收", "区林业局", "建议"),
        ("属地责任", "白马镇", "建议"),
        ("查处", "区林业局", "改派"),
    ]
    assert state(work, QUARREL) == "唯一"
    row = row_of(work, QUARREL, "查处", "区林业局")
    assert (row["decided_by"], row["decided_on"], row["decision"]) == ("张三", "2021-10-20", "改派")
    assert (row["decision_reason"], row["reference"], row["note"]) == ("林地为主", "会议纪要〔2021〕3号", "")
    assert (row["rule_id"], row["clause"], row["area_m2"], row["share"]) == ("林地", "四（九）", 800.0, 0.4)
    assert row["reason"] == (
        "依据方案四（九）“负责自然保护地及林地违法图斑的查处整改工作”，图斑与林地（2021年版）重叠1.20亩（40.0%）"
        f"（方案文件版本{row['plan_version']}）；2021年10月20日经张三审定，由区生态环境局改派区林业局查处，"
        "理由：林地为主，依据：会议纪要〔2021〕3号。"
    )
    helper = row_of(work, QUARREL, "协办", "区生态环境局")["reason"]
    assert (
        "图斑与生态保护红线（2021年版）重叠1.80亩（60.0%）；查处单位已由人审定为区林业局，建议由区生态环境局协办"
        in helper
    )
    done = [entry for entry in actions(work) if entry[0] == "记录职责决定"]
    assert ("记录职责决定", "duty_decision", "1") in done
    assert ("记录职责决定", "patch", QUARREL) in done


def test_confirming_keeps_the_plans_sentence(work, decide):
    run = decide([RIVER, None, "确认", None, None, None, None, "2021/10/20"])
    assert run.recorded == 1
    row = row_of(work, RIVER, "查处", "区水利局")
    assert (row["status"], row["decision"], row["area_m2"], row["clause"]) == (
        "确认",
        "确认",
        824.0,
        "四（八）",
    )
    assert row["reason"].startswith(
        "依据方案四（八）“负责河道管理范围内违法行为的查处整改工作”，图斑与河道管理范围"
    )
    assert row["reason"].endswith("；2021年10月20日经张三审定，确认由区水利局查处。")
    assert state(work, RIVER) == "唯一"


def test_a_free_patch_confirmed_is_settled_and_its_default_unit_steps_aside_without_a_duty(work, decide):
    assert state(work, FREE) == "兜底"
    decide([FREE, "查处", "改派", None, "区水利局", "现场在河道边", None, "2021-10-20"])
    assert held(work, FREE) == [("属地责任", "白马镇", "建议"), ("查处", "区水利局", "改派")]
    assert state(work, FREE) == "唯一"


def test_territory_reassigned_leaves_the_former_to_assist(work, decide):
    decide([BORDER, "属地责任", "改派", "江口镇", "黄莺乡", "实际由黄莺乡管理", None, "2021-10-20"])
    assert held(work, BORDER) == [
        ("协办", "江口镇", "建议"),
        ("属地责任", "黄莺乡", "改派"),
        ("查处", "区规划自然资源局", "建议"),
    ]
    assert state(work, BORDER) == "兜底"


def test_added_and_struck_duties_stay_so(work, decide):
    run = decide(
        [RIVER, "协办", "增加", "区公安局", None, "现场有纠纷", None, "2021-10-20"],
        [RIVER, "复耕验收", "撤销", "区农业农村委", None, "不需配合", None, "2021-10-20"],
    )
    assert run.rejected == 0
    expected = [
        ("协办", "区公安局", "确认"),
        ("复耕验收", "区规划自然资源局", "建议"),
        ("属地责任", "白马镇", "建议"),
        ("查处", "区水利局", "建议"),
    ]
    assert held(work, RIVER) == expected
    assert row_of(work, RIVER, "协办", "区公安局")["decision"] == "增加"
    before = work.path.read_bytes()
    assert assign_duties(work.path, "甲", Progress()).changed == 0
    assert work.path.read_bytes() == before
    run = decide([RIVER, "复耕验收", "增加", "区农业农村委", None, "还是要配合", None, "2021-10-21"])
    assert ("复耕验收", "区农业农村委", "确认") in held(work, RIVER)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ([None, "查处", "确认"], "没有填写图斑编号"),
        (["500156SJBG21999999", "查处", "确认"], "工作库里没有图斑"),
        (["5.00156E+17", "查处", "确认"], "末几位已丢失"),
        ([RIVER, "查处", "批准"], "决定“批准”不认识，请写确认、改派、增加、撤销之一"),
        ([RIVER, "执法", "确认"], "职责“执法”不认识"),
        ([RIVER, "查处", "确认", "区水里局"], "不在方案文件和辖区图层里，是否为：区水利局"),
        ([RIVER, "查处", "确认", "区林业局"], "区林业局没有“查处”的分派（现为：区水利局）"),
        ([QUARREL, "查处", "确认", "区生态环境局"], "待会商的图斑要写明"),
        ([GAP, "查处", "确认", "区交通局"], "未评估的图斑要写明"),
        ([RIVER, "查处", "改派", None, "区林业局"], "改派要写明理由"),
        ([RIVER, "查处", "改派", "区水利局", None, "理由"], "改派前后是同一个单位"),
        ([RIVER, "查处", "改派", None, None, "理由"], "改派没有写新单位"),
        ([RIVER, "查处", "改派", "区交通局", "区林业局", "理由"], "区交通局没有“查处”的分派"),
        ([RIVER, "查处", "增加", "区林业局", None, "理由"], "每个图斑只有一个查处单位"),
        ([RIVER, "查处", "撤销", "区水利局", None, "理由"], "会出现管理真空"),
        ([RIVER, "属地责任", "撤销", None, None, "理由"], "会出现管理真空"),
        ([RIVER, "协办", "撤销", "区林业局", None, "理由"], "无从撤销"),
        ([RIVER, "协办", "撤销", None, None, "理由"], "没有“协办”的分派"),
        ([RIVER, "协办", "增加", None, None, "理由"], "增加职责没有写单位"),
        ([RIVER, "协办", "增加", "区水利局", None, "理由"], "已是查处单位"),
        ([RIVER, "协办", "增加", "区林业局"], "增加职责要写明理由"),
        ([RIVER, "复耕验收", "确认"], "有几个单位（区规划自然资源局、区农业农村委）"),
        ([RIVER, "查处", "确认", "区水利局", "区林业局"], "只涉及一个单位"),
        ([RIVER, "查处", "确认", None, None, None, None, "明天"], "日期“明天”看不懂"),
        ([RIVER, "查处", "确认", None, None, None, None, "2999-01-01"], "晚于今天"),
    ],
)
def test_what_cannot_be_recorded_is_refused_with_its_reason_and_changes_nothing(work, decide, row, why):
    before = held(work, RIVER), held(work, QUARREL), actions(work)
    run = decide(row)
    assert (run.recorded, run.rejected, run.outcomes[0].line) == (0, 1, 2)
    assert why in run.outcomes[0].said
    assert (held(work, RIVER), held(work, QUARREL), actions(work)) == before


def test_good_rows_are_recorded_beside_refused_ones(work, decide, tmp_path):
    run = decide([RIVER, None, "同意"], [RIVER, None, "批准"], [FREE, None, "确认"])
    assert [(row.line, row.recorded) for row in run.outcomes] == [(2, True), (3, False), (4, True)]
    html = (tmp_path / "报告.html").read_text(encoding="utf-8")
    assert "共3行：记录2行，退回1行。" in html
    assert "决定“批准”不认识" in html


@pytest.mark.parametrize(
    "row",
    [
        [RIVER, "查处", "确认", None, None, None, None, "2021-10-20"],
        [QUARREL, "查处", "改派", "区生态环境局", "区林业局", "理由", None, "2021-10-20"],
        [QUARREL, "查处", "改派", None, "区林业局", "理由", None, "2021-10-20"],
        [RIVER, "协办", "增加", "区公安局", None, "理由", None, "2021-10-20"],
        [RIVER, "复耕验收", "撤销", "区农业农村委", None, "理由", None, "2021-10-20"],
    ],
)
def test_the_same_table_again_records_nothing_twice(work, decide, row):
    decide(row)
    before = work.path.read_bytes()
    run = decide(row)
    assert (run.recorded, run.rejected) == (1, 0)
    assert run.outcomes[0].said == "与已记录的一致，没有重复记录。"
    assert work.path.read_bytes() == before


def test_nobody_decides_nothing(decide):
    with pytest.raises(WeipianError, match="决定人"):
        decide([RIVER, None, "确认"], by="")


def test_new_figures_never_undo_a_decision_but_are_told(work, decide):
    decide([RIVER, None, "确认", None, None, None, None, "2021-10-20"])
    decided = row_of(work, RIVER, "查处", "区水利局")
    overlay(work, {RIVER: CASES[RIVER] | {"river": 0.1, "urban": 0.8}})
    outcome = assign_duties(work.path, "甲", Progress())
    assert outcome.contradicted == 1
    row = row_of(work, RIVER, "查处", "区水利局")
    note = (
        "作出决定后情况有变：现按图层和方案应建议由区城市管理局查处（待会商）；区城市管理局新有查处职责；"
        "重叠由1.24亩（41.2%）变为0.30亩（10.0%）。请复核。"
    )
    assert row == decided | {"note": note}
    assert outcome.findings[0].message == f"图斑{RIVER}由区水利局查处的决定维持不变；{note}"
    assert held(work, RIVER)[0] == ("协办", "区城市管理局", "建议")
    assert [unit for duty, unit, _ in held(work, RIVER) if duty == "查处"] == ["区水利局"]
    assert state(work, RIVER) == "唯一"
    before = work.path.read_bytes()
    assert assign_duties(work.path, "甲", Progress()).contradicted == 1
    assert work.path.read_bytes() == before
    # A person looks at it again and stays with the decision: the note is gone.
    decide([RIVER, None, "确认", None, None, "复核后维持", None, "2021-11-01"])
    assert row_of(work, RIVER, "查处", "区水利局")["note"] == ""
    assert assign_duties(work.path, "甲", Progress()).contradicted == 0


def test_a_missing_layer_is_no_reason_to_say_that_a_claim_is_gone(work, decide):
    decide([RIVER, None, "确认"])
    overlay(work, {RIVER: CASES[RIVER] | {"river": None}})
    assign_duties(work.path, "甲", Progress())
    note = row_of(work, RIVER, "查处", "区水利局")["note"]
    assert "区水利局职责所依据的图层现未评估，无法核对" in note
    assert "没有查处职责的依据" not in note


def test_deciding_against_the_proposal_is_no_contradiction_until_something_changes(work, decide):
    decide([QUARREL, None, "改派", None, "区林业局", "会商", None, "2021-10-20"])
    assert assign_duties(work.path, "甲", Progress()).contradicted == 0
    overlay(work, {QUARREL: CASES[QUARREL] | {"forest": 0.0}})
    assign_duties(work.path, "甲", Progress())
    assert "区林业局现没有查处职责的依据" in row_of(work, QUARREL, "查处", "区林业局")["note"]


def test_a_ruling_written_by_another_program_is_kept_and_compared(work):
    with work.writing("乙", "会商") as change:
        change.connection.execute("DELETE FROM duty WHERE patch_no = ? AND duty = '查处'", (RIVER,))
        change.connection.execute(
            "INSERT INTO duty (patch_no, duty, unit, status, decided_by, decided_on)"
            " VALUES (?, '查处', '区交通局', '改派', '乙', '2021-07-05')",
            (RIVER,),
        )
    assert assign_duties(work.path, "甲", Progress()).contradicted == 1
    assert [row for row in held(work, RIVER) if row[0] in ("查处", "协办")] == [
        ("协办", "区水利局", "建议"),
        ("查处", "区交通局", "改派"),
    ]
    assert "应建议由区水利局查处" in row_of(work, RIVER, "查处", "区交通局")["note"]


def test_the_log_keeps_every_decision(work, decide):
    decide([QUARREL, None, "确认", "区生态环境局", None, "红线为重", None, "2021-10-20"])
    decide([QUARREL, None, "改派", None, "区林业局", "重新会商", None, "2021-10-25"], by="李四")
    columns = ("decision", "unit", "former_unit", "decided_by")
    assert [tuple(row[name] for name in columns) for row in log_of(work)[QUARREL]] == [
        ("确认", "区生态环境局", "", "张三"),
        ("改派", "区林业局", "区生态环境局", "李四"),
    ]
    frame = duties.read(work)
    assert (frame[frame["patch_no"] == QUARREL]["duty"] == "查处").sum() == 1


def test_a_table_read_again_does_not_bring_back_what_was_decided_before(work, decide):
    first = [QUARREL, None, "改派", None, "区林业局", "会商", None, "2021-10-20"]
    second = [QUARREL, None, "改派", None, "区生态环境局", "重新会商", None, "2021-10-25"]
    decide(first, second)
    assert len(log_of(work)[QUARREL]) == 2
    before = work.path.read_bytes()
    for table in ([first, second], [first]):
        assert decide(*table).recorded == len(table)
        assert work.path.read_bytes() == before
    assert [unit for duty, unit, _ in held(work, QUARREL) if duty == "查处"] == ["区生态环境局"]


def test_duties_of_a_split_patch_are_decided_on_its_children(work, decide):
    with work.writing("甲", "拆分") as change:
        change.connection.execute("UPDATE patch SET split_state = '被拆分' WHERE patch_no = ?", (RIVER,))
    assert "请写子图斑的编号" in decide([RIVER, None, "确认"]).outcomes[0].said
