"""Determinations: what a person judged a patch to be, every revision kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store.frames import canonical_json, read_frame
from weipian_plugin.store.workspace import Change, Workspace

GIVEN = ("patch_no", "result", "category", "basis", "document_no", "decided_by", "decided_on")
"""What the person says; `evidence` (a mapping of evidence fields) is optional."""

_READ = (
    "SELECT determination.patch_no, result, category, basis, document_no, decided_by, decided_on, revision,"
    " evidence FROM determination JOIN patch ON patch.patch_no = determination.patch_no"
    " WHERE :batch_id IS NULL OR batch_id = :batch_id ORDER BY patch.fid, revision"
)
_LATEST = (
    "SELECT patch_no, result, category, basis, document_no, decided_by, decided_on, evidence, MAX(revision)"
    " FROM determination GROUP BY patch_no"
)
_INSERT = (
    "INSERT INTO determination (patch_no, result, category, basis, document_no, decided_by, decided_on,"
    " evidence, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_NAMES = (*GIVEN, "evidence", "revision")


def read(workspace: Workspace, batch_id: int | None = None, latest_only: bool = False) -> pd.DataFrame:
    """Return the determinations of a batch, or all: by patch and revision; or only each patch's latest."""
    with workspace.reading() as connection:
        frame = read_frame(connection, _READ, {"batch_id": batch_id})
    return frame.drop_duplicates("patch_no", keep="last", ignore_index=True) if latest_only else frame


def insert(change: Change, determinations: Sequence[Mapping[str, Any]]) -> list[int]:
    """Add determinations (GIVEN, optional `evidence`) and return the revision that each got.

    A patch's revisions count from 1. Raises WeipianError for a patch that the workspace does not have.
    """
    known = {row[0] for row in change.connection.execute("SELECT patch_no FROM patch")}
    latest = {row[0]: row for row in change.connection.execute(_LATEST)}
    revisions: list[int] = []
    for given in determinations:
        number = str(given["patch_no"])
        if number not in known:
            raise WeipianError(f"工作库里没有图斑“{number}”，本次没有改动，请核对图斑编号。")
        before = latest.get(number)
        evidence = canonical_json(given.get("evidence", {}))
        revision = (before[-1] if before else 0) + 1
        row = (*(str(given[name]) for name in GIVEN), evidence, revision)
        change.connection.execute(_INSERT, row)
        change.record("determination", number, _described(before), _described(row))
        latest[number] = row
        revisions.append(revision)
    return revisions


def _described(row: tuple[Any, ...] | None) -> dict[str, Any] | None:
    return None if row is None else dict(zip(_NAMES[1:], row[1:], strict=True))
