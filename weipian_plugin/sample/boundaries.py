"""Edges of a tessellation drawn as wiggly lines that both neighbours share vertex by vertex.

Why they cannot cross: the triangle of a Voronoi edge and the seed of a cell lies in that cell, so the two
triangles at an edge (its kite) overlap those of no other edge. Each line stays inside the kite of its edge
and runs monotonously along it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from weipian_plugin.sample.config import Floats, Ints, Objects
from weipian_plugin.sample.tessellation import Tessellation

HARMONICS = np.array([1, 2, 3, 5, 9, 17, 31])
SAFE_SHARE = 0.85
"""How much of the kite a line may use where it is narrow."""


@dataclass(frozen=True)
class Wiggle:
    """How edges are drawn."""

    vertices_per_cell: float
    amplitude: float = 0.10
    """Largest excursion as a share of the edge's length."""
    roughness: float = 0.9
    """Exponent by which the higher harmonics fall off."""


@dataclass(frozen=True)
class Boundaries:
    """All points of all edges, both ends included: edge i has the points first[i] to first[i + 1]."""

    tessellation: Tessellation
    points: Floats
    first: Ints

    def edge_lines(self, edges: Ints) -> list[shapely.LineString]:
        """Return the lines of some edges."""
        counts = np.diff(self.first)[edges]
        index = concatenated_ranges(self.first[edges], counts)
        lines = shapely.linestrings(self.points[index], indices=np.repeat(np.arange(len(edges)), counts))
        return list(lines)

    @cached_property
    def rings(self) -> tuple[Ints, Ints]:
        """Point indices of the closed rings of the kept cells, counter-clockwise, and the rings' lengths.

        The rings come in the order of the kept cells.
        """
        cell, edge, forward = _half_edges(self.tessellation)
        counts = np.diff(self.first)[edge] - 1
        begin = np.where(forward, self.first[edge], self.first[edge + 1] - 1)
        step = np.where(forward, 1, -1)
        index = concatenated_ranges(np.zeros_like(begin), counts) * np.repeat(step, counts)
        index += np.repeat(begin, counts)
        sizes = np.bincount(cell, weights=counts, minlength=len(self.tessellation.seeds)).astype(np.int64)
        return _closed(index, sizes[self.tessellation.kept])

    def polygons(self, points: Floats | None = None) -> Objects:
        """Return the kept cells as polygons; `points` stands in for the points in another CRS."""
        index, sizes = self.rings
        owner = np.repeat(np.arange(len(sizes)), sizes)
        coordinates = (self.points if points is None else points)[index]
        return np.asarray(shapely.polygons(shapely.linearrings(coordinates, indices=owner)))


def draw(tessellation: Tessellation, wiggle: Wiggle, rng: np.random.Generator) -> Boundaries:
    """Draw all edges, so that the kept cells have `wiggle.vertices_per_cell` vertices on average."""
    a, b = tessellation.vertices[tessellation.start], tessellation.vertices[tessellation.end]
    length = np.hypot(*(b - a).T)
    counts = _point_counts(tessellation, length, wiggle.vertices_per_cell)
    first = np.concatenate([[0], np.cumsum(counts)])
    edge = np.repeat(np.arange(len(counts)), counts)
    along = concatenated_ranges(np.zeros_like(counts), counts) / (counts - 1)[edge]
    along = _jittered(along, counts, edge, rng)
    offset = _allowed(tessellation, a, b, wiggle, edge, along) * _noise(len(counts), edge, along, wiggle, rng)
    normal = np.column_stack([a[:, 1] - b[:, 1], b[:, 0] - a[:, 0]]) / length[:, None]
    points = a[edge] + along[:, None] * (b - a)[edge] + offset[:, None] * normal[edge]
    points[first[:-1]], points[first[1:] - 1] = a, b
    return Boundaries(tessellation, points, first)


def concatenated_ranges(starts: Ints, counts: Ints) -> Ints:
    """Return counts[0] numbers from starts[0] on, then counts[1] numbers from starts[1] on, and so forth."""
    shift = np.repeat(starts - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
    return np.asarray(np.arange(counts.sum()) + shift)


def _point_counts(tessellation: Tessellation, length: Floats, vertices_per_cell: float) -> Ints:
    """Return the number of points of each edge, ends included, by its length."""
    sides = tessellation.kept[tessellation.left].astype(int) + tessellation.kept[tessellation.right]
    cells = tessellation.kept.sum()
    # A ring has one point of each edge less than the edge itself, and the closing point.
    inner = (vertices_per_cell - 1) * cells - sides.sum()
    spacing = (sides * length).sum() / inner
    return np.asarray(np.maximum(np.rint(length / spacing), 0).astype(np.int64) + 2)


def _jittered(along: Floats, counts: Ints, edge: Ints, rng: np.random.Generator) -> Floats:
    """Move inner points along the edge by up to a third of the spacing: no two change places."""
    moved = along + rng.uniform(-1 / 3, 1 / 3, len(along)) / (counts - 1)[edge]
    inner = (along > 0) & (along < 1)
    return np.where(inner, moved, along)


def _allowed(
    tessellation: Tessellation, a: Floats, b: Floats, wiggle: Wiggle, edge: Ints, along: Floats
) -> Floats:
    """Return how far each point may leave its edge: inside the kite, and below the amplitude."""
    seed = tessellation.seeds[tessellation.left]
    direction = b - a
    length = np.hypot(*direction.T)
    foot = ((seed - a) * direction).sum(axis=1) / length**2
    height = np.hypot(*(seed - tessellation.seeds[tessellation.right]).T) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        rising = np.where(foot > 0, height / foot, np.inf)[edge] * along
        falling = np.where(foot < 1, height / (1 - foot), np.inf)[edge] * (1 - along)
    cap = np.minimum(wiggle.amplitude * length, 0.35 * height)[edge]
    kite = np.fmin(rising, falling)
    return np.asarray(np.minimum(SAFE_SHARE * kite, cap))


def _noise(edges: int, edge: Ints, along: Floats, wiggle: Wiggle, rng: np.random.Generator) -> Floats:
    """Return a fractal function of the way along each edge, between -1 and 1."""
    total = np.zeros(len(edge))
    scale = 0.0
    for harmonic in HARMONICS:
        strength = float(harmonic) ** -wiggle.roughness
        phase = rng.uniform(0, 2 * np.pi, edges)
        total += strength * np.sin(2 * np.pi * harmonic * along + phase[edge])
        scale += strength**2 / 2
    return np.asarray(np.tanh(total / np.sqrt(scale)))


def _half_edges(tessellation: Tessellation) -> tuple[Ints, Ints, Objects]:
    """Return cell, edge and direction of the edges around every kept cell, counter-clockwise."""
    edges = np.arange(len(tessellation.left))
    cell = np.concatenate([tessellation.left, tessellation.right])
    other = np.concatenate([tessellation.right, tessellation.left])
    edge = np.concatenate([edges, edges])
    forward = np.repeat([True, False], len(edges))
    keep = tessellation.kept[cell]
    cell, other, edge, forward = cell[keep], other[keep], edge[keep], forward[keep]
    towards = tessellation.seeds[other] - tessellation.seeds[cell]
    order = np.lexsort((np.arctan2(towards[:, 1], towards[:, 0]), cell))
    return cell[order], edge[order], forward[order]


def _closed(index: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """Repeat the first point of every ring at its end."""
    ends = np.cumsum(sizes)
    return np.insert(index, ends, index[ends - sizes]), sizes + 1
