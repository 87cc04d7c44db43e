"""Judging one patch and taking it back, its dossier, the queue, evidence files: in a real workspace."""

from __future__ import annotations

import os
import re
from datetime import date
from hashlib import sha256

import pytest
from decision_samples import make_workspace, number
from small_disk import small_disk

from weipian_plugin.domain.determination import Given
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import determinations, stages
from weipian_plugin.store.evidence_files import ATTACH, EvidenceFile
from weipian_plugin.store.stages import Move
from weipian_plugin.store.verification import verify
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.review.dossier import patch_dossier
from weipian_plugin.workflow.review.evidence_files import (
    attach_files,
    check_file,
    evidence_folder,
    place_of,
    take_away,
)
from weipian_plugin.workflow.review.judge_patch import judge_patch, undo_judgement
from weipian_plugin.workflow.review.overlay_lines import Tone
from weipian_plugin.workflow.review.queue import review_queue

QUIET = Progress()
A, B, C = number(1), number(2), number(3)
CASES = {
    A: {
        "land_class": {"0103": 0.7, "0301": 0.3},
        "redline": 1.0,
        "river": 0.001,
        "approval": {"渝府地〔2021〕12号": 1.0},
        "urban": None,
    },
    B: {"land_class": {"0301": 1.0}, "forest": 0.6, "redline": 0.5},
    C: {},
}


@pytest.fixture
def work(tmp_path):
    work = make_workspace(tmp_path / "工作库.gpkg", CASES)
    assign_duties(work.path, "甲", QUIET)
    return work


def judge(work, patch_no=A, result="违法", category="未报即用", basis="现场已建，无审批", by="甲", **more):
    return judge_patch(work.path, Given(patch_no, result, category, basis, **more), by, QUIET)


def undo(work, patch_no=A, by="甲"):
    return undo_judgement(work.path, patch_no, by, QUIET)


def dossier(work, patch_no=A):
    return patch_dossier(work.path, patch_no)


def judged(work, patch_no=A):
    return [(one.result, one.category, one.decided_by) for one in dossier(work, patch_no).judged]


def test_a_judgement_is_recorded_and_moves_the_patch(work):
    done = judge(work)
    assert (done.done, done.stage, done.result, done.category) == (True, "已判定", "违法", "未报即用")
    assert done.said.splitlines()[0] == "已记录为违法（未报即用），第1次判定。"
    assert dossier(work).stage == "已判定"
    assert judged(work) == [("违法", "未报即用", "甲")]
    assert verify(work).ok


def test_the_same_once_more_is_not_recorded_twice(work):
    judge(work)
    assert judge(work).said == "与已记录的一致，没有重复记录。"
    assert len(judged(work)) == 1


@pytest.mark.parametrize(
    ("words", "field", "said"),
    [
        ({"basis": " "}, "basis", "没有填写判定依据。"),
        ({"result": ""}, "result", "没有填写判定结果。"),
        ({"category": "厂房类"}, "category", "类别“厂房类”不在违法的类别里"),
        (
            {"result": "合法", "category": "当年审批"},
            "document_no",
            "合法（当年审批）必须有批准文件的文号，没有的不能这样判定。",
        ),
        ({"decided_on": "2021-06-30"}, "decided_on", "判定日期2021-06-30早于收到图斑的日期2021-07-01。"),
        (
            {
                "evidence": {"建设时间": "2021"},
                "result": "其他",
                "category": "临时用地",
                "document_no": "1号",
            },
            "",
            "",
        ),
        (
            {
                "result": "其他",
                "category": "临时用地",
                "document_no": "武规资临〔2021〕1号",
                "evidence": {"到期时间": "2021-13-40"},
            },
            "到期时间",
            "到期时间“2021-13-40”不是日期，应写成 2021-07-20 的样子。",
        ),
    ],
)
def test_a_refusal_names_the_field_and_changes_nothing(work, words, field, said):
    refused = judge(work, **words)
    assert refused.field == field
    assert refused.said.startswith(said)
    assert refused.done is (not said)
    assert bool(judged(work)) is (not said)


def test_a_patch_that_is_not_there(work):
    assert judge(work, "500156SJBG21999999").said == "工作库里没有这个图斑，可能已被改编号，请刷新队列。"
    with pytest.raises(WeipianError, match="没有图斑“500156SJBG21999999”"):
        dossier(work, "500156SJBG21999999")
    with pytest.raises(WeipianError, match="没有填写“判定人”"):
        judge(work, by=" ")


def test_a_first_judgement_is_taken_back_to_where_the_patch_stood(work):
    judge(work)
    back = undo(work)
    assert (back.done, back.said, back.stage) == (True, "已撤销判定，图斑回到待核查。", "待核查")
    assert dossier(work).stage == "待核查"
    assert undo(work).said == "图斑现在是待核查，没有可以撤销的判定。"
    assert judge(work).said.startswith("已记录为违法（未报即用），第2次判定")
    assert verify(work).ok


