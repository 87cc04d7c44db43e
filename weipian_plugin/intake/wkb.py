"""Geometries from well-known binary, where the readers of GEOS give up: rings left open, rings too short."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.chunks import map_chunks

_POLYGON, _MULTI_POLYGON, _COLLECTION = 3, 6, 7
_Z_FLAG, _M_FLAG, _SRID_FLAG = 0x80000000, 0x40000000, 0x20000000
_MOST_NESTING = 8


class _Unreadable(Exception):
    """The bytes are no polygon that can be made out."""


def from_wkb(
    blobs: NDArray[np.object_], progress: Progress
) -> tuple[NDArray[np.object_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return 2-D geometries, which blobs were unreadable, and which had rings that were closed here.

    None stays None. `blobs` is emptied on the way to keep memory down.
    """
    geometries = np.empty(len(blobs), dtype=object)
    unreadable = np.zeros(len(blobs), dtype=bool)
    closed = np.zeros(len(blobs), dtype=bool)

    def read(part: slice) -> None:
        present = np.array([blob is not None for blob in blobs[part]], dtype=bool)
        found = shapely.from_wkb(blobs[part], on_invalid="ignore")
        for row in np.flatnonzero(present & shapely.is_missing(found)):
            found[row] = _rescue(blobs[part.start + row])
            unreadable[part.start + row] = found[row] is None
            closed[part.start + row] = found[row] is not None
        geometries[part] = _flat(found)
        blobs[part] = None

    map_chunks(read, len(blobs), progress)
    return geometries, unreadable, closed


def _flat(geometries: NDArray[np.object_]) -> NDArray[np.object_]:
    return shapely.force_2d(geometries) if shapely.has_z(geometries).any() else geometries


def _rescue(blob: bytes) -> shapely.Geometry | None:
    try:
        polygons, _ = _read(memoryview(blob), 0, 0)
    except (_Unreadable, struct.error, ValueError):
        return None
    return shapely.MultiPolygon(polygons) if polygons else None


def _read(blob: memoryview, at: int, depth: int) -> tuple[list[shapely.Polygon], int]:
    """Return the polygons of the geometry that starts at `at`, and where it ends."""
    if depth > _MOST_NESTING:
        raise _Unreadable
    order = "<" if blob[at : at + 1] == b"\x01" else ">"
    (code,) = struct.unpack_from(f"{order}I", blob, at + 1)
    at += 9 if code & _SRID_FLAG else 5
    kind, width = _kind_and_width(code)
    (count,) = struct.unpack_from(f"{order}I", blob, at)
    at += 4
    if kind == _POLYGON:
        return _polygon(blob, at, count, order, width)
    if kind not in (_MULTI_POLYGON, _COLLECTION):
        raise _Unreadable
    polygons: list[shapely.Polygon] = []
    for _ in range(count):
        parts, at = _read(blob, at, depth + 1)
        polygons += parts
    return polygons, at


def _kind_and_width(code: int) -> tuple[int, int]:
    """Return the geometry kind and the ordinates of a point, for ISO and extended codes."""
    plain = code & 0x0FFFFFFF
    iso = plain // 1000
    extra = int(bool(code & _Z_FLAG)) + int(bool(code & _M_FLAG)) + (0, 1, 1, 2)[min(iso, 3)]
    return plain % 1000, 2 + extra


def _polygon(
    blob: memoryview, at: int, count: int, order: str, width: int
) -> tuple[list[shapely.Polygon], int]:
    rings = []
    for _ in range(count):
        (points,) = struct.unpack_from(f"{order}I", blob, at)
        size = points * width * 8
        if at + 4 + size > len(blob):
            raise _Unreadable
        flat = np.frombuffer(blob[at + 4 : at + 4 + size], dtype=f"{order}f8")
        rings.append(flat.reshape(points, width)[:, :2].astype(np.float64))
        at += 4 + size
    return _closed_polygon(rings), at


def _closed_polygon(rings: Sequence[NDArray[np.float64]]) -> list[shapely.Polygon]:
    """Return the polygon of rings closed where open; rings of fewer than three points are left out."""
    whole = [closed for ring in rings if (closed := _close(ring)) is not None]
    if not whole or _close(rings[0]) is None:
        return []
    return [shapely.Polygon(whole[0], whole[1:])]


def _close(ring: NDArray[np.float64]) -> NDArray[np.float64] | None:
    if len(ring) < 3 or not np.isfinite(ring).all():
        return None
    closed = ring if (ring[0] == ring[-1]).all() else np.vstack([ring, ring[:1]])
    return closed if len(closed) >= 4 else None
