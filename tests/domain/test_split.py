"""Cutting a patch: children cover the parent, whatever the cut."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from weipian_plugin.domain import split
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.geodesy import official_area

SQUARE = shapely.box(107.5, 29.3, 107.501, 29.301)


def multi(*polygons):
    return shapely.multipolygons(list(polygons))


def array(*geometries):
    return np.array(geometries, dtype=object)


def area(*geometries):
    return official_area(array(*geometries))


def test_a_line_makes_two_children_from_north_to_south():
    children = split.cut(multi(SQUARE), array(shapely.LineString([(107.49, 29.3005), (107.51, 29.3005)])))
    assert [child.geom_type for child in children] == ["MultiPolygon", "MultiPolygon"]
    assert children[0].bounds == pytest.approx((107.5, 29.3005, 107.501, 29.301), abs=1e-12)
    assert children[1].bounds == pytest.approx((107.5, 29.3, 107.501, 29.3005), abs=1e-12)
    assert area(*children).sum() == pytest.approx(area(SQUARE)[0], rel=1e-9)


def test_crossing_lines_make_four():
    lines = array(
        shapely.LineString([(107.49, 29.3005), (107.51, 29.3005)]),
        shapely.LineString([(107.5005, 29.29), (107.5005, 29.31)]),
    )
    assert len(split.cut(multi(SQUARE), lines)) == 4


def test_polygons_cut_out_and_leave_the_rest():
    west, middle = shapely.box(107.4, 29.2, 107.5003, 29.4), shapely.box(107.5003, 29.2, 107.5007, 29.4)
    children = split.cut(multi(SQUARE), array(middle, west))
    assert [round(child.bounds[0], 6) for child in children] == [107.5003, 107.5, 107.5007]


def test_a_hole_and_a_child_of_two_parts():
    ring = multi(shapely.difference(SQUARE, shapely.box(107.5004, 29.3004, 107.5006, 29.3006)))
    band = shapely.box(107.49, 29.3004, 107.51, 29.3006)
    children = split.cut(ring, array(band))
    assert [len(shapely.get_parts(child)) for child in children] == [2, 2]
    assert area(*children).sum() == pytest.approx(area(ring)[0], rel=1e-9)


def test_vertices_of_the_parent_stay_as_they_are():
    odd = shapely.Polygon(
        [(107.50012345678912, 29.3), (107.501, 29.30033333333333), (107.5007, 29.301), (107.5, 29.30071)]
    )
    children = split.cut(multi(odd), array(shapely.LineString([(107.49, 29.3006), (107.51, 29.3004)])))
    vertices = {tuple(xy) for xy in np.concatenate([shapely.get_coordinates(child) for child in children])}
    assert {tuple(xy) for xy in shapely.get_coordinates(odd)} <= vertices
    assert len(vertices) == 6


@pytest.mark.parametrize(
    ("cutters", "said"),
    [
        (array(shapely.LineString([(107.49, 29.3005), (107.5005, 29.3005)])), "没有切开"),
        (array(shapely.LineString([(107.6, 29.3), (107.7, 29.3)])), "没有切开"),
        (array(shapely.box(107.4, 29.2, 107.6, 29.4)), "没有切开"),
        (
            array(shapely.box(107.4, 29.2, 107.5006, 29.4), shapely.box(107.5003, 29.2, 107.6, 29.4)),
            "互相重叠",
        ),
        (array(SQUARE, shapely.LineString([(107.4, 29.3), (107.6, 29.3)])), "全是线或者全是面"),
        (array(shapely.Point(107.5005, 29.3005)), "全是线或者全是面"),
        (array(shapely.LineString([(107.50000005, 29.2), (107.50000005, 29.4)])), "不足1平方米"),
    ],
)
def test_what_cannot_be_cut_is_said(cutters, said):
    with pytest.raises(WeipianError, match=said):
        split.cut(multi(SQUARE), cutters)


def test_two_parts_are_not_yet_a_cut():
    parts = multi(SQUARE, shapely.box(107.502, 29.3, 107.503, 29.301))
    with pytest.raises(WeipianError, match="没有切开"):
        split.cut(parts, array(shapely.LineString([(107.6, 29.3), (107.7, 29.3)])))


def test_a_sliver_along_the_border_joins_its_neighbour():
    drawn = shapely.box(107.5000001, 29.2, 107.5005, 29.4)
    children = split.cut(multi(SQUARE), array(drawn))
    assert len(children) == 2
    assert area(*children).sum() == pytest.approx(area(SQUARE)[0], rel=1e-9)


def test_check_refuses_what_does_not_cover():
    half = multi(shapely.box(107.5, 29.3, 107.501, 29.3005))
    with pytest.raises(WeipianError, match="不一致"):
        split.check(multi(SQUARE), array(half))
    with pytest.raises(WeipianError, match="相互重叠"):
        split.check(multi(SQUARE), array(multi(SQUARE), half))


@pytest.mark.parametrize(
    ("parent", "taken", "expected"),
    [
        ("500156SJBG21000001", ["500156SJBG21000001"], ["500156SJBG21000001_1", "500156SJBG21000001_2"]),
        ("A1", ["A1", "A1_3"], ["A1_4", "A1_5"]),
        ("A1_3", ["A1", "A1_3", "A1_4"], ["A1_5", "A1_6"]),
        ("A1", ["A10_7", "A1_x"], ["A1_1", "A1_2"]),
    ],
)
def test_numbers_go_on(parent, taken, expected):
    assert split.child_numbers(parent, taken, 2) == expected


fraction = st.floats(0.0, 1.0)


@settings(max_examples=60, deadline=None)
@example([(0.0, 6.103515625e-05), (1.0, 0.0), (0.5, 0.0)], [(1e-05, 0.99999, 1.0, 0.0)])
@given(
    st.lists(st.tuples(fraction, fraction), min_size=3, max_size=12),
    st.lists(st.tuples(fraction, fraction, fraction, fraction), min_size=1, max_size=4),
)
def test_children_always_cover_their_parent(corners, cuts):
    hull = shapely.convex_hull(shapely.multipoints([(107.5 + 0.01 * x, 29.3 + 0.01 * y) for x, y in corners]))
    if hull.geom_type != "Polygon" or area(hull)[0] < 1:
        return
    west, south, east, north = hull.bounds
    at = lambda x, y: (west + (3 * x - 1) * (east - west), south + (3 * y - 1) * (north - south))  # noqa: E731
    lines = [shapely.LineString([at(a, b), at(c, d)]) for a, b, c, d in cuts if (a, b) != (c, d)]
    if not lines:
        return
    try:
        children = split.cut(multi(hull), array(*lines))
    except WeipianError as error:
        assert "没有切开" in str(error) or "不足" in str(error)
        return
    assert area(*children).sum() == pytest.approx(area(hull)[0], rel=1e-6)
    split.check(multi(hull), children)
