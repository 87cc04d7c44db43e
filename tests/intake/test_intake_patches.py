"""Issued patches: numbers, codes, types, dates and areas as the files really carry them."""

from __future__ import annotations

import json
import math

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely
from intake_files import DISTRICT, SQUARE, SQUARE_M2, Dbf, box, patch_dbf, snapshot, write_shapefile

from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.domain.findings import Severity
from weipian_plugin.domain.frame_columns import PATCH_COLUMNS
from weipian_plugin.domain.geodesy import official_area
from weipian_plugin.domain.plan import parse_plan
from weipian_plugin.domain.plan.model import District
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.patches import PatchOptions, read_patches
from weipian_plugin.paths import plan_file

FIRST, SECOND, THIRD = (f"500156SJBG2121{number:04}" for number in (1, 2, 3))
BOXES = [[SQUARE], [box(107.80, 29.40)], [box(107.81, 29.41)]]


def read(tmp_path, dbf, shapes=None, **options):
    shapes = shapes or BOXES[: len(dbf.rows)]
    path = write_shapefile(tmp_path / "图斑（示例）", shapes, dbf)
    return read_patches(str(path), PatchOptions(**({"district": DISTRICT} | options)), Progress())


def found(intake, code):
    return [finding for finding in intake.findings if finding.code == code]


def test_the_frame_is_as_agreed(tmp_path):
    intake = read(tmp_path, patch_dbf(2))
    frame = intake.frame
    assert tuple(frame.columns) == (*PATCH_COLUMNS, "geom")
    assert frame.geometry.name == "geom"
    assert frame.crs.to_epsg() == 4490
    assert frame["area_m2"][0] == pytest.approx(SQUARE_M2, abs=1e-3)
    assert frame["area_mu"][0] == frame["area_m2"][0] * 3 / 2000
    assert math.isnan(frame["issued_area"][0])
    row = frame.drop(columns=["geom", "area_m2", "area_mu", "issued_area", "attributes"]).iloc[0].to_dict()
    assert row == {
        "patch_no": FIRST,
        "parent_no": "",
        "kind": "土地",
        "county_code": "500156",
        "town_code": "",
        "town_name": "",
        "patch_type": "20",
        "date_before": "2021-01-15",
        "date_after": "2021-03-20",
    }
    assert json.loads(frame["attributes"][0]) == {
        "JCBH": FIRST,
        "TBLX": "20",
        "XZQDM": "500156",
        "XMC": "武隆区",
        "QSX": "20210115",
        "HSX": "20210320",
    }


def test_the_decisions_are_complete(tmp_path):
    intake = read(tmp_path, patch_dbf(2))
    decisions = intake.decisions
    assert (decisions.format, decisions.encoding, decisions.crs) == ("Shapefile", "GBK", "EPSG:4490")
    assert (decisions.read, decisions.taken, decisions.dropped) == (2, 2, 0)
    assert decisions.fields["patch_no"] == "JCBH"
    assert len(decisions.sha256) == 64
    assert decisions.size > 500
    assert decisions.area_unit_why == "没有面积字段"
    json.dumps(decisions.as_dict())


def test_the_originals_are_not_touched(tmp_path):
    path = write_shapefile(tmp_path / "a", [[SQUARE]], patch_dbf())
    before = snapshot(tmp_path)
    read_patches(str(path), PatchOptions(), Progress())
    assert snapshot(tmp_path) == before


def test_blank_numbers_are_left_out_and_named(tmp_path):
    intake = read(tmp_path, patch_dbf(3, JCBH=[FIRST, "", "   "]))
    assert list(intake.frame["patch_no"]) == [FIRST]
    [finding] = found(intake, "patch-no-blank")
    assert finding.severity is Severity.ERROR
    assert finding.subjects == ("第 1 号要素", "第 2 号要素")
    assert intake.decisions.dropped == 2


