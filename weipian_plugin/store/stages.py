"""Stages: the steps that a patch may take, and taking them, each with person, day and reason."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from weipian_plugin.domain.stages import Transition, Transitions
from weipian_plugin.store import returns
from weipian_plugin.store.change import Change
from weipian_plugin.store.frames import insert_many, read_frame, want
from weipian_plugin.store.workspace import Workspace

_TRANSITIONS = (
    "SELECT step, from_stage, to_stage, needs_reason, by_another FROM stage_transition ORDER BY fid"
)
_READ = (
    "SELECT event.patch_no, step, from_stage, to_stage, person, taken_on, recorded_at, reason"
    " FROM stage_event AS event JOIN patch ON patch.patch_no = event.patch_no"
    " WHERE :batch_id IS NULL OR batch_id = :batch_id ORDER BY event.fid"
)
_STANDING = (
    "SELECT patch.patch_no, stage, COALESCE(decided_by, ''), received_on, batch_id, kind, date_after,"
    " area_mu, split_state = '被拆分',"
    " COALESCE((SELECT taken_on FROM stage_event WHERE patch_no = patch.patch_no"
    "  AND to_stage IN ('待核查', '市级退回') AND step NOT IN ('撤销判定', '撤销重判')"
    "  ORDER BY fid DESC LIMIT 1),"
    "  (SELECT split_on FROM patch AS parent WHERE parent.patch_no = patch.parent_no"
    "  AND patch.split_state <> ''), ''),"
    " COALESCE((SELECT taken_on FROM stage_event WHERE patch_no = patch.patch_no"
    "  ORDER BY fid DESC LIMIT 1), '')"
    " FROM wanted CROSS JOIN patch USING (patch_no) JOIN batch USING (batch_id)"
    " LEFT JOIN determination AS held ON held.patch_no = patch.patch_no AND held.revision ="
    " (SELECT MAX(revision) FROM determination WHERE patch_no = patch.patch_no)"
)
_INSERT = (
    "INSERT INTO stage_event (patch_no, step, from_stage, to_stage, person, taken_on, recorded_at, reason)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_NAMES = ("step", "from_stage", "to_stage", "person", "taken_on", "reason")


@dataclass(frozen=True)
class Standing:
    """Where a patch stands."""

    patch_no: str
    stage: str
    judge: str
    """Who decided the latest determination; '' when there is none."""
    received_on: str
    batch_id: int
    kind: str
    """土地, 矿产 or '' for unknown."""
    date_after: str
    """When the later image was taken: ISO text, or as issued."""
    area_mu: float
    is_split: int
    """1 when children stand for it."""
    opened_on: str
    """ISO day since which it is to be judged anew: sent back, or come out of a split; '' for never."""
    moved_on: str
    """ISO day of its last step; '' for none."""


@dataclass(frozen=True)
class Move:
    """One patch taking one step."""

    patch_no: str
    transition: Transition
    person: str
    taken_on: str
    """ISO date."""
    reason: str = ""


def transitions(workspace: Workspace) -> Transitions:
    """Return the steps that the workspace allows."""
    with workspace.reading() as connection:
        return transitions_of(connection)


def transitions_of(connection: sqlite3.Connection) -> Transitions:
    """Return the steps that the workspace allows, inside a transaction."""
    rows = connection.execute(_TRANSITIONS)
    return Transitions(tuple(Transition(row[0], row[1], row[2], bool(row[3]), bool(row[4])) for row in rows))


def read_events(workspace: Workspace, batch_id: int | None = None) -> pd.DataFrame:
    """Return the steps taken by the patches of a batch, or all, in the order they were recorded."""
    with workspace.reading() as connection:
        return read_frame(connection, _READ, {"batch_id": batch_id})


def standings(connection: sqlite3.Connection, patch_numbers: Iterable[str]) -> dict[str, Standing]:
    """Return where the patches stand; a number that the workspace does not have is left out."""
    want(connection, patch_numbers)
    return {row[0]: Standing(*row) for row in connection.execute(_STANDING)}


def take(change: Change, moves: Sequence[Move]) -> None:
    """Record the steps and move the patches.

    The database refuses a step that the table stage_transition does not know from where the patch stands,
    one without its reason, and a review by the judge; then the change is undone.
    """
    insert_many(change.connection, _INSERT, (_row(change, move) for move in moves))
    for move in moves:
        row = _row(change, move)
        after = dict(zip(_NAMES, (*row[1:6], row[7]), strict=True))
        change.record("stage_event", move.patch_no, None, after)
        stages = ({"stage": move.transition.from_stage}, {"stage": move.transition.to_stage})
        change.record("patch", move.patch_no, *stages)
        if move.transition.to_stage in returns.SETTLING:
            returns.close(change, _settled(change, move.patch_no), move.person, move.taken_on)


def _settled(change: Change, patch_no: str) -> list[str]:
    """Return the patch, and those that it was split from once all their pieces are settled as well."""
    whole = returns.ancestors(change.connection, patch_no)
    stages = (returns.pieces(change.connection, parent).values() for parent in whole)
    done = [returns.SETTLING.issuperset(own) for own in stages]
    return [patch_no, *(parent for parent, is_done in zip(whole, done, strict=True) if is_done)]


def _row(change: Change, move: Move) -> tuple[str, ...]:
    step = move.transition
    fixed = (move.patch_no, step.step, step.from_stage, step.to_stage)
    return (*fixed, move.person, move.taken_on, change.at, move.reason)
