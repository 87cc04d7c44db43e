"""Stages: every step on record, and no way around them in the database itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from store_samples import add_batch, history_of, patch_frame

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.stages import Stage, Transition
from weipian_plugin.store import determinations, doubts, patches, settings, stages
from weipian_plugin.store.connection import connect
from weipian_plugin.store.doubts import Doubt
from weipian_plugin.store.stages import Move
from weipian_plugin.store.verification import verify

A, B = "500156SJBG21000001", "500156SJBG21000002"
ALLOWED = {
    ("待核查", "已判定"),
    ("市级退回", "已判定"),
    ("已判定", "已复核"),
    ("已判定", "待核查"),
    ("已复核", "已审定"),
    ("已复核", "待核查"),
    ("已审定", "已上报"),
    ("已审定", "待核查"),
    ("已上报", "市级退回"),
    ("已上报", "审核结束"),
    ("待核查", "市级退回"),
    ("已判定", "市级退回"),
    ("已复核", "市级退回"),
    ("已审定", "市级退回"),
}
PATH = {
    "待核查": (),
    "已判定": ("判定",),
    "已复核": ("判定", "复核"),
    "已审定": ("判定", "复核", "审定"),
    "已上报": ("判定", "复核", "审定", "上报"),
    "市级退回": ("判定", "复核", "审定", "上报", "市级退回"),
    "审核结束": ("判定", "复核", "审定", "上报", "审核结束"),
}


@pytest.fixture
def work(workspace):
    add_batch(workspace, patch_frame(2))
    return workspace


def judge(workspace, number=A, by="甲"):
    row = {"patch_no": number, "result": "违法", "category": "未报即用", "basis": "无审批手续"}
    row |= {"document_no": "", "decided_by": by, "decided_on": "2021-07-08"}
    with workspace.writing(by, "判定") as change:
        determinations.insert(change, [row])


def take(workspace, step, number=A, by="乙", reason="材料不全"):
    known = stages.transitions(workspace)
    with workspace.writing(by, step) as change:
        stage = stages.standings(change.connection, [number])[number].stage
        transition = known.of(step, stage)
        assert transition is not None, f"{step} from {stage}"
        stages.take(change, [Move(number, transition, by, "2021-07-09", reason)])


def stage_of(workspace, number=A):
    frame = patches.read(workspace, with_geometry=False)
    return frame.set_index("patch_no").loc[number, "stage"]


def brought_to(workspace, stage):
    for step in PATH[stage]:
        if step == "判定":
            judge(workspace)
        take(workspace, step)
    assert stage_of(workspace) == stage


def test_the_table_is_the_agreed_one(work):
    known = stages.transitions(work)
    assert {(item.from_stage, item.to_stage) for item in known.listed} == ALLOWED
    steps = "判定 复核 复核不通过 审定 审定不通过 撤回 上报 市级退回 审核结束 市级退回补记 撤销判定 撤销重判"
    assert known.steps == tuple(steps.split())
    assert {item.step for item in known.listed if item.needs_reason} == {
        "复核不通过",
        "审定不通过",
        "撤回",
        "市级退回",
        "市级退回补记",
        "撤销判定",
        "撤销重判",
    }
    assert {item.step for item in known.listed if item.by_another} == {"复核", "复核不通过"}


def test_every_step_is_on_record_with_person_and_day(work):
    brought_to(work, "审核结束")
    frame = stages.read_events(work)
    assert frame["step"].tolist() == ["判定", "复核", "审定", "上报", "审核结束"]
    assert frame["from_stage"].tolist() == ["待核查", "已判定", "已复核", "已审定", "已上报"]
    assert set(frame["person"]) == {"乙"}
    assert set(frame["taken_on"]) == {"2021-07-09"}
    assert (frame["recorded_at"] > "2021-07-09T").all()
    assert history_of(work, "patch")[-1] == (A, {"stage": "已上报"}, {"stage": "审核结束"})
    assert history_of(work, "stage_event")[1][2]["reason"] == "材料不全"
    assert stage_of(work, B) == "待核查"


@pytest.mark.parametrize("stage", list(PATH))
def test_no_program_can_jump(work, stage):
    """Try every stage from every stage by a plain UPDATE, and by events that name a way themselves."""
    brought_to(work, stage)
    with closing(connect(work.path)) as connection:
        for target in Stage:
            if target == stage:
                continue
            with pytest.raises(sqlite3.IntegrityError, match="只能随办理步骤改变"):
                connection.execute("UPDATE patch SET stage = ? WHERE patch_no = ?", (target.value, A))
            if (stage, target) in ALLOWED:
                continue
            for step in (*stages.transitions(work).steps, "直接办结"):
                with pytest.raises(sqlite3.IntegrityError, match="不允许这样改变办理阶段"):
                    connection.execute(
                        "INSERT INTO stage_event (patch_no, step, from_stage, to_stage, person, taken_on,"
                        " recorded_at, reason) VALUES (?, ?, ?, ?, '丙', '2021-07-10', 'x', '理由')",
                        (A, step, stage, target.value),
                    )
    assert stage_of(work) == stage


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE stage_transition SET to_stage = '审核结束' WHERE step = '复核'", "流转规则不能改"),
        ("DELETE FROM stage_transition", "流转规则不能改"),
        ("INSERT INTO stage_transition VALUES (99, '直接', '待核查', '审核结束', 0, 0)", "流转规则不能改"),
        ("INSERT OR REPLACE INTO stage_transition VALUES (1, '直接', '待核查', '审核结束', 0, 0)", "不能改"),
        ("UPDATE stage_event SET person = '丁'", "只能追加，不能修改"),
        ("DELETE FROM stage_event", "只能追加，不能删除"),
        ("INSERT OR REPLACE INTO stage_event SELECT * FROM stage_event", "只能依次追加"),
        ("UPDATE determination SET result = '合法'", "只能追加新的一次"),
        ("DELETE FROM determination", "判定记录不能删除"),
        ("INSERT OR REPLACE INTO determination SELECT * FROM determination", "只能依次追加"),
        ("INSERT OR REPLACE INTO patch SELECT * FROM patch", "待核查"),
        (
            "INSERT OR REPLACE INTO patch (geom, patch_no, batch_id, kind, area_m2, area_mu)"
            " SELECT geom, patch_no, batch_id, kind, area_m2, area_mu FROM patch",
            "已在工作库中",
        ),
        ("UPDATE patch SET stage = NULL", "NOT NULL|只能随办理步骤"),
    ],
)
def test_what_is_on_record_stays(work, statement, message):
    judge(work)
    take(work, "判定")
    with closing(connect(work.path)) as connection, pytest.raises(sqlite3.IntegrityError, match=message):
        connection.execute(statement)
    assert stage_of(work) == "已判定"


def test_a_patch_cannot_enter_in_the_middle(work):
    with (
        closing(connect(work.path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="必须是待核查"),
    ):
        connection.execute(
            "INSERT INTO patch (geom, patch_no, batch_id, kind, area_m2, area_mu, stage)"
            " SELECT geom, patch_no || '_1', batch_id, kind, area_m2, area_mu, '审核结束' FROM patch LIMIT 1"
        )


def test_nothing_is_determined_without_a_determination(work):
    with pytest.raises(WeipianError, match="没有判定记录"):
        take(work, "判定")
    assert stage_of(work) == "待核查"


@pytest.mark.parametrize("step", ["复核", "复核不通过"])
def test_who_judged_does_not_review(work, step):
    judge(work, by="甲")
    take(work, "判定")
    with pytest.raises(WeipianError, match="复核人不能是判定人"):
        take(work, step, by="甲")
    judge(work, by="乙")
    take(work, step, by="甲")
    assert stage_of(work) in ("已复核", "待核查")


def test_a_small_office_may_set_it_otherwise(work):
    judge(work, by="甲")
    take(work, "判定")
    with work.writing("主任", "设置") as change:
        assert settings.put(change, {"review_by_another": "否"}) == ["review_by_another"]
        assert settings.put(change, {"review_by_another": "否"}) == []
    assert history_of(work, "setting")[-1] == ("review_by_another", None, "否")
    take(work, "复核", by="甲")
    assert stage_of(work) == "已复核"


@pytest.mark.parametrize("reason", ["", "  "])
def test_sending_back_needs_its_reason(work, reason):
    judge(work)
    take(work, "判定")
    with pytest.raises(WeipianError, match="不允许这样改变办理阶段"):
        take(work, "复核不通过", reason=reason)


@pytest.mark.parametrize("stage", ["已复核", "已审定", "已上报", "审核结束"])
def test_what_was_reviewed_is_not_judged_again(work, stage):
    brought_to(work, stage)
    with pytest.raises(WeipianError, match="已经复核，要改判定须先退回"):
        judge(work)
    assert len(determinations.read(work)) == 1


def test_a_returned_patch_is_judged_again(work):
    brought_to(work, "市级退回")
    judge(work)
    take(work, "判定")
    assert stage_of(work) == "已判定"
    assert determinations.read(work)["revision"].tolist() == [1, 2]


def test_a_doubt_leaves_the_patch_open(work):
    with work.writing("甲", "存疑") as change:
        doubts.insert(change, [Doubt(A, "临时用地批文待核", "甲", "2021-07-08")])
    assert stage_of(work) == "待核查"
    assert doubts.read(work).iloc[0].tolist() == [A, "临时用地批文待核", "甲", "2021-07-08", 0]
    judge(work)
    take(work, "判定")
    with pytest.raises(WeipianError, match="要改为存疑须先退回"), work.writing("甲", "存疑") as change:
        doubts.insert(change, [Doubt(A, "再看", "甲", "2021-07-08")])


@pytest.mark.parametrize("day", ["", "2021-7-8", "2021-02-30", "昨天"])
def test_days_are_days(work, day):
    judge(work)
    with (
        pytest.raises(WeipianError, match="不符合规定“taken_on IS date"),
        work.writing("甲", "判定") as change,
    ):
        transition = stages.transitions_of(change.connection).of("判定", "待核查")
        stages.take(change, [Move(A, transition, "甲", day)])


def undo(workspace, step="撤销判定", to="待核查", by="甲", reason="点错"):
    with workspace.writing(by, step) as change:
        transition = Transition(step, "已判定", to, needs_reason=True)
        stages.take(change, [Move(A, transition, by, "2021-07-09", reason)])


def test_who_judged_takes_it_back(work):
    brought_to(work, "已判定")
    undo(work)
    assert stage_of(work) == "待核查"
    take(work, "判定")
    assert stages.read_events(work)["step"].tolist() == ["判定", "撤销判定", "判定"]
    assert verify(work).ok


def test_a_returned_patch_goes_back_to_the_return(work):
    brought_to(work, "市级退回")
    judge(work)
    take(work, "判定")
    with pytest.raises(WeipianError, match="回到判定前的办理阶段"):
        undo(work)
    undo(work, "撤销重判", "市级退回")
    assert stage_of(work) == "市级退回"
    assert verify(work).ok


@pytest.mark.parametrize(
    ("by", "reason", "message"), [("乙", "点错", "撤销只能由判定人办理"), ("甲", " ", "不允许这样改变")]
)
def test_nobody_else_takes_it_back_and_not_without_a_reason(work, by, reason, message):
    brought_to(work, "已判定")
    with pytest.raises(WeipianError, match=message):
        undo(work, by=by, reason=reason)
    assert stage_of(work) == "已判定"


def test_only_the_determination_itself_is_taken_back(work):
    """What another step brought to 已判定 is none; and a step back is taken once."""
    brought_to(work, "已判定")
    undo(work)
    with pytest.raises(WeipianError, match="起点不是图斑现在的办理阶段"):
        undo(work)
