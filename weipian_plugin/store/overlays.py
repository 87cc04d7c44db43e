"""Overlay results: stored patch by patch, and only where they differ from what is stored."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import chain
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from weipian_plugin.domain.overlay.frames import AREA_COLUMNS, HIT_COLUMNS
from weipian_plugin.giving_way import free_row_by_row
from weipian_plugin.store.change import Change
from weipian_plugin.store.frames import insert_many, read_frame, rows_of, want
from weipian_plugin.store.workspace import Workspace

_AREA_ORDER = itemgetter(1, 2, 4)
_HIT_ORDER = itemgetter(1, 2, 4, 5)
_AREA_TEXTS, _AREA_NUMBERS = itemgetter(1, 2, 3, 4, 10), itemgetter(5, 6, 7, 8, 9)
_HIT_TEXTS, _HIT_NUMBERS = itemgetter(1, 3, 4), itemgetter(2, 5, 6)
_AREA_FLOATS = ("area_m2", "area_mu", "net_area_m2", "net_area_mu", "share")
_EDITION = AREA_COLUMNS.index("edition")

_SELECT_AREAS = (
    "SELECT patch_no, role, class_code, class_name, status, area_m2, area_mu, net_area_m2, net_area_mu,"
    " share, edition FROM wanted CROSS JOIN overlay_area USING (patch_no)"
)
_SELECT_HITS = (
    "SELECT patch_no, role, source_fid, label, class_code, area_m2, share"
    " FROM wanted CROSS JOIN overlay_hit USING (patch_no)"
)
_READ_AREAS = (
    "SELECT row.patch_no, role, class_code, class_name, status, row.area_m2, row.area_mu, net_area_m2,"
    " net_area_mu, share, edition FROM patch CROSS JOIN overlay_area AS row ON row.patch_no = patch.patch_no"
    " WHERE :batch_id IS NULL OR batch_id = :batch_id ORDER BY patch.fid, row.fid"
)
_READ_HITS = (
    "SELECT row.patch_no, role, source_fid, label, class_code, row.area_m2, share"
    " FROM patch CROSS JOIN overlay_hit AS row ON row.patch_no = patch.patch_no"
    " WHERE :batch_id IS NULL OR batch_id = :batch_id ORDER BY patch.fid, row.fid"
)
_AREAS_OF = _SELECT_AREAS + " ORDER BY overlay_area.fid"
_HITS_OF = _SELECT_HITS + " ORDER BY overlay_hit.fid"
_TERRITORIES = (
    "SELECT DISTINCT label FROM overlay_hit WHERE role IN ('township', 'committee') AND label <> ''"
)
_INSERT_AREA = (
    "INSERT INTO overlay_area (patch_no, role, class_code, class_name, status, area_m2, area_mu,"
    " net_area_m2, net_area_mu, share, edition) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_HIT = (
    "INSERT INTO overlay_hit (patch_no, role, source_fid, label, class_code, area_m2, share)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)

Row = tuple[Any, ...]


def read_areas(workspace: Workspace, batch_id: int | None = None) -> pd.DataFrame:
    """Return overlay_area of a batch, or all: by patch, role, class."""
    with workspace.reading() as connection:
        return read_frame(connection, _READ_AREAS, {"batch_id": batch_id}, _AREA_FLOATS)


def read_of(workspace: Workspace, patch_numbers: Iterable[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return overlay_area and overlay_hit of these patches alone, without looking at the others."""
    with workspace.reading() as connection:
        want(connection, patch_numbers)
        areas = read_frame(connection, _AREAS_OF, (), _AREA_FLOATS)
        return areas, read_frame(connection, _HITS_OF, (), ("area_m2", "share"))


def territories(workspace: Workspace) -> list[str]:
    """Return the names of the townships and committees that patches lie in."""
    with workspace.reading() as connection:
        return [row[0] for row in connection.execute(_TERRITORIES)]


def read_hits(workspace: Workspace, batch_id: int | None = None) -> pd.DataFrame:
    """Return overlay_hit of a batch, or all: by patch, role, feature."""
    with workspace.reading() as connection:
        return read_frame(connection, _READ_HITS, {"batch_id": batch_id}, ("area_m2", "share"))


