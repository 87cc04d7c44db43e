"""Duties: what the plan proposes for each patch, beside what a person has decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

import pandas as pd

from weipian_plugin.domain.duties import PROPOSED, DutyName
from weipian_plugin.store import patches
from weipian_plugin.store.change import Change
from weipian_plugin.store.frames import insert_many, read_frame, rows_of, want
from weipian_plugin.store.workspace import Workspace

PROPOSAL_COLUMNS = (
    "patch_no",
    "duty",
    "unit",
    "rule_id",
    "clause",
    "reason",
    "area_m2",
    "share",
    "plan_version",
)

_READ = (
    "SELECT duty.patch_no, duty, unit, status, rule_id, clause, reason, duty.area_m2, share, plan_version,"
    " decided_by, decided_on, decision, decision_reason, reference, note"
    " FROM duty JOIN patch ON patch.patch_no = duty.patch_no"
    " WHERE :batch_id IS NULL OR batch_id = :batch_id ORDER BY patch.fid, duty.fid"
)
_SELECT_PROPOSALS = (
    "SELECT patch_no, duty, unit, rule_id, clause, reason, area_m2, share, plan_version"
    " FROM wanted CROSS JOIN duty USING (patch_no) WHERE status = '建议' ORDER BY fid"
)
_SELECT_DECIDED = "SELECT patch_no, duty, unit FROM duty WHERE status <> '建议'"
_UNITS = "SELECT DISTINCT unit FROM duty"
_HOLDERS = "SELECT unit, patch_no FROM duty WHERE duty = ? ORDER BY unit, patch_no"
_INSERT_PROPOSAL = (
    "INSERT INTO duty (patch_no, duty, unit, rule_id, clause, reason, area_m2, share, plan_version, status)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '建议')"
)
_DELETE_PROPOSALS = "DELETE FROM duty WHERE patch_no = ? AND status = '建议'"

Row = tuple[Any, ...]


def read(workspace: Workspace, batch_id: int | None = None) -> pd.DataFrame:
    """Return the duties of a batch, or all: by patch, in the order they were written."""
    with workspace.reading() as connection:
        return read_frame(connection, _READ, {"batch_id": batch_id}, ("area_m2", "share"))


def units(workspace: Workspace) -> list[str]:
    """Return every unit that has a duty now, once."""
    with workspace.reading() as connection:
        return [row[0] for row in connection.execute(_UNITS)]


def holders(workspace: Workspace, duty: str) -> dict[str, frozenset[str]]:
    """Return the patches for which each unit has a duty now, decided or proposed."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    with workspace.reading() as connection:
        for unit, patch_no in connection.execute(_HOLDERS, (duty,)):
            found[unit].add(patch_no)
    return {unit: frozenset(numbers) for unit, numbers in found.items()}


def replace_proposals(
    change: Change, duties: pd.DataFrame, states: Mapping[str, str] | pd.Series[str]
) -> int:
    """Store the proposals and duty_state of every patch in `states`; return how many patches changed.

    `duties` (PROPOSAL_COLUMNS) holds all proposals of those patches. What a person has decided (确认, 改派)
    is never touched: a proposal of the same duty to the same unit is left out, and a patch whose 查处 is
    decided keeps its duty_state. Patches whose proposals are stored already are not written.
    """
    state_of = {str(number): state for number, state in states.items()}
    decided = set(change.connection.execute(_SELECT_DECIDED))
    proposed = _by_patch(row for row in rows_of(duties, PROPOSAL_COLUMNS) if row[:3] not in decided)
    want(change.connection, state_of)
    stored = _by_patch(change.connection.execute(_SELECT_PROPOSALS))
    changed = [number for number in state_of if proposed.get(number) != stored.get(number)]
    change.connection.executemany(_DELETE_PROPOSALS, [(number,) for number in changed])
    rows = chain.from_iterable(proposed.get(number, ()) for number in changed)
    insert_many(change.connection, _INSERT_PROPOSAL, rows)
    for number in changed:
        change.record("duty", number, _described(stored.get(number)), _described(proposed.get(number)))
    settled = {number for number, duty, _ in decided if duty == DutyName.LEAD}
    open_states = {number: state for number, state in state_of.items() if number not in settled}
    return len(set(changed) | set(patches.set_duty_states(change, open_states)))


def _by_patch(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[0]].append(row)
    return dict(grouped)


def _described(rows: list[Row] | None) -> list[dict[str, Any]] | None:
    if not rows:
        return None
    return [dict(zip(PROPOSAL_COLUMNS[1:], row[1:], strict=True)) | {"status": PROPOSED} for row in rows]
