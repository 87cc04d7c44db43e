"""Patches: reading them, and changing what the casework says about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import geopackage, sql
from weipian_plugin.store.change import Change
from weipian_plugin.store.frames import object_array, read_frame, rows_of
from weipian_plugin.store.workspace import Workspace


class View(StrEnum):
    """Which patches to count, so that no ground counts twice; the value is the table or view."""

    ALL = "patch"
    """Split patches and their children both."""
    ISSUED = "patch_issued"
    """原始下发: split patches whole, without their children."""
    VERIFIED = "patch_verified"
    """核实后: children in place of the patches that were split."""


_SELECT = (
    "SELECT fid, patch_no, parent_no, batch_id, kind, county_code, town_code, town_name, patch_type,"
    " date_before, date_after, area_m2, area_mu, issued_area, duty_state, stage, split_state, split_on,"
    " attributes,"
    " CASE WHEN :with_geometry THEN geom END AS geom"
    " FROM $view WHERE :batch_id IS NULL OR batch_id = :batch_id ORDER BY fid"
)
_SELECT_OUTLINES = (
    "SELECT patch_no, geom FROM patch WHERE :batch_id IS NULL OR batch_id = :batch_id ORDER BY fid"
)
_NUMBERS = ("area_m2", "area_mu", "issued_area")


def read(
    workspace: Workspace, batch_id: int | None = None, with_geometry: bool = True, view: View = View.ALL
) -> gpd.GeoDataFrame:
    """Return the patches of a batch, or all, in the order of their import.

    With geometry: a GeoDataFrame in EPSG:4490, geometry column `geom`. Without: a plain DataFrame of the
    other columns.
    """
    values = {"batch_id": batch_id, "with_geometry": with_geometry}
    with workspace.reading() as connection:
        frame = read_frame(connection, sql.fill(_SELECT, view=sql.quoted(view.value)), values, _NUMBERS)
    blobs = frame.pop("geom")
    if not with_geometry:
        return frame
    geometries = geopackage.decode(blobs)
    return gpd.GeoDataFrame(frame.assign(geom=geometries), geometry="geom", crs=geopackage.SRS_ID)


def outlines(workspace: Workspace, batch_id: int | None = None) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return patch_no and geometry (EPSG:4490) of a batch, or all, in the order of their import."""
    with workspace.reading() as connection:
        rows = connection.execute(_SELECT_OUTLINES, {"batch_id": batch_id}).fetchall()
    numbers, blobs = zip(*rows, strict=True) if rows else ((), ())
    return object_array(numbers), geopackage.decode(blobs)


def outline(workspace: Workspace, patch_no: str) -> shapely.Geometry | None:
    """Return the geometry (EPSG:4490) of one patch; None when there is no such patch."""
    with workspace.reading() as connection:
        row = connection.execute("SELECT geom FROM patch WHERE patch_no = ?", (patch_no,)).fetchone()
    return None if row is None else geopackage.decode(row)[0]


def set_towns(change: Change, towns: pd.DataFrame) -> list[str]:
    """Set town_code and town_name from a frame with patch_no; return the patch numbers that changed."""
    return _update(
        change,
        list(rows_of(towns, ("patch_no", "town_code", "town_name"))),
        ("town_code", "town_name"),
        "SELECT patch_no, town_code, town_name FROM patch",
        "UPDATE patch SET town_code = ?, town_name = ? WHERE patch_no = ?",
    )


def set_duty_states(change: Change, states: Mapping[str, str]) -> list[str]:
    """Set duty_state by patch_no; return the patch numbers that changed."""
    return _update(
        change,
        [(str(number), str(state)) for number, state in states.items()],
        ("duty_state",),
        "SELECT patch_no, duty_state FROM patch",
        "UPDATE patch SET duty_state = ? WHERE patch_no = ?",
    )


def set_kinds(change: Change, kinds: Mapping[str, str]) -> list[str]:
    """Set kind (土地, 矿产, '' for unknown) by patch_no; return the patch numbers that changed."""
    return _update(
        change,
        [(str(number), str(kind)) for number, kind in kinds.items()],
        ("kind",),
        "SELECT patch_no, kind FROM patch",
        "UPDATE patch SET kind = ? WHERE patch_no = ?",
    )


def _update(
    change: Change, rows: Sequence[tuple[Any, ...]], names: tuple[str, ...], select: str, update: str
) -> list[str]:
    """Write the rows (patch_no, then values) that differ from what is stored, with their history."""
    stored = {row[0]: row[1:] for row in change.connection.execute(select)}
    unknown = [row[0] for row in rows if row[0] not in stored]
    if unknown:
        raise WeipianError(f"工作库里没有图斑“{unknown[0]}”，本次没有改动，请核对图斑编号。")
    changed = [row for row in rows if row[1:] != stored[row[0]]]
    change.connection.executemany(update, ((*row[1:], row[0]) for row in changed))
    for number, *values in changed:
        before = dict(zip(names, stored[number], strict=True))
        change.record("patch", number, before, dict(zip(names, values, strict=True)))
    return [row[0] for row in changed]
