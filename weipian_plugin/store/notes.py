"""Remarks and what units wrote into their workbooks: kept as they came; each writer's last one stands."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from weipian_plugin.store.change import Change
from weipian_plugin.store.frames import insert_many, read_frame, want
from weipian_plugin.store.workspace import Workspace

_READ = (
    "SELECT note.patch_no, field, text, source, source_file, noted_on FROM patch_note AS note"
    " JOIN patch ON patch.patch_no = note.patch_no"
    " WHERE :batch_id IS NULL OR batch_id = :batch_id ORDER BY note.fid"
)
_SAID = (
    "SELECT note.patch_no, field, text FROM wanted CROSS JOIN patch_note AS note USING (patch_no)"
    " WHERE source = ? ORDER BY note.fid"
)
_INSERT = (
    "INSERT INTO patch_note (patch_no, field, text, source, source_file, noted_on) VALUES (?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True)
class Note:
    """What somebody wrote about a patch under one heading."""

    patch_no: str
    field: str
    text: str
    source: str
    """市级, or the unit that filled in."""
    source_file: str
    noted_on: str
    """ISO date."""


def read(workspace: Workspace, batch_id: int | None = None) -> pd.DataFrame:
    """Return the notes about the patches of a batch, or all, in the order they came."""
    with workspace.reading() as connection:
        return read_frame(connection, _READ, {"batch_id": batch_id})


def said_by(
    connection: sqlite3.Connection, patch_numbers: Iterable[str], source: str
) -> dict[tuple[str, str], list[str]]:
    """Return what somebody has written so far, the last one last, by patch number and field."""
    want(connection, patch_numbers)
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for number, field, text in connection.execute(_SAID, (source,)):
        found[number, field].append(text)
    return found


def insert(change: Change, notes: Sequence[Note]) -> None:
    """Add notes."""
    rows = [(n.patch_no, n.field, n.text, n.source, n.source_file, n.noted_on) for n in notes]
    insert_many(change.connection, _INSERT, rows)
    for note in notes:
        change.record("patch_note", note.patch_no, None, asdict(note))
