"""The overlay kernel against areas worked out by hand, and against brute force."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from weipian_plugin.domain.coverage import own_areas, union_areas
from weipian_plugin.domain.errors import Cancelled
from weipian_plugin.domain.overlay import LARGE_FEATURE, cut
from weipian_plugin.domain.overlay_result import Features, overlay_classes, overlay_union


def nothing():
    """Never cancel."""


def array(*geometries):
    result = np.empty(len(geometries), dtype=object)
    result[:] = geometries
    return result


def features_of(geometries, codes=None, net_ratio=None):
    count = len(geometries)
    return Features(
        geometries,
        np.arange(count),
        np.full(count, "", dtype=object),
        np.array(codes if codes is not None else [""] * count, dtype=object),
        np.ones(count) if net_ratio is None else np.array(net_ratio),
    )


def test_pieces_of_squares_by_hand():
    patches = array(shapely.box(0, 0, 10, 10), shapely.box(100, 100, 110, 110))
    bases = array(shapely.box(5, 0, 20, 10), shapely.box(10, 0, 30, 10), shapely.box(-50, -50, 50, 50))
    pieces = cut(patches, bases, nothing)
    # Feature 1 only touches the first patch's edge, so it is no piece; feature 2 covers the patch whole.
    assert pieces.patch.tolist() == [0, 0]
    assert pieces.feature.tolist() == [0, 2]
    assert pieces.area.tolist() == [50.0, 100.0]


def test_large_feature_is_cut_as_exactly_as_a_small_one():
    circle = shapely.Point(0, 0).buffer(100, quad_segs=500).difference(shapely.Point(30, 0).buffer(10, 64))
    assert shapely.get_num_coordinates(circle) > LARGE_FEATURE
    patches = array(shapely.box(20, -20, 120, 20), shapely.box(-500, -500, 500, 500))
    pieces = cut(patches, array(circle), nothing)
    assert pieces.area == pytest.approx([circle.intersection(p).area for p in patches], rel=1e-13)


def test_overlapping_ranges_count_once():
    patches = array(shapely.box(0, 0, 10, 10))
    buffers = array(shapely.box(0, 0, 6, 10), shapely.box(4, 0, 8, 10), shapely.box(4, 0, 8, 10))
    result = overlay_union(patches, features_of(buffers), nothing)
    assert result.areas.area.tolist() == [80.0]
    assert result.hits.area.tolist() == [60.0, 40.0, 40.0]
    assert result.uncovered.tolist() == [20.0]


def test_classes_and_rest_sum_to_the_patch():
    patches = array(shapely.box(0, 0, 10, 10))
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
    patches = array(shapely.box(0, 0, 10, 10))
    parcels = array(shapely.box(0, 0, 5, 10), shapely.box(0, 0, 5, 10))
    features = features_of(parcels, ["0301", "0101"])
    result = overlay_classes(patches, features, {"0101"}.__contains__, nothing)
    assert result.areas.class_code.tolist() == ["0101"]
    assert result.areas.area == pytest.approx([50.0])
    assert result.uncovered == pytest.approx([50.0])
    assert result.doubled.tolist() == [0]


def test_gap_around_a_doubled_middle_is_seen():
    # Same area and same centre as the patch: only the inertia tells.
    patches = array(shapely.box(0, 0, 8, 8))
    parcels = array(shapely.box(2, 0, 6, 8), shapely.box(2, 0, 6, 8))
    result = overlay_classes(patches, features_of(parcels, ["0301", "0101"]), {"0101"}.__contains__, nothing)
    assert result.areas.area.tolist() == [32.0]
    assert result.uncovered.tolist() == [32.0]
    assert result.doubled.tolist() == [0]


def test_no_pairs_and_no_features():
    patches = array(shapely.box(0, 0, 10, 10))
    result = overlay_classes(patches, features_of(array()), set().__contains__, nothing)
    assert result.uncovered.tolist() == [100.0]
    assert len(result.areas.patch) == len(result.hits.patch) == 0


def test_feature_that_becomes_invalid_is_repaired_not_fatal():
    patches = array(shapely.box(0, 0, 10, 10))
    bow_tie = array(shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)]))
    pieces = cut(patches, bow_tie, nothing)
    assert pieces.area.tolist() == pytest.approx([50.0])


def test_cancel_stops_the_cut():
    def stop():
        raise Cancelled

    patches = array(shapely.box(0, 0, 1, 1))
    with pytest.raises(Cancelled):
        cut(patches, patches.copy(), stop)


boxes = st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(1, 12), st.integers(1, 12))


@settings(max_examples=150, deadline=None)
@given(st.lists(boxes, min_size=1, max_size=4), st.lists(boxes, min_size=1, max_size=8), st.randoms())
def test_union_and_classes_against_cells(patch_boxes, base_boxes, random):
    """Every box lies on an integer grid, so counting unit cells is an independent area."""
    patches = array(*(shapely.box(x, y, x + w, y + h) for x, y, w, h in patch_boxes))
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
    patches = array(shapely.box(3, 3, 17, 18))
    bases = array(*(shapely.box(x, y, x + w, y + h) for x, y, w, h in base_boxes))
    shuffled = bases[[i for i in order if i < len(bases)]]
    first = union_areas(cut(patches, bases, nothing), 1, nothing)
    second = union_areas(cut(patches, shuffled, nothing), 1, nothing)
    assert first == pytest.approx(second, rel=1e-12)


def test_own_areas_sum_to_the_union():
    patches = array(shapely.box(0, 0, 10, 10))
    bases = array(*(shapely.Point(5 + i, 5).buffer(3) for i in range(4)))
    pieces = cut(patches, bases, nothing)
    owned, doubled = own_areas(pieces, np.array([2, 0, 3, 1]), patches, nothing)
    assert owned.sum() == pytest.approx(union_areas(pieces, 1, nothing)[0], rel=1e-12)
    assert doubled.tolist() == [0]
    assert owned[1] == pytest.approx(pieces.area[1])
