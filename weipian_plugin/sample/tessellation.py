"""A Voronoi tessellation as arrays: cells, and edges that know the cell on either side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from weipian_plugin.sample.config import Bools, Floats, Ints

SHORTEST_EDGE = 0.02
"""Edges shorter than this (m) are drawn together into one vertex."""


@dataclass(frozen=True)
class Tessellation:
    """Voronoi cells of `seeds`; only edges with a kept cell on at least one side.

    An edge runs from vertex `start` to vertex `end`, with cell `left` on its left and `right` on its right.
    """

    seeds: Floats
    kept: Bools
    vertices: Floats
    start: Ints
    end: Ints
    left: Ints
    right: Ints


def tessellate(seeds: Floats, kept: Bools) -> Tessellation:
    """Return the Voronoi cells of `seeds` (n, 2); those of `kept` must lie well inside the others."""
    triangles = _delaunay(seeds)
    left, right, start, end = _edges_between(triangles, len(seeds))
    vertices = _circumcentres(seeds[triangles])
    wanted = kept[left] | kept[right]
    left, right, start, end = left[wanted], right[wanted], start[wanted], end[wanted]
    merged = _merge_close(vertices, start, end)
    start, end = merged[start], merged[end]
    long = start != end
    return Tessellation(seeds, kept, vertices, start[long], end[long], left[long], right[long])


def _delaunay(seeds: Floats) -> Ints:
    """Return the Delaunay triangles (n, 3) as indices of seeds, counter-clockwise."""
    shapes = shapely.delaunay_triangles(shapely.multipoints(seeds))
    corners = shapely.get_coordinates(shapes).reshape(-1, 4, 2)[:, :3]
    keys = np.ascontiguousarray(seeds).view(np.complex128).ravel()
    order = np.argsort(keys, kind="stable")
    found = np.searchsorted(keys[order], np.ascontiguousarray(corners).view(np.complex128).ravel())
    triangles = order[found].reshape(-1, 3)
    a, b, c = (seeds[triangles[:, k]] for k in range(3))
    clockwise = _cross(b - a, c - a) < 0
    triangles[clockwise] = triangles[clockwise][:, ::-1]
    return np.asarray(triangles)


def _edges_between(triangles: Ints, count: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Return cells left and right of, and triangles at start and end of, every inner edge."""
    tail = triangles.ravel()
    head = np.roll(triangles, -1, axis=1).ravel()
    owner = np.repeat(np.arange(len(triangles)), 3)
    key = np.minimum(tail, head) * count + np.maximum(tail, head)
    # Of the two half edges of a key, the one from the smaller index to the larger comes first.
    order = np.lexsort((tail > head, key))
    first = np.flatnonzero(key[order][:-1] == key[order][1:])
    forward, backward = order[first], order[first + 1]
    return tail[forward], head[forward], owner[backward], owner[forward]


def _circumcentres(corners: Floats) -> Floats:
    """Return the circumcentres of triangles (n, 3, 2), computed from the first corner to keep digits."""
    a = corners[:, 0]
    b, c = corners[:, 1] - a, corners[:, 2] - a
    twice = 2 * _cross(b, c)
    squares_b, squares_c = (b**2).sum(axis=1), (c**2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        x = (c[:, 1] * squares_b - b[:, 1] * squares_c) / twice
        y = (b[:, 0] * squares_c - c[:, 0] * squares_b) / twice
    return np.asarray(a + np.column_stack([x, y]))


def _merge_close(vertices: Floats, start: Ints, end: Ints) -> Ints:
    """Return for every vertex the one that stands for it: the smallest index of a chain of short edges."""
    merged = np.arange(len(vertices))
    short = np.hypot(*(vertices[start] - vertices[end]).T) < SHORTEST_EDGE
    a, b = start[short], end[short]
    while True:
        least = np.minimum(merged[a], merged[b])
        if np.array_equal(least, merged[a]) and np.array_equal(least, merged[b]):
            return merged
        np.minimum.at(merged, a, least)
        np.minimum.at(merged, b, least)


def _cross(p: Floats, q: Floats) -> Floats:
    return np.asarray(p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0])
