"""Use case: propose for every patch who has to do what under the plan."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from weipian_plugin.domain.duties import DutyState
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.issued_facts import issued_facts
from weipian_plugin.domain.jurisdiction import DutyMatrix, PatchFacts, assign
from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import duties, overlays, patches
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.evidence import Evidence, evidence_by_patch
from weipian_plugin.workflow.plans import adopted_plan

_STEP = 200


@dataclass(frozen=True)
class Assignment:
    """What an assignment run proposed."""

    patches: int
    changed: int
    """Patches whose proposals or state changed."""
    states: Mapping[DutyState, int]
    """How many patches are in each state after the run, a person's decisions included."""


def assign_duties(workspace: Path, actor: str, progress: Progress) -> Assignment:
    """Assign all patches by the workspace's plan and store the proposals in one transaction.

    Raises WeipianError when there is nothing to assign; then, and when cancelled, nothing is changed.
    """
    work = Workspace.open(workspace)
    progress.report(0, "读取套合结果")
    frame = patches.read(work, with_geometry=False)
    if frame.empty:
        raise WeipianError("工作库里没有图斑，请先导入图斑并做套合分析。")
    evidence = evidence_by_patch(overlays.read_areas(work), overlays.read_hits(work))
    progress.report(0.3, "按方案分派")
    matrices = assign_all(frame, evidence, adopted_plan(work), progress.part(0.3, 0.8))
    progress.report(0.8, "写入工作库")
    with work.writing(actor, "分派职责", progress) as change:
        states = {matrix.patch_no: matrix.state.value for matrix in matrices}
        changed = duties.replace_proposals(change, duty_rows(matrices), states)
        progress.check()
    progress.report(1.0)
    return Assignment(len(frame), changed, _states(work))


def assign_all(
    frame: pd.DataFrame, evidence: Mapping[str, Evidence], plan: Plan, progress: Progress
) -> list[DutyMatrix]:
    """Return the role matrix of every patch in a frame of the table patch."""
    matrices = []
    for number, row in enumerate(frame.itertuples(index=False)):
        if number % _STEP == 0:
            progress.report(number / len(frame))
        matrices.append(assign(facts_of(row, plan), evidence.get(str(row.patch_no), {}), plan))
    return matrices


def facts_of(row: Any, plan: Plan) -> PatchFacts:
    """Return what is known of a patch from its row of the table patch, issued attributes included."""
    issued = issued_facts(json.loads(row.attributes), plan)
    return PatchFacts(
        patch_no=row.patch_no,
        kind=row.kind,
        area_m2=row.area_m2,
        subject=issued.subject,
        use=issued.use,
        patch_type=row.patch_type,
        town_name=row.town_name,
    )


def duty_rows(matrices: list[DutyMatrix]) -> pd.DataFrame:
    """Return the proposals as rows of the table duty."""
    rows = [
        (
            matrix.patch_no,
            duty.duty.value,
            duty.unit,
            duty.rule_id,
            duty.clause,
            duty.reason,
            duty.area_m2,
            duty.share,
            duty.plan_version,
        )
        for matrix in matrices
        for duty in matrix.duties
    ]
    return pd.DataFrame(rows, columns=list(duties.PROPOSAL_COLUMNS))


def _states(work: Workspace) -> Mapping[DutyState, int]:
    counts = Counter(patches.read(work, with_geometry=False)["duty_state"])
    return {state: counts[state.value] for state in DutyState}
