"""Extensions: days granted on top of a patch's term, and taken back, each with person, day and reason."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from weipian_plugin.store.change import Change
from weipian_plugin.store.frames import insert_many, read_frame, want
from weipian_plugin.store.workspace import Workspace

_READ = (
    "SELECT patch_no, days, given.reason, approved_by, approved_on, document_no, given.recorded_by,"
    " given.recorded_at, COALESCE(back.withdrawn_on, '') AS withdrawn_on,"
    " COALESCE(back.withdrawn_by, '') AS withdrawn_by, COALESCE(back.reason, '') AS withdrawn_because"
    " FROM extension AS given LEFT JOIN extension_withdrawal AS back"
    " USING (patch_no, approved_on, days, document_no) ORDER BY given.fid"
)
_HELD = (
    "SELECT patch_no, days, given.reason, approved_by, approved_on, document_no,"
    " back.withdrawn_on, back.withdrawn_by, back.reason"
    " FROM wanted CROSS JOIN extension AS given USING (patch_no) LEFT JOIN extension_withdrawal AS back"
    " USING (patch_no, approved_on, days, document_no) ORDER BY given.fid"
)
_INSERT = (
    "INSERT INTO extension (patch_no, days, reason, approved_by, approved_on, document_no, recorded_by,"
    " recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_WITHDRAW = (
    "INSERT INTO extension_withdrawal (patch_no, approved_on, days, document_no, reason, withdrawn_by,"
    " withdrawn_on, recorded_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

Identity = tuple[str, str, int, str]


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
    def identity(self) -> Identity:
        """What tells this grant from another one: given again it is the same."""
        return self.patch_no, self.approved_on, self.days, self.document_no


@dataclass(frozen=True)
class Withdrawal:
    """A grant taken back: from `withdrawn_on` (ISO) on its days do not count."""

    extension: Extension
    reason: str
    withdrawn_by: str
    withdrawn_on: str


def read(workspace: Workspace) -> pd.DataFrame:
    """Return all extensions in the order they were recorded, with their withdrawal ('' for none)."""
    with workspace.reading() as connection:
        return read_frame(connection, _READ)


def held(
    connection: sqlite3.Connection, patch_numbers: Iterable[str]
) -> dict[Identity, tuple[Extension, Withdrawal | None]]:
    """Return the extensions of some patches, each with its withdrawal, inside a transaction."""
    want(connection, patch_numbers)
    found: dict[Identity, tuple[Extension, Withdrawal | None]] = {}
    for row in connection.execute(_HELD):
        extension, (day, by, reason) = Extension(*row[:6]), row[6:]
        found[extension.identity] = extension, Withdrawal(extension, reason, by, day) if day else None
    return found


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


def withdraw(change: Change, withdrawals: Sequence[Withdrawal]) -> None:
    """Record that extensions are taken back; the database refuses to take one back twice."""
    for given in withdrawals:
        number, approved_on, days, document_no = given.extension.identity
        told = {
            "approved_on": approved_on,
            "days": days,
            "document_no": document_no,
            "reason": given.reason,
            "withdrawn_by": given.withdrawn_by,
            "withdrawn_on": given.withdrawn_on,
        }
        change.connection.execute(_WITHDRAW, (number, *told.values(), change.actor, change.at))
        change.record("extension_withdrawal", number, None, told)