def replace(change: Change, areas: pd.DataFrame, hits: pd.DataFrame) -> int:
    """Store the results of every patch in `areas` that differ from what is stored; return how many did.

    Both frames hold the whole result of each of their patches. One history row per changed patch says how
    many rows it has, of which editions, and their digest.
    """
    new_areas = _by_patch(rows_of(areas, AREA_COLUMNS), _AREA_ORDER)
    new_hits = _by_patch(rows_of(hits, HIT_COLUMNS), _HIT_ORDER)
    want(change.connection, new_areas)
    old_areas = _by_patch(change.connection.execute(_SELECT_AREAS), _AREA_ORDER)
    old_hits = _by_patch(change.connection.execute(_SELECT_HITS), _HIT_ORDER)
    changed = [
        number
        for number, rows in new_areas.items()
        if rows != old_areas.get(number) or new_hits.get(number) != old_hits.get(number)
    ]
    _rewrite(change.connection, changed, new_areas, new_hits)
    for number in changed:
        before = summary(old_areas.get(number, []), old_hits.get(number, []))
        after = summary(new_areas[number], new_hits.get(number, []))
        change.record("overlay_area", number, before, after)
    for rows_by_patch in (new_areas, new_hits, old_areas, old_hits):
        free_row_by_row(rows_by_patch)
    return len(changed)


def remove(change: Change, patch_numbers: Sequence[str]) -> None:
    """Remove the results of patches that are about to be removed themselves."""
    want(change.connection, patch_numbers)
    areas = _by_patch(change.connection.execute(_SELECT_AREAS), _AREA_ORDER)
    hits = _by_patch(change.connection.execute(_SELECT_HITS), _HIT_ORDER)
    _rewrite(change.connection, list(areas), {number: [] for number in areas}, {})
    for number, rows in areas.items():
        change.record("overlay_area", number, summary(rows, hits.get(number, [])), None)


def summary(areas: Sequence[Row], hits: Sequence[Row]) -> dict[str, Any] | None:
    """Return what the history says about one patch's overlay; None when it has none.

    `sha256` is over the texts of the area rows (by role, class, status) and of the hit rows (by role,
    feature, class), UTF-8, a unit separator (U+001F) between any two, then over the numbers of both in
    the same order as little-endian doubles, NaN for NULL: it can be worked out again from the tables.
    """
    if not areas:
        return None
    editions = {row[1]: row[_EDITION] for row in areas}
    texts = chain(chain.from_iterable(map(_AREA_TEXTS, areas)), chain.from_iterable(map(_HIT_TEXTS, hits)))
    numbers = chain(
        chain.from_iterable(map(_AREA_NUMBERS, areas)), chain.from_iterable(map(_HIT_NUMBERS, hits))
    )
    digest = sha256("\x1f".join(texts).encode())
    digest.update(np.array(list(numbers), dtype="<f8").tobytes())
    return {"areas": len(areas), "hits": len(hits), "editions": editions, "sha256": digest.hexdigest()}


def summary_of(areas: list[Row], hits: list[Row]) -> dict[str, Any] | None:
    """Return the summary of one patch's stored rows, whatever order they come in."""
    if not areas and hits:
        return {"areas": 0, "hits": len(hits)}
    return summary(sorted(areas, key=_AREA_ORDER), sorted(hits, key=_HIT_ORDER))


def _by_patch(rows: Iterable[Row], order: itemgetter[Any]) -> dict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[0]].append(row)
    for part in grouped.values():
        part.sort(key=order)
    return dict(grouped)


def _rewrite(
    connection: sqlite3.Connection,
    changed: Sequence[str],
    areas: dict[str, list[Row]],
    hits: dict[str, list[Row]],
) -> None:
    keys = [(number,) for number in changed]
    connection.executemany("DELETE FROM overlay_area WHERE patch_no = ?", keys)
    connection.executemany("DELETE FROM overlay_hit WHERE patch_no = ?", keys)
    insert_many(connection, _INSERT_AREA, chain.from_iterable(areas[number] for number in changed))
    insert_many(connection, _INSERT_HIT, chain.from_iterable(hits.get(number, ()) for number in changed))