def test_a_correction_is_taken_back_to_the_words_before(work):
    judge(work)
    judge(work, result="其他", category="宅基地", by="乙")
    assert undo(work, by="甲").said == ("判定人是乙，只能由本人撤销；别人不同意的，复核时办“复核不通过”。")
    back = undo(work, by="乙")
    assert (back.stage, back.result, back.said) == (
        "已判定",
        "违法",
        "已撤销更正，恢复为第1次判定：违法（未报即用）。",
    )
    assert judged(work) == [("违法", "未报即用", "甲"), ("其他", "宅基地", "乙"), ("违法", "未报即用", "甲")]
    assert verify(work).ok


def test_a_returned_patch_goes_back_to_the_return(work):
    judge(work)
    for step, person in (("复核", "乙"), ("审定", "丙"), ("上报", "丙"), ("市级退回", "市级")):
        with work.writing(person, step) as change:
            known = stages.transitions_of(change.connection)
            stage = stages.standings(change.connection, [A])[A].stage
            stages.take(change, [Move(A, known.of(step, stage), person, "2021-07-20", "照片不清")])
    assert undo(work).said == "图斑现在是市级退回，没有可以撤销的判定。"
    judge(work, basis="补充了照片")
    assert undo(work).stage == "市级退回"
    assert verify(work).ok


def test_a_doubt_leaves_the_patch_open(work):
    done = judge(work, result="存疑", category="", basis="进不了现场")
    assert (done.is_doubt, done.stage, done.result) == (True, "待核查", "存疑")
    assert dossier(work).doubt.reason == "进不了现场"
    judge(work)
    assert dossier(work).doubt is None


def test_the_overlay_is_printed_so_that_it_adds_up(work):
    lines = dossier(work).overlay
    land = [(line.name, line.gross, line.net, line.share) for line in lines if line.role == "land_class"]
    assert land == [("0103", "2.10", "2.10", "70.0%"), ("0301", "0.90", "0.90", "30.0%")]
    tones = {line.role.value: line.tone for line in lines}
    assert tones["redline"] is Tone.HIT
    assert tones["river"] is Tone.SLIVER
    assert tones["urban"] is Tone.NOT_EVALUATED
    assert tones["forest"] is Tone.MISS
    order = [line.tone for line in lines if line.role != "land_class"]
    assert order == sorted(order, key=list(Tone).index)
    urban = next(line for line in lines if line.role == "urban")
    assert (urban.gross, urban.share) == ("", "")


def test_claims_carry_their_sentences(work):
    shown = dossier(work, B)
    assert shown.duty_state == "待会商"
    assert [(line.duty, line.unit) for line in shown.duties][:2] == [
        ("查处", "区林业局"),
        ("协办", "区生态环境局"),
    ]
    assert "建议由区林业局" in shown.duties[0].sentence
    assert "共2家均有查处职责" in shown.summary
    assert any(note.startswith("边角：与河道管理范围") for note in dossier(work).notes)


def test_the_suggestion_can_be_taken_over_word_by_word(work):
    proposal = dossier(work).proposal
    assert (proposal.result, proposal.category) == ("合法", "当年审批")
    assert proposal.document_no == "渝府地〔2021〕12号"
    assert proposal.grounds.startswith("建设用地审批（渝府地〔2021〕12号）覆盖100.00%")
    done = judge(
        work,
        result=proposal.result,
        category=proposal.category,
        basis=proposal.grounds,
        document_no=proposal.document_no,
    )
    assert done.done
    assert determinations.read(work)["basis"].tolist() == [proposal.grounds]


def test_the_history_is_told_in_plain_words(work):
    judge(work)
    undo(work)
    told = [(line.actor, line.action, line.text) for line in dossier(work).history]
    assert told == [
        ("甲", "撤销判定", "撤销判定（已判定 → 待核查），理由：判定人更正：误操作"),
        (
            "甲",
            "记录合法性判定",
            f"第1次判定为违法（未报即用），判定人甲，{date.today()}，依据：现场已建，无审批；待核查 → 已判定",
        ),
        ("甲", "分派职责", "查处：区生态环境局"),
        ("甲", "套合分析", "套合结果14项，1种图层没有"),
        ("甲", "导入图斑", "图斑入库"),
    ]


def test_the_queue_has_the_fewest_days_first_and_the_done_last(work):
    judge(work, B, decided_on="2021-07-09")
    judge(work, C, result="存疑", category="", basis="进不了现场")
    queue = review_queue(work.path, date(2021, 7, 10))
    assert queue["patch_no"].tolist() == [A, C, B]
    assert queue["days_left"].tolist()[:2] == [6, 6]
    assert queue["due_on"].tolist() == ["2021-07-16"] * 3
    assert queue["stage"].tolist() == ["待核查", "待核查", "已判定"]
    assert queue["is_doubt"].tolist() == [False, True, False]
    assert queue["result"].tolist() == ["", "", "违法"]
    assert queue["duty_state"].tolist() == ["未评估", "兜底", "待会商"]


