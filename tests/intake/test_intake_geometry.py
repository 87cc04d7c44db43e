"""Broken outlines: what is repaired, to exactly which area, and what cannot be taken."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_files import DISTRICT, SQUARE, SQUARE_M2, box, patch_dbf, write_shapefile

from weipian_plugin.domain.geodesy import official_area
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.geometry import clean, repair
from weipian_plugin.intake.patches import PatchOptions, read_patches

W, S, E, N = 107.70, 29.30, 107.71, 29.31
MID = 29.305
BOW_TIE = [(W, S), (E, N), (E, S), (W, N), (W, S)]
"""Two triangles that meet in the middle: each has half the width of the square as its base."""
HOLE = [(107.702, 29.302), (107.708, 29.302), (107.708, 29.308), (107.702, 29.308), (107.702, 29.302)]
REVERSED = list(reversed(SQUARE))


def area(*rings):
    return float(official_area(np.array([shapely.Polygon(rings[0], rings[1:])], dtype=object))[0])


def read(tmp_path, shapes, kind=5):
    path = write_shapefile(tmp_path / "shapes", shapes, patch_dbf(len(shapes)), kind=kind)
    return read_patches(str(path), PatchOptions(district=DISTRICT), Progress())


def codes(intake):
    return {finding.code for finding in intake.findings if finding.code.startswith("geometry")}


# rings, what becomes of them, findings
SHAPES = {
    "sound": ([SQUARE], SQUARE_M2, set()),
    "sound with a hole": ([SQUARE, HOLE], area(SQUARE, HOLE), set()),
    "bow tie": ([BOW_TIE], None, {"geometry-repaired-large"}),
    "unclosed ring": ([SQUARE[:-1]], SQUARE_M2, {"geometry-unclosed"}),
    "doubled shell": ([SQUARE, SQUARE], SQUARE_M2, {"geometry-repaired-large"}),
    "repeated vertices": (
        [[SQUARE[0], SQUARE[0], *SQUARE[1:3], SQUARE[2], *SQUARE[3:]]],
        SQUARE_M2,
        {"geometry-repeated-vertices"},
    ),
    "spike of no area": (
        [[*SQUARE[:2], (107.705, N), (107.705, 29.32), (107.705, N), *SQUARE[2:]]],
        SQUARE_M2,
        {"geometry-repaired"},
    ),
    "two parts": ([SQUARE, box(107.72, 29.30, 0.01)], 2 * SQUARE_M2, set()),
    "parts that overlap": (
        [SQUARE, [(107.705, S), (107.705, N), (107.715, N), (107.715, S), (107.705, S)]],
        1.5 * SQUARE_M2,
        {"geometry-repaired-large"},
    ),
    "hole that touches the shell along an edge": (
        [SQUARE, [(W, 29.302), (107.705, 29.302), (107.705, 29.308), (W, 29.308), (W, 29.302)]],
        area(SQUARE) - area([(W, 29.302), (107.705, 29.302), (107.705, 29.308), (W, 29.308)]),
        {"geometry-repaired"},
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes(tmp_path, name):
    rings, expected, findings = SHAPES[name]
    intake = read(tmp_path, [rings])
    shape = intake.frame.geometry[0]
    assert (shape.geom_type, shape.is_valid, shape.has_z) == ("MultiPolygon", True, False)
    if expected is None:  # half the square, up to the bend of a diagonal in degrees against the plane
        expected = area([(W, S), (107.705, MID), (W, N)]) + area([(E, S), (107.705, MID), (E, N)])
    assert intake.frame["area_m2"][0] == pytest.approx(expected, rel=1e-8)
    assert codes(intake) == findings


def test_areas_before_and_after_are_reported(tmp_path):
    intake = read(tmp_path, [[SQUARE], [BOW_TIE]])
    [repaired] = intake.decisions.repairs
    assert repaired.subject == "500156SJBG21210002"
    assert repaired.reason == "自相交"
    # The shoelace of a symmetric bow tie cancels out; only the slight curvature of the plane is left.
    assert repaired.before_m2 < 60
    assert repaired.after_m2 == intake.frame["area_m2"][1]
    assert repaired.is_large


@pytest.mark.parametrize("kind", [15, 25])
def test_z_and_m_are_left_off(tmp_path, kind):
    intake = read(tmp_path, [[SQUARE]], kind)
    assert not intake.frame.geometry[0].has_z
    assert intake.frame["area_m2"][0] == pytest.approx(SQUARE_M2, abs=0.01)


@pytest.mark.parametrize(
    ("rings", "code"),
    [
        (None, "geometry-missing"),
        ([[(W, S), (E, N), (W, S), (W, S)]], "geometry-zero-area"),
        ([[(W, S), (W, S), (W, S), (W, S)]], "geometry-zero-area"),
    ],
)
def test_what_has_no_ground_is_left_out_and_named(tmp_path, rings, code):
    intake = read(tmp_path, [[SQUARE], rings])
    assert list(intake.frame["patch_no"]) == ["500156SJBG21210001"]
    [finding] = [f for f in intake.findings if f.code == code]
    assert finding.subjects == ("500156SJBG21210002",)
    assert intake.decisions.dropped == 1


def test_a_collection_gives_its_polygons():
    square = shapely.box(107.7, 29.3, 107.71, 29.31)
    mixed = shapely.GeometryCollection([square, shapely.Point(107.8, 29.4)])
    line = shapely.LineString([(107.7, 29.3), (107.8, 29.3)])
    cleaned = clean(np.array([mixed, line, square], dtype=object))
    assert cleaned.mixed_parts.tolist() == [True, False, False]
    assert cleaned.not_polygon.tolist() == [False, True, False]
    assert cleaned.area_m2[0] == cleaned.area_m2[2] > 0
    assert cleaned.geometries[1] is None


def test_rings_of_too_few_vertices_are_told_the_same_by_every_geos():
    line = [(W, S), (E, N), (W, S), (W, S)]
    doubled = [SQUARE[0], *SQUARE]
    shapes = [
        shapely.Polygon(line),
        shapely.Polygon([*line, line[-1]]),
        shapely.MultiPolygon([shapely.Polygon(doubled), shapely.Polygon(line)]),
        shapely.Polygon(SQUARE, [[HOLE[0]] * 4]),
    ]
    cleaned = clean(np.array(shapes, dtype=object))
    assert cleaned.repeated_vertices.tolist() == [False, True, True, False]
    assert cleaned.zero_area.tolist() == [True, True, False, False]
    assert cleaned.area_m2.tolist() == pytest.approx([0, 0, SQUARE_M2, SQUARE_M2], abs=0.01)
    reasons = {row: reason for row, (reason, _) in cleaned.repaired.items()}
    assert reasons == {2: "环的节点太少", 3: "环的节点太少"}


def test_infinite_coordinates_are_no_ground():
    shape = shapely.Polygon([(107.7, 29.3), (107.71, np.nan), (107.71, 29.31)])
    cleaned = clean(np.array([shape], dtype=object))
    assert cleaned.geometries[0] is None
    assert cleaned.zero_area[0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=3, max_size=12))
def test_any_ring_is_repaired_to_the_ground_it_encloses(points):
    ring = [(107.7 + x / 1000, 29.3 + y / 1000) for x, y in points]
    shape = shapely.Polygon(ring)
    repaired = repair(shape)
    if repaired is None:
        assert shapely.polygonize([shapely.unary_union(shape.exterior)]).is_empty
        return
    assert repaired.is_valid
    # Never more than the filled outline, never less than the points at odd winding.
    outline = shapely.union_all(shapely.get_parts(shapely.polygonize([shapely.unary_union(shape.exterior)])))
    assert repaired.difference(outline.buffer(1e-9)).area == pytest.approx(0, abs=1e-12)
