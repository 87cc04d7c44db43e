"""The area that two polygons share, from their edges alone, against hand and against GEOS."""

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from weipian_plugin.domain.errors import Cancelled
from weipian_plugin.domain.geodesy import from_plane, to_plane
from weipian_plugin.domain.overlay.measure import every_pair, measure
from weipian_plugin.domain.overlay.patch_ground import patch_ground
from weipian_plugin.domain.overlay.shared import shared as shared_ground


def nothing():
    """Never cancel."""


def array(*geometries):
    result = np.empty(len(geometries), dtype=object)
    result[:] = geometries
    return result


def shared(patch, feature):
    """m² that a patch and a feature, drawn in metres of the plane, have in common; and what GEOS says.

    GEOS is given what is measured: the shapes after they were taken to degrees, so that both see the same.
    """
    degrees = from_plane(array(patch, feature))
    ground = patch_ground(degrees[:1])
    common, _ = measure(ground, shapely.to_wkb(degrees[1:]).tolist(), nothing)
    plane = to_plane(degrees)
    return common.area.sum(), shapely.intersection(*plane).area


@pytest.mark.parametrize(
    ("patch", "feature", "area"),
    [
        # Triangles under and over the same slanted line: they share nothing, and the whole with their double.
        ([(0, 0), (10, 0), (10, 10)], [(0, 0), (10, 10), (0, 10)], 0.0),
        ([(0, 0), (10, 0), (10, 10)], [(0, 0), (10, 0), (10, 10)], 50.0),
        # A cross: edges meet in the middle of each other.
        ([(0, 4), (10, 4), (10, 6), (0, 6)], [(4, 0), (6, 0), (6, 10), (4, 10)], 4.0),
        # Diamond in a square, corners on its edges; the other way round as well.
        ([(0, 0), (10, 0), (10, 10), (0, 10)], [(5, 0), (10, 5), (5, 10), (0, 5)], 50.0),
        ([(5, 0), (10, 5), (5, 10), (0, 5)], [(0, 0), (10, 0), (10, 10), (0, 10)], 50.0),
        # A roof over the patch that leaves out two corners of 2.5 by 5/3, halved.
        ([(0, 0), (10, 0), (10, 10), (0, 10)], [(-5, 0), (15, 0), (5, 15)], 100 - 2.5 * 5 / 3),
        # The feature dips into the patch from above.
        ([(0, 0), (10, 0), (10, 10), (0, 10)], [(0, 20), (5, 5), (10, 20)], 25 / 3),
        # Drawn clockwise.
        ([(0, 10), (10, 10), (10, 0), (0, 0)], [(5, 0), (5, 5), (20, 5), (20, 0)], 25.0),
    ],
)
def test_by_hand(patch, feature, area):
    got, _ = shared(shapely.Polygon(patch), shapely.Polygon(feature))
    assert got == pytest.approx(area, abs=1e-6)


def test_islands_and_holes_in_both():
    frame = shapely.box(0, 0, 30, 30).difference(shapely.box(10, 10, 20, 20))
    islands = shapely.MultiPolygon([shapely.box(5, 5, 15, 15), shapely.box(18, 18, 40, 40)])
    # 10x10 less the 5x5 in the hole, and 12x12 less the 2x2 in the hole.
    assert shared(frame, islands)[0] == pytest.approx(75 + 140, rel=1e-9)
    assert shared(islands, frame)[0] == pytest.approx(75 + 140, rel=1e-9)


def test_ten_kilometres_and_a_strip_of_a_centimetre():
    strip = shapely.Polygon([(0, 0), (10_000, 3_000), (10_000, 3_000.01), (0, 0.01)])
    got, expected = shared(shapely.box(-10, -10, 12_000, 8_000), strip)
    assert got == pytest.approx(100.0, rel=1e-6)
    assert got == pytest.approx(expected, rel=1e-6)


def star(cx, cy, radii, turn):
    angles = turn + np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    return shapely.Polygon(
        [(cx + r * np.cos(t), cy + r * np.sin(t)) for r, t in zip(radii, angles, strict=True)]
    )


stars = st.builds(
    star,
    st.floats(-60, 60),
    st.floats(-60, 60),
    st.lists(st.floats(5, 100), min_size=3, max_size=40),
    st.floats(0, 6.3),
)


@settings(max_examples=300, deadline=None)
@given(stars, stars, st.booleans())
def test_any_two_shapes_against_geos(patch, feature, holed):
    if holed:
        feature = feature.difference(feature.centroid.buffer(2))
    assume(patch.is_valid and feature.is_valid and feature.geom_type in ("Polygon", "MultiPolygon"))
    got, expected = shared(patch, feature)
    assert got == pytest.approx(expected, rel=1e-9, abs=1e-6)


def around_its_middle(points):
    """A polygon through the points, in their order around their middle."""
    x, y = np.array(points, dtype=float).T
    order = np.lexsort((np.hypot(x - x.mean(), y - y.mean()), np.arctan2(y - y.mean(), x - x.mean())))
    return shapely.Polygon(np.column_stack([x, y])[order])


grid = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=9, unique=True)
on_grid = grid.map(around_its_middle).filter(lambda shape: shape.is_valid and shape.area > 0)


