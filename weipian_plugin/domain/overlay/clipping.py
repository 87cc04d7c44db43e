"""Edges of polygons cut to windows, exactly and for many pairs of polygon and window at once.

Inside a window a polygon is known by the edges that cross it and by how much of the window's width lies
under edges above it (its roofs): what is left of the window, right of it or below it does not count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

import numpy as np

from weipian_plugin.domain.geodesy import Floats, plane_x, plane_y
from weipian_plugin.domain.numbers import Ints, portions, spans
from weipian_plugin.domain.overlay.outlines import Outlines

_BLOCKS_AT_ONCE = 1 << 18
"""Blocks of edges looked at together; some hundred MB."""


@dataclass(frozen=True)
class Windows:
    """Boxes, parallel arrays."""

    degrees: Floats
    """Min lon, min lat, max lon, max lat; shape (4, n)."""
    x: Floats
    y: Floats
    """The lower left corner in metres of the compute plane."""
    width: Floats
    height: Floats


@dataclass(frozen=True)
class Edges:
    """Edges in windows, none of them upright, left to right: parallel arrays.

    x and height count from the window's lower left corner, in metres of the compute plane.
    """

    pair: Ints
    """Position of the pair of polygon and window."""
    left: Floats
    right: Floats
    height: Floats
    """At the left end."""
    slope: Floats
    weight: Floats
    """1 where the polygon lies below the edge, -1 where it lies above."""


def windows(degrees: Floats) -> Windows:
    """Return boxes in degrees (shape (4, n)) as windows."""
    x, y = plane_x(degrees[0]), plane_y(degrees[1])
    return Windows(degrees, x, y, plane_x(degrees[2]) - x, plane_y(degrees[3]) - y)


def clip(drawn: Outlines, polygon: Ints, boxes: Windows, window: Ints) -> Edges:
    """Return the edges of polygons in windows: pair i is `polygon[i]` in `window[i]`."""
    parts = list(portions(drawn.blocks.count[polygon], _BLOCKS_AT_ONCE))
    if len(parts) <= 1:
        return _clip(drawn, polygon, boxes, window)
    found = [(part.start, _clip(drawn, polygon[part], boxes, window[part])) for part in parts]
    return _join([replace(edges, pair=edges.pair + start) for start, edges in found])


def _clip(drawn: Outlines, polygon: Ints, boxes: Windows, window: Ints) -> Edges:
    blocks = drawn.blocks
    pair, block = spans(blocks.start[polygon], blocks.count[polygon])
    crosses, above = _place(blocks.box[:, block], boxes.degrees[:, window[pair]])
    near, far = block[crosses], block[above]
    run, edge = spans(blocks.first[near], (blocks.last - blocks.first + 1)[near])
    single = _clip_edges(drawn, boxes, window, pair[crosses][run], edge, blocks.side[near][run])
    ends = blocks.first[far], blocks.last[far] + 1
    return _join([*single, _roofs(drawn, boxes, window, pair[above], ends, blocks.side[far])])


def _place(box: Floats, window: Floats) -> tuple[Ints, Ints]:
    """Return which boxes may cross their windows, and which lie above or beside them.

    The others lie below and count for nothing.
    """
    apart = (box[1] >= window[3]) | (box[2] <= window[0]) | (box[0] >= window[2])
    counts = box[3] > window[1]
    return np.flatnonzero(counts & ~apart), np.flatnonzero(counts & apart)


def _clip_edges(
    drawn: Outlines, boxes: Windows, window: Ints, pair: Ints, edge: Ints, side: Floats
) -> list[Edges]:
    end = edge + 1
    lon0, lat0, lon1, lat1 = drawn.lon[edge], drawn.lat[edge], drawn.lon[end], drawn.lat[end]
    sides = np.minimum(lon0, lon1), np.minimum(lat0, lat1), np.maximum(lon0, lon1), np.maximum(lat0, lat1)
    crosses, above = _place(sides, boxes.degrees[:, window[pair]])  # type: ignore[arg-type]
    first, last = _runs(pair[above], edge[above])
    walks = above[first]
    roofs = _roofs(drawn, boxes, window, pair[walks], (edge[walks], end[above[last]]), side[walks])
    here = window[pair[crosses]]
    ends = (
        plane_x(lon0[crosses]) - boxes.x[here],
        plane_y(lat0[crosses]) - boxes.y[here],
        plane_x(lon1[crosses]) - boxes.x[here],
        plane_y(lat1[crosses]) - boxes.y[here],
    )
    return [
        roofs,
        *_cut(pair[crosses], ends, side[crosses], boxes.width[here], boxes.height[here]),
    ]


def _runs(pair: Ints, edge: Ints) -> tuple[Ints, Ints]:
    """Return first and last position of each run of edges that follow one another in one pair.

    No run goes from ring to ring: between their edges lies the number of the closing vertex.
    """
    breaks = np.flatnonzero((np.diff(edge) != 1) | (np.diff(pair) != 0))
    first = np.concatenate([[0], breaks + 1])[: len(edge)]
    return first, np.concatenate([breaks, [len(edge) - 1]])[: len(first)]


def _roofs(
    drawn: Outlines, boxes: Windows, window: Ints, pair: Ints, ends: tuple[Ints, Ints], side: Floats
) -> Edges:
    """Return edges along the windows' tops for walks from vertex to vertex that stay above or beside them.

    Whatever such a walk does between its ends, the way back cancels the way out.
    """
    here = window[pair]
    west, east = boxes.degrees[0, here], boxes.degrees[2, here]
    lon0, lon1 = (np.clip(drawn.lon[vertex], west, east) for vertex in ends)
    wide = np.flatnonzero(lon0 != lon1)
    lon0, lon1, here = lon0[wide], lon1[wide], here[wide]
    left = plane_x(np.minimum(lon0, lon1)) - boxes.x[here]
    right = plane_x(np.maximum(lon0, lon1)) - boxes.x[here]
    weight = np.sign(lon0 - lon1) * side[wide]
    return _edges(pair[wide], left, right, boxes.height[here], 0.0, weight)


def _cut(pair: Ints, ends: tuple[Floats, ...], side: Floats, width: Floats, top: Floats) -> list[Edges]:
    """Return what of edges lies in their windows, and the roofs where they rise above them."""
    x0, y0, x1, y1 = ends
    weight = np.sign(x0 - x1) * side
    slope = np.divide(y1 - y0, x1 - x0, out=np.zeros_like(x0), where=x0 != x1)
    left, right = np.clip(np.minimum(x0, x1), 0.0, width), np.clip(np.maximum(x0, x1), 0.0, width)
    height = y0 + slope * (left - x0)
    begins, ends_at = _between(left, right, height, slope, top)
    inside = np.clip(height + slope * (begins - left), 0.0, top)
    # Above the window lies what comes after a rising edge, and what comes before a falling one.
    roof_left, roof_right = np.where(slope > 0, ends_at, left), np.where(slope > 0, right, begins)
    return [
        _edges(pair, begins, ends_at, inside, slope, weight),
        _edges(pair, roof_left, roof_right, top, 0.0, weight),
    ]


def _between(
    left: Floats, right: Floats, height: Floats, slope: Floats, top: Floats
) -> tuple[Floats, Floats]:
    """Return from which x to which edges lie between height 0 and the top; level ones do all along."""
    level = slope == 0
    per_metre = np.divide(1.0, slope, out=np.zeros_like(slope), where=~level)
    at_bottom, at_top = left - height * per_metre, left + (top - height) * per_metre
    begins = np.clip(np.minimum(at_bottom, at_top), left, right)
    ends_at = np.clip(np.maximum(at_bottom, at_top), left, right)
    return np.where(level, left, begins), np.where(level, right, ends_at)


def _edges(
    pair: Ints, left: Floats, right: Floats, height: Floats, slope: Floats | float, weight: Floats
) -> Edges:
    """Return edges without those that have no width."""
    wide = np.flatnonzero(right > left)
    slopes = np.broadcast_to(slope, left.shape)
    return Edges(pair[wide], left[wide], right[wide], height[wide], slopes[wide], weight[wide])


def _join(parts: Iterable[Edges]) -> Edges:
    """Return edges of several kinds together, by pair."""
    columns = zip(
        *(tuple(getattr(part, field.name) for field in fields(Edges)) for part in parts), strict=True
    )
    joined = [np.concatenate(column) for column in columns]
    order = np.argsort(joined[0], kind="stable")
    return Edges(*(column[order] for column in joined))
