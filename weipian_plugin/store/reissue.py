"""Patches issued again: their issued fields renewed, and what was worked out from the old ones removed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import shapely

from weipian_plugin.domain.duties import DutyState
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.frame_columns import PATCH_COLUMNS
from weipian_plugin.store import batches, duties, geopackage, overlays
from weipian_plugin.store.change import Change
from weipian_plugin.store.frames import object_array
from weipian_plugin.store.workspace import Workspace

FIELDS = tuple(name for name in PATCH_COLUMNS if name != "patch_no")
"""What an issue says about a patch, beside its number and shape."""
_SELECT = (
    "SELECT parent_no, kind, county_code, town_code, town_name, patch_type, date_before, date_after, area_m2,"
    " area_mu, issued_area, attributes, geom FROM patch WHERE patch_no = ?"
)
_UPDATE = (
    "UPDATE patch SET parent_no = ?, kind = ?, county_code = ?, town_code = ?, town_name = ?, patch_type = ?,"
    " date_before = ?, date_after = ?, area_m2 = ?, area_mu = ?, issued_area = ?, attributes = ?"
    " WHERE patch_no = ?"
)
_RESHAPE = "UPDATE patch SET geom = ? WHERE patch_no = ?"
_DECIDED = (
    "SELECT patch_no FROM determination UNION SELECT patch_no FROM rectification"
    " UNION SELECT patch_no FROM duty WHERE status <> '建议' UNION SELECT patch_no FROM duty_decision"
    " UNION SELECT patch_no FROM patch_fact WHERE fact = 'kind'"
    " UNION SELECT patch_no FROM patch WHERE stage <> '待核查'"
)


@dataclass(frozen=True)
class Renewal:
    """One patch as it was seen and as it is issued now; `shape` None where it stays."""

    patch_no: str
    before: dict[str, Any]
    after: dict[str, Any]
    shape: shapely.Geometry | None


def decided(workspace: Workspace) -> frozenset[str]:
    """Return the patches on which a person has decided something."""
    with workspace.reading() as connection:
        return frozenset(row[0] for row in connection.execute(_DECIDED))


def renew(change: Change, renewals: Sequence[Renewal]) -> None:
    """Write what was issued anew; overlays of new shapes and all proposals of these patches go.

    Decisions, determinations and stages are not touched. Raises WeipianError, to undo the change, when a
    patch is not as it was seen.
    """
    for renewal in renewals:
        _renew(change, renewal)
    reshaped = [renewal.patch_no for renewal in renewals if renewal.shape is not None]
    overlays.remove(change, reshaped)
    nothing = pd.DataFrame(columns=list(duties.PROPOSAL_COLUMNS))
    states = dict.fromkeys((item.patch_no for item in renewals), DutyState.NOT_EVALUATED.value)
    duties.replace_proposals(change, nothing, states)
    if renewals:
        geopackage.touch_contents(change.connection, "patch")


def _renew(change: Change, renewal: Renewal) -> None:
    *stored, blob = _stored(change.connection, renewal.patch_no)
    if any(stored[FIELDS.index(name)] != value for name, value in renewal.before.items()):
        raise WeipianError(f"图斑“{renewal.patch_no}”刚被改动，没有更新，请重新导入。")
    values = dict(zip(FIELDS, stored, strict=True)) | renewal.after
    change.connection.execute(_UPDATE, (*values.values(), renewal.patch_no))
    before, after = dict(renewal.before), dict(renewal.after)
    if renewal.shape is not None:
        new = _blob(renewal.shape)
        change.connection.execute(_RESHAPE, (new, renewal.patch_no))
        before["geom"], after["geom"] = batches.geometry_digest(blob), batches.geometry_digest(new)
    change.record("patch", renewal.patch_no, before, after)


def _blob(shape: shapely.Geometry) -> bytes | None:
    return geopackage.encode(object_array([shape]))[0]


def _stored(connection: sqlite3.Connection, patch_no: str) -> tuple[Any, ...]:
    row: tuple[Any, ...] | None = connection.execute(_SELECT, (patch_no,)).fetchone()
    if row is None:
        raise WeipianError(f"图斑“{patch_no}”刚被删除，没有更新，请重新导入。")
    return row