@settings(max_examples=300, deadline=None)
@given(on_grid, on_grid)
def test_shapes_that_share_vertices_and_edges_against_geos(patch, feature):
    """On a small grid nearly everything touches: vertices on edges, edges on edges, common corners."""
    got, _ = shared(patch, feature)
    assert got == pytest.approx(patch.intersection(feature).area, abs=1e-6)


def drawn_from(box, start, backwards):
    """The ring of a box, begun at any of its corners and drawn either way round."""
    ring = np.roll(np.array(box.exterior.coords)[:-1], start, axis=0)
    return ring[::-1] if backwards else ring


corners = st.tuples(st.integers(0, 3), st.booleans())


@settings(max_examples=300, deadline=None)
@given(on_grid, st.lists(st.sampled_from([(1, 1), (3, 1), (1, 3), (3, 3)]), unique=True), st.data())
def test_small_polygons_with_holes_against_geos(patch, holes, data):
    """A shell and its holes lie side by side in the table of vertices; no edge goes from one to the other."""
    rings = [drawn_from(shapely.box(0, 0, 5, 5), *data.draw(corners))]
    rings += [drawn_from(shapely.box(x, y, x + 1, y + 1), *data.draw(corners)) for x, y in holes]
    feature = shapely.Polygon(rings[0], rings[1:])
    beside = shapely.MultiPolygon([feature, shapely.box(5.5, 2, 6, 6)])
    got, _ = shared(patch, beside)
    assert got == pytest.approx(patch.intersection(beside).area, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(1, 99), min_size=1, max_size=12), st.floats(-1.4, 1.4))
def test_strips_of_a_patch_sum_to_it(cuts, slope):
    """What holds for every tiling: nothing is lost between neighbours and nothing counts twice."""
    patch = shapely.box(0, 0, 100, 100)
    bounds = [-300.0, *sorted(set(cuts)), 400.0]
    strips = array(
        *(
            shapely.Polygon([(a, -200), (b, -200), (b + 400 * slope, 200), (a + 400 * slope, 200)])
            for a, b in itertools.pairwise(bounds)
        )
    )
    wide = array(shapely.Polygon([(-2000, -200), (2000, -200), (2000, 200), (-2000, 200)]))
    ground = patch_ground(from_plane(array(patch)))
    strips_area = measure(ground, shapely.to_wkb(from_plane(strips)).tolist(), nothing)[0].area.sum()
    whole = measure(ground, shapely.to_wkb(from_plane(wide)).tolist(), nothing)[0].area.sum()
    assert whole == pytest.approx(10_000, rel=1e-9)
    covered = shapely.intersection(shapely.union_all(strips), patch).area
    assert strips_area == pytest.approx(covered, rel=1e-8)


def with_holes(side, hole=6.0, pitch=10.0):
    """A square with side × side holes in it, in metres of the plane."""
    x, y = (axis.ravel() * pitch for axis in np.meshgrid(np.arange(side), np.arange(side)))
    low, high = (pitch - hole) / 2, (pitch + hole) / 2
    corners = [(low, low), (low, high), (high, high), (high, low), (low, low)]
    rings = np.array([np.column_stack([x + dx, y + dy]) for dx, dy in corners]).transpose(1, 0, 2)
    return shapely.polygons(
        [(0, 0), (side * pitch, 0), (side * pitch, side * pitch), (0, side * pitch)], rings
    )


def test_a_shape_of_very_many_holes_is_cut_into_tiles():
    """60 × 60 holes of 6 m in a grid of 10 m, 18,005 vertices: 64 of 100 m² a cell are left."""
    sieve, moved = with_holes(60), shapely.transform(with_holes(60), lambda xy: xy + 5.0)
    assert len(patch_ground(from_plane(array(sieve))).tile_of) == 16
    for feature, expected in ((sieve, 3600 * 64), (shapely.box(-50, -50, 300, 300), 900 * 64)):
        assert shared(sieve, feature)[0] == pytest.approx(expected, rel=1e-9)
        assert shared(feature, sieve)[0] == pytest.approx(expected, rel=1e-9)
    got, expected = shared(sieve, moved)
    assert got == pytest.approx(expected, rel=1e-9)


def test_shared_ground_pair_by_pair():
    boxes = from_plane(array(*(shapely.box(x, 0, x + 10, 10) for x in (0, 4, 20, 30))))
    found = shared_ground(boxes, boxes, np.less, nothing)
    assert (found.one.tolist(), found.other.tolist()) == ([0], [1])
    assert found.area == pytest.approx([60.0])
    same = shared_ground(boxes[:3], boxes[[1, 1, 2]], np.equal, nothing)
    assert dict(zip(same.one.tolist(), same.area, strict=True)) == pytest.approx(
        {0: 60.0, 1: 100.0, 2: 100.0}
    )


def test_shared_ground_of_multipolygons_and_of_none():
    apart = shapely.MultiPolygon([shapely.box(0, 0, 10, 10), shapely.box(50, 0, 60, 10)])
    one, other = from_plane(array(apart)), from_plane(array(shapely.box(5, 0, 55, 10)))
    assert shared_ground(one, other, every_pair, nothing).area == pytest.approx([100.0])
    assert shared_ground(one[:0], other, every_pair, nothing).area.tolist() == []


def test_a_shape_of_very_many_holes_can_be_stopped_halfway():
    sieve, looks = from_plane(array(with_holes(40))), []

    def stop_soon():
        looks.append(None)
        if len(looks) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        shared_ground(sieve, sieve, every_pair, stop_soon)
    assert len(looks) == 3
