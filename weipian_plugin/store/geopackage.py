"""GeoPackage 1.2 written and read by ourselves: blobs, core tables, feature tables with their R-tree.

Standard: OGC 12-128r14 (GeoPackage 1.2), clause 2.1.3 (geometry encoding) and annex F.3 (R-tree).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import sql
from weipian_plugin.store.frames import insert_many

SRS_ID = 4490
APPLICATION_ID = 1196444487
"""`GPKG` as a number."""

_HEADER = np.dtype(
    [("magic", "S2"), ("version", "u1"), ("flags", "u1"), ("srs_id", "<i4"), ("envelope", "<f8", (4,))]
)
_LITTLE_ENDIAN_WITH_BOX = 0x03
_LITTLE_ENDIAN_EMPTY = 0x11
_BARE_HEADER = 8
_ENVELOPE_LENGTHS = (0, 32, 48, 48, 64)
"""Bytes of the envelope for each envelope code in the header's flags."""

Box = tuple[float, float, float, float]


def encode(geometries: NDArray[Any]) -> list[bytes | None]:
    """Return the GeoPackage blob of every geometry (shapely array, degrees of EPSG:4490); None stays None.

    Header with an xy envelope, except for empty geometries, which carry the empty flag instead.
    """
    geometries = np.asarray(geometries, dtype=object)
    bodies = shapely.to_wkb(geometries, byte_order=1, flavor="iso")
    empty = shapely.is_empty(geometries)
    headers = np.zeros(len(geometries), dtype=_HEADER)
    headers["magic"] = b"GP"
    headers["flags"] = np.where(empty, _LITTLE_ENDIAN_EMPTY, _LITTLE_ENDIAN_WITH_BOX)
    headers["srs_id"] = SRS_ID
    headers["envelope"] = shapely.bounds(geometries)[:, [0, 2, 1, 3]]
    raw, size = headers.tobytes(), _HEADER.itemsize
    lengths = np.where(empty, _BARE_HEADER, size).tolist()
    starts = range(0, len(raw), size)
    return [
        None if body is None else raw[start : start + length] + body
        for start, length, body in zip(starts, lengths, bodies, strict=True)
    ]


def header_length(blob: bytes) -> int:
    """Return how many bytes come before the WKB; raise WeipianError for a blob that is no GeoPackage one."""
    code = (blob[3] >> 1) & 7 if len(blob) >= _BARE_HEADER and blob[:2] == b"GP" else 7
    if code >= len(_ENVELOPE_LENGTHS):
        raise WeipianError("图层里有不符合 GeoPackage 标准的几何数据，文件可能已损坏，请从备份恢复。")
    return _BARE_HEADER + _ENVELOPE_LENGTHS[code]


def wkb_of(blob: bytes) -> bytes:
    """Return the WKB inside a GeoPackage blob."""
    return blob[header_length(blob) :]


def wkbs_of(blobs: Iterable[bytes]) -> list[bytes]:
    """Return the WKB inside each of many blobs; the usual header is taken off without a call."""
    usual, size = b"GP\x00\x03", _HEADER.itemsize
    return [blob[size:] if blob[:4] == usual else wkb_of(blob) for blob in blobs]


def decode(blobs: Iterable[bytes | None]) -> NDArray[Any]:
    """Return the shapely geometries (object array) of GeoPackage blobs; None stays None."""
    bodies = np.array([None if blob is None else wkb_of(blob) for blob in blobs], dtype=object)
    result: NDArray[Any] = shapely.from_wkb(bodies)
    return result


def is_empty(blob: bytes | None) -> int | None:
    """Return 1 for an empty geometry, 0 for another, None for None (SQL function ST_IsEmpty)."""
    if blob is None:
        return None
    header_length(blob)
    return (blob[3] >> 4) & 1


