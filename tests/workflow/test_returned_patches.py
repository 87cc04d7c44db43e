"""What the city sends back stays in sight until it is settled: by a step, undone, split, judged again."""

from __future__ import annotations

from datetime import date

import pytest
from casework_samples import QUIET, halving, line, number_of, workspace_with

from weipian_plugin.domain.determination import Given
from weipian_plugin.domain.letters import Part
from weipian_plugin.store import history, patches
from weipian_plugin.workflow.advance import StepSource, advance
from weipian_plugin.workflow.letters import LetterOrder, compose_letter
from weipian_plugin.workflow.return_tasks import list_return_tasks
from weipian_plugin.workflow.review.dossier import patch_dossier
from weipian_plugin.workflow.review.judge_patch import judge_patch, undo_judgement
from weipian_plugin.workflow.split import split_patch
from weipian_plugin.workflow.statistics import statistics

TODAY = date.today()
A = number_of(1)
REASON = "请补充实地照片"
STEPS = {"已判定": ("复核", "乙"), "已复核": ("审定", "丙"), "已审定": ("上报", "丁")}


@pytest.fixture
def work(tmp_path):
    """Two patches of one township; the first was reported and sent back for its photos."""
    made = workspace_with(tmp_path, 2)
    report_again(made, A)
    take(made, "市级退回", "市级", "已上报")
    return made


def take(work, step, person, stage, reason=REASON, **more):
    source = StepSource(step, person, work.path.parent / "步骤.html", stage=stage, reason=reason, **more)
    run = advance(work.path, source, "甲", QUIET)
    assert run.rejected == 0, [outcome.said for outcome in run.outcomes]


def judge(work, number, basis="无审批", **more):
    return judge_patch(work.path, Given(number, "违法", "未报即用", basis, **more), "甲", QUIET)


def report_again(work, *numbers):
    for number in numbers:
        assert judge(work, number).done
    for stage, (step, person) in STEPS.items():
        take(work, step, person, stage, reason="")


def tasks(work):
    found = list_return_tasks(work.path).tasks
    return [(task.patch_no, task.reason, task.category, task.is_open) for task in found]


def text_of(work, kind="年度工作总结", unit=""):
    blocks = compose_letter(work.path, LetterOrder(kind, TODAY, unit), QUIET)
    return "\n".join(block.text for block in blocks)


def table_of(work, kind, name, unit=""):
    blocks = compose_letter(work.path, LetterOrder(kind, TODAY, unit), QUIET)
    return next(block.table for block in blocks if block.part is Part.TABLE and block.text == name)


def assert_sound(work):
    with work.reading() as connection:
        assert history.verify(connection).ok


SETTLED = "市级审核退回的图斑均已补正上报，或没有退回。"


def test_a_return_recorded_as_a_step_is_a_task_until_it_is_reported_again(work):
    assert tasks(work) == [(A, REASON, "需补充实地照片", True)]
    text = text_of(work)
    assert "市级审核退回、尚未办结的图斑1个，退回原因：需补充实地照片（1个）。" in text
    assert SETTLED not in text
    report_again(work, A)
    assert tasks(work) == [(A, REASON, "需补充实地照片", False)]
    assert SETTLED in text_of(work)
    take(work, "市级退回", "市级", "已上报")
    assert [is_open for *_, is_open in tasks(work)] == [True, False]
    assert_sound(work)


def test_the_same_words_are_one_task_while_they_are_open(work):
    """Judged again, sent back by the reviewer, and returned once more before anybody reported it."""
    assert judge(work, A).done
    take(work, "复核不通过", "乙", "已判定")
    table = work.path.parent / "退回.csv"
    table.write_text(f"图斑编号,步骤,理由\n{A},市级退回补记,{REASON}\n", encoding="utf-8-sig")
    take(work, "市级退回补记", "市级", "", reason="", table=table)
    assert tasks(work) == [(A, REASON, "需补充实地照片", True)]


