"""Use case: propose for every patch who has to do what under the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from weipian_plugin.domain.decisions import Casework, Key, contradictions, stand
from weipian_plugin.domain.duties import DutyName, DutyState
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Finding, Severity
from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.progress import Progress
from weipian_plugin.giving_way import free_row_by_row
from weipian_plugin.store import decisions, duties, patches
from weipian_plugin.store.change import Change
from weipian_plugin.store.patches import View
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.casework import duty_rows, known, propose, with_decisions
from weipian_plugin.workflow.plans import adopted_plan

Contradictions = Mapping[str, Mapping[Key, str]]
"""By patch number: the note to each decision that the present figures contradict."""


@dataclass(frozen=True)
class Assignment:
    """What an assignment run proposed."""

    patches: int
    changed: int
    """Patches whose proposals or state changed."""
    states: Mapping[DutyState, int]
    """How many patches are in each state after the run, a person's decisions included."""
    contradicted: int = 0
    """Patches whose decisions the present figures or plan contradict; the decisions stand."""
    findings: tuple[Finding, ...] = ()


def assign_duties(workspace: Path, actor: str, progress: Progress) -> Assignment:
    """Assign all patches by the workspace's plan and store the proposals in one transaction.

    What persons decided stands; where the figures contradict it, that is noted beside it. Raises
    WeipianError when there is nothing to assign; then, and when cancelled, nothing is changed.
    """
    work = Workspace.open(workspace)
    progress.report(0, "读取套合结果")
    held = known(work)
    if held.patches.empty:
        raise WeipianError("工作库里没有图斑，请先导入图斑并做套合分析。")
    plan = adopted_plan(work)
    progress.report(0.3, "按方案分派")
    cases = propose(held, plan, progress.part(0.3, 0.8))
    progress.report(0.8, "写入工作库")
    with work.writing(actor, "分派职责", progress) as change:
        decided = with_decisions(cases, change.connection)
        notes = contradictions_of(decided, plan)
        changed = store_standing(change, decided, notes, plan)
        progress.check()
    progress.finish()
    count = len(cases)
    for large in (decided, cases, held.evidence):
        free_row_by_row(large)
    return Assignment(count, changed, _states(work), len(notes), tuple(_findings(notes)))


def store_standing(change: Change, cases: Mapping[str, Casework], notes: Contradictions, plan: Plan) -> int:
    """Store the proposals, states and notes of these patches; return how many patches changed."""
    standing = {number: stand(case, plan) for number, case in cases.items()}
    proposals = duty_rows({number: item.proposals for number, item in standing.items()})
    states = {number: item.state.value for number, item in standing.items()}
    changed = duties.replace_proposals(change, proposals, states)
    written = {
        (number, duty.value, unit): note
        for number, own in notes.items()
        for (duty, unit), note in own.items()
    }
    decisions.set_notes(change, cases, written)
    return changed


def contradictions_of(cases: Mapping[str, Casework], plan: Plan) -> Contradictions:
    """Return the notes to decisions that the present figures or plan contradict, by patch."""
    found = {n: contradictions(case, plan) for n, case in cases.items() if case.rulings or case.struck}
    return {number: notes for number, notes in found.items() if notes}


def _findings(notes: Contradictions) -> list[Finding]:
    return [
        Finding(
            "decision-contradicted",
            Severity.WARNING,
            f"图斑{number}由{unit}{'' if duty is DutyName.LEAD else '承担'}{duty}的决定维持不变；{note}",
            "决定没有改动；复核后维持的请再“确认”一次，要改的请“改派”或“撤销”。",
            (number,),
        )
        for number, own in notes.items()
        for (duty, unit), note in own.items()
    ]


def _states(work: Workspace) -> Mapping[DutyState, int]:
    counts = Counter(patches.read(work, with_geometry=False, view=View.VERIFIED)["duty_state"])
    return {state: counts[state.value] for state in DutyState}