def box_of(blob: bytes) -> Box | None:
    """Return minx, maxx, miny, maxy from the header, computed where the header has no envelope."""
    length = header_length(blob)
    if (blob[3] >> 4) & 1:
        return None
    if length > _BARE_HEADER:
        order = "<" if blob[3] & 1 else ">"
        minx, maxx, miny, maxy = np.frombuffer(
            blob, dtype=f"{order}f8", count=4, offset=_BARE_HEADER
        ).tolist()
        return minx, maxx, miny, maxy
    minx, miny, maxx, maxy = shapely.bounds(shapely.from_wkb(blob[length:])).tolist()
    return minx, maxx, miny, maxy


def register_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the SQL functions that the R-tree triggers of GDAL and the standard call."""
    connection.create_function("ST_IsEmpty", 1, is_empty, deterministic=True)
    for position, name in enumerate(("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")):
        connection.create_function(name, 1, _side(position), deterministic=True)


def _side(position: int) -> Any:
    def side(blob: bytes | None) -> float | None:
        box = None if blob is None else box_of(blob)
        return None if box is None else box[position]

    return side


def run(connection: sqlite3.Connection, text: str) -> None:
    """Run a script statement by statement inside the transaction that is open, if one is."""
    for statement in sql.statements(text):
        connection.execute(statement)


def create_core_tables(connection: sqlite3.Connection) -> None:
    """Make an empty database a GeoPackage 1.2 that knows EPSG:4490."""
    run(connection, sql.script("geopackage"))


def drop_feature_table(connection: sqlite3.Connection, table: str) -> None:
    """Remove a feature table with its R-tree and its entries; nothing happens if there is none."""
    names = {"table": sql.quoted(table), "rtree": sql.quoted(rtree_of(table)), "name": sql.literal(table)}
    run(connection, sql.fill(sql.script("drop_feature_table"), **names))


def register_feature_table(connection: sqlite3.Connection, table: str, title: str) -> None:
    """List a MULTIPOLYGON table (columns fid, geom) in the GeoPackage and make its R-tree, still empty."""
    names = {"rtree": sql.quoted(rtree_of(table)), "name": sql.literal(table), "title": sql.literal(title)}
    run(connection, sql.fill(sql.script("register_feature_table"), **names))


def create_rtree_triggers(connection: sqlite3.Connection, table: str) -> None:
    """Make the triggers that keep the R-tree right, whoever edits the table."""
    rtree = rtree_of(table)
    events = ("insert", "update1", "update2", "update3", "update4", "delete")
    names = {event: sql.quoted(f"{rtree}_{event}") for event in events}
    names |= {"table": sql.quoted(table), "rtree": sql.quoted(rtree)}
    run(connection, sql.fill(sql.script("rtree_triggers"), **names))


def rtree_of(table: str) -> str:
    """Return the name of the R-tree of a feature table."""
    return f"rtree_{table}_geom"


def fill_rtree(
    connection: sqlite3.Connection, table: str, fids: NDArray[np.int64], boxes: NDArray[Any]
) -> None:
    """Put many boxes (minx, miny, maxx, maxy; NaN for no geometry) into an R-tree at once."""
    known = np.flatnonzero(~np.isnan(boxes).any(axis=1))
    statement = sql.fill("INSERT INTO $rtree VALUES (?, ?, ?, ?, ?)", rtree=sql.quoted(rtree_of(table)))
    columns = [fids[known].tolist(), *(boxes[known, side].tolist() for side in (0, 2, 1, 3))]
    insert_many(connection, statement, zip(*columns, strict=True))


def touch_contents(connection: sqlite3.Connection, table: str) -> None:
    """Write the table's present extent and the time of the change into gpkg_contents."""
    statement = sql.fill(
        "SELECT MIN(minx), MIN(miny), MAX(maxx), MAX(maxy) FROM $rtree", rtree=sql.quoted(rtree_of(table))
    )
    extent = connection.execute(statement).fetchone()
    connection.execute(
        "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ?,"
        " last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now') WHERE table_name = ?",
        (*extent, table),
    )
