"""Every pair of stages, by the program and by SQL of anybody's: only the agreed ways lead on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import product

import pytest
from store_samples import add_batch, patch_frame
from test_store_stages import ALLOWED, PATH, brought_to, judge, stage_of, take

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.stages import Stage, Transition
from weipian_plugin.store import settings, stages
from weipian_plugin.store.connection import connect
from weipian_plugin.store.stages import Move
from weipian_plugin.store.verification import verify

A, B = "500156SJBG21000001", "500156SJBG21000002"
EVENT = (
    "INSERT INTO stage_event (patch_no, step, from_stage, to_stage, person, taken_on, recorded_at, reason)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


@pytest.fixture
def work(workspace):
    add_batch(workspace, patch_frame(2))
    return workspace


def ways(work):
    return {(item.step, item.from_stage, item.to_stage) for item in stages.transitions(work).listed}


@pytest.mark.parametrize("stage", PATH)
def test_by_the_program_only_the_listed_steps_lead_on(work, stage):
    """Every step with every pair of stages, from every stage: 7 × 7 × 7 × 12."""
    brought_to(work, stage)
    known, steps = ways(work), stages.transitions(work).steps
    with work.writing("丙", "试") as change:
        for step, start, target in product(steps, Stage, Stage):
            if start == stage and (step, start, target) in known:
                assert (stage, target) in ALLOWED
                continue
            move = Move(A, Transition(step, start, target), "丙", "2021-07-10", "理由")
            with pytest.raises(sqlite3.IntegrityError, match="起点不是|不允许|撤销只能"):
                stages.take(change, [move])
    assert stage_of(work) == stage
    assert verify(work).ok


@pytest.mark.parametrize("stage", PATH)
@pytest.mark.parametrize("foreign_keys", ["ON", "OFF"])
def test_by_sql_only_the_listed_steps_lead_on(work, stage, foreign_keys):
    """The same as rows of stage_event, each from the stage as it is, and what each one leads to."""
    brought_to(work, stage)
    if stage == "待核查":
        judge(work)  # or 判定 would be refused for want of a determination
    known = ways(work)
    with closing(connect(work.path)) as connection:
        connection.execute(f"PRAGMA foreign_keys = {foreign_keys}")
        for step, start, target in product((*stages.transitions(work).steps, "办结"), Stage, Stage):
            connection.execute("BEGIN")
            row = (A, step, start.value, target.value, "丙", "2021-07-10", "x", "理由")
            may = start == stage and (step, start, target) in known and not step.startswith("撤销")
            if may:
                connection.execute(EVENT, row)
                moved = connection.execute("SELECT stage FROM patch WHERE patch_no = ?", (A,)).fetchone()
                assert moved == (target.value,)
            else:
                with pytest.raises(sqlite3.IntegrityError):
                    connection.execute(EVENT, row)
            connection.execute("ROLLBACK")
    assert stage_of(work) == stage


@pytest.mark.parametrize("stage", PATH)
def test_by_sql_no_stage_is_written_over_another(work, stage):
    brought_to(work, stage)
    with closing(connect(work.path)) as connection:
        for way in ("", "OR REPLACE ", "OR IGNORE ", "OR FAIL "):
            for target in Stage:
                if target != stage:
                    with pytest.raises(sqlite3.IntegrityError, match="只能随办理步骤改变"):
                        statement = f"UPDATE {way}patch SET stage = ? WHERE patch_no = ?"
                        connection.execute(statement, (target.value, A))
                with pytest.raises(sqlite3.IntegrityError, match="已在工作库中|必须是待核查"):
                    connection.execute(
                        f"INSERT {way}INTO patch (fid, patch_no, stage, geom, batch_id, kind, area_m2,"
                        " area_mu)"
                        " SELECT fid, patch_no, ?, geom, batch_id, kind, area_m2, area_mu FROM patch"
                        " WHERE patch_no = ?",
                        (target.value, A),
                    )
    assert stage_of(work) == stage


@pytest.mark.parametrize("foreign_keys", ["ON", "OFF"])
@pytest.mark.parametrize(
    "statements",
    [
        # The step of one patch is used for another, then its stage follows.
        (
            f"UPDATE stage_event SET patch_no = '{B}'",
            f"UPDATE patch SET stage = '已判定' WHERE patch_no = '{B}'",
        ),
        # A judged patch takes the number of one that was not; or the other way round.
        (f"UPDATE patch SET patch_no = 'Z' WHERE patch_no = '{A}'",),
        (
            f"DELETE FROM patch WHERE patch_no = '{B}'",
            f"UPDATE patch SET patch_no = '{B}' WHERE patch_no = '{A}'",
        ),
        (f"UPDATE OR REPLACE patch SET patch_no = '{B}' WHERE patch_no = '{A}'",),
        (f"UPDATE OR REPLACE patch SET patch_no = '{A}' WHERE patch_no = '{B}'",),
        (f"UPDATE OR REPLACE patch SET fid = 2 WHERE patch_no = '{A}'",),
        # The patch begins again.
        (f"DELETE FROM patch WHERE patch_no = '{A}'",),
        # A determination is moved under a patch that has none.
        (f"UPDATE determination SET patch_no = '{B}'",),
        (f"UPDATE OR REPLACE determination SET fid = 7, patch_no = '{B}'",),
        # What happened is told otherwise.
        ("UPDATE stage_event SET taken_on = '2020-01-01'",),
        ("INSERT OR REPLACE INTO stage_event SELECT * FROM stage_event",),
        ("REPLACE INTO determination SELECT * FROM determination",),
        ("DELETE FROM stage_event",),
    ],
)
def test_no_detour_leads_there(work, statements, foreign_keys):
    judge(work)
    take(work, "判定")
    with closing(connect(work.path)) as connection:
        connection.execute(f"PRAGMA foreign_keys = {foreign_keys}")
        connection.execute("BEGIN")
        with pytest.raises(sqlite3.IntegrityError):
            for statement in statements:
                connection.execute(statement)
        connection.execute("ROLLBACK")
    assert (stage_of(work), stage_of(work, B)) == ("已判定", "待核查")


@pytest.mark.parametrize(
    ("person", "day", "recorded"),
    [
        ("", "2021-07-10", "x"),
        (" ", "2021-07-10", "x"),
        ("　", "2021-07-10", "x"),
        ("\t\n", "2021-07-10", "x"),
        (None, "2021-07-10", "x"),
        ("丙", "", "x"),
        ("丙", None, "x"),
        ("丙", "今天", "x"),
        ("丙", "2021-02-30", "x"),
        ("丙", "2021-07-10", ""),
        ("丙", "2021-07-10", None),
    ],
)
def test_by_sql_no_step_is_without_person_day_and_time(work, person, day, recorded):
    judge(work)
    with closing(connect(work.path)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(EVENT, (A, "判定", "待核查", "已判定", person, day, recorded, ""))
    assert stage_of(work) == "待核查"


@pytest.mark.parametrize("step", ["复核", "复核不通过"])
@pytest.mark.parametrize("spelling", ["王科长", " 王科长", "王 科长", "王科长　"])
def test_by_sql_the_judge_does_not_review_under_another_spelling(work, step, spelling):
    judge(work, by="王科长")
    take(work, "判定")
    target = "已复核" if step == "复核" else "待核查"
    row = (A, step, "已判定", target, spelling, "2021-07-10", "x", "理由")
    refused = pytest.raises(sqlite3.IntegrityError, match="复核人不能是判定人")
    with closing(connect(work.path)) as connection, refused:
        connection.execute(EVENT, row)
    with work.writing("主任", "设置") as change:
        settings.put(change, {"review_by_another": "否"})
    with closing(connect(work.path)) as connection:
        connection.execute(EVENT, row)
    assert stage_of(work) == target


@pytest.mark.parametrize("value", ["是", "", "随便", "0", "no"])
def test_only_a_plain_no_switches_the_rule_off(work, value):
    judge(work, by="甲")
    take(work, "判定")
    with work.writing("主任", "设置") as change:
        settings.put(change, {"review_by_another": value})
    with pytest.raises(WeipianError, match="复核人不能是判定人"):
        take(work, "复核", by="甲")
