"""What every way of recording a determination shares: a table of many, and the form of one patch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from weipian_plugin.domain.categories import DOUBTFUL, Dictionary
from weipian_plugin.domain.determination import Case, Given, Judgement, Refused, judge
from weipian_plugin.domain.proposal import Proposal
from weipian_plugin.domain.stages import DETERMINE, OPEN, Transitions
from weipian_plugin.store import determinations, doubts, stages
from weipian_plugin.store.change import Change
from weipian_plugin.store.doubts import Doubt
from weipian_plugin.store.stages import Move, Standing
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.categories import dictionary_of
from weipian_plugin.workflow.propose_determinations import proposals_for

ACTION = "记录合法性判定"
"""What the history calls it."""
SAME = "与已记录的一致，没有重复记录。"


@dataclass(frozen=True)
class Held:
    """What the workspace holds about the patches that are judged, by patch number."""

    standings: Mapping[str, Standing]
    determinations: Mapping[str, Mapping[str, object]]
    doubts: Mapping[str, Doubt]
    proposals: Mapping[str, Proposal]
    dictionary: Dictionary
    year: int


def hold(work: Workspace, change: Change, numbers: Iterable[str]) -> Held:
    """Return what is held about some patches, in the transaction; unknown numbers are left out."""
    wanted = list(numbers)
    connection = change.connection
    dictionary = dictionary_of(work, connection)
    proposals = proposals_for(connection, wanted, dictionary, work.year)
    return Held(
        stages.standings(connection, wanted),
        determinations.latest(connection, wanted),
        doubts.latest(connection, wanted),
        {proposal.patch_no: proposal for proposal in proposals},
        dictionary,
        work.year,
    )


def judged(given: Given, held: Held, today: date) -> Judgement:
    """Return what the words about a held patch come to; raise Refused when they cannot stand.

    Whether the stage of the patch is open for it is asked apart: `domain.determination.require_open`.
    """
    standing = held.standings[given.patch_no]
    if standing.is_split:
        raise Refused("图斑已拆分，请对各子图斑分别判定")
    case = Case(
        standing.kind,
        standing.received_on,
        held.year,
        standing.date_after,
        standing.area_mu,
        standing.opened_on,
    )
    return judge(given, case, held.dictionary, today)


def is_recorded(judgement: Judgement, held: Held, dated: bool) -> bool:
    """Return whether a judgement stands already: the same words, on a patch that nobody sent back since.

    `dated`: the person named the day of the judgement, so that another day makes it another one.
    """
    before = held.determinations.get(judgement.patch_no)
    if judgement.is_doubt:
        doubt = held.doubts.get(judgement.patch_no)
        revision = before["revision"] if before else 0
        return doubt is not None and (doubt.reason, doubt.after_revision) == (judgement.basis, revision)
    if before is None or held.standings[judgement.patch_no].stage in OPEN:
        return False
    said = ("result", "category", "basis", "document_no")
    same = all(before[name] == getattr(judgement, name) for name in said)
    same_day = not dated or before["decided_on"] == judgement.decided_on
    return same and same_day and json.loads(str(before["evidence"])) == dict(judgement.evidence)


def told(judgement: Judgement, held: Held) -> str:
    """Return in Chinese what is recorded, and on lines of their own what should be looked at."""
    if judgement.is_doubt:
        text = "已记为存疑，图斑留待核查。"
    else:
        before = held.determinations.get(judgement.patch_no)
        number = int(str(before["revision"])) + 1 if before else 1
        former = f"，前一次为{before['result']}（{before['category']}）" if before else ""
        text = f"已记录为{judgement.result}（{judgement.category}），第{number}次判定{former}。"
    remarks = [f"{remark}。" for remark in judgement.remarks] + _difference(judgement, held)
    return "\n".join([text, *(f"请核对：{remark}" for remark in remarks)])


def _difference(judgement: Judgement, held: Held) -> list[str]:
    """Return how the suggestion differs from the judgement, where the figures suggest anything."""
    proposal = held.proposals[judgement.patch_no]
    if judgement.is_doubt or proposal.result in (DOUBTFUL, judgement.result):
        return []
    return [f"与套合得出的建议不同——{proposal.sentence}"]


def store(change: Change, new: Iterable[Judgement], held: Held, person: str) -> None:
    """Record judgements and doubts, and take the patches to 已判定."""
    listed = list(new)
    certain = [one for one in listed if not one.is_doubt]
    determinations.insert(change, [determination_row(one, person) for one in certain])
    open_questions = [one for one in listed if one.is_doubt]
    doubts.insert(change, [Doubt(one.patch_no, one.basis, person, one.decided_on) for one in open_questions])
    known = stages.transitions_of(change.connection)
    stages.take(change, [move for one in certain for move in _moves(one, held, known, person)])


def determination_row(judgement: Judgement, person: str) -> dict[str, object]:
    """Return a judgement in the name of who made it, as `store.determinations.insert` takes it."""
    return {
        "patch_no": judgement.patch_no,
        "result": judgement.result,
        "category": judgement.category,
        "basis": judgement.basis,
        "document_no": judgement.document_no,
        "decided_by": person,
        "decided_on": judgement.decided_on,
        "evidence": dict(judgement.evidence),
        "dictionary": judgement.dictionary,
    }


def _moves(judgement: Judgement, held: Held, known: Transitions, person: str) -> list[Move]:
    """Return the step to 已判定; none for a patch that is there already (a correction)."""
    transition = known.of(DETERMINE, held.standings[judgement.patch_no].stage)
    return [] if transition is None else [Move(judgement.patch_no, transition, person, judgement.decided_on)]
