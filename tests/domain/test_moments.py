import numpy as np
import pytest
import shapely

from weipian_plugin.domain.moments import moments


def at_origin(geometry):
    holder = np.empty(1, dtype=object)
    holder[0] = geometry
    return moments(holder, np.zeros((1, 2)), np.ones(1))[0]


def test_moments_of_a_rectangle_by_hand():
    # 0..4 by 0..2: ∫x = 4²/2·2, ∫y = 2²/2·4, ∫x² = 4³/3·2, ∫xy = (4²/2)(2²/2), ∫y² = 2³/3·4
    assert at_origin(shapely.box(0, 0, 4, 2)) == pytest.approx([8, 16, 8, 128 / 3, 16, 32 / 3])


@pytest.mark.parametrize("reverse_shell", [False, True])
@pytest.mark.parametrize("reverse_hole", [False, True])
def test_holes_count_against_the_shell_however_drawn(reverse_shell, reverse_hole):
    shell = [(0, 0), (4, 0), (4, 4), (0, 4)][:: -1 if reverse_shell else 1]
    hole = [(1, 1), (2, 1), (2, 2), (1, 2)][:: -1 if reverse_hole else 1]
    whole, cut_out = at_origin(shapely.box(0, 0, 4, 4)), at_origin(shapely.box(1, 1, 2, 2))
    assert at_origin(shapely.Polygon(shell, [hole])) == pytest.approx(whole - cut_out)


def test_parts_add_up_and_origin_and_scale_apply_to_each_geometry():
    parts = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 7)])
    assert at_origin(parts) == pytest.approx(at_origin(parts.geoms[0]) + at_origin(parts.geoms[1]))
    pair = np.array([shapely.box(10, 10, 14, 12), shapely.box(0, 0, 2, 2)])
    result = moments(pair, np.array([[10.0, 10.0], [0.0, 0.0]]), np.array([2.0, 1.0]))
    assert result[0] == pytest.approx([2, 2, 1, 8 / 3, 1, 2 / 3])
    assert result[1, 0] == pytest.approx(4)


def test_missing_and_empty_have_none():
    pair = np.array([None, shapely.Polygon()], dtype=object)
    assert moments(pair, np.zeros((2, 2)), np.ones(2)).tolist() == [[0] * 6, [0] * 6]


def test_agrees_with_centroids_of_odd_shapes():
    star = shapely.Point(3, 4).buffer(2, 3).difference(shapely.Point(3.5, 4).buffer(0.7, 2))
    area, sx, sy, *_ = at_origin(star)
    assert (area, sx / area, sy / area) == pytest.approx((star.area, star.centroid.x, star.centroid.y))
