"""Facts about patches that a person found out: who built, what for, what was decided."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from weipian_plugin.store.change import Change
from weipian_plugin.store.frames import insert_many, read_frame
from weipian_plugin.store.workspace import Workspace

COLUMNS = ("patch_no", "fact", "value", "reference", "decided_by", "decided_on")
"""`fact` is kind, subject, use or outcome; a subject or use of '' is known to be unknown."""

_READ = (
    "SELECT row.patch_no, fact, value, reference, decided_by, decided_on FROM patch_fact AS row"
    " JOIN patch ON patch.patch_no = row.patch_no"
    " WHERE :batch_id IS NULL OR batch_id = :batch_id ORDER BY patch.fid, row.fid"
)
_SELECT = (
    "SELECT patch_no, fact, value, reference, decided_by, decided_on FROM patch_fact ORDER BY patch_no, fid"
)
_INSERT = (
    "INSERT INTO patch_fact (patch_no, fact, value, reference, decided_by, decided_on)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_DELETE = "DELETE FROM patch_fact WHERE patch_no = ? AND fact = ?"
_OF_PATCH = (
    "SELECT patch_no, fact, value, reference, decided_by, decided_on FROM patch_fact WHERE patch_no = ?"
    " ORDER BY fid"
)

INHERITED = ("kind", "subject", "use")
"""Facts that hold for the parts of a patch as for the whole; what was decided about the whole is none."""

Row = tuple[Any, ...]


def read(workspace: Workspace, batch_id: int | None = None) -> pd.DataFrame:
    """Return the facts of a batch, or all: by patch, as COLUMNS."""
    with workspace.reading() as connection:
        return read_frame(connection, _READ, {"batch_id": batch_id})


def stored(connection: sqlite3.Connection) -> dict[tuple[str, str], list[Row]]:
    """Return all facts as rows of COLUMNS, by patch number and fact."""
    grouped: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in connection.execute(_SELECT):
        grouped[row[:2]].append(row)
    return dict(grouped)


def replace(change: Change, patch_no: str, fact: str, before: Sequence[Row], after: Sequence[Row]) -> None:
    """Put what a person says of one fact of a patch in the place of what was said before."""
    change.connection.execute(_DELETE, (patch_no, fact))
    insert_many(change.connection, _INSERT, after)
    change.record("patch_fact", f"{patch_no}:{fact}", _described(before), _described(after))


def inherit(change: Change, parent_no: str, children: Iterable[str]) -> None:
    """Give the children of a split patch what persons found out about it, said to come from there."""
    for child in children:
        for row in _inherited(change.connection, parent_no, child):
            replace(change, child, row[1], [], [row])


def forget(change: Change, children: Iterable[str]) -> None:
    """Take away what is known of children that go: see `spoken_of`."""
    for child in children:
        for row in change.connection.execute(_OF_PATCH, (child,)).fetchall():
            replace(change, child, row[1], [row], [])


def spoken_of(connection: sqlite3.Connection, parent_no: str, children: Iterable[str]) -> str:
    """Return the first of the children of which a person said anything since the split; '' for none."""
    return next((child for child in children if _own(connection, parent_no, child)), "")


def _own(connection: sqlite3.Connection, parent_no: str, child: str) -> set[Row]:
    return set(connection.execute(_OF_PATCH, (child,))) - set(_inherited(connection, parent_no, child))


def _inherited(connection: sqlite3.Connection, parent_no: str, child: str) -> list[Row]:
    return [
        (child, fact, value, f"承自原图斑{parent_no}{f'：{reference}' if reference else ''}", by, on)
        for _, fact, value, reference, by, on in connection.execute(_OF_PATCH, (parent_no,))
        if fact in INHERITED
    ]


def _described(rows: Sequence[Row]) -> list[dict[str, Any]] | None:
    return [dict(zip(COLUMNS[2:], row[2:], strict=True)) for row in rows] or None
