"""What a workspace holds beside the records of casework: fixed rules, registers, shapes and their index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import files, geopackage, sql
from weipian_plugin.store.frames import object_array
from weipian_plugin.store.problems import Problem
from weipian_plugin.store.records import FIXED

_REGISTERS = {
    "gpkg_spatial_ref_sys": "SELECT srs_id, srs_name, organization, organization_coordsys_id, definition"
    " FROM gpkg_spatial_ref_sys ORDER BY 1",
    "gpkg_contents": "SELECT table_name, data_type, srs_id FROM gpkg_contents ORDER BY 1",
    "gpkg_geometry_columns": "SELECT table_name, column_name, geometry_type_name, srs_id, z, m"
    " FROM gpkg_geometry_columns ORDER BY 1",
}
"""What the standard's tables say of ours; what GDAL and QGIS add to them, and when they looked, is theirs."""
_CREATED = "SELECT at FROM history WHERE seq = 1"
_SHAPES = "SELECT patch_no, fid, geom FROM patch ORDER BY fid"
_RTREE = "SELECT id, minx, miny, maxx, maxy FROM rtree_patch_geom"
_HAS_RTREE = "SELECT 1 FROM sqlite_master WHERE name = 'rtree_patch_geom'"
_RTREE_DEGREES = 2e-5
"""How far a box of the R-tree may be off: it keeps 32 bits and rounds outward."""
_STEP = 5000


def file_problems(connection: sqlite3.Connection, trusted: sqlite3.Connection) -> Iterator[Problem]:
    """Yield what differs from `trusted`, an empty workspace as the plug-in makes it."""
    for table in FIXED:
        statement = sql.fill("SELECT * FROM $table ORDER BY 1", table=sql.quoted(table))
        yield from _unlike(connection, trusted, table, statement)
    for table, statement in _REGISTERS.items():
        yield from _unlike(connection, trusted, table, statement, may_have_more=True)
    yield from _setting_problems(connection)


def _unlike(
    connection: sqlite3.Connection,
    trusted: sqlite3.Connection,
    table: str,
    statement: str,
    may_have_more: bool = False,
) -> Iterator[Problem]:
    """Yield the rows, known by their first column, that are not as they must be."""
    found = {row[0]: row for row in connection.execute(statement)}
    expected = {row[0]: row for row in trusted.execute(statement)}
    keys = expected if may_have_more else {**expected, **found}
    for key in keys:
        if found.get(key) != expected.get(key):
            yield Problem(table, str(key), f"表 {table} 的“{key}”被改动、增加或删除，它是固定的")


def _setting_problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    expected = {
        "format": files.WORKSPACE.format,
        "schema_version": str(files.WORKSPACE.schema_version),
        "since_plugin": files.WORKSPACE.since_plugin,
        "created_at": (connection.execute(_CREATED).fetchone() or ("",))[0],
    }
    for key, value in expected.items():
        found = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
        if found != (value,):
            yield Problem("setting", key, f"设置“{key}”被改动，应为 {value}")


def geometry_problems(connection: sqlite3.Connection, progress: Progress) -> Iterator[Problem]:
    """Yield the patches whose blob says other things than its shape, or whose box in the R-tree is wrong.

    The digest in the history is of the shape alone, since other programs write the head in other ways.
    """
    boxes = _rtree(connection)
    cursor = connection.execute(_SHAPES)
    while rows := cursor.fetchmany(_STEP):
        progress.check()
        yield from _wrong_shapes(rows, boxes)
    for fid in boxes or ():
        yield Problem("rtree_patch_geom", str(fid), f"空间索引里多出第{fid}号，没有这个图斑")


def _rtree(connection: sqlite3.Connection) -> dict[int, tuple[float, ...]] | None:
    """Return the boxes (minx, miny, maxx, maxy) by fid; None where the spatial index was taken away."""
    if connection.execute(_HAS_RTREE).fetchone() is None:
        return None
    return {row[0]: row[1:] for row in connection.execute(_RTREE)}


def _wrong_shapes(rows: Sequence[Any], boxes: dict[int, tuple[float, ...]] | None) -> Iterator[Problem]:
    bounds = _bounds([row[2] for row in rows])
    for (patch_no, fid, blob), box in zip(rows, bounds, strict=True):
        if not _head_is_right(blob, box):
            yield Problem("patch", str(patch_no), f"图斑“{patch_no}”的图形数据被改动：数据头与图形不符")
        if boxes is not None and not _is_near(boxes.pop(fid, None), box):
            yield Problem("rtree_patch_geom", str(fid), f"图斑“{patch_no}”在空间索引里的位置被改动")


def _bounds(blobs: Sequence[Any]) -> NDArray[Any]:
    """Return the true boxes (minx, miny, maxx, maxy) of blobs; NaN for what holds no shape."""
    bodies = object_array([_body(blob) for blob in blobs])
    result: NDArray[Any] = shapely.bounds(shapely.from_wkb(bodies, on_invalid="ignore"))
    return result


def _body(blob: Any) -> bytes | None:
    try:
        return geopackage.wkb_of(blob)
    except (WeipianError, TypeError):
        return None


def _head_is_right(blob: Any, box: NDArray[Any]) -> bool:
    """Tell whether the head of a blob names our reference system and, if any, the box of the shape."""
    try:
        named = geopackage.box_of(blob)
        srs_id = int.from_bytes(blob[4:8], "little" if blob[3] & 1 else "big")
    except (WeipianError, TypeError, shapely.errors.ShapelyError):
        return False
    minx, miny, maxx, maxy = box.tolist()
    return named == (minx, maxx, miny, maxy) and srs_id == geopackage.SRS_ID


def _is_near(box: tuple[float, ...] | None, bounds: NDArray[Any]) -> bool:
    return box is not None and bool(np.all(np.abs(np.array(box) - bounds) < _RTREE_DEGREES))
