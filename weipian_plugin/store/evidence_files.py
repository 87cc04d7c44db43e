"""Evidence files of a patch: which were attached, and which taken away again. Rows are only added."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from weipian_plugin.store.change import Change
from weipian_plugin.store.frames import read_frame
from weipian_plugin.store.workspace import Workspace

ATTACH, TAKE_AWAY = "附上", "撤下"

_READ = (
    "SELECT file.patch_no, act, name, stored_as, sha256, size, source, person, acted_on"
    " FROM evidence_file AS file JOIN patch ON patch.patch_no = file.patch_no"
    " WHERE :batch_id IS NULL OR batch_id = :batch_id ORDER BY file.fid"
)
_OF_PATCH = (
    "SELECT patch_no, act, name, stored_as, sha256, size, source, person, acted_on FROM evidence_file"
    " WHERE patch_no = ? ORDER BY fid"
)
_INSERT = (
    "INSERT INTO evidence_file (patch_no, act, name, stored_as, sha256, size, source, person, acted_on)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True)
class EvidenceFile:
    """One file attached to a patch, or taken away from it."""

    patch_no: str
    act: str
    """附上 or 撤下."""
    name: str
    """What the person's file was called."""
    stored_as: str
    """Path of the copy in the folder of evidence files, with /."""
    sha256: str
    size: int
    """Bytes."""
    source: str
    """Where it lay when it was attached."""
    person: str
    acted_on: str
    """ISO date."""


def read(workspace: Workspace, batch_id: int | None = None) -> pd.DataFrame:
    """Return what was attached and taken away in a batch, or in all, in the order it was done."""
    with workspace.reading() as connection:
        return read_frame(connection, _READ, {"batch_id": batch_id})


def attached(connection: sqlite3.Connection, patch_no: str) -> tuple[EvidenceFile, ...]:
    """Return the files that stand attached to a patch, in the order they were attached."""
    standing: dict[str, EvidenceFile] = {}
    for row in connection.execute(_OF_PATCH, (patch_no,)):
        file = EvidenceFile(*row)
        if file.act == ATTACH:
            standing[file.stored_as] = file
        else:
            standing.pop(file.stored_as, None)
    return tuple(standing.values())


def insert(change: Change, files: Sequence[EvidenceFile]) -> None:
    """Record that files were attached or taken away."""
    for file in files:
        row = asdict(file)
        change.connection.execute(_INSERT, tuple(row.values()))
        change.record("evidence_file", file.patch_no, None, row)
