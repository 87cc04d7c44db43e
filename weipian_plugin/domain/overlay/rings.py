"""The rings inside WKB polygons as plain numbers, read without building a geometry of any of them.

Standard: OGC 06-103r4 (simple features, well-known binary), clause 8.2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.geodesy import Floats, Geometries
from weipian_plugin.domain.numbers import Ints

_POLYGON, _MULTIPOLYGON = 3, 6
_HEAD = struct.Struct("<BII")
"""Byte order, type, and how many parts or rings follow."""
_COUNT = struct.Struct("<I")
_VERTEX_BYTES = 16
_ONE_RING = np.dtype(
    [
        ("order", "u1"),
        ("kind", "<u4"),
        ("parts", "<u4"),
        ("part_order", "u1"),
        ("part_kind", "<u4"),
        ("rings", "<u4"),
        ("vertices", "<u4"),
    ]
)
"""What comes before the vertices of a multipolygon of one ring, as nearly all parcels are."""


@dataclass(frozen=True)
class Rings:
    """Rings of polygons, parallel arrays, each polygon's shell before its holes.

    Those that have no edge are left out.
    """

    lonlat: Floats
    """All vertices, ring after ring, shape (n, 2); degrees. The last of a ring is its first once more."""
    count: Ints
    """Vertices of each ring."""
    polygon: Ints
    """The polygon of each ring."""
    feature: Ints
    """The feature of each polygon, its position in what was read."""


def rings_of(geometries: Geometries) -> Rings:
    """Return the rings of polygons and multipolygons."""
    return read_rings(shapely.to_wkb(geometries, byte_order=1, output_dimension=2, flavor="iso").tolist())


def read_rings(wkb: Sequence[bytes]) -> Rings:
    """Return the rings of WKB polygons and multipolygons."""
    size = _ONE_RING.itemsize
    lengths = np.fromiter(map(len, wkb), dtype=np.int64, count=len(wkb))
    if lengths.min(initial=size) < size:
        wkb = [body.ljust(size, b"\0") for body in wkb]
    heads = np.frombuffer(b"".join([body[:size] for body in wkb]), dtype=_ONE_RING)
    is_simple = _has_one_ring(heads, lengths)
    simple, other = np.flatnonzero(is_simple), np.flatnonzero(~is_simple)
    bodies = [wkb[index][size:] for index in simple.tolist()]
    found = [
        (feature, shell, body) for feature in other.tolist() for shell, body in _walk(_plain(wkb[feature]))
    ]
    rest = np.array([(feature, shell, len(body)) for feature, shell, body in found], dtype=np.int64)
    rest = rest.reshape(-1, 3)
    lonlat = np.frombuffer(b"".join([*bodies, *(body for _, _, body in found)]), dtype="<f8").reshape(-1, 2)
    # Every shell begins a polygon.
    polygon = np.concatenate([np.arange(len(simple)), len(simple) - 1 + np.cumsum(rest[:, 1])])
    return Rings(
        lonlat,
        np.concatenate([heads["vertices"][simple].astype(np.int64), rest[:, 2] // _VERTEX_BYTES]),
        polygon,
        np.concatenate([simple, rest[rest[:, 1] == 1, 0]]),
    )


def _has_one_ring(heads: NDArray[Any], lengths: Ints) -> NDArray[np.bool_]:
    whole = lengths == _ONE_RING.itemsize + _VERTEX_BYTES * heads["vertices"].astype(np.int64)
    kinds = (heads["kind"] == _MULTIPOLYGON) & (heads["part_kind"] == _POLYGON)
    single = (heads["parts"] == 1) & (heads["rings"] == 1) & (heads["vertices"] > 1)
    return whole & kinds & single & (heads["order"] == 1) & (heads["part_order"] == 1)


def _plain(body: bytes) -> bytes:
    """Return WKB in the form that is read here: little-endian, two coordinates a vertex."""
    if body[:1] == b"\1" and body[1:5] in (b"\6\0\0\0", b"\3\0\0\0"):
        return body
    return bytes(shapely.to_wkb(shapely.from_wkb(body), byte_order=1, output_dimension=2, flavor="iso"))


def _walk(body: bytes) -> Iterator[tuple[bool, bytes]]:
    """Yield each ring that has an edge: whether it is a shell, and its vertices."""
    _, kind, parts = _HEAD.unpack_from(body)
    at = _HEAD.size if kind == _MULTIPOLYGON else 0
    for _ in range(parts if kind == _MULTIPOLYGON else 1):
        _, _, rings = _HEAD.unpack_from(body, at)
        at += _HEAD.size
        for number in range(rings):
            (vertices,) = _COUNT.unpack_from(body, at)
            at += _COUNT.size
            end = at + vertices * _VERTEX_BYTES
            if vertices > 1:
                yield number == 0, body[at:end]
            at = end
