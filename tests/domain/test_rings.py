"""WKB read as bare rings, held against shapely."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from weipian_plugin.domain.overlay.rings import read_rings, rings_of

SQUARE = shapely.box(0, 0, 4, 4)
RING = shapely.Polygon(SQUARE.exterior, [shapely.box(1, 1, 2, 2).exterior, shapely.box(2, 2, 3, 3).exterior])


def as_shapely(geometries):
    """Ring vertices, polygon and feature of each ring, as shapely takes them apart."""
    polygons, features = shapely.get_parts(np.array(geometries, dtype=object), return_index=True)
    rings, polygon_of = shapely.get_rings(polygons, return_index=True)
    return sorted(
        (int(features[polygon]), shapely.get_coordinates(ring).tolist())
        for ring, polygon in zip(rings, polygon_of, strict=True)
        if not ring.is_empty
    )


def as_read(rings):
    ends = np.cumsum(rings.count)
    return sorted(
        (int(rings.feature[polygon]), rings.lonlat[end - count : end].tolist())
        for polygon, end, count in zip(rings.polygon, ends, rings.count, strict=True)
    )


@pytest.mark.parametrize(
    "geometries",
    [
        [],
        [SQUARE],
        [shapely.MultiPolygon([SQUARE])],
        [
            shapely.MultiPolygon([SQUARE]),
            RING,
            shapely.MultiPolygon([RING, shapely.box(9, 9, 10, 10)]),
            SQUARE,
        ],
        [shapely.MultiPolygon(), SQUARE, shapely.Polygon()],
        [shapely.force_3d(shapely.MultiPolygon([RING]), 5.0)],
    ],
)
@pytest.mark.parametrize("byte_order", [0, 1])
@pytest.mark.parametrize("flavor", ["iso", "extended"])
def test_rings_are_those_that_shapely_sees(geometries, byte_order, flavor):
    bodies = [shapely.to_wkb(g, byte_order=byte_order, flavor=flavor) for g in geometries]
    flat = [shapely.force_2d(g) for g in geometries]
    assert as_read(read_rings(bodies)) == as_read(rings_of(np.array(flat, dtype=object))) == as_shapely(flat)


def test_shell_comes_before_its_holes_and_polygons_stay_with_their_feature():
    rings = read_rings([shapely.to_wkb(g) for g in (shapely.MultiPolygon([RING, SQUARE]), SQUARE)])
    of_feature = rings.feature[rings.polygon]
    assert sorted(of_feature.tolist()) == [0, 0, 0, 0, 1]
    for polygon in np.unique(rings.polygon):
        first = int(np.flatnonzero(rings.polygon == polygon)[0])
        start = int(rings.count[:first].sum())
        assert rings.lonlat[start : start + 5].max() == 4.0


polygons = st.builds(
    lambda x, y, size, holes: shapely.Polygon(
        shapely.box(x, y, x + size, y + size).exterior,
        [shapely.box(x + i, y, x + i + 0.5, y + 0.5).exterior for i in range(holes)],
    ),
    st.integers(-50, 50),
    st.integers(-50, 50),
    st.integers(1, 9),
    st.integers(0, 3),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(polygons, st.lists(polygons, max_size=4).map(shapely.MultiPolygon)), max_size=6))
def test_any_mixture(geometries):
    assert as_read(read_rings([shapely.to_wkb(g) for g in geometries])) == as_shapely(geometries)
