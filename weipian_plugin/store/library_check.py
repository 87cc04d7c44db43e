"""Whether a library holds what this plug-in cannot have written: the layers against what importing gives."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import astuple

import numpy as np
import shapely

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.layers import LayerEdition
from weipian_plugin.domain.roles import Role
from weipian_plugin.store import geopackage, sql
from weipian_plugin.store.connection import connect_to_read, told
from weipian_plugin.store.library import Library

_TEXTS = ("label", "class_code", "deducted_class")
_AREAS = ("geom_area_m2", "parcel_area_m2", "net_parcel_area_m2")
_LARGEST_M2 = 1e14
"""More than all land."""
_AT_ONCE = 5000


def library_fault(library: Library) -> str:
    """Return in Chinese the first layer that was altered, and how; '' when none was."""
    editions = library.editions()
    with told(library.path), closing(connect_to_read(library.path)) as connection:
        for role, edition in editions.items():
            fault = (
                _edition_fault(edition) or _values_fault(connection, role) or _shapes_fault(connection, role)
            )
            if fault:
                return f"“{role.label}”图层{fault}"
    return ""


def _edition_fault(edition: LayerEdition) -> str:
    if any(isinstance(value, bytes) for value in astuple(edition)):
        return "的版本记录不是文字"
    try:
        shapely.from_wkt(edition.coverage or None)
    except (shapely.errors.GEOSException, TypeError):
        return "的覆盖范围读不出来"
    return ""


def _values_fault(connection: sqlite3.Connection, role: Role) -> str:
    present = {row[1] for row in connection.execute(f"PRAGMA table_info({sql.quoted(role.value)})")}
    wrong = [f"typeof({name}) <> 'text'" for name in _TEXTS if name in present]
    wrong += [
        f"typeof({name}) NOT IN ('real', 'integer', 'null') OR abs({name}) > {_LARGEST_M2}"
        for name in _AREAS
        if name in present
    ]
    statement = sql.fill(
        "SELECT fid FROM $table WHERE $wrong LIMIT 1", table=sql.quoted(role.value), wrong=" OR ".join(wrong)
    )
    found = connection.execute(statement).fetchone() if wrong else None
    return f"第 {found[0]} 号要素的文字或面积不对" if found else ""


def _shapes_fault(connection: sqlite3.Connection, role: Role) -> str:
    rows = connection.execute(sql.fill("SELECT fid, geom FROM $table", table=sql.quoted(role.value)))
    while part := rows.fetchmany(_AT_ONCE):
        for fid in _bad_shapes(part):
            return f"第 {fid} 号要素的图形读不出来"
    return ""


def _bad_shapes(rows: list[tuple[int, bytes]]) -> Iterator[int]:
    bodies = np.array([_body(blob) for _, blob in rows], dtype=object)
    shapes = shapely.from_wkb(bodies, on_invalid="ignore")
    for row in np.flatnonzero(~np.isfinite(shapely.bounds(shapes)).all(axis=1)):
        yield rows[row][0]


def _body(blob: object) -> bytes | None:
    try:
        return geopackage.wkb_of(blob) if isinstance(blob, bytes) else None
    except WeipianError:
        return None
