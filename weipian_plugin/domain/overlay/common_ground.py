"""The ground that two polygons have in common, from their edges alone.

Below a top edge of a polygon lies ground of it, below a bottom edge lies none: so the polygon is the sum of
the strips under its edges, counted +1 and -1. The common ground of two polygons is then the sum, over every
edge of the one and every edge of the other, of the strip under the lower of the two where they lie above
one another: a trapezoid, or two where they cross. It is the survey's own way of measuring (TD/T 1055,
trapezoids between edge and base line), taken to a second polygon. There is no case in it that could go
wrong: edges that touch, coincide or meet in a vertex need no care, since nothing is decided, only added.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from weipian_plugin.domain.geodesy import Floats
from weipian_plugin.domain.numbers import Ints, portions, spans
from weipian_plugin.domain.overlay.clipping import Edges

Check = Callable[[], None]

_AT_ONCE = 1 << 16
"""Pairs of edges measured together: their numbers stay in the processor's cache."""
_SLACK = 1e-9
"""Of a window's width: how far beside an edge others are looked for, so that rounding hides none."""
_MANY = 64
"""Edges in a window of which the longer ones are cut up."""


class Index:
    """Edges of one polygon a window, by window and from left to right, to be found by their x."""

    def __init__(self, edges: Edges, window_of: Ints, widths: Floats) -> None:
        """`window_of`: the window of each pair of polygon and window; `widths`: the windows', in metres."""
        edges = _cut_up(edges, window_of, len(widths))
        window = window_of[edges.pair]
        place = window + edges.left / widths[window] / 2
        order = np.argsort(place, kind="stable")
        self.left, self.right = edges.left[order], edges.right[order]
        self.height, self.slope, self.weight = edges.height[order], edges.slope[order], edges.weight[order]
        self._place, self._widths = place[order], widths
        self._longest = np.zeros(len(widths))
        np.maximum.at(self._longest, window, edges.right - edges.left)

    def beside(self, edges: Edges, window: Ints) -> tuple[Ints, Ints]:
        """Return for each edge the first and the count of those that may lie above or below it."""
        width = self._widths[window]
        low = (edges.left - self._longest[window]) / width
        start = np.searchsorted(self._place, window + np.maximum(low - _SLACK, 0.0) / 2)
        end = np.searchsorted(self._place, window + np.minimum(edges.right / width + _SLACK, 1.5) / 2)
        return start, end - start


def common_areas(edges: Edges, others: Index, window: Ints, check: Check) -> Floats:
    """Return in m² what each pair has in common with the polygon of its window, shape (pairs,).

    `window`: the window of each pair. Below 0 by no more than rounding.
    """
    start, count = others.beside(edges, window[edges.pair])
    areas = np.zeros(len(window))
    for chunk in portions(count, _AT_ONCE):
        check()
        run, other = spans(start[chunk], count[chunk])
        edge = run + chunk.start
        left, right = (
            np.maximum(edges.left[edge], others.left[other]),
            np.minimum(edges.right[edge], others.right[other]),
        )
        over = np.flatnonzero(right > left)
        strips = _strips(edges, edge[over], others, other[over], left[over], (right - left)[over])
        areas += np.bincount(edges.pair[edge[over]], strips, minlength=len(areas))
    return areas


def _cut_up(edges: Edges, window_of: Ints, windows: int) -> Edges:
    """Return edges of which none is longer than the mean of its window, where a window has many.

    Others are looked for as far to the left as the longest edge reaches: one border along a patch full of
    holes would have every edge held against all of them. At most twice as many edges come of it.
    """
    window, length = window_of[edges.pair], edges.right - edges.left
    count = np.bincount(window, minlength=windows)
    if count.max(initial=0) < _MANY:
        return edges
    mean = np.bincount(window, length, windows) / np.maximum(count, 1)
    pieces = np.where(count[window] < _MANY, 1, np.ceil(length / mean[window])).astype(np.int64)
    edge, number = spans(np.zeros_like(pieces), pieces)
    step = length / pieces
    begins, ends = (edges.left[edge] + at * step[edge] for at in (number, number + 1))
    right = np.where(number + 1 == pieces[edge], edges.right[edge], ends)
    height = edges.height[edge] + edges.slope[edge] * (begins - edges.left[edge])
    return Edges(edges.pair[edge], begins, right, height, edges.slope[edge], edges.weight[edge])


def _strips(edges: Edges, edge: Ints, others: Index, other: Ints, left: Floats, width: Floats) -> Floats:
    """Return the m² under the lower of each two edges between `left` and `left + width`, with its sign."""
    slope = others.slope[other]
    height = others.height[other] + slope * (left - others.left[other])
    steeper = edges.slope[edge] - slope
    at_left = edges.height[edge] + edges.slope[edge] * (left - edges.left[edge]) - height
    at_right = at_left + steeper * width
    low, high = np.minimum(at_left, at_right), np.maximum(at_left, at_right)
    # How much the first lies below the other on the average: all along, nowhere, or up to where they cross.
    dip = np.where(high <= 0, (low + high) / 2, 0.0)
    cross = np.flatnonzero((low < 0) & (high > 0))
    dip[cross] = -(low[cross] ** 2) / (2 * (high[cross] - low[cross]))
    mean = height + slope * width / 2 + dip
    return mean * width * edges.weight[edge] * others.weight[other]
