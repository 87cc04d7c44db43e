"""Outlines of polygons as one table of vertices, ready to be cut to windows fast.

What a patch and a parcel have in common is worked out from their edges alone (`domain.common_ground`), so
no geometry need be built for it. Vertices stay in degrees until an edge counts: the compute plane keeps
the order of longitudes and of latitudes, so what lies beside a window there lies beside it here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from weipian_plugin.domain.geodesy import Floats, Geometries, plane_xy
from weipian_plugin.domain.numbers import Ints, spans, starts_of
from weipian_plugin.domain.overlay.rings import Rings

_BLOCK = 16
"""Edges that share a box: a red line of thousands of vertices is passed over block by block."""


@dataclass(frozen=True)
class Blocks:
    """Runs of edges of one ring with their boxes: parallel arrays, by polygon."""

    first: Ints
    last: Ints
    """The first and last edge of the run."""
    box: Floats
    """Degrees: min lon, min lat, max lon, max lat; shape (4, n)."""
    start: Ints
    count: Ints
    """For each polygon: its first block, and how many it has."""


@dataclass(frozen=True)
class Outlines:
    """The rings of polygons, parallel arrays by polygon, ring and vertex; edge i goes from vertex i.

    The last vertex of a ring, which closes it, has an edge of no length.
    """

    lon: Floats
    lat: Floats
    following: Ints
    """The vertex at which the edge ends."""
    side: Floats
    """1 where the polygon lies left of the edge, -1 where it lies right of it."""
    blocks: Blocks
    box: Floats
    """Of each polygon, in degrees: min lon, min lat, max lon, max lat; shape (4, n)."""
    rings: Rings


def outlines(rings: Rings) -> Outlines:
    """Return the outlines of polygons, shells and holes drawn either way round."""
    lon, lat = np.ascontiguousarray(rings.lonlat[:, 0]), np.ascontiguousarray(rings.lonlat[:, 1])
    first = starts_of(rings.count)
    following = np.arange(1, len(lon) + 1)
    following[first + rings.count - 1] -= 1
    side = _turns(lon, lat, following, first, rings.count) * np.where(_is_shell(rings), 1.0, -1.0)
    blocks = _blocks((lon, lat), following, first, rings)
    box = _extremes(blocks.box, blocks.start)
    return Outlines(lon, lat, following, np.repeat(side, rings.count), blocks, box, rings)


def shapes(drawn: Outlines, polygons: Ints) -> Geometries:
    """Return some of the polygons as geometries in the compute plane; `polygons` ascend."""
    rings = drawn.rings
    chosen = np.flatnonzero(np.isin(rings.polygon, polygons))
    ring, vertex = spans(starts_of(rings.count)[chosen], rings.count[chosen])
    lines = shapely.linearrings(plane_xy(rings.lonlat[vertex]), indices=ring)
    result = shapely.polygons(lines, indices=np.searchsorted(polygons, rings.polygon[chosen]))
    return np.asarray(result, dtype=object)


def _is_shell(rings: Rings) -> Ints:
    return np.diff(rings.polygon, prepend=-1) != 0


def _turns(lon: Floats, lat: Floats, following: Ints, first: Ints, counts: Ints) -> Floats:
    """Return for each ring 1 where it turns counter-clockwise, -1 where clockwise, 0 where it has no area."""
    if not len(first):
        return np.empty(0)
    # From the ring's first vertex, for near numbers keep their digits.
    x, y = lon - np.repeat(lon[first], counts), lat - np.repeat(lat[first], counts)
    return np.sign(np.add.reduceat(x * y[following] - x[following] * y, first))


def _blocks(lonlat: tuple[Floats, Floats], following: Ints, first: Ints, rings: Rings) -> Blocks:
    ring, number = spans(np.zeros(len(first), dtype=np.int64), -(-rings.count // _BLOCK))
    start = first[ring] + number * _BLOCK
    end = np.minimum(start + _BLOCK, (first + rings.count)[ring])
    # With the first vertex of the next run: each run's box holds the ends of all its edges.
    after = following[end - 1]
    box = [np.minimum(low, side[after]) for low, side in zip(_lowest(lonlat, start), lonlat, strict=True)]
    box += [np.maximum(high, side[after]) for high, side in zip(_highest(lonlat, start), lonlat, strict=True)]
    count = np.bincount(rings.polygon[ring], minlength=len(rings.feature))
    return Blocks(start, end - 1, np.array(box), starts_of(count), count)


def _lowest(sides: Floats | tuple[Floats, ...], start: Ints) -> list[Floats]:
    return [np.minimum.reduceat(side, start) if len(start) else np.empty(0) for side in sides]


def _highest(sides: Floats | tuple[Floats, ...], start: Ints) -> list[Floats]:
    return [np.maximum.reduceat(side, start) if len(start) else np.empty(0) for side in sides]


def _extremes(box: Floats, start: Ints) -> Floats:
    """Return the boxes around runs of boxes, shape (4, runs)."""
    return np.array([*_lowest(tuple(box[:2]), start), *_highest(tuple(box[2:]), start)])