def test_the_same_row_twice_is_taken_once(tmp_path):
    intake = read(tmp_path, patch_dbf(3, JCBH=[FIRST, FIRST, THIRD]), [[SQUARE], [SQUARE], BOXES[2]])
    assert list(intake.frame["patch_no"]) == [FIRST, THIRD]
    [finding] = found(intake, "patch-no-same-twice")
    assert finding.subjects == (FIRST,)


def test_one_number_for_different_patches_is_not_taken_at_all(tmp_path):
    intake = read(tmp_path, patch_dbf(3, JCBH=[FIRST, FIRST, THIRD]))
    assert list(intake.frame["patch_no"]) == [THIRD]
    [finding] = found(intake, "patch-no-duplicate")
    assert (finding.severity, finding.subjects) == (Severity.ERROR, (FIRST,))
    assert "2 行" in finding.message
    assert (intake.decisions.read, intake.decisions.taken, intake.decisions.dropped) == (3, 1, 2)


def test_a_missing_number_column_is_refused_with_the_columns_there_are(tmp_path):
    dbf = Dbf([(b"ABC", "C", 10, 0), (b"TBLX", "C", 5, 0)]).add(b"1", b"CK")
    with pytest.raises(WeipianError, match="没有图斑编号字段.*现有字段：ABC、TBLX"):
        read(tmp_path, dbf)


@pytest.mark.parametrize(
    ("issued", "number"),
    [("５００１５６ＳＪＢＧ２１２１０００１", FIRST), (" 500156 SJBG21210001 ", FIRST), ("2021.0", "2021")],
)
def test_numbers_are_tidied(tmp_path, issued, number):
    intake = read(tmp_path, patch_dbf(1, JCBH=[issued]))
    assert intake.frame["patch_no"][0] == number
    assert found(intake, "patch-no-cleaned")


def test_numbers_and_codes_read_as_figures(tmp_path):
    dbf = Dbf([(b"TBBH", "N", 12, 0), (b"XZQDM", "N", 19, 8), (b"TBLX", "N", 10, 2), (b"JCMJ", "F", 19, 4)])
    dbf.add(b"20210007", b"500156.00000000", b"1.00", b"1615.2525")
    intake = read(tmp_path, dbf)
    row = intake.frame.iloc[0]
    assert (row["patch_no"], row["county_code"], row["patch_type"]) == ("20210007", "500156", "01")
    assert row["issued_area"] == 1615.2525
    assert intake.decisions.area_unit == "亩"


def test_a_long_number_keeps_all_its_digits(tmp_path):
    dbf = Dbf([(b"JCBH", "N", 18, 0)]).add(b"500156212100010001")
    assert read(tmp_path, dbf).frame["patch_no"][0] == "500156212100010001"


def test_a_number_held_as_a_float_is_doubted(tmp_path):
    frame = gpd.GeoDataFrame({"JCBH": [500156212100010001.0]}, geometry=[shapely.Polygon(SQUARE)], crs=4490)
    pyogrio.write_dataframe(frame, tmp_path / "f.gpkg")
    intake = read_patches(str(tmp_path / "f.gpkg"), PatchOptions(), Progress())
    assert found(intake, "patch-no-rounded")


def test_mining_and_unknown_types(tmp_path):
    intake = read(tmp_path, patch_dbf(3, TBLX=["CK", "4", "ABC"]))
    assert list(intake.frame["kind"]) == ["矿产", "土地", ""]
    assert list(intake.frame["patch_type"]) == ["CK", "04", "ABC"]
    [finding] = found(intake, "patch-type-unknown")
    assert finding.subjects == (THIRD,)
    assert "图斑种类（土地、矿产）未查明" in finding.message


def test_a_blank_type_is_no_land(tmp_path):
    intake = read(tmp_path, patch_dbf(3, TBLX=["CK", "", "20"]))
    assert list(intake.frame["kind"]) == ["矿产", "", "土地"]
    [finding] = found(intake, "patch-type-blank")
    assert finding.subjects == (SECOND,)


