"""Use cases: record what a person judged one patch to be; take the last judgement back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from weipian_plugin.domain.determination import Given, Judgement, Refused, require_open
from weipian_plugin.domain.people import person_name
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.stages import Stage
from weipian_plugin.store import determinations, one_patch, stages
from weipian_plugin.store.change import Change
from weipian_plugin.store.stages import Move, Standing
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow import judging
from weipian_plugin.workflow.judging import Held

UNDO_REASON = "判定人更正：误操作"
"""The reason on record where the person gives none."""
_UNKNOWN = "工作库里没有这个图斑，可能已被改编号，请刷新队列"
_CORRECTION = "撤销更正判定"


@dataclass(frozen=True)
class Outcome:
    """What became of it. Nothing was changed unless `done`."""

    patch_no: str
    done: bool
    said: str
    """Chinese: what was recorded and should be looked at, or why it was refused."""
    field: str = ""
    """Where it was refused: the attribute of `Given`, or the evidence field, to correct; '' for none."""
    stage: str = ""
    """Where the patch stands now."""
    result: str = ""
    """What it is judged to be now, 存疑 included; '' for nothing."""
    category: str = ""
    is_doubt: bool = False


def judge_patch(workspace: Path, given: Given, person: str, progress: Progress) -> Outcome:
    """Record the judgement of one patch and take it to 已判定, or say why it cannot stand.

    Raises WeipianError when nobody is named or the workspace cannot be written.
    """
    name = person_name(person, "判定人")
    work = Workspace.open(workspace)
    with work.writing(name, judging.ACTION, progress) as change:
        held = judging.hold(work, change, [given.patch_no])
        try:
            judgement = _judgement(given, held)
        except Refused as refused:
            return Outcome(given.patch_no, False, f"{refused}。", refused.field)
        if judging.is_recorded(judgement, held, bool(given.decided_on)):
            return _recorded(judgement, held, judging.SAME)
        judging.store(change, [judgement], held, name)
    return _recorded(judgement, held, judging.told(judgement, held))


def _judgement(given: Given, held: Held) -> Judgement:
    if given.patch_no not in held.standings:
        raise Refused(_UNKNOWN)
    judgement = judging.judged(given, held, date.today())
    require_open(judgement, held.standings[given.patch_no].stage)
    return judgement


def _recorded(judgement: Judgement, held: Held, said: str) -> Outcome:
    stage = held.standings[judgement.patch_no].stage if judgement.is_doubt else Stage.DETERMINED.value
    return Outcome(
        judgement.patch_no,
        True,
        said,
        stage=stage,
        result=judgement.result,
        category=judgement.category,
        is_doubt=judgement.is_doubt,
    )


def undo_judgement(
    workspace: Path, patch_no: str, person: str, progress: Progress, reason: str = UNDO_REASON
) -> Outcome:
    """Take the last judgement of a patch back, on record: nothing that was recorded goes away.

    A first judgement: the patch goes back to where it stood, by the step 撤销判定 or 撤销重判. A correction:
    the words before it are recorded once more, under the name and the day of who judged then. Only who judged
    may, and only before the review. Raises WeipianError when nobody is named or nothing can be written.
    """
    name = person_name(person, "判定人")
    work = Workspace.open(workspace)
    with work.writing(name, _action(work, patch_no), progress) as change:
        standing = stages.standings(change.connection, [patch_no]).get(patch_no)
        refusal = _cannot_undo(standing, name)
        if refusal or standing is None:
            return Outcome(patch_no, False, refusal)
        if one_patch.is_corrected(change.connection, patch_no):
            return _undo_correction(change, standing)
        return _undo_step(change, standing, name, reason)


def _action(work: Workspace, patch_no: str) -> str:
    with work.reading() as connection:
        return _CORRECTION if one_patch.is_corrected(connection, patch_no) else "撤销判定"


def _cannot_undo(standing: Standing | None, person: str) -> str:
    """Return why the judgement of a patch cannot be taken back by a person; '' when it can."""
    if standing is None:
        return f"{_UNKNOWN}。"
    if standing.stage != Stage.DETERMINED:
        return f"图斑现在是{standing.stage}，没有可以撤销的判定。"
    if standing.judge != person:
        return f"判定人是{standing.judge}，只能由本人撤销；别人不同意的，复核时办“复核不通过”。"
    return ""


def _undo_step(change: Change, standing: Standing, person: str, reason: str) -> Outcome:
    events = one_patch.events_of(change.connection, standing.patch_no)
    before = str(events[-1]["from_stage"]) if events else ""
    step = stages.transitions_of(change.connection).undoing(standing.stage, before)
    if step is None:
        return Outcome(standing.patch_no, False, "这次判定不是在本库办理的，不能撤销，请重新判定。")
    stages.take(change, [Move(standing.patch_no, step, person, date.today().isoformat(), reason)])
    return Outcome(standing.patch_no, True, f"已撤销判定，图斑回到{step.to_stage}。", stage=step.to_stage)


def _undo_correction(change: Change, standing: Standing) -> Outcome:
    former = one_patch.determinations_of(change.connection, standing.patch_no)[-2]
    row = {**former, "patch_no": standing.patch_no, "evidence": json.loads(str(former["evidence"]))}
    determinations.insert(change, [row])
    result, category = str(former["result"]), str(former["category"])
    said = f"已撤销更正，恢复为第{former['revision']}次判定：{result}（{category}）。"
    return Outcome(standing.patch_no, True, said, stage=standing.stage, result=result, category=category)
