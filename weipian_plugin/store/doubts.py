"""存疑: what a person could not tell about a patch. No determination: the patch stays open."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from weipian_plugin.store.change import Change
from weipian_plugin.store.frames import read_frame, want
from weipian_plugin.store.workspace import Workspace

_READ = (
    "SELECT doubt.patch_no, reason, noted_by, noted_on, after_revision FROM doubt"
    " JOIN patch ON patch.patch_no = doubt.patch_no"
    " WHERE :batch_id IS NULL OR batch_id = :batch_id ORDER BY doubt.fid"
)
_LATEST = (
    "SELECT doubt.patch_no, reason, noted_by, noted_on, after_revision, MAX(doubt.fid)"
    " FROM wanted CROSS JOIN doubt USING (patch_no) GROUP BY doubt.patch_no"
)
_REVISION = "SELECT COALESCE(MAX(revision), 0) FROM determination WHERE patch_no = ?"
_INSERT = "INSERT INTO doubt (patch_no, reason, noted_by, noted_on, after_revision) VALUES (?, ?, ?, ?, ?)"


@dataclass(frozen=True)
class Doubt:
    """One note that a patch cannot be judged yet."""

    patch_no: str
    reason: str
    noted_by: str
    noted_on: str
    """ISO date."""
    after_revision: int = 0
    """Revision of the patch's latest determination at the time; 0 when there was none."""


def read(workspace: Workspace, batch_id: int | None = None) -> pd.DataFrame:
    """Return the doubts about the patches of a batch, or all, in the order they were noted."""
    with workspace.reading() as connection:
        return read_frame(connection, _READ, {"batch_id": batch_id})


def latest(connection: sqlite3.Connection, patch_numbers: Iterable[str]) -> dict[str, Doubt]:
    """Return the last doubt about each patch that has one."""
    want(connection, patch_numbers)
    return {row[0]: Doubt(*row[:5]) for row in connection.execute(_LATEST)}


def insert(change: Change, doubts: Sequence[Doubt]) -> None:
    """Note the doubts; the database refuses one about a patch that is determined already."""
    for doubt in doubts:
        revision = change.connection.execute(_REVISION, (doubt.patch_no,)).fetchone()[0]
        row = (doubt.patch_no, doubt.reason, doubt.noted_by, doubt.noted_on, revision)
        change.connection.execute(_INSERT, row)
        change.record("doubt", doubt.patch_no, None, asdict(Doubt(*row)))
