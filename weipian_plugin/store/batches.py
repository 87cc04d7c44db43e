"""Batches: one import of issued patches each."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import geopandas as gpd
import pandas as pd

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.frame_columns import PATCH_COLUMNS
from weipian_plugin.store import geopackage
from weipian_plugin.store.change import Change
from weipian_plugin.store.frames import canonical_json, insert_many, read_frame, rows_of
from weipian_plugin.store.workspace import Workspace

GIVEN = (
    "name",
    "source_file",
    "source_sha256",
    "received_on",
    "due_on",
    "crs",
    "encoding",
    "area_unit",
)
"""What the importer says about a batch; `report` (a mapping) is optional."""

_INSERT_BATCH = (
    "INSERT INTO batch (name, source_file, source_sha256, received_on, due_on, crs, encoding, area_unit,"
    " patch_count, imported_at, report, findings) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_PATCH = (
    "INSERT INTO patch (batch_id, geom, patch_no, parent_no, kind, county_code, town_code, town_name,"
    " patch_type, date_before, date_after, area_m2, area_mu, issued_area, attributes)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_FIDS = "SELECT patch_no, fid FROM patch WHERE batch_id = ?"
_SELECT = (
    "SELECT batch_id, name, source_file, source_sha256, received_on, due_on, patch_count, crs, encoding,"
    " area_unit, imported_at, report, findings FROM batch"
)
_NAMED_AT_MOST = 5


def add(
    change: Change, batch: Mapping[str, Any], patches: gpd.GeoDataFrame, findings: Sequence[Finding]
) -> int:
    """Store a batch with its patches and return its batch_id.

    `batch` holds GIVEN and may hold `report`; `patches` is a patches frame. Raises WeipianError, to undo
    the change, when a patch_no is in the workspace already or twice in the frame.
    """
    _refuse_known(change.connection, patches)
    batch_id = _insert_batch(change, batch, len(patches), findings)
    blobs = geopackage.encode(patches.geometry.to_numpy())
    rows = list(rows_of(patches, PATCH_COLUMNS))
    stored = ((batch_id, blob, *row) for blob, row in zip(blobs, rows, strict=True))
    insert_many(change.connection, _INSERT_PATCH, stored)
    fids = dict(change.connection.execute(_FIDS, (batch_id,)))
    for blob, row in zip(blobs, rows, strict=True):
        after = dict(zip(PATCH_COLUMNS, row, strict=True)) | {"batch_id": batch_id, "fid": fids[row[0]]}
        change.record("patch", row[0], None, after | {"geom": geometry_digest(blob)})
    geopackage.touch_contents(change.connection, "patch")
    return batch_id


def geometry_digest(blob: bytes | None) -> str:
    """Return the digest by which the history knows a geometry: SHA-256 of its WKB."""
    return "" if blob is None else sha256(geopackage.wkb_of(blob)).hexdigest()


def find_by_sha256(workspace: Workspace, source_sha256: str) -> pd.DataFrame:
    """Return the batches imported from a file of this digest, oldest first."""
    with workspace.reading() as connection:
        return read_frame(
            connection, f"{_SELECT} WHERE source_sha256 = ? ORDER BY batch_id", (source_sha256,)
        )


def read(workspace: Workspace) -> pd.DataFrame:
    """Return all batches, oldest first."""
    with workspace.reading() as connection:
        return read_frame(connection, f"{_SELECT} ORDER BY batch_id")


def _insert_batch(
    change: Change, batch: Mapping[str, Any], patch_count: int, findings: Sequence[Finding]
) -> int:
    given = [str(batch[name]) for name in GIVEN]
    report = canonical_json(batch.get("report", {}))
    noted = canonical_json([finding.as_dict() for finding in findings])
    cursor = change.connection.execute(_INSERT_BATCH, (*given, patch_count, change.at, report, noted))
    batch_id = int(cursor.lastrowid or 0)
    after = dict(zip(GIVEN, given, strict=True)) | {"patch_count": patch_count, "imported_at": change.at}
    change.record("batch", str(batch_id), None, after | {"report": report, "findings": noted})
    return batch_id


def _refuse_known(connection: sqlite3.Connection, patches: gpd.GeoDataFrame) -> None:
    numbers = patches["patch_no"].astype(str)
    twice = numbers[numbers.duplicated()].unique().tolist()
    if twice:
        raise WeipianError(f"同一批次里图斑编号重复：{_named(twice)}，请核对后重新导入。")
    known = {row[0] for row in connection.execute("SELECT patch_no FROM patch")}
    again = [number for number in numbers if number in known]
    if again:
        raise WeipianError(
            f"有 {len(again)} 个图斑编号已在工作库中：{_named(again)}，本批次没有导入，请核对是否重复导入。"
        )


def _named(numbers: Sequence[str]) -> str:
    listed = "、".join(numbers[:_NAMED_AT_MOST])
    return listed if len(numbers) <= _NAMED_AT_MOST else f"{listed} 等"