def test_a_patch_that_was_returned_without_a_task_is_counted_by_its_stage(work):
    """As in workspaces of earlier versions."""
    with work.writing("甲", "没有待办") as change:
        change.connection.execute("DELETE FROM return_task")
    assert "尚未办结的图斑1个" in text_of(work)
    assert [row[1] for row in table_of(work, "督办函", "问题图斑", "白马镇").rows if "退回" in row[-1]] == [A]


def test_taking_a_judgement_back_is_no_return_by_the_city(work):
    ranked = statistics(work, TODAY).ranking
    assert ranked.loc["白马镇", "returned_count"] == 1
    assert judge(work, A, "重新核实").done
    assert undo_judgement(work.path, A, "甲", QUIET).stage == "市级退回"
    assert statistics(work, TODAY).ranking.loc["白马镇", "returned_count"] == 1


def test_what_was_asked_of_a_split_patch_is_asked_of_its_pieces(work):
    """The city's reason concerns both pieces until each is reported, and is settled with the last."""
    one, other = split_patch(work.path, A, halving(1), "甲", QUIET).children
    text = text_of(work)
    assert "市级审核退回、尚未办结的图斑2个，退回原因：需补充实地照片（2个）。" in text
    problems = table_of(work, "督办函", "问题图斑", "白马镇").rows
    assert [row[1] for row in problems if "市级退回未办结" in row[-1]] == [one, other]
    assert [patch_dossier(work.path, piece).returns for piece in (one, other)] == [(REASON,), (REASON,)]
    report_again(work, one)
    assert [patch_dossier(work.path, piece).returns for piece in (one, other)] == [(), (REASON,)]
    assert "尚未办结的图斑1个" in text_of(work)
    assert tasks(work)[0] == (A, REASON, "需补充实地照片", True)
    report_again(work, other)
    assert tasks(work) == [(A, REASON, "需补充实地照片", False)]
    assert SETTLED in text_of(work)
    assert_sound(work)


def test_pieces_of_pieces_are_waited_for(work):
    one, other = split_patch(work.path, A, halving(1), "甲", QUIET).children
    across = line((107.5025, 29.299), (107.5025, 29.302))
    third, fourth = split_patch(work.path, other, across, "甲", QUIET).children
    report_again(work, one, third)
    assert tasks(work)[0][-1] is True
    report_again(work, fourth)
    assert tasks(work)[0][-1] is False


def test_nothing_is_dated_before_what_it_follows(work):
    """A judgement from before the return, and a review from before the judgement, contradict the record."""
    refused = judge(work, A, decided_on="2021-07-10")
    assert (refused.done, refused.field) == (False, "decided_on")
    assert refused.said == f"判定日期2021-07-10早于图斑退回重办或拆分的日期{TODAY}。"
    assert judge(work, number_of(2), decided_on="2021-07-10").done
    assert judge(work, A).done
    source = StepSource("复核", "乙", work.path.parent / "步骤.html", stage="已判定", taken_on="2021-07-05")
    run = advance(work.path, source, "甲", QUIET)
    assert [(outcome.patch_no, outcome.recorded) for outcome in run.outcomes] == [
        (A, False),
        (number_of(2), False),
    ]
    assert run.outcomes[1].said == "日期2021-07-05早于上一步办理的日期2021-07-10，请核对。"
    assert set(patches.read(work, with_geometry=False)["stage"]) == {"已判定"}


def test_a_day_typed_wrongly_can_be_judged_anew_with_the_right_one(tmp_path):
    work = workspace_with(tmp_path, 1)
    assert judge(work, A).done
    assert undo_judgement(work.path, A, "甲", QUIET).done
    assert judge(work, A, decided_on="2021-07-10").done
    take(work, "复核", "乙", "已判定", taken_on="2021-07-12")


def test_a_piece_is_not_judged_before_it_was_made(tmp_path):
    work = workspace_with(tmp_path, 1)
    one, other = split_patch(work.path, A, halving(1), "甲", QUIET, date(2021, 8, 5)).children
    assert judge(work, one, decided_on="2021-07-10").done is False
    assert judge(work, other, decided_on="2021-08-05").done