def test_old_blank_and_foreign_county_codes(tmp_path):
    intake = read(tmp_path, patch_dbf(3, XZQDM=["500232", "", "500102"]))
    assert list(intake.frame["county_code"]) == ["500156", "500156", "500102"]
    assert found(intake, "county-code-old")[0].subjects == (FIRST,)
    assert found(intake, "county-code-missing")[0].subjects == (SECOND,)
    assert found(intake, "county-code-foreign")[0].subjects == (THIRD,)
    assert json.loads(intake.frame["attributes"][0])["XZQDM"] == "500232"


def test_a_long_county_code_gives_the_town(tmp_path):
    intake = read(tmp_path, patch_dbf(1, XZQDM=["500156101000"]))
    assert intake.frame[["county_code", "town_code"]].iloc[0].tolist() == ["500156", "500156101"]


def test_the_town(tmp_path):
    intake = read(tmp_path, patch_dbf(1, XZMC=["白马镇"], ZLDWDM=["5001561012010000000"]))
    assert intake.frame[["town_code", "town_name"]].iloc[0].tolist() == ["500156101", "白马镇"]


def test_one_township_has_one_name(tmp_path):
    """石桥乡 is what many tables write for 石桥苗族土家族乡; a name that the plan does not know stays."""
    plan = parse_plan(plan_file("wulong_2021.yaml").read_text(encoding="utf-8"), "wulong_2021.yaml")
    issued = patch_dbf(3, XZMC=["石桥乡", "白马镇人民政府", "土坎镇"])
    intake = read(tmp_path, issued, district=plan.district)
    assert list(intake.frame["town_name"]) == ["石桥苗族土家族乡", "白马镇", "土坎镇"]
    assert json.loads(intake.frame["attributes"][0])["XZMC"] == "石桥乡"


def test_split_children(tmp_path):
    intake = read(tmp_path, patch_dbf(3, JCBH=[FIRST, f"{FIRST}_1", f"{SECOND}_3"]))
    assert list(intake.frame["parent_no"]) == ["", FIRST, SECOND]
    assert found(intake, "split-without-parent")[0].subjects == (f"{SECOND}_3",)


def test_dates_out_of_order(tmp_path):
    intake = read(tmp_path, patch_dbf(2, QSX=["20210601", "2021-03"], HSX=["20210301", "2021-03"]))
    assert found(intake, "date-order")[0].subjects == (FIRST,)


@pytest.mark.parametrize(("unit", "factor"), [("平方米", 1.0), ("亩", 3 / 2000), ("公顷", 1 / 10000)])
def test_the_unit_is_found(tmp_path, unit, factor):
    areas = [SQUARE_M2, 10779.4, 10778.3]
    intake = read(tmp_path, patch_dbf(3, MJ=[f"{area * factor:.6f}" for area in areas]))
    assert intake.decisions.area_unit == unit
    assert "100%" in intake.decisions.area_unit_why
    assert not [f for f in intake.findings if f.code.startswith("area")]


def test_a_mixed_column_is_a_finding(tmp_path):
    intake = read(tmp_path, patch_dbf(3, MJ=[f"{SQUARE_M2:.2f}", "10779.4", "16.17"]))
    assert intake.decisions.area_unit == "平方米"
    [finding] = found(intake, "area-unit-mixed")
    assert finding.subjects == (THIRD,)
    assert intake.frame["issued_area"][2] == 16.17


def test_an_area_that_differs_from_the_shape_is_named(tmp_path):
    intake = read(tmp_path, patch_dbf(3, MJ=[f"{SQUARE_M2:.2f}", "10779.4", "9000"]))
    assert found(intake, "area-differs")[0].subjects == (THIRD,)


