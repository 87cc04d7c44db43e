"""Patches with all that a decision or an assignment looks at: facts, proposals, what persons decided."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from weipian_plugin.domain.decisions import Action, Casework, Key, Ruling, Seen
from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.jurisdiction import Duty, assign
from weipian_plugin.domain.jurisdiction.evidence import look_up
from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role, Status
from weipian_plugin.store import decisions, duties, facts, overlays, patches
from weipian_plugin.store.patches import View
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.evidence import Evidence, evidence_by_patch
from weipian_plugin.workflow.known_facts import (
    NOTHING_SAID,
    PersonFacts,
    facts_of,
    person_facts,
    with_outcomes,
)
from weipian_plugin.workflow.rectify import remedy_outcomes

_STEP = 200


@dataclass(frozen=True)
class Known:
    """What the workspace holds about its patches, ready to be assigned by any plan."""

    patches: pd.DataFrame
    areas: pd.DataFrame
    hits: pd.DataFrame
    evidence: dict[str, Evidence]
    said: Mapping[str, PersonFacts]


def known(work: Workspace, only: Collection[str] | None = None) -> Known:
    """Read all patches that are worked on, or those of the given numbers, with their overlay and facts.

    A patch that was split is worked on no more; its children are.
    """
    frame = patches.read(work, with_geometry=False, view=View.VERIFIED)
    if only is None:
        areas, hits = overlays.read_areas(work), overlays.read_hits(work)
    else:
        frame = frame[frame["patch_no"].isin(list(only))]
        areas, hits = overlays.read_of(work, only)
    said = with_outcomes(person_facts(facts.read(work)), remedy_outcomes(work))
    return Known(frame, areas, hits, evidence_by_patch(areas, hits), said)


def propose(held: Known, plan: Plan, progress: Progress) -> dict[str, Casework]:
    """Return every patch with its role matrix, by patch number; as yet without decisions."""
    cases = {}
    rows: Iterable[Any] = held.patches.itertuples(index=False)
    for number, row in enumerate(rows):
        if number % _STEP == 0:
            progress.report(number / len(held.patches))
        patch_no = str(row.patch_no)
        evidence = held.evidence.get(patch_no, {})
        known_facts = facts_of(row, plan, held.said.get(patch_no, NOTHING_SAID))
        blind = frozenset(role for role in Role if look_up(evidence, role).status is Status.NOT_EVALUATED)
        matrix = assign(known_facts, evidence, plan)
        cases[patch_no] = Casework(known_facts, matrix, not_evaluated=blind)
    return cases


def with_decisions(cases: Mapping[str, Casework], connection: sqlite3.Connection) -> dict[str, Casework]:
    """Return the cases with what persons decided about them."""
    rulings, log = decisions.rulings(connection), decisions.log(connection)
    return {
        number: _decided(case, rulings.get(number, ()), log.get(number, ()))
        if number in rulings or number in log
        else case
        for number, case in cases.items()
    }


def _decided(case: Casework, rulings: Iterable[Any], log: Iterable[Any]) -> Casework:
    seen: dict[Key, Seen | None] = {}
    struck: dict[Key, Seen | None] = {}
    for row in log:
        given = dict(zip(decisions.LOG_COLUMNS, row, strict=True))
        _replay(given, seen, struck)
    return Casework(
        case.facts,
        case.matrix,
        tuple(_ruling(row, seen) for row in rulings),
        struck,
        case.not_evaluated,
    )


def _replay(given: Mapping[str, Any], seen: dict[Key, Seen | None], struck: dict[Key, Seen | None]) -> None:
    """Bring what was known at each ruling, and what is struck, up to one more decision."""
    duty, action = DutyName(given["duty"]), Action(given["decision"])
    key = (duty, given["unit"])
    if action is Action.STRIKE:
        struck[key] = _seen(given["seen"])
        return
    seen[key] = _seen(given["seen"])
    struck.pop(key, None)
    if action is Action.REASSIGN:
        struck[duty, given["former_unit"]] = _seen(given["former_seen"])


def _seen(text: str) -> Seen | None:
    data = json.loads(text)
    return Seen.from_dict(data) if data else None


def _ruling(row: Any, seen: Mapping[Key, Seen | None]) -> Ruling:
    values = dict(zip(decisions.RULING_COLUMNS, row, strict=True))
    duty, unit, status = DutyName(values["duty"]), values["unit"], values["status"]
    return Ruling(
        duty=duty,
        unit=unit,
        action=Action(values["decision"] or status),
        rule_id=values["rule_id"],
        clause=values["clause"],
        reason=values["reason"],
        area_m2=values["area_m2"],
        share=values["share"],
        plan_version=values["plan_version"],
        decided_by=values["decided_by"],
        decided_on=values["decided_on"],
        decision_reason=values["decision_reason"],
        reference=values["reference"],
        seen=seen.get((duty, unit)),
    )


def ruling_row(patch_no: str, ruling: Ruling) -> tuple[Any, ...]:
    """Return a ruling as a row of RULING_COLUMNS."""
    status = "改派" if ruling.action is Action.REASSIGN else "确认"
    return (
        patch_no,
        ruling.duty.value,
        ruling.unit,
        status,
        ruling.rule_id,
        ruling.clause,
        ruling.reason,
        ruling.area_m2,
        ruling.share,
        ruling.plan_version,
        ruling.decided_by,
        ruling.decided_on,
        ruling.action.value,
        ruling.decision_reason,
        ruling.reference,
    )


def duty_rows(proposals: Mapping[str, Iterable[Duty]]) -> pd.DataFrame:
    """Return proposals by patch number as rows of the table duty."""
    rows = [
        (
            patch_no,
            duty.duty.value,
            duty.unit,
            duty.rule_id,
            duty.clause,
            duty.reason,
            duty.area_m2,
            duty.share,
            duty.plan_version,
        )
        for patch_no, own in proposals.items()
        for duty in own
    ]
    return pd.DataFrame(rows, columns=list(duties.PROPOSAL_COLUMNS))
