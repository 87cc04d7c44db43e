"""Patches over each other and over earlier batches; land-class layers over themselves, and their gaps."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from weipian_plugin.domain.geodesy import official_area
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake import topology
from weipian_plugin.intake.context import check_against_earlier, check_among
from weipian_plugin.intake.topology import check_coverage


def box(west, south, east, north):
    """Return a box in thousandths of a degree from 107.7, 29.3."""
    return shapely.box(*(np.array([west, south, east, north]) / 1000 + [107.7, 29.3, 107.7, 29.3]))


def area(*shapes):
    return float(official_area(np.array(shapes, dtype=object)).sum())


def patches(**shapes):
    numbers = list(shapes)
    parents = [number.split("_")[0] if "_" in number else "" for number in numbers]
    multi = [shapely.MultiPolygon([shape]) for shape in shapes.values()]
    return gpd.GeoDataFrame({"patch_no": numbers, "parent_no": parents}, geometry=multi, crs=4490)


def test_overlaps_in_a_batch():
    frame = patches(A=box(0, 0, 2, 2), B=box(1, 0, 3, 2), C=box(3, 0, 5, 2))
    [finding] = check_among(frame, {}, Progress().check)
    assert (finding.code, finding.subjects) == ("patches-overlap", ("A", "B"))
    mu = area(box(1, 0, 2, 2)) * 3 / 2000
    assert finding.message == f"本批次内有 1 对图斑互相重叠，共 {mu:.2f} 亩：A 与 B {mu:.2f} 亩。"


def test_a_split_lies_in_its_parent():
    frame = patches(A=box(0, 0, 2, 2), A_1=box(0, 0, 1, 2), A_2=box(1, 0, 2, 2))
    assert check_among(frame, {"A": ("A_1", "A_2")}, Progress().check) == []


def test_splits_that_overlap_each_other_are_named():
    [finding] = check_among(patches(A_1=box(0, 0, 2, 2), A_2=box(1, 0, 2, 2)), {}, Progress().check)
    assert finding.subjects == ("A_1", "A_2")


def test_against_earlier_batches():
    earlier = patches(X=box(10, 0, 12, 2), Y=box(20, 0, 22, 2))
    frame = patches(B=box(10, 0, 12, 2), C=box(21, 0, 24, 2), D=box(30, 0, 31, 1))
    found = {finding.code: finding for finding in check_against_earlier(frame, earlier, {}, Progress().check)}
    assert found["patches-same-place"].subjects == ("B",)
    assert found["patches-overlap-earlier"].subjects == ("C",)
    assert f"{area(box(21, 0, 22, 2)) * 3 / 2000:.2f} 亩" in found["patches-overlap-earlier"].message


def test_a_split_whose_parent_came_earlier():
    [finding] = check_against_earlier(
        patches(A_1=box(0, 0, 1, 2)), patches(A=box(0, 0, 2, 2)), {}, Progress().check
    )
    assert (finding.code, finding.subjects) == ("split-beside-parent", ("A_1",))
    assert f"重叠 {area(box(0, 0, 1, 2)) * 3 / 2000:.2f} 亩" in finding.message


def test_a_parent_whose_split_came_earlier():
    [finding] = check_against_earlier(
        patches(A=box(0, 0, 2, 2)), patches(A_1=box(0, 0, 1, 2)), {}, Progress().check
    )
    assert (finding.code, finding.subjects) == ("split-beside-parent", ("A",))


def test_nothing_earlier():
    assert check_against_earlier(patches(A=box(0, 0, 1, 1)), patches(), {}, Progress().check) == []


def grid(columns=6, rows=5):
    return [box(x, y, x + 1, y + 1) for x in range(columns) for y in range(rows)]


def check(shapes):
    geometries = np.array(
        [shapely.multipolygons([shape]) if shape.geom_type == "Polygon" else shape for shape in shapes]
    )
    found = check_coverage(geometries, np.arange(len(geometries)), Progress())
    return {finding.code: finding for finding in found}


def test_a_sound_layer():
    assert check(grid()) == {}


def test_a_gap_in_the_middle():
    shapes = grid()
    gap = shapes.pop(12)
    assert check(shapes)["layer-gaps"].message == f"图层内部有 1 处空隙，共 {area(gap):.2f} 平方米。"


def test_a_notch_in_the_border_is_no_gap():
    shapes = grid()
    del shapes[2]
    assert check(shapes) == {}


def test_a_parcel_over_others():
    shapes = [*grid(), box(2.5, 2.5, 3.5, 3.2)]
    found = check(shapes)["layer-overlaps"]
    assert "有 4 处自身重叠" in found.message
    assert f"共 {area(shapes[-1]):.2f} 平方米" in found.message
    assert "30" in found.subjects


@pytest.mark.parametrize("index", [0, 12])
def test_a_doubled_parcel(index):
    shapes = grid()
    shapes.append(shapes[index])
    found = check(shapes)["layer-overlaps"]
    assert f"有 1 处自身重叠，共 {area(shapes[index]):.2f} 平方米" in found.message
    assert set(found.subjects) == {str(index), "30"}


def test_an_isolated_doubled_parcel():
    assert "有 1 处" in check([*grid(), box(50, 50, 51, 51), box(50, 50, 51, 51)])["layer-overlaps"].message


def test_neighbours_with_different_vertices_are_sound():
    # The left one has no vertex where the two right ones meet.
    assert check([box(0, 0, 1, 2), box(1, 0, 2, 1), box(1, 1, 2, 2), box(2, 0, 3, 2)]) == {}


def test_a_layer_without_common_edges_is_said_to_be_unchecked(monkeypatch):
    monkeypatch.setattr(topology, "_MOST_SINGLE_EDGES", 10)
    found = check([box(x, 0, x + 0.9, 1) for x in range(5)])
    assert list(found) == ["layer-not-checked"]


def test_an_island_in_a_hole():
    ring = shapely.difference(box(0, 0, 5, 5), box(2, 2, 3, 3))
    assert check([ring, box(2, 2, 3, 3)]) == {}
    assert list(check([ring])) == ["layer-gaps"]


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 29), max_size=6), st.sets(st.integers(0, 29), max_size=3))
def test_against_brute_force(removed, doubled):
    cells = grid()
    shapes = [cell for index, cell in enumerate(cells) if index not in removed]
    shapes += [cells[index] for index in doubled - removed]
    found = check(shapes) if shapes else {}
    everything = box(-9, -9, 19, 19)
    outside = shapely.get_parts(shapely.difference(everything, shapely.union_all(shapes)))
    holes = [part for part in outside if not part.intersects(everything.exterior)]
    if holes:
        assert f"共 {area(*holes):.2f} 平方米" in found["layer-gaps"].message
    else:
        assert "layer-gaps" not in found
    assert ("layer-overlaps" in found) == bool(doubled - removed)
