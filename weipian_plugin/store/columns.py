"""How the columns of a base layer become columns of its table: names, SQL types, values."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import geopandas as gpd
import pandas as pd

from weipian_plugin.domain.frame_columns import LAYER_COLUMNS
from weipian_plugin.giving_way import with_breaths
from weipian_plugin.store import sql
from weipian_plugin.store.frames import plain_list

_TYPES = ("INTEGER", "TEXT", "TEXT", "REAL", "REAL", "REAL", "TEXT")
CANONICAL = dict(zip(LAYER_COLUMNS, _TYPES, strict=True))
"""The columns that the overlay reads, with their SQL types."""

_TAKEN = ("fid", "geom", "rowid", "oid", "_rowid_", *CANONICAL)


@dataclass(frozen=True)
class Layout:
    """The columns of one layer's table."""

    sources: tuple[int, ...]
    """Position of each column in the frame, without the geometry."""
    targets: tuple[str, ...]
    """Name of each column in the table: fid, geom, then one for each source."""
    types: tuple[str, ...]
    """SQL type of each source's column."""

    @property
    def ddl(self) -> str:
        """The column definitions for CREATE TABLE."""
        plain = (
            f"{sql.quoted(name)} {kind}" for name, kind in zip(self.targets[2:], self.types, strict=True)
        )
        return ", ".join(("fid INTEGER PRIMARY KEY", "geom MULTIPOLYGON", *plain))


def layout(features: gpd.GeoDataFrame) -> Layout:
    """Lay out the table of a layer: canonical columns first, then the source's own in their order."""
    geometry = features.columns.get_loc(features.geometry.name)
    names = [str(name) for name in features.columns]
    canonical = [names.index(name) for name in CANONICAL if name in names]
    others = [at for at in range(len(names)) if at != geometry and at not in canonical]
    sources = (*canonical, *others)
    own_names = unique_names([names[at] for at in others], _TAKEN)
    types = [CANONICAL[names[at]] for at in canonical]
    types += [sql_type(features.iloc[:, at]) for at in with_breaths(others, len(features))]
    return Layout(sources, ("fid", "geom", *(names[at] for at in canonical), *own_names), tuple(types))


def unique_names(names: Sequence[str], taken: Sequence[str]) -> list[str]:
    """Return the names with `_1`, `_2` … added where SQLite, which knows no case, would see one twice."""
    used = {name.casefold() for name in taken}
    result = []
    for name in names:
        base = name.replace("\0", "").strip() or "字段"
        candidate, number = base, 0
        while candidate.casefold() in used:
            number += 1
            candidate = f"{base}_{number}"
        used.add(candidate.casefold())
        result.append(candidate)
    return result


def sql_type(column: pd.Series[Any]) -> str:
    """Return the GeoPackage column type that holds every value of a column."""
    kind: str = pd.api.types.infer_dtype(column, skipna=True)
    if kind == "integer" and any(not -(2**63) <= value < 2**63 for value in (column.min(), column.max())):
        return "TEXT"
    return _SQL_TYPES.get(kind, "TEXT")


def stored_values(column: pd.Series[Any], kind: str) -> list[Any]:
    """Return one column's values as SQLite takes them for a column of SQL type `kind`, missing ones None."""
    listed = plain_list(column)
    if set(map(type, listed)) <= _STORED_AS_THEY_ARE.get(kind, set()):
        return listed
    convert: Callable[[Any], Any] = _CONVERTERS.get(kind, _as_text)
    return [None if value is None else convert(value) for value in listed]


def _as_text(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _as_date_time(value: Any) -> str:
    moment = pd.Timestamp(value)
    if moment.tzinfo is not None:
        moment = moment.tz_convert("UTC")
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def _as_number(value: Any) -> Any:
    number = float(value)
    return number if math.isfinite(number) else None


_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "BOOLEAN": int,
    "INTEGER": int,
    "REAL": _as_number,
    "DATETIME": _as_date_time,
    "DATE": lambda value: value.isoformat(),
    "BLOB": bytes,
    "TEXT": _as_text,
}
_STORED_AS_THEY_ARE: dict[str, set[type]] = {
    "INTEGER": {int, type(None)},
    "TEXT": {str, type(None)},
    "BLOB": {bytes, type(None)},
}
_SQL_TYPES = {
    "boolean": "BOOLEAN",
    "integer": "INTEGER",
    "floating": "REAL",
    "mixed-integer-float": "REAL",
    "decimal": "REAL",
    "datetime64": "DATETIME",
    "datetime": "DATETIME",
    "date": "DATE",
    "bytes": "BLOB",
}
