"""Determinations: what a person judged a patch to be, every revision kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store.change import Change
from weipian_plugin.store.frames import canonical_json, read_frame, want
from weipian_plugin.store.workspace import Workspace

GIVEN = ("patch_no", "result", "category", "basis", "document_no", "decided_by", "decided_on")
"""What the person says; `evidence` (a mapping of evidence fields) and `dictionary` (the category dictionary
with its version) are optional."""

_READ = (
    "SELECT determination.patch_no, result, category, basis, document_no, decided_by, decided_on, revision,"
    " evidence, dictionary FROM determination JOIN patch ON patch.patch_no = determination.patch_no"
    " WHERE :batch_id IS NULL OR batch_id = :batch_id ORDER BY patch.fid, revision"
)
_LATEST = (
    "SELECT row.patch_no, result, category, basis, document_no, decided_by, decided_on, evidence, dictionary,"
    " MAX(revision) FROM wanted CROSS JOIN determination AS row USING (patch_no) GROUP BY row.patch_no"
)
_INSERT = (
    "INSERT INTO determination (patch_no, result, category, basis, document_no, decided_by, decided_on,"
    " evidence, dictionary, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_NAMES = (*GIVEN, "evidence", "dictionary", "revision")


def read(workspace: Workspace, batch_id: int | None = None, latest_only: bool = False) -> pd.DataFrame:
    """Return the determinations of a batch, or all: by patch and revision; or only each patch's latest."""
    with workspace.reading() as connection:
        frame = read_frame(connection, _READ, {"batch_id": batch_id})
    return frame.drop_duplicates("patch_no", keep="last", ignore_index=True) if latest_only else frame


def latest(connection: sqlite3.Connection, patch_numbers: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the latest determination of each patch that has one: its columns, evidence as JSON text."""
    return {row[0]: dict(zip(_NAMES, row, strict=True)) for row in _latest_rows(connection, patch_numbers)}


def _latest_rows(connection: sqlite3.Connection, patch_numbers: Iterable[str]) -> list[tuple[Any, ...]]:
    want(connection, patch_numbers)
    return connection.execute(_LATEST).fetchall()


def insert(change: Change, determinations: Sequence[Mapping[str, Any]]) -> list[int]:
    """Add determinations (GIVEN, optional `evidence` and `dictionary`) and return the revision that each got.

    A patch's revisions count from 1. Raises WeipianError for a patch that the workspace does not have.
    """
    known = {row[0] for row in change.connection.execute("SELECT patch_no FROM patch")}
    numbers = [str(given["patch_no"]) for given in determinations]
    held = {row[0]: row for row in _latest_rows(change.connection, numbers)}
    revisions: list[int] = []
    for given in determinations:
        number = str(given["patch_no"])
        if number not in known:
            raise WeipianError(f"工作库里没有图斑“{number}”，本次没有改动，请核对图斑编号。")
        before = held.get(number)
        evidence = canonical_json(given.get("evidence", {}))
        revision = (before[-1] if before else 0) + 1
        row = (*(str(given[name]) for name in GIVEN), evidence, str(given.get("dictionary", "")), revision)
        change.connection.execute(_INSERT, row)
        change.record("determination", number, _described(before), _described(row))
        held[number] = row
        revisions.append(revision)
    return revisions


def _described(row: tuple[Any, ...] | None) -> dict[str, Any] | None:
    return None if row is None else dict(zip(_NAMES[1:], row[1:], strict=True))
