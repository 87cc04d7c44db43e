"""Where the parcels' seeds lie: dense in valleys, sparse in the woods, in rows along rivers and roads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from weipian_plugin.sample.config import Bools, Floats, Ints, stream
from weipian_plugin.sample.corridors import Corridor, clear_of_corridors, corridor_seeds
from weipian_plugin.sample.extent import District

DENSITIES = (0.36, 0.70)
"""Shares of the tiles, from the mountains down, with 1 seed and with 1 or 4; the rest has 9."""


@dataclass(frozen=True)
class Seeding:
    """Seeds of the parcels and, outside the district, of the cells that only bound them."""

    points: Floats
    inside: Bools
    corridor: Ints
    """Index of the corridor a seed belongs to, -1 for none."""
    side: Ints
    """0 in the corridor, -1 and 1 beside it; 0 for all others."""


def place_seeds(district: District, corridors: Sequence[Corridor], parcels: int, seed: int) -> Seeding:
    """Return exactly `parcels` seeds inside the district and as many outside as are needed to bound them."""
    rows = corridor_seeds(corridors, district, parcels, seed)
    rng = stream(seed, "seeds")
    wanted = parcels - int(district.contains(rows.points).sum())
    free = _enough_free_seeds(district, corridors, rows.clear, wanted, rng)
    points = np.concatenate([rows.points, free])
    outside_rows = np.concatenate([rows.corridor, np.full(len(free), -1)])
    side = np.concatenate([rows.side, np.zeros(len(free), dtype=np.int64)])
    return Seeding(points, district.contains(points), outside_rows, side)


def _enough_free_seeds(
    district: District, corridors: Sequence[Corridor], spacing: float, wanted: int, rng: np.random.Generator
) -> Floats:
    """Return seeds off the corridors, exactly `wanted` of them inside the district."""
    tile = float(np.sqrt(4.4 * district.area / max(wanted, 1)))
    while True:
        points = _jittered_tiles(district, tile, rng)
        points = points[clear_of_corridors(points, corridors, spacing)]
        inside = np.flatnonzero(district.contains(points))
        if len(inside) >= wanted:
            surplus = rng.permutation(inside)[wanted:]
            return np.delete(points, surplus, axis=0)
        tile *= 0.985 * float(np.sqrt(max(len(inside), 1) / wanted))


def _jittered_tiles(district: District, tile: float, rng: np.random.Generator) -> Floats:
    """Cover the district and a ring around it with tiles of 1, 4 or 9 jittered seeds."""
    rim = 6 * tile
    half = np.asarray(district.half_axes) * 1.25 + rim
    columns, rows = (np.arange(-h, h, tile) for h in half)
    corners = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2) + district.place(np.zeros(2))
    near = district.depth(corners) < 1.0 + rim / min(district.half_axes)
    corners = corners[near]
    wild = district.mountains(corners)
    low, middle = np.quantile(wild, [1 - DENSITIES[1], 1 - DENSITIES[0]])
    per_side = np.where(wild > middle, 1, np.where(wild > low, 2, 3))
    return np.concatenate([_fill(corners[per_side == n], tile, n, rng) for n in (1, 2, 3)])


def _fill(corners: Floats, tile: float, per_side: int, rng: np.random.Generator) -> Floats:
    """Return per_side² seeds for each tile, each jittered within the middle of its own square."""
    step = tile / per_side
    grid = np.stack(np.meshgrid(np.arange(per_side), np.arange(per_side)), axis=-1).reshape(-1, 2)
    points = (
        corners[:, None, :] + (grid[None] + rng.uniform(0.12, 0.88, (len(corners), per_side**2, 2))) * step
    )
    return np.asarray(points.reshape(-1, 2))
