"""The overlay kernel against areas worked out by hand, and against brute force."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from weipian_plugin.domain.errors import Cancelled
from weipian_plugin.domain.geodesy import from_plane
from weipian_plugin.domain.overlay import cutting
from weipian_plugin.domain.overlay.measure import measure
from weipian_plugin.domain.overlay.patch_ground import patch_ground
from weipian_plugin.domain.overlay.result import Features, overlay_classes, overlay_union

EXACT = 1e-9
"""Relative: what is left when metres are taken to degrees and back."""


def nothing():
    """Never cancel."""


def array(*geometries):
    result = np.empty(len(geometries), dtype=object)
    result[:] = geometries
    return result


def ground(*patches):
    """Patches drawn in metres of the compute plane."""
    return patch_ground(from_plane(array(*patches)))


def wkb(geometries):
    return shapely.to_wkb(from_plane(geometries)).tolist()


def features_of(geometries, codes=None, net_ratio=None):
    count = len(geometries)
    return Features(
        wkb(geometries),
        np.arange(count),
        np.full(count, "", dtype=object),
        np.array(codes if codes is not None else [""] * count, dtype=object),
        np.ones(count) if net_ratio is None else np.array(net_ratio),
    )


def test_common_ground_of_squares_by_hand():
    patches = ground(shapely.box(0, 0, 10, 10), shapely.box(100, 100, 110, 110))
    bases = array(shapely.box(5, 0, 20, 10), shapely.box(10, 0, 30, 10), shapely.box(-50, -50, 50, 50))
    common, _ = measure(patches, wkb(bases), nothing)
    # Feature 1 only touches the first patch's edge, so it is not met; feature 2 covers the patch whole.
    assert common.patch.tolist() == [0, 0]
    assert common.feature.tolist() == [0, 2]
    assert common.area == pytest.approx([50.0, 100.0], rel=EXACT)


def test_feature_of_thousands_of_vertices_with_a_hole():
    circle = shapely.Point(0, 0).buffer(100, quad_segs=500).difference(shapely.Point(30, 0).buffer(10, 64))
    drawn = [shapely.box(20, -20, 120, 20), shapely.box(-500, -500, 500, 500), shapely.box(28, -2, 32, 2)]
    common, _ = measure(ground(*drawn), wkb(array(circle)), nothing)
    # The third patch lies in the hole.
    assert common.patch.tolist() == [0, 1]
    assert common.area == pytest.approx([circle.intersection(p).area for p in drawn[:2]], rel=EXACT)


def test_feature_of_several_polygons_is_one_hit():
    both = shapely.MultiPolygon([shapely.box(0, 0, 2, 10), shapely.box(8, 0, 20, 10)])
    result = overlay_union(ground(shapely.box(0, 0, 10, 10)), features_of(array(both)), nothing)
    assert result.hits.feature.tolist() == [0]
    assert result.hits.area == pytest.approx([40.0], rel=EXACT)


def test_overlapping_ranges_count_once():
    patches = ground(shapely.box(0, 0, 10, 10))
    buffers = array(shapely.box(0, 0, 6, 10), shapely.box(4, 0, 8, 10), shapely.box(4, 0, 8, 10))
    result = overlay_union(patches, features_of(buffers), nothing)
    assert result.areas.area == pytest.approx([80.0], rel=EXACT)
    assert result.hits.area == pytest.approx([60.0, 40.0, 40.0], rel=EXACT)
    assert result.uncovered == pytest.approx([20.0], rel=EXACT)


def test_classes_and_rest_sum_to_the_patch():
    patches = ground(shapely.box(0, 0, 10, 10))
    parcels = array(shapely.box(0, 0, 4, 10), shapely.box(4, 0, 6, 10), shapely.box(6, 0, 7, 10))
    features = features_of(parcels, ["0103", "0301", "0103"], [0.9, 1.0, 0.8])
    result = overlay_classes(patches, features, {"0103"}.__contains__, nothing)
    assert result.areas.class_code.tolist() == ["0103", "0301"]
    assert result.areas.area == pytest.approx([50.0, 20.0])
    assert result.areas.net_area == pytest.approx([40 * 0.9 + 10 * 0.8, 20.0])
    assert result.uncovered == pytest.approx([30.0])
    assert result.doubled.tolist() == []


def test_doubled_ground_goes_to_farmland_once_even_if_a_gap_makes_up_for_it():
    # Two parcels on the same half, none on the other: areas add up to the patch, and yet nothing is right.
    patches = ground(shapely.box(0, 0, 10, 10))
    parcels = array(shapely.box(0, 0, 5, 10), shapely.box(0, 0, 5, 10))
    features = features_of(parcels, ["0301", "0101"])
    result = overlay_classes(patches, features, {"0101"}.__contains__, nothing)
    assert result.areas.class_code.tolist() == ["0101"]
    assert result.areas.area == pytest.approx([50.0])
    assert result.uncovered == pytest.approx([50.0])
    assert result.doubled.tolist() == [0]


def test_gap_around_a_doubled_middle_is_seen():
    # Same area and same centre as the patch.
    patches = ground(shapely.box(0, 0, 8, 8))
    parcels = array(shapely.box(2, 0, 6, 8), shapely.box(2, 0, 6, 8))
    result = overlay_classes(patches, features_of(parcels, ["0301", "0101"]), {"0101"}.__contains__, nothing)
    assert result.areas.area == pytest.approx([32.0])
    assert result.uncovered == pytest.approx([32.0])
    assert result.doubled.tolist() == [0]


def test_overlap_outside_the_patch_is_none_in_it():
    patches = ground(shapely.box(0, 0, 10, 10))
    left = shapely.Polygon([(0, 0), (5, 0), (5, 10), (8, 14), (0, 14)])
    right = shapely.Polygon([(5, 0), (10, 0), (10, 14), (2, 14), (5, 10)])
    result = overlay_classes(patches, features_of(array(left, right), ["0101", "0301"]), bool, nothing)
    assert result.areas.area == pytest.approx([50.0, 50.0])
    assert result.doubled.tolist() == []


def test_a_crowd_of_parcels_in_one_patch():
    tiles = array(*(shapely.box(x, y, x + 1, y + 1) for x in range(30) for y in range(30)))
    patches = ground(shapely.box(0.5, 0.5, 29.5, 29.5), shapely.box(3, 3, 5, 5))
    result = overlay_classes(patches, features_of(tiles, ["0101"] * 900), bool, nothing)
    assert result.areas.area == pytest.approx([29.0 * 29.0, 4.0])
    assert result.uncovered.tolist() == [0, 0]
    assert result.doubled.tolist() == []


def test_no_pairs_and_no_features():
    patches = ground(shapely.box(0, 0, 10, 10))
    result = overlay_classes(patches, features_of(array()), set().__contains__, nothing)
    assert result.uncovered == pytest.approx([100.0], rel=EXACT)
    assert len(result.areas.patch) == len(result.hits.patch) == 0


def test_cancel_stops_the_measuring():
    def stop():
        raise Cancelled

    square = shapely.box(0, 0, 1, 1)
    with pytest.raises(Cancelled):
        measure(ground(square), wkb(array(square)), stop)


boxes = st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(1, 12), st.integers(1, 12))


@settings(max_examples=150, deadline=None)
@given(st.lists(boxes, min_size=1, max_size=4), st.lists(boxes, min_size=1, max_size=8), st.randoms())
def test_union_and_classes_against_cells(patch_boxes, base_boxes, random):
    """Every box lies on an integer grid, so counting unit cells is an independent area."""
    patches = ground(*(shapely.box(x, y, x + w, y + h) for x, y, w, h in patch_boxes))
    bases = array(*(shapely.box(x, y, x + w, y + h) for x, y, w, h in base_boxes))
    codes = [random.choice(["0101", "0301", "0601"]) for _ in bases]
    result = overlay_classes(patches, features_of(bases, codes), {"0101"}.__contains__, nothing)
    for number, (x, y, w, h) in enumerate(patch_boxes):
        owner = {}
        for base in sorted(range(len(bases)), key=lambda i: (codes[i] != "0101", codes[i], i)):
            bx, by, bw, bh = base_boxes[base]
            for cell in ((i, j) for i in range(bx, bx + bw) for j in range(by, by + bh)):
                owner.setdefault(cell, codes[base])
        inside = [owner.get((i, j)) for i in range(x, x + w) for j in range(y, y + h)]
        expected = {code: inside.count(code) for code in set(inside) - {None}}
        rows = result.areas.patch == number
        got = dict(zip(result.areas.class_code[rows], result.areas.area[rows], strict=True))
        assert got == pytest.approx(expected)
        assert result.uncovered[number] == pytest.approx(inside.count(None))


@settings(max_examples=100, deadline=None)
@given(st.lists(boxes, min_size=1, max_size=8), st.permutations(range(8)))
def test_order_of_features_changes_nothing(base_boxes, order):
    patches = ground(shapely.box(3, 3, 17, 18))
    bases = array(*(shapely.box(x, y, x + w, y + h) for x, y, w, h in base_boxes))
    shuffled = bases[[i for i in order if i < len(bases)]]
    first = overlay_union(patches, features_of(bases), nothing)
    second = overlay_union(patches, features_of(shuffled), nothing)
    assert first.areas.area == pytest.approx(second.areas.area, rel=1e-12)


def test_circles_that_overlap_are_owned_by_rank_and_sum_to_their_union():
    circles = [shapely.Point(5 + i, 5).buffer(3) for i in range(4)]
    square = shapely.box(0, 0, 10, 10)
    result = overlay_classes(
        ground(square), features_of(array(*circles), ["0103", "0101", "0301", "0102"]), bool, nothing
    )
    seen, expected = shapely.Polygon(), {}
    for code, circle in sorted(zip(["0103", "0101", "0301", "0102"], circles, strict=True)):
        expected[code] = circle.intersection(square).difference(seen).area
        seen = seen.union(circle)
    got = dict(zip(result.areas.class_code, result.areas.area, strict=True))
    assert got == pytest.approx({code: area for code, area in expected.items() if area > 0}, rel=1e-9)
    assert result.doubled.tolist() == [0]


def test_overlapping_features_in_a_patch_of_very_many_holes():
    """50 × 50 holes of 6 m in a grid of 10 m: two strips overlap in 20 columns, a third lies alone."""
    cells = [(x, y) for x in range(50) for y in range(50)]
    holes = [shapely.box(10 * x + 2, 10 * y + 2, 10 * x + 8, 10 * y + 8).exterior for x, y in cells]
    sieve = shapely.Polygon(shapely.box(0, 0, 500, 500).exterior, holes)
    strips = array(*(shapely.box(west, 0, east, 500) for west, east in ((0, 300), (100, 300), (400, 500))))
    patches, bases = ground(sieve), features_of(strips)
    assert shapely.get_num_coordinates(sieve) > cutting._MANY_VERTICES
    result = overlay_union(patches, bases, nothing)
    assert result.areas.area == pytest.approx([40 * 50 * 64], rel=EXACT)
