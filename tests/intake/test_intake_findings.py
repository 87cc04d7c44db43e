"""Every finding of the catalogue is met by a file that has that fault; here those not met elsewhere."""

from __future__ import annotations

import struct
from pathlib import Path

import geopandas as gpd
import pyogrio
import pyproj
import pytest
import shapely
from intake_files import DISTRICT, SQUARE, Dbf, box, patch_dbf, write_shapefile

from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.intake.base_layer import LayerOptions, read_base_layer
from weipian_plugin.intake.catalogue import CATALOGUE
from weipian_plugin.intake.patches import PatchOptions, read_patches

FIRST, SECOND = "500156SJBG21210001", "500156SJBG21210002"


def read(path):
    return read_patches(str(path), PatchOptions(district=DISTRICT), Progress())


def found(intake, code):
    [finding] = [finding for finding in intake.findings if finding.code == code]
    return finding


def test_every_code_is_tested():
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [code for code in CATALOGUE if f'"{code}"' not in tests] == []


def test_a_wrong_label_of_encoding(tmp_path):
    path = write_shapefile(tmp_path / "a", [[SQUARE]], patch_dbf(), cpg="UTF-8")
    assert ".cpg 写 UTF-8" in found(read(path), "encoding-relabelled").message


def test_two_encodings_in_one_file(tmp_path):
    dbf = Dbf([(b"JCBH", "C", 30, 0), (b"XMC", "C", 30, 0), (b"BZ", "C", 30, 0)])
    dbf.add(FIRST.encode(), "武隆区".encode("gbk"), "新增建筑".encode("gbk"))
    dbf.add(SECOND.encode(), "武隆区".encode("gbk"), "推堆土".encode())
    intake = read(write_shapefile(tmp_path / "a", [[SQUARE], [box(107.8, 29.4)]], dbf))
    assert "“推堆土”" in found(intake, "encoding-mixed").message
    assert '"BZ": "推堆土"' in intake.frame["attributes"][1]
    assert '"BZ": "新增建筑"' in intake.frame["attributes"][0]


def test_text_that_nothing_reads(tmp_path):
    dbf = Dbf([(b"JCBH", "C", 30, 0), (b"XMC", "C", 30, 0)])
    dbf.add(FIRST.encode(), "武隆区".encode("gbk")).add(SECOND.encode(), b"abc\xff\xff\xffdef")
    intake = read(write_shapefile(tmp_path / "a", [[SQUARE], [box(107.8, 29.4)]], dbf))
    assert "�" in found(intake, "text-undecodable").message
    assert len(intake.frame) == 2


def test_a_memo_column_is_skipped(tmp_path):
    dbf = Dbf([(b"JCBH", "C", 30, 0), (b"MEMO", "M", 10, 0)]).add(FIRST.encode(), b"0000000001")
    intake = read(write_shapefile(tmp_path / "a", [[SQUARE]], dbf))
    assert "MEMO" in found(intake, "field-skipped").message


def test_a_database_in_use_is_copied(tmp_path):
    path = tmp_path / "a.gpkg"
    frame = gpd.GeoDataFrame({"JCBH": [FIRST]}, geometry=[shapely.Polygon(SQUARE)], crs=4490)
    pyogrio.write_dataframe(frame, path)
    path.with_name("a.gpkg-journal").write_bytes(b"")
    assert found(read(path), "source-copied")


def test_a_geodatabase_with_locks(tmp_path):
    path = tmp_path / "a.gdb"
    frame = gpd.GeoDataFrame({"JCBH": [FIRST]}, geometry=[shapely.Polygon(SQUARE)], crs=4490)
    pyogrio.write_dataframe(frame, path, driver="OpenFileGDB", layer="JCTB")
    before = read(path).decisions.sha256
    (path / "_gdb.PC1.1234.5678.sr.lock").write_bytes(b"")
    intake = read(path)
    assert found(intake, "gdb-locked")
    assert intake.decisions.sha256 == before


def test_a_datum_that_is_not_named_but_has_the_ellipsoid(tmp_path):
    text = pyproj.CRS(4490).to_wkt("WKT1_ESRI").replace("China_Geodetic_Coordinate_System_2000", "Unknown")
    text = text.replace("D_China_2000", "D_Unknown").replace("CGCS2000", "GRS_1980")
    intake = read(write_shapefile(tmp_path / "a", [[SQUARE]], patch_dbf(), prj_text=text))
    assert found(intake, "crs-other-datum")


def test_a_line_among_polygons(tmp_path):
    path = tmp_path / "a.geojson"
    shapes = [
        shapely.Polygon(SQUARE),
        shapely.LineString([(107.7, 29.3), (107.8, 29.4)]),
        shapely.GeometryCollection([shapely.Polygon(box(107.8, 29.4)), shapely.Point(107.8, 29.4)]),
    ]
    frame = gpd.GeoDataFrame({"JCBH": ["A", "B", "C"]}, geometry=shapes, crs=4326)
    pyogrio.write_dataframe(frame, path, driver="GeoJSON")
    intake = read(path)
    assert list(intake.frame["patch_no"]) == ["A", "C"]
    assert found(intake, "geometry-not-polygon").subjects == ("B",)
    assert found(intake, "geometry-mixed-parts").subjects == ("C",)


def test_a_tiny_patch_is_kept(tmp_path):
    intake = read(write_shapefile(tmp_path / "a", [[box(107.8, 29.4, 5e-6)]], patch_dbf()))
    assert found(intake, "geometry-tiny").subjects == (FIRST,)
    assert 0 < intake.frame["area_m2"][0] < 1


def test_no_type_and_an_odd_date(tmp_path):
    dbf = Dbf([(b"JCBH", "C", 30, 0), (b"QSX", "C", 30, 0)]).add(FIRST.encode(), "去年".encode("gbk"))
    intake = read(write_shapefile(tmp_path / "a", [[SQUARE]], dbf))
    assert "都未查明" in found(intake, "patch-type-missing").message
    assert intake.frame["kind"][0] == ""
    assert "去年" in found(intake, "date-unreadable").message
    assert intake.frame["date_before"][0] == "去年"


@pytest.mark.parametrize("role", [Role.TOWNSHIP])
def test_a_layer_partly_outside_and_without_codes(tmp_path, role):
    frame = gpd.GeoDataFrame(
        {"名称": ["甲", "乙"]},
        geometry=[shapely.Polygon(SQUARE), shapely.Polygon(box(116.0, 39.0))],
        crs=4490,
    )
    pyogrio.write_dataframe(frame, tmp_path / "a.gpkg")
    options = LayerOptions(district=DISTRICT)
    intake = read_base_layer(str(tmp_path / "a.gpkg"), role, options, Progress())
    assert found(intake, "outside-district-layer").subjects == ()
    assert found(intake, "township-code-missing")


def test_a_ring_record_that_runs_over_is_unreadable_not_fatal(tmp_path):
    path = write_shapefile(tmp_path / "a", [[SQUARE], [box(107.8, 29.4)]], patch_dbf(2))
    content = bytearray(path.read_bytes())
    struct.pack_into("<i", content, 100 + 8 + 40, 10**6)  # number of points of the first polygon
    path.write_bytes(content)
    intake = read(path)
    assert list(intake.frame["patch_no"]) == [SECOND]
    assert {finding.code for finding in intake.findings} & {"geometry-missing", "geometry-unreadable"}
