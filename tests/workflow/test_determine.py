"""Recording judgements from real tables, and the steps that follow, in a real workspace."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from datetime import date

import pytest
from decision_samples import BATCH, make_workspace, number, write_table

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.paths import plan_file
from weipian_plugin.store import determinations, doubts, history, patches, stages
from weipian_plugin.workflow.advance import StepSource, advance
from weipian_plugin.workflow.casework_settings import change_casework_settings
from weipian_plugin.workflow.determine import determine
from weipian_plugin.workflow.propose_determinations import propose_determinations
from weipian_plugin.workflow.row_outcomes import TableSource

HEAD = ["图斑编号", "判定结果", "类别", "判定依据", "文号"]
A, B, C, D, E = (number(n) for n in range(1, 6))
GOOD = [
    [A, "合法", "当年审批", "核对批文和勘界图", "渝府地〔2021〕12号"],
    [B, "违法", "未报即用", "现场已建厂房，无审批", ""],
    [C, "其他", "设施农用地", "备案范围内", "武设农备〔2021〕8号"],
]
BAD = [
    [D, "合法", "当年审批", "业主称已批", "无"],
    [E, "合法", "厂房类", "核对", "渝府地〔2021〕1号"],
    ["500156SJBG21999999", "违法", "未报即用", "现场", ""],
]


@pytest.fixture
def work(tmp_path):
    return make_workspace(tmp_path / "工作库.gpkg", {number(n): {} for n in range(1, 6)})


def record(work, *rows, by="甲", head=HEAD, name="判定表.xlsx"):
    folder = work.path.parent
    table = write_table(folder / name, head, *rows)
    source = TableSource(table, by, folder / "报告.html")
    return determine(work.path, source, "录入员", Progress())


def step(work, name, by="乙", reason="", table=None, **more):
    source = StepSource(name, by, work.path.parent / "步骤.html", table, reason=reason, **more)
    return advance(work.path, source, "录入员", Progress())


def stage_of(work):
    frame = patches.read(work, with_geometry=False)
    return dict(zip(frame["patch_no"], frame["stage"], strict=True))


def report(work, name="报告.html"):
    return (work.path.parent / name).read_text(encoding="utf-8")


def assert_sound(work):
    with work.reading() as connection:
        assert history.verify(connection).ok


def test_good_rows_are_recorded_and_bad_ones_refused_each_with_its_reason(work):
    run = record(work, *GOOD, *BAD)
    assert (run.recorded, run.rejected) == (3, 3)
    frame = determinations.read(work).set_index("patch_no")
    assert frame["result"].to_dict() == {A: "合法", B: "违法", C: "其他"}
    assert frame["category"].tolist() == ["当年审批", "未报即用", "设施农用地"]
    assert frame.loc[C, "document_no"] == "武设农备〔2021〕8号"
    assert json.loads(frame.loc[C, "evidence"]) == {"用地协议备案编号": "武设农备〔2021〕8号"}
    assert set(frame["decided_by"]) == {"甲"}
    assert set(frame["decided_on"]) == {date.today().isoformat()}
    assert frame["dictionary"].str.startswith("合法性判定类别字典（月清系统口径） 2021.1+").all()
    assert stage_of(work) == {A: "已判定", B: "已判定", C: "已判定", D: "待核查", E: "待核查"}
    assert [(o.line, o.recorded) for o in run.outcomes] == [
        (2, True),
        (3, True),
        (4, True),
        (5, False),
        (6, False),
        (7, False),
    ]
    html = report(work)
    assert "共6行：记录3行，退回3行。" in html
    assert "合法（当年审批）必须有批准文件的文号，没有的不能这样判定。" in html
    assert "类别“厂房类”不在合法的类别里" in html
    assert "工作库里没有图斑“500156SJBG21999999”" in html
    assert "合法性判定类别字典（月清系统口径） 2021.1+" in html
    assert "未报即用：名称见某县旧表，是否为现行系统的写法未证实。" in html
    assert_sound(work)


def test_the_same_table_again_records_nothing(work):
    record(work, *GOOD, *BAD)
    before = work.path.read_bytes()
    again = record(work, *GOOD, *BAD)
    assert (again.recorded, again.rejected) == (0, 3)
    assert work.path.read_bytes() == before
    assert again.outcomes[0].said == "与已记录的一致，没有重复记录。"
    assert "共6行：记录0行，未变3行，退回3行。" in report(work)
    step(work, "复核", batch=BATCH["name"])
    assert record(work, *GOOD).rejected == 0, "what is reviewed and the same is no fault"


def test_a_correction_is_a_new_revision(work):
    record(work, *GOOD)
    run = record(work, [A, "违法", "超占用地", "超出批准范围", ""], by="丙")
    assert run.recorded == 1
    assert run.outcomes[0].said.startswith("已记录为违法（超占用地），第2次判定，前一次为合法（当年审批）。")
    frame = determinations.read(work)
    assert frame.loc[frame["patch_no"] == A, ["revision", "result", "decided_by"]].to_numpy().tolist() == [
        [1, "合法", "甲"],
        [2, "违法", "丙"],
    ]
    assert len(stages.read_events(work)) == 3, "a correction takes no step"


def test_two_rows_for_one_patch(work):
    run = record(work, GOOD[0], GOOD[0], GOOD[1], [B, "违法", "边报边用", "现场", ""])
    assert (run.recorded, run.rejected) == (1, 2)
    assert run.outcomes[1].said == "与第2行相同，没有重复记录。"
    assert "另有不同的判定，两处都不记录" in run.outcomes[2].said
    assert stage_of(work)[B] == "待核查"


def test_what_cannot_be_told_is_noted_and_left_open(work):
    rows = [[A, "存疑", "", "云遮，待补照片", ""], [B, "无法判定", "", "", ""]]
    run = record(work, *rows)
    assert (run.recorded, run.rejected) == (1, 1)
    assert determinations.read(work).empty
    assert doubts.read(work)[["patch_no", "reason", "noted_by"]].to_numpy().tolist() == [
        [A, "云遮，待补照片", "甲"]
    ]
    assert stage_of(work)[A] == "待核查"
    assert record(work, *rows).recorded == 0
    assert record(work, GOOD[0]).recorded == 1
    refused = record(work, *rows)
    assert refused.rejected == 2
    assert "要改为存疑须先退回" in refused.outcomes[0].said


def test_evidence_columns_stand_under_their_own_names(work):
    head = [*HEAD, "批准时间", "批准面积(亩)", "到期日期", "编外"]
    good = [A, "其他", "临时用地", "批文在期内", "临〔2021〕3号", date(2021, 6, 1), 2.5, "2099年6月30日", "x"]
    ended = [B, "其他", "临时用地", "批文", "临〔2019〕3号", "20190601", "2.5亩", "2021/6/1", ""]
    run = record(work, good, ended, head=head)
    assert (run.recorded, run.rejected) == (1, 1)
    held = json.loads(determinations.read(work).loc[0, "evidence"])
    assert held == {
        "批准文号": "临〔2021〕3号",
        "批准时间": "2021-06-01",
        "批准面积": 2.5,
        "到期时间": "2099-06-30",
    }
    assert "到期时间2021-06-01早于判定日期" in run.outcomes[1].said
    assert run.table.ignored == ("编外",)


def test_a_csv_in_the_office_s_encoding(work):
    table = work.path.parent / "判定.csv"
    with table.open("w", encoding="gbk", newline="") as file:
        csv.writer(file).writerows([HEAD, *GOOD])
    source = TableSource(table, " 张　三 ", work.path.parent / "报告.html")
    assert determine(work.path, source, "录入员", Progress()).recorded == 3
    assert set(determinations.read(work)["decided_by"]) == {"张三"}


def test_nobody_is_nobody(work):
    with pytest.raises(WeipianError, match="没有填写“判定人”"):
        record(work, *GOOD, by="　")
    assert determinations.read(work).empty


def test_the_dictionary_of_the_workspace_decides(work, tmp_path):
    illegal = [A, "非农违法", "厂房类", "现场", ""]
    assert record(work, illegal).rejected == 1
    changed = change_casework_settings(work.path, "主任", "categories_2026")
    assert (changed.changed, changed.review_by_another) == (1, True)
    assert changed.dictionary.startswith("合法性判定类别字典（2026年一体化口径） 2026.1+")
    assert record(work, illegal).recorded == 1
    assert determinations.read(work).loc[0, "dictionary"] == changed.dictionary
    own = tmp_path / "本局字典.yaml"
    text = _shipped("categories_2021").replace("name: 未报即用", "name: 未批先建")
    own.write_text(text, encoding="utf-8")
    assert change_casework_settings(work.path, "主任", str(own)).changed == 2
    assert record(work, [B, "违法", "未批先建", "现场", ""]).recorded == 1
    assert change_casework_settings(work.path, "主任", "按年度").changed == 2
    assert record(work, [C, "违法", "未批先建", "现场", ""]).rejected == 1
    assert change_casework_settings(work.path, "主任", "按年度").changed == 0
    assert_sound(work)


def test_a_dictionary_with_faults_is_not_taken(work, tmp_path):
    own = tmp_path / "坏字典.yaml"
    own.write_text(_shipped("categories_2021").replace("name: 未报即用", "names: 未报即用"), encoding="utf-8")
    line = next(
        n for n, text in enumerate(own.read_text(encoding="utf-8").splitlines(), 1) if "names:" in text
    )
    with pytest.raises(WeipianError, match=f"第{line}行：类别有不认识的“names”"):
        change_casework_settings(work.path, "主任", str(own))
    with pytest.raises(WeipianError, match="没有判定字典“categories_2030”"):
        change_casework_settings(work.path, "主任", "categories_2030")


def _shipped(stem):
    return plan_file(f"{stem}.yaml").read_text(encoding="utf-8")


def test_the_whole_way_and_the_way_back(work):
    record(work, *GOOD)
    assert step(work, "复核", by="甲", batch=BATCH["name"]).advanced == 0, "who judged does not review"
    assert step(work, "复核通过", batch=BATCH["name"]).advanced == 3
    assert step(work, "审定", by="丙", stage="已复核").advanced == 3
    assert step(work, "上报", by="丙", stage="已审定").advanced == 3
    back = write_table(
        work.path.parent / "退回.xlsx", ["图斑编号", "退回原因"], [B, "需补充实地照片"], [A, ""]
    )
    run = step(work, "市级退回", by="市局", table=back)
    assert (run.advanced, run.rejected) == (1, 1)
    assert run.outcomes[1].said == "“市级退回”要写明理由。"
    assert step(work, "审核结束", by="市局", stage="已上报").advanced == 2
    assert stage_of(work) == {A: "审核结束", B: "市级退回", C: "审核结束", D: "待核查", E: "待核查"}
    assert (
        record(work, GOOD[1]).recorded == 1
    ), "a returned patch is judged again, though the words are the same"
    assert stage_of(work)[B] == "已判定"
    events = stages.read_events(work)
    assert events.loc[events["patch_no"] == B, "step"].tolist() == [
        "判定",
        "复核",
        "审定",
        "上报",
        "市级退回",
        "判定",
    ]
    assert events.loc[events["step"] == "市级退回", "reason"].tolist() == ["需补充实地照片"]
    assert_sound(work)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"name": "办结"}, "没有“办结”这一步"),
        ({"name": "判定"}, "判定请用“记录合法性判定”"),
        ({"name": "复核", "by": " "}, "没有填写“办理人”"),
        ({"name": "复核", "stage": "半路"}, "没有“半路”这个办理阶段"),
        ({"name": "复核", "batch": "九月"}, "没有批次“九月”"),
    ],
)
def test_steps_that_nobody_can_take(work, more, message):
    record(work, *GOOD)
    with pytest.raises(WeipianError, match=message):
        step(work, more.pop("name"), **{"batch": BATCH["name"]} | more)
    assert len(stages.read_events(work)) == 3


def test_which_patches_must_be_said(work):
    with pytest.raises(WeipianError, match="请选择图斑表，或写明批次、办理阶段"):
        step(work, "复核")


def test_a_table_may_mix_steps(work):
    record(work, *([*row, "2021-07-01"] for row in GOOD), head=[*HEAD, "判定日期"])
    head = ["图斑编号", "复核意见", "理由", "日期"]
    rows = [
        [A, "复核通过", "", "2021-07-02"],
        [B, "复核不通过", "照片不清", "2021-06-30"],
        [C, "复核不通过", "照片不清", ""],
        [D, "复核", "", ""],
        [A, "审定", "", ""],
    ]
    run = step(work, "", table=write_table(work.path.parent / "复核.xlsx", head, *rows))
    assert [outcome.said for outcome in run.outcomes] == [
        "已判定→已复核。",
        "日期2021-06-30早于收到图斑的日期2021-07-01。",
        "已判定→待核查。",
        "图斑现在是待核查，“复核”只能从已判定办理。",
        "同一图斑在前面的行里已经办理，每次只办一步。",
    ]
    assert stage_of(work) == {A: "已复核", B: "已判定", C: "待核查", D: "待核查", E: "待核查"}


def test_a_small_office_may_review_itself(work):
    record(work, *GOOD)
    with pytest.raises(WeipianError, match="只能写是或否"):
        change_casework_settings(work.path, "主任", review_by_another="随便")
    assert not change_casework_settings(work.path, "主任", review_by_another="否").review_by_another
    assert step(work, "复核", by="甲", batch=BATCH["name"]).advanced == 3


def test_a_split_patch_is_left_to_its_children(work):
    record(work, GOOD[0])
    with work.writing("甲", "拆分") as change:
        change.connection.execute("UPDATE patch SET split_state = '被拆分' WHERE patch_no IN (?, ?)", (A, B))
        for patch_no in (A, B):
            change.record("patch", patch_no, {"split_state": ""}, {"split_state": "被拆分"})
    assert record(work, GOOD[1]).outcomes[0].said == "图斑已拆分，请对各子图斑分别判定。"
    assert step(work, "复核", stage="已判定").outcomes == ()
    table = write_table(work.path.parent / "复核.xlsx", ["图斑编号"], [A])
    assert step(work, "复核", table=table).outcomes[0].said == "图斑已拆分，请对各子图斑分别办理。"
    row = {"patch_no": B, "result": "违法", "category": "未报即用", "basis": "现场", "document_no": ""}
    with pytest.raises(WeipianError, match="图斑已拆分"), work.writing("甲", "判定") as change:
        determinations.insert(change, [row | {"decided_by": "甲", "decided_on": "2021-07-08"}])


def test_a_suggestion_stands_beside_and_is_never_stored(tmp_path):
    cases = {
        A: {"approval": {"渝府地〔2021〕12号": 1.0}},
        B: {"facility_farm": {"武设农备〔2021〕8号": 0.99}},
        C: {"temporary_land": {"临〔2021〕3号": 1.0}},
        D: {"approval": None},
        E: {"approval": {"渝府地〔2021〕1号": 0.5}},
    }
    work = make_workspace(tmp_path / "工作库.gpkg", cases)
    found = {item.patch_no: item for item in propose_determinations(work)}
    assert {n: (p.result, p.category, p.rule_id) for n, p in found.items()} == {
        A: ("合法", "当年审批", "JY-1 批文"),
        B: ("其他", "设施农用地", "JY-2 设施农用地"),
        C: ("其他", "临时用地", "JY-3 临时用地"),
        D: ("存疑", "", "JY-9 兜底"),
        E: ("违法", "", "JY-9 兜底"),
    }
    assert "未覆盖0.030亩，查看现场照片确认是否为边角地" in found[B].sentence
    assert determinations.read(work).empty
    run = record(work, [A, "违法", "超占用地", "现场超出", ""], GOOD[1], [D, "违法", "未报即用", "现场", ""])
    assert f"请核对：与套合得出的建议不同——{found[A].sentence}" in run.outcomes[0].said
    assert "与套合得出的建议不同" in run.outcomes[1].said
    assert "与套合得出的建议不同" not in run.outcomes[2].said, "what was not looked up suggests nothing"


def test_a_failing_report_leaves_everything_as_it_was(work):
    table = write_table(work.path.parent / "判定表.xlsx", HEAD, *GOOD)
    before = work.path.read_bytes()
    source = TableSource(table, "甲", work.path.parent / "没有这个文件夹" / "报告.html")
    with pytest.raises(WeipianError, match="写不了报告"):
        determine(work.path, source, "录入员", Progress())
    assert work.path.read_bytes() == before
    with closing(sqlite3.connect(work.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
