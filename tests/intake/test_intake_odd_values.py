"""Values that a reader could take for something else: numbers as codes, units in cells, words for nothing."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from intake_files import DISTRICT, Dbf, box, patch_dbf, write_shapefile

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.geodesy import official_area
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.intake.base_layer import read_base_layer
from weipian_plugin.intake.options import LayerOptions, PatchOptions
from weipian_plugin.intake.patches import read_patches

FIRST = "500156SJBG21210001"


def row(count):
    return [[box(107.70 + 0.002 * index, 29.30)] for index in range(count)]


def patches(tmp_path, **columns):
    count = len(next(iter(columns.values())))
    path = write_shapefile(tmp_path / "图斑", row(count), patch_dbf(count, **columns))
    return read_patches(str(path), PatchOptions(district=DISTRICT), Progress())


def parcels(tmp_path, fields, rows):
    dbf = Dbf(
        [
            (name.encode(), kind, 15, 2 if kind == "N" and name != "DLBM" else 0)
            for name, kind in fields.items()
        ]
    )
    for values in rows:
        dbf.add(*(str(value).encode() for value in values))
    path = write_shapefile(tmp_path / "DLTB", row(len(rows)), dbf)
    return read_base_layer(str(path), Role.LAND_CLASS, LayerOptions(district=DISTRICT), Progress())


def codes(intake):
    return [finding.code for finding in intake.findings]


def test_words_for_nothing_are_blank_numbers(tmp_path):
    intake = patches(tmp_path, JCBH=["NULL", "<Null>", "None", FIRST])
    assert list(intake.frame["patch_no"]) == [FIRST]
    assert codes(intake) == ["patch-no-blank"]


def test_day_numbers_of_a_spreadsheet(tmp_path):
    intake = patches(tmp_path, QSX=["44270"], HSX=["44350.0"])
    assert list(intake.frame[["date_before", "date_after"]].iloc[0]) == ["2021-03-15", "2021-06-03"]
    assert "date-serial" in codes(intake)


def test_units_in_the_cells(tmp_path):
    area = float(official_area(np.array([shapely.Polygon(row(1)[0][0])]))[0])
    intake = patches(tmp_path, MJ=[f"{area * 0.0015:.2f}亩", f"{area * 0.0015:.2f} 亩", "约十亩"])
    assert intake.decisions.area_unit == "亩"
    assert list(np.isnan(intake.frame["issued_area"])) == [False, False, True]
    [told] = [finding for finding in intake.findings if finding.code == "area-unreadable"]
    assert told.message == "面积字段 MJ 有 1 行不是数字：“约十亩”；这些图斑没有登记下发面积。"


def test_a_header_cut_inside_its_brackets(tmp_path):
    dbf = Dbf([(b"JCBH", "C", 30, 0), ("图斑面积(亩)".encode("gbk")[:10], "C", 20, 0)])
    dbf.add(FIRST.encode(), b"16.16")
    path = write_shapefile(tmp_path / "a", row(1), dbf)
    intake = read_patches(str(path), PatchOptions(district=DISTRICT), Progress())
    assert intake.decisions.area_unit == "亩"


@pytest.mark.parametrize(
    ("issued", "stored"),
    [((101, 1203), ["0101", "1203"]), ((11, 101), ["0101", "1001"])],
)
def test_zeros_that_a_numeric_class_code_has_lost(tmp_path, issued, stored):
    intake = parcels(tmp_path, {"DLBM": "N"}, [(code,) for code in issued])
    assert list(intake.frame["class_code"]) == stored
    assert "class-numeric" in codes(intake)


@pytest.mark.parametrize("issued", [(101, 103), (11, 101, 1203)])
def test_numeric_class_codes_with_two_readings_are_refused(tmp_path, issued):
    with pytest.raises(WeipianError, match="分不出 101 是三调的 0101 还是旧分类的 101"):
        parcels(tmp_path, {"DLBM": "N"}, [(code,) for code in issued])


def test_parcel_areas_in_mu_are_converted(tmp_path):
    intake = parcels(
        tmp_path,
        {"DLBM": "C", "TBMJ": "N", "TBDLMJ": "N", "KCDLBM": "C"},
        [("0103", 16.15, 14.54, "1203"), ("0103", 16.15, 16.15, "")],
    )
    assert list(intake.frame["parcel_area_m2"]) == pytest.approx([16.15 * 2000 / 3] * 2)
    assert list(intake.frame["net_parcel_area_m2"]) == pytest.approx([14.54 * 2000 / 3, 16.15 * 2000 / 3])
    assert "parcel-area-unit" in codes(intake)


def tangle(count):
    turns = 7919.0 * np.arange(count)
    ring = np.column_stack([107.75 + 0.01 * np.cos(turns), 29.35 + 0.01 * np.sin(turns)]).tolist()
    return [*map(tuple, ring), tuple(ring[0])]


def test_a_tangle_is_left_out(tmp_path):
    shapes = [[tangle(800)], [box(107.8, 29.4)]]
    path = write_shapefile(tmp_path / "a", shapes, patch_dbf(2))
    intake = read_patches(str(path), PatchOptions(district=DISTRICT), Progress())
    assert list(intake.frame["patch_no"]) == ["500156SJBG21210002"]
    [told] = [finding for finding in intake.findings if finding.code == "geometry-tangled"]
    assert told.subjects == (FIRST,)


def test_an_outline_that_crosses_itself_a_little_is_repaired(tmp_path):
    path = write_shapefile(tmp_path / "a", [[tangle(9)]], patch_dbf())
    intake = read_patches(str(path), PatchOptions(district=DISTRICT), Progress())
    assert len(intake.frame) == 1
    assert len(intake.decisions.repairs) == 1
