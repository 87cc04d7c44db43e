"""Extensions: days granted on top of a patch's term, each with approver, day and reason."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from weipian_plugin.store.frames import insert_many, read_frame, want
from weipian_plugin.store.workspace import Change, Workspace

_READ = (
    "SELECT patch_no, days, reason, approved_by, approved_on, document_no, recorded_by, recorded_at"
    " FROM extension ORDER BY fid"
)
_HELD = (
    "SELECT patch_no, days, reason, approved_by, approved_on, document_no"
    " FROM wanted CROSS JOIN extension USING (patch_no)"
)
_INSERT = (
    "INSERT INTO extension (patch_no, days, reason, approved_by, approved_on, document_no, recorded_by,"
    " recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True)
class Extension:
    """Days granted on top of the term of one patch."""

    patch_no: str
    days: int
    reason: str
    approved_by: str
    approved_on: str
    """ISO date."""
    document_no: str = ""

    @property
    def identity(self) -> tuple[str, int, str, str]:
        """What tells this grant from another one: given again it is the same."""
        return self.patch_no, self.days, self.approved_on, self.document_no


def read(workspace: Workspace) -> pd.DataFrame:
    """Return all extensions in the order they were recorded."""
    with workspace.reading() as connection:
        return read_frame(connection, _READ)


def held(connection: sqlite3.Connection, patch_numbers: Iterable[str]) -> list[Extension]:
    """Return the extensions of some patches, inside a transaction."""
    want(connection, patch_numbers)
    return [Extension(*row) for row in connection.execute(_HELD)]


def insert(change: Change, extensions: Sequence[Extension]) -> None:
    """Record extensions; the database refuses one that it holds already."""
    rows = (
        (e.patch_no, e.days, e.reason, e.approved_by, e.approved_on, e.document_no, change.actor, change.at)
        for e in extensions
    )
    insert_many(change.connection, _INSERT, rows)
    for extension in extensions:
        told = {name: value for name, value in asdict(extension).items() if name != "patch_no"}
        change.record("extension", extension.patch_no, None, told)
