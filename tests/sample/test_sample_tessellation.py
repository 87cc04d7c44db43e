"""The parcels: exactly shared edges, no gap, no overlap, as many vertices as asked."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from weipian_plugin.sample.boundaries import Boundaries, Wiggle, concatenated_ranges, draw
from weipian_plugin.sample.tessellation import tessellate


def _square_district(seed: int, count: int = 400, amplitude: float = 0.10) -> Boundaries:
    rng = np.random.default_rng(seed)
    seeds = rng.uniform(0, 1000, (count, 2))
    kept = (np.abs(seeds - 500) < 300).all(axis=1)
    return draw(tessellate(seeds, kept), Wiggle(49, amplitude), rng)


def test_four_seeds_around_one_make_its_square() -> None:
    seeds = np.array(
        [[0, 0], [2, 0], [0, 2], [-2, 0], [0, -2], [9, 9], [-9, 9], [9, -9], [-9, -9]], dtype=float
    )
    kept = np.arange(9) == 0
    cells = draw(tessellate(seeds, kept), Wiggle(1, amplitude=0.0), np.random.default_rng(1)).polygons()
    assert shapely.equals(cells[0], shapely.box(-1, -1, 1, 1))


def test_cocircular_seeds_leave_no_edge_of_zero_length() -> None:
    grid = np.stack(np.meshgrid(np.arange(8.0), np.arange(8.0)), axis=-1).reshape(-1, 2) * 10
    kept = ((grid > 5) & (grid < 65)).all(axis=1)
    net = tessellate(grid, kept)
    lengths = np.hypot(*(net.vertices[net.start] - net.vertices[net.end]).T)
    assert lengths == pytest.approx(10.0)
    assert len(lengths) == 6 * 7 * 2


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6), amplitude=st.floats(0.0, 1.0))
def test_wiggly_cells_are_valid_and_cover_without_overlap(seed: int, amplitude: float) -> None:
    cells = _square_district(seed, amplitude=amplitude).polygons()
    assert shapely.is_valid(cells).all()
    union = shapely.union_all(cells)
    assert union.area == pytest.approx(shapely.area(cells).sum(), rel=1e-12)
    assert sum(len(part.interiors) for part in shapely.get_parts(union)) == 0


def test_each_seed_lies_in_its_own_cell() -> None:
    boundaries = _square_district(3)
    net = boundaries.tessellation
    assert shapely.contains(boundaries.polygons(), shapely.points(net.seeds[net.kept])).all()


def test_neighbours_carry_identical_vertices() -> None:
    boundaries = _square_district(4)
    cells = boundaries.polygons()
    net = boundaries.tessellation
    position = np.cumsum(net.kept) - 1
    inner = np.flatnonzero(net.kept[net.left] & net.kept[net.right])
    assert len(inner) > 50
    for edge in inner:
        points = {tuple(p) for p in boundaries.points[boundaries.first[edge] : boundaries.first[edge + 1]]}
        for cell in (net.left[edge], net.right[edge]):
            ring = {tuple(p) for p in shapely.get_coordinates(cells[position[cell]])}
            assert points <= ring


def test_mean_number_of_vertices_is_as_asked() -> None:
    counts = shapely.get_num_coordinates(_square_district(5, 3000).polygons())
    assert counts.mean() == pytest.approx(49, abs=0.5)


def test_rings_run_counter_clockwise() -> None:
    assert shapely.is_ccw(shapely.get_exterior_ring(_square_district(6).polygons())).all()


def test_concatenated_ranges() -> None:
    result = concatenated_ranges(np.array([5, 0, 7]), np.array([2, 0, 3]))
    assert result.tolist() == [5, 6, 7, 8, 9]
