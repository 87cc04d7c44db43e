"""What a suggestion looks at: the patches, and how the layers of permits cover them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from weipian_plugin.store.frames import want

_NUMBERS = (
    "SELECT patch_no FROM patch WHERE (:batch_id IS NULL OR batch_id = :batch_id)"
    " AND split_state <> '被拆分' ORDER BY fid"
)
_PATCHES = (
    "SELECT patch.patch_no, kind, area_m2, patch_type, attributes, received_on"
    " FROM wanted CROSS JOIN patch USING (patch_no) JOIN batch USING (batch_id) ORDER BY patch.fid"
)
_AREAS = (
    "SELECT row.patch_no, role, status, COALESCE(area_m2, 0)"
    " FROM wanted CROSS JOIN overlay_area AS row USING (patch_no)"
    " WHERE role IN ('approval', 'facility_farm', 'temporary_land')"
)
_HITS = (
    "SELECT row.patch_no, role, label, class_code, area_m2"
    " FROM wanted CROSS JOIN overlay_hit AS row USING (patch_no)"
    " WHERE role IN ('approval', 'facility_farm', 'temporary_land') ORDER BY row.area_m2 DESC, row.fid"
)


class PatchRow(NamedTuple):
    """A patch."""

    patch_no: str
    kind: str
    area_m2: float
    patch_type: str
    attributes: str
    """JSON: every issued field."""
    received_on: str


class AreaRow(NamedTuple):
    """How far a layer covers a patch."""

    patch_no: str
    role: str
    status: str
    area_m2: float
    """0 where it was not evaluated."""


class HitRow(NamedTuple):
    """A feature that a patch meets."""

    patch_no: str
    role: str
    label: str
    class_code: str
    """For a 临时用地 the day until which it runs, as the layer writes it."""
    area_m2: float


class PermitFigures(NamedTuple):
    """Everything about some patches."""

    patches: list[PatchRow]
    areas: list[AreaRow]
    hits: list[HitRow]


def numbers(connection: sqlite3.Connection, batch_id: int | None = None) -> list[str]:
    """Return the patches of a batch, or all, those left out that were split."""
    return [row[0] for row in connection.execute(_NUMBERS, {"batch_id": batch_id})]


def read(connection: sqlite3.Connection, patch_numbers: Iterable[str]) -> PermitFigures:
    """Return the figures of some patches, largest hits first."""
    want(connection, patch_numbers)
    return PermitFigures(
        [PatchRow(*row) for row in connection.execute(_PATCHES)],
        [AreaRow(*row) for row in connection.execute(_AREAS)],
        [HitRow(*row) for row in connection.execute(_HITS)],
    )
