"""Use case: what another plan file, or other layer editions or none, would change. Nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from weipian_plugin.domain.decisions import Casework, stand
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.plan import Plan, parse_plan
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.domain.units import printed_units, to_mu
from weipian_plugin.domain.what_if import Comparison, compare
from weipian_plugin.giving_way import free_row_by_row
from weipian_plugin.store.library import Library
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.assign_duties import Contradictions, contradictions_of
from weipian_plugin.workflow.casework import Known, known, propose, with_decisions
from weipian_plugin.workflow.evidence import evidence_by_patch
from weipian_plugin.workflow.plans import adopted_plan, read_plan_text
from weipian_plugin.workflow.run_overlay import compute


@dataclass(frozen=True)
class Scenario:
    """What is to be tried: another plan file, other layer editions, some layers gone, or all of these."""

    plan: Path | None = None
    library: Path | None = None
    """A library with the layers that are replaced; layers that it does not hold stay as they are."""
    removed: frozenset[Role] = frozenset()
    """Layers to do without: what rests on them is not evaluated then, and never a no."""


@dataclass(frozen=True)
class WhatIf:
    """What a scenario would change."""

    comparison: Comparison
    contradictions: Contradictions
    """Notes to decisions that would be contradicted under the scenario and are not now; by patch."""
    plan: Plan
    """The plan of the scenario."""
    plan_before: Plan
    editions: Mapping[Role, tuple[str, str]]
    """Replaced layers: edition before ('' when there was none, several joined) and after ('': removed)."""


def what_if(workspace: Path, scenario: Scenario, progress: Progress) -> WhatIf:
    """Assign all patches as they are and under the scenario, and compare; the workspace is only read.

    Decisions stand in both. Raises WeipianError when there is nothing to compare.
    """
    if scenario == Scenario():
        raise WeipianError(
            "没有写明要试算什么：请选择另一份方案文件，或含有替换图层的底图库，或写明要去掉的图层。"
        )
    work = Workspace.open(workspace)
    progress.report(0, "读取工作库")
    held = known(work)
    if held.patches.empty:
        raise WeipianError("工作库里没有图斑，没有可以试算的内容。")
    before_plan = adopted_plan(work)
    plan = _plan(scenario.plan, work) if scenario.plan else before_plan
    tried, editions = held, dict[Role, tuple[str, str]]()
    if scenario.library is not None:
        asked = before_plan.layers | plan.layers
        tried, editions = _with_layers(work, scenario.library, asked, held, progress.part(0.1, 0.5))
    tried, editions = _without_layers(scenario.removed, tried, editions)
    before = propose(held, before_plan, progress.part(0.5, 0.7))
    after = _after(before, held, tried, plan, plan is before_plan, progress.part(0.7, 0.9))
    before, after = _decided(work, before), _decided(work, after)
    printed = printed_units(to_mu(held.patches["area_m2"].to_numpy(float))).tolist()
    areas = dict(zip(held.patches["patch_no"], printed, strict=True))
    comparison = compare(
        [stand(case, before_plan) for case in before.values()],
        [stand(case, plan) for case in after.values()],
        areas,
    )
    progress.report(1.0)
    news = _news(contradictions_of(before, before_plan), contradictions_of(after, plan))
    for large in (before, after, held.evidence, tried.evidence):
        free_row_by_row(large)
    return WhatIf(comparison, news, plan, before_plan, editions)


def _plan(path: Path, work: Workspace) -> Plan:
    return parse_plan(read_plan_text(path), path.name).in_year(work.year)


def _decided(work: Workspace, cases: Mapping[str, Casework]) -> dict[str, Casework]:
    with work.reading() as connection:
        return with_decisions(cases, connection)


def _after(
    before: Mapping[str, Casework], held: Known, tried: Known, plan: Plan, same_plan: bool, progress: Progress
) -> dict[str, Casework]:
    """Return the cases under the scenario; where neither plan nor figures change, those as they are."""
    moved = [n for n in before if not same_plan or tried.evidence.get(n) != held.evidence.get(n)]
    frame = tried.patches[tried.patches["patch_no"].isin(moved)]
    return {**before, **propose(replace(tried, patches=frame), plan, progress)}


def _with_layers(
    work: Workspace, library: Path, asked: Collection[Role], held: Known, progress: Progress
) -> tuple[Known, dict[Role, tuple[str, str]]]:
    """Return what is known with the figures of the library's layers in the place of the stored ones."""
    editions = {role: edition.edition for role, edition in Library.open(library).editions().items()}
    if not editions:
        raise WeipianError(f"底图库“{library}”里没有图层，没有可以试算的内容。")
    tables = compute(work, library, "", progress, asked)
    # What no rule asks about is not computed, and stays as it is.
    names = [role.value for role in editions if role in asked]
    areas = _merged(held.areas, tables.areas, names)
    hits = _merged(held.hits, tables.hits, names)
    was = {role: _editions_of(held.areas, role) for role in editions}
    tried = replace(held, areas=areas, hits=hits, evidence=evidence_by_patch(areas, hits))
    return tried, {role: (was[role], editions[role]) for role in editions}


def _without_layers(
    removed: Collection[Role], held: Known, editions: dict[Role, tuple[str, str]]
) -> tuple[Known, dict[Role, tuple[str, str]]]:
    """Return what is known without the figures of some layers."""
    if not removed:
        return held, editions
    replaced = "、".join(role.label for role in Role if role in removed and role in editions)
    if replaced:
        raise WeipianError(f"{replaced}既在替换的底图库里，又写在要去掉的图层里，请只选一样。")
    names = [role.value for role in removed]
    areas, hits = (frame[~frame["role"].isin(names)] for frame in (held.areas, held.hits))
    gone = {role: (_editions_of(held.areas, role), "") for role in Role if role in removed}
    tried = replace(held, areas=areas, hits=hits, evidence=evidence_by_patch(areas, hits))
    return tried, {**editions, **gone}


def _merged(stored: pd.DataFrame, computed: pd.DataFrame, roles: list[str]) -> pd.DataFrame:
    kept, new = stored[~stored["role"].isin(roles)], computed[computed["role"].isin(roles)]
    if kept.empty or new.empty:
        return new if kept.empty else kept
    return pd.concat([kept, new], ignore_index=True)


def _editions_of(areas: pd.DataFrame, role: Role) -> str:
    used = areas.loc[areas["role"] == role.value, "edition"]
    return "、".join(sorted(set(used) - {""}))


def _news(before: Contradictions, after: Contradictions) -> Contradictions:
    """Return the notes that the scenario alone brings."""
    news = {
        number: {key: note for key, note in notes.items() if before.get(number, {}).get(key) != note}
        for number, notes in after.items()
    }
    return {number: notes for number, notes in news.items() if notes}