def test_an_order_of_unit_against_the_figures_is_followed_and_said(tmp_path):
    intake = read(tmp_path, patch_dbf(1, MJ=[f"{SQUARE_M2:.2f}"]), area_unit="亩")
    assert intake.decisions.area_unit == "亩"
    assert found(intake, "area-unit-contradiction")


def test_an_unknown_unit_is_refused(tmp_path):
    with pytest.raises(WeipianError, match="不认识面积单位"):
        read(tmp_path, patch_dbf(1, MJ=["1"]), area_unit="英亩")


def test_field_names_cut_to_ten_bytes(tmp_path):
    names = ["图斑编号", "县级行政区名称", "县级", "乡镇行政区名称"]
    raw = [name.encode()[:10] for name in names]  # UTF-8: three characters and a piece of the next
    raw[2] = "县级行".encode()[:8] + b"_1"  # the second of two that were cut alike
    dbf = Dbf([(name, "C", 30, 0) for name in raw])
    dbf.add(FIRST.encode(), "武隆区".encode(), b"500156", "白马镇".encode())
    intake = read(tmp_path, dbf)
    assert intake.decisions.fields == {
        "patch_no": "图斑编",
        "county_code": "县级_1",
        "county_name": "县级行",
        "town_name": "乡镇行",
    }


def test_a_field_name_cut_inside_a_character(tmp_path):
    dbf = Dbf([("监测编号".encode()[:10], "C", 30, 0), ("图斑面积（亩）".encode()[:10], "C", 12, 0)])
    dbf.add(FIRST.encode(), b"1615.25")
    intake = read(tmp_path, dbf)
    assert intake.decisions.fields == {"patch_no": "监测编", "area": "图斑面"}
    assert intake.decisions.area_unit == "亩"


def test_deleted_rows_are_not_read(tmp_path):
    dbf = (
        Dbf([(b"JCBH", "C", 30, 0)])
        .add(FIRST.encode())
        .add(SECOND.encode(), deleted=True)
        .add(THIRD.encode())
    )
    intake = read(tmp_path, dbf, BOXES)
    assert list(intake.frame["patch_no"]) == [FIRST, THIRD]
    third = np.array([shapely.Polygon(BOXES[2][0])], dtype=object)
    assert intake.frame["area_m2"][1] == pytest.approx(official_area(third)[0], abs=1e-6)
    assert found(intake, "rows-deleted")


def test_unreadable_figures_become_nothing(tmp_path):
    dbf = Dbf([(b"JCBH", "C", 30, 0), (b"MJ", "N", 12, 2)])
    dbf.add(FIRST.encode(), b"************").add(SECOND.encode(), b"10779.40")
    intake = read(tmp_path, dbf)
    assert math.isnan(intake.frame["issued_area"][0])
    assert json.loads(intake.frame["attributes"][0])["MJ"] is None
    assert found(intake, "number-unreadable")


def test_without_a_district_nothing_is_compared(tmp_path):
    intake = read(tmp_path, patch_dbf(1, XZQDM=["110101"]), district=District())
    assert intake.frame["county_code"][0] == "110101"
    assert not found(intake, "county-code-foreign")


def test_an_empty_file_is_refused(tmp_path):
    path = write_shapefile(tmp_path / "empty", [], patch_dbf(0))
    with pytest.raises(WeipianError, match="一个要素也没有"):
        read_patches(str(path), PatchOptions(), Progress())


def test_cancel(tmp_path):
    class Stopped(Progress):
        def is_cancelled(self):
            return True

    path = write_shapefile(tmp_path / "a", [[SQUARE]], patch_dbf())
    with pytest.raises(Cancelled):
        read_patches(str(path), PatchOptions(), Stopped())


def test_progress_moves_forward_to_the_end(tmp_path):
    seen = []

    class Listening(Progress):
        def _show(self, fraction, text):
            seen.append(fraction)

    path = write_shapefile(tmp_path / "a", [[SQUARE]], patch_dbf())
    read_patches(str(path), PatchOptions(), Listening())
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
