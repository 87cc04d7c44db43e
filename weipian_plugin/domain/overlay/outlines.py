"""Outlines of polygons as one table of vertices, ready to be cut to windows fast.

What a patch and a parcel have in common is worked out from their edges alone (`domain.common_ground`), so
no geometry need be built for it. Vertices stay in degrees until an edge counts: the compute plane keeps
the order of longitudes and of latitudes, so what lies beside a window there lies beside it here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    side: Floats
    """1 where the polygon lies left of the edges, -1 where it lies right of them."""
    box: Floats
    """Degrees: min lon, min lat, max lon, max lat; shape (4, n)."""
    start: Ints
    count: Ints
    """For each polygon: its first block, and how many it has."""


@dataclass(frozen=True)
class Outlines:
    """The rings of polygons, by polygon, ring and vertex; edge i goes from vertex i to vertex i + 1.

    From the last vertex of a ring, which closes it, no edge goes: none of the blocks holds it.
    """

    lon: Floats
    lat: Floats
    blocks: Blocks
    box: Floats
    """Of each polygon, in degrees: min lon, min lat, max lon, max lat; shape (4, n)."""
    rings: Rings


def outlines(rings: Rings) -> Outlines:
    """Return the outlines of polygons, shells and holes drawn either way round."""
    lon, lat = rings.lonlat[:, 0], rings.lonlat[:, 1]
    side = _turns(lon, lat, starts_of(rings.count)) * np.where(_is_shell(rings), 1.0, -1.0)
    blocks = _blocks((lon, lat), side, rings)
    return Outlines(lon, lat, blocks, _extremes(blocks.box, blocks.start), rings)


def by_ring(drawn: Outlines) -> Outlines:
    """Return the outlines with every ring as if it were a polygon; a hole still has its ground outside.

    A ring that lies beside, above or below a window does not count there, whatever else it is a part of.
    """
    count = -(-(drawn.rings.count - 1) // _BLOCK)
    blocks = replace(drawn.blocks, start=starts_of(count), count=count)
    return replace(drawn, blocks=blocks, box=_extremes(blocks.box, blocks.start))


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


def _turns(lon: Floats, lat: Floats, first: Ints) -> Floats:
    """Return for each ring 1 where it turns counter-clockwise, -1 where clockwise, 0 where it has no area."""
    if not len(first):
        return np.empty(0)
    # Trapezoids: differences of near longitudes are exact, so that even a sliver keeps its sign.
    strips = lon[:-1] - lon[1:]
    strips *= lat[:-1] + lat[1:]
    strips[first[1:] - 1] = 0.0
    return np.sign(np.add.reduceat(strips, first))


def _blocks(lonlat: tuple[Floats, Floats], side: Floats, rings: Rings) -> Blocks:
    first, edges = starts_of(rings.count), rings.count - 1
    ring, number = spans(np.zeros(len(first), dtype=np.int64), -(-edges // _BLOCK))
    start = first[ring] + number * _BLOCK
    last = np.minimum(start + _BLOCK, (first + edges)[ring]) - 1
    # With the first vertex of the next run: each run's box holds the ends of all its edges.
    after = last + 1
    box = [np.minimum(low, axis[after]) for low, axis in zip(_lowest(lonlat, start), lonlat, strict=True)]
    box += [np.maximum(high, axis[after]) for high, axis in zip(_highest(lonlat, start), lonlat, strict=True)]
    count = np.bincount(rings.polygon[ring], minlength=len(rings.feature))
    return Blocks(start, last, side[ring], np.array(box), starts_of(count), count)


def _lowest(sides: Floats | tuple[Floats, ...], start: Ints) -> list[Floats]:
    return [np.minimum.reduceat(side, start) if len(start) else np.empty(0) for side in sides]


def _highest(sides: Floats | tuple[Floats, ...], start: Ints) -> list[Floats]:
    return [np.maximum.reduceat(side, start) if len(start) else np.empty(0) for side in sides]


def _extremes(box: Floats, start: Ints) -> Floats:
    """Return the boxes around runs of boxes, shape (4, runs)."""
    return np.array([*_lowest(tuple(box[:2]), start), *_highest(tuple(box[2:]), start)])