def test_evidence_files_are_copied_recorded_and_found(work, tmp_path):
    source = tmp_path / "E盘" / "批文.pdf"
    source.parent.mkdir()
    source.write_bytes(b"%PDF-1.4")
    (file,) = attach_files(work.path, A, [source], "甲", QUIET)
    assert evidence_folder(work.path) == tmp_path / "工作库_举证材料"
    assert place_of(work.path, file) == tmp_path / "工作库_举证材料" / A / "批文.pdf"
    assert (file.name, file.size, file.source) == ("批文.pdf", 8, str(source))
    assert file.sha256 == sha256(b"%PDF-1.4").hexdigest()
    assert dossier(work).files == (file,)
    assert attach_files(work.path, A, [source], "甲", QUIET) == ()
    source.write_bytes(b"%PDF-1.5")
    (second,) = attach_files(work.path, A, [source], "甲", QUIET)
    assert place_of(work.path, second).name == "批文（2）.pdf"
    take_away(work.path, file, "甲", QUIET)
    assert dossier(work).files == (second,)
    assert place_of(work.path, file).exists()
    assert dossier(work).history[0].text == "撤下举证材料“批文.pdf”"
    assert verify(work).ok


def test_a_copy_that_was_changed_or_lost_is_told(work, tmp_path):
    source = tmp_path / "照片.jpg"
    source.write_bytes(b"1")
    (file,) = attach_files(work.path, A, [source], "甲", QUIET)
    assert check_file(work.path, file) == ""
    place_of(work.path, file).write_bytes(b"2")
    assert check_file(work.path, file) == "“照片.jpg”与附上时的内容不同，文件被改动过。"
    place_of(work.path, file).unlink()
    assert check_file(work.path, file).startswith("“照片.jpg”不在")


def test_all_files_are_attached_or_none(work, tmp_path):
    source = tmp_path / "照片.jpg"
    source.write_bytes(b"1")
    with pytest.raises(WeipianError, match="读不了“.*没有.jpg”"):
        attach_files(work.path, A, [source, tmp_path / "没有.jpg"], "甲", QUIET)
    assert dossier(work).files == ()
    assert list(evidence_folder(work.path).rglob("*.jpg")) == []


def refusal(work, source, patch_no=A):
    with pytest.raises(WeipianError) as refused:
        attach_files(work.path, patch_no, [source], "甲", QUIET)
    assert dossier(work, patch_no).files == ()
    return str(refused.value)


@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "looping link"])
def test_what_is_no_file_is_not_attached(work, tmp_path, kind):
    source = tmp_path / "照片.jpg"
    if kind == "pipe":
        os.mkfifo(source)
    elif kind == "folder":
        source.mkdir()
    else:
        source.symlink_to("/dev/zero" if kind == "device" else source)
    assert re.fullmatch(r"[^A-Za-z]*。", refusal(work, source).replace(str(source), ""))
    assert not evidence_folder(work.path).exists()


def test_copies_stay_in_the_folder_whatever_links_lie_in_it(work, tmp_path):
    """A link in the place of a copy is passed over, one in the place of the patch's folder refused."""
    source, elsewhere = tmp_path / "照片.jpg", tmp_path / "别处"
    source.write_bytes(b"1")
    elsewhere.mkdir()
    (evidence_folder(work.path) / A).mkdir(parents=True)
    (evidence_folder(work.path) / A / "照片.jpg").symlink_to(elsewhere / "照片.jpg")
    (file,) = attach_files(work.path, A, [source], "甲", QUIET)
    assert place_of(work.path, file).name == "照片（2）.jpg"
    (evidence_folder(work.path) / B).symlink_to(elsewhere)
    assert "是指向别处的链接" in refusal(work, source, B)
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    "stored_as", ["../../etc/passwd", "/etc/passwd", "..\\..\\x.exe", "C:\\x.exe", "a/./../../b"]
)
def test_a_record_altered_to_lead_elsewhere_leads_nowhere(work, tmp_path, stored_as):
    file = EvidenceFile(A, ATTACH, "照片.jpg", stored_as, "0", 1, "", "甲", "2021-08-01")
    place = place_of(work.path, file)
    assert ".." not in place.parts and "\\" not in str(place)
    assert place.is_relative_to(evidence_folder(work.path))
    assert check_file(work.path, file).startswith("“照片.jpg”不在")


def test_a_copy_that_became_something_else_is_told(work, tmp_path):
    source = tmp_path / "照片.jpg"
    source.write_bytes(b"1")
    (file,) = attach_files(work.path, A, [source], "甲", QUIET)
    place = place_of(work.path, file)
    place.unlink()
    place.symlink_to("/etc/passwd")
    assert "内容不同" in check_file(work.path, file)
    place.unlink()
    os.mkfifo(place)
    assert check_file(work.path, file).startswith("“照片.jpg”不在")


def test_a_full_disk_leaves_no_half_copy(work, tmp_path):
    source = tmp_path / "录像.mp4"
    source.write_bytes(bytes(4 << 20))
    with small_disk(tmp_path / "小磁盘", "3m") as disk:
        evidence_folder(work.path).symlink_to(disk)
        assert "请检查磁盘是否已满" in refusal(work, source)
        assert [path for path in disk.rglob("*") if path.is_file()] == []
