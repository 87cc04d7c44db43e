"""Outlines of patches and the division into townships."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from weipian_plugin.sample.extent import FULL_AREA, District
from weipian_plugin.sample.patch_shapes import at_corner, free_shape, inside, patch_area, strip
from weipian_plugin.sample.shapes import building, yard
from weipian_plugin.sample.townships import divide

PLACE = np.array([36_466_000.0, 3_248_000.0])
SEEDS = st.integers(0, 10**6)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, area=st.floats(90, 40_000))
def test_buildings_have_right_angles_and_their_area(seed: int, area: float) -> None:
    shape = building(PLACE, area, np.random.default_rng(seed))
    assert shape.is_valid
    assert shape.area == pytest.approx(area, rel=1e-6)
    sides = np.diff(shapely.get_coordinates(shape), axis=0)
    following = np.roll(sides, -1, axis=0)
    cosines = (sides * following).sum(axis=1) / np.hypot(*sides.T) / np.hypot(*following.T)
    assert np.abs(cosines).max() < 1e-4


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, area=st.floats(90, 130_000))
def test_blobs_are_valid_and_have_their_area(seed: int, area: float) -> None:
    shape = free_shape("blob", PLACE, area, np.random.default_rng(seed))
    assert shape.is_valid
    assert shape.area == pytest.approx(area, rel=1e-6)
    assert shapely.contains_xy(shape, *PLACE)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_a_legal_patch_lies_inside_and_a_partly_legal_one_across(seed: int) -> None:
    rng = np.random.default_rng(seed)
    permit = yard(PLACE, 3_000, rng)
    assert shapely.covers(permit, inside(permit, rng))
    across = at_corner(permit, rng)
    assert 0 < across.intersection(permit).area < across.area


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, area=st.floats(200, 12_000))
def test_strips_run_beside_the_road(seed: int, area: float) -> None:
    axis = shapely.LineString(np.add(PLACE, [(-900, 0), (-300, 60), (0, 0), (400, -90), (900, 0)]))
    shape = strip(axis, 8.0, PLACE, area, np.random.default_rng(seed))
    assert shape.is_valid
    assert shape.geom_type == "Polygon"
    assert shape.distance(axis) < 8
    assert shapely.minimum_rotated_rectangle(shape).length > 20


@given(seed=SEEDS, limits=st.sampled_from([(), (90, 330), (4_000, 40_000)]))
def test_areas_are_realistic(seed: int, limits: tuple[float, ...]) -> None:
    area = patch_area(limits, 1.0, np.random.default_rng(seed))
    low, high = limits or (133, 130_000)
    assert low * 0.999 <= area <= high * 1.001


@pytest.mark.parametrize(("parcels", "area"), [(200_000, 2.9e9), (400_000, 2.9e9), (20_000, 2.9e8)])
def test_extent_grows_with_the_parcels_up_to_the_whole_district(parcels: int, area: float) -> None:
    district = District.for_parcels(parcels, 1)
    assert district.area == pytest.approx(area)
    units = np.random.default_rng(1).uniform(-1.5, 1.5, (200_000, 2))
    box = 9 * district.half_axes[0] * district.half_axes[1]
    assert district.contains(district.place(units)).mean() * box == pytest.approx(area, rel=0.02)
    assert FULL_AREA == 2.9e9


@pytest.mark.parametrize("seed", range(5))
def test_every_township_gets_a_parcel(seed: int) -> None:
    district = District.for_parcels(500, seed)
    points = district.place(np.random.default_rng(seed).uniform(-0.7, 0.7, (500, 2)))
    assert np.array_equal(np.unique(divide(district, points, seed).of_parcel), np.arange(26))
