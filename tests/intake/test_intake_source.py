"""Where data come from: odd names, missing parts, formats, archives, locks; originals stay as they are."""

from __future__ import annotations

import io
import math
import os
import sqlite3
import zipfile
from hashlib import sha256
from pathlib import Path, PurePosixPath, PureWindowsPath

import geopandas as gpd
import pyogrio
import pytest
import shapely
from intake_files import DISTRICT, PRJ_4490, SQUARE, SQUARE_M2, box, patch_dbf, snapshot, write_shapefile
from osgeo import gdal

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.fingerprint import of_folder
from weipian_plugin.intake.patches import PatchOptions, read_patches
from weipian_plugin.intake.shapefile_parts import is_same_set
from weipian_plugin.intake.source import open_source, parse_source

NUMBER = "500156SJBG21210001"


def read(source, **options):
    return read_patches(str(source), PatchOptions(**({"district": DISTRICT} | options)), Progress())


def codes(intake):
    return [finding.code for finding in intake.findings]


def frame(**columns):
    data = {"JCBH": [NUMBER], "XMC": ["武隆区"]} | columns
    return gpd.GeoDataFrame(data, geometry=[shapely.Polygon(SQUARE)], crs=4490)


def assert_square(intake):
    assert list(intake.frame["patch_no"]) == [NUMBER]
    assert intake.frame["area_m2"][0] == pytest.approx(SQUARE_M2, abs=0.01)


@pytest.mark.parametrize(
    "name",
    [
        "2026年上半年新增建设线索处置(1548个)0066910266358979",
        "图斑（示例）［全角］",
        "a b  c",
        "with!exclamation",
        "semi;colon",
        "hash#percent%20",
        "quote'single",
        "x" * 180,
    ],
)
def test_odd_names(tmp_path, name):
    path = write_shapefile(tmp_path / name, [[SQUARE]], patch_dbf())
    before = snapshot(tmp_path)
    assert_square(read(path))
    assert snapshot(tmp_path) == before


def test_a_deep_folder(tmp_path):
    folder = tmp_path.joinpath(*["很长的文件夹名称（示例）"] * 6)
    folder.mkdir(parents=True)
    path = write_shapefile(folder / "图斑", [[SQUARE]], patch_dbf())
    assert len(str(path).encode()) > 240
    assert_square(read(path))


def test_suffixes_in_capitals(tmp_path):
    path = write_shapefile(tmp_path / "A", [[SQUARE]], patch_dbf())
    for part in tmp_path.iterdir():
        part.rename(part.with_suffix(part.suffix.upper() if part.suffix != ".dbf" else ".Dbf"))
    assert_square(read(path.with_suffix(".SHP")))


@pytest.mark.parametrize("suffix", [".dbf", ".shx", ".prj"])
def test_any_part_may_be_chosen(tmp_path, suffix):
    path = write_shapefile(tmp_path / "a", [[SQUARE]], patch_dbf())
    assert_square(read(path.with_suffix(suffix)))


def test_the_folder_may_be_chosen(tmp_path):
    write_shapefile(tmp_path / "a", [[SQUARE]], patch_dbf())
    assert_square(read(tmp_path))
    write_shapefile(tmp_path / "b", [[SQUARE]], patch_dbf())
    with pytest.raises(WeipianError, match="有多个 shapefile（a.shp、b.shp）"):
        read(tmp_path)


@pytest.mark.parametrize("loss", ["missing", "short", "points beyond the end"])
def test_a_lost_index_is_rebuilt_elsewhere(tmp_path, loss):
    path = write_shapefile(tmp_path / "a", [[SQUARE], None, [box(107.8, 29.4)]], patch_dbf(3))
    index = path.with_suffix(".shx")
    if loss == "missing":
        index.unlink()
    else:
        content = index.read_bytes()
        index.write_bytes(content[:-3] if loss == "short" else content[:-8] + b"\x7f\xff\xff\x00\0\0\0\x20")
    before = snapshot(tmp_path)
    intake = read(path)
    assert list(intake.frame["patch_no"]) == [NUMBER, "500156SJBG21210003"]
    assert codes(intake)[0] == "index-rebuilt"
    assert snapshot(tmp_path) == before


def remove(suffix):
    return lambda path: path.with_suffix(suffix).unlink()


def cut(suffix, count):
    def fault(path):
        part = path.with_suffix(suffix)
        part.write_bytes(part.read_bytes()[:-count])

    return fault


def overwrite(suffix, content):
    return lambda path: path.with_suffix(suffix).write_bytes(content)


FAULTS = {
    "no dbf": (remove(".dbf"), "缺少属性文件 a.dbf"),
    "dbf cut short": (cut(".dbf", 60), "属性表 a.dbf 不完整"),
    "dbf of a few bytes": (overwrite(".dbf", b"\x03abc"), "属性表 a.dbf 不完整"),
    "dbf of zeros": (overwrite(".dbf", bytes(400)), "表头已损坏"),
    "dbf of another file": (
        lambda p: p.with_suffix(".dbf").write_bytes(patch_dbf(3).content()),
        "不是同一套",
    ),
    "shp cut short": (cut(".shp", 20), "a.shp 不完整：应有"),
    "shp empty": (overwrite(".shp", b""), "不是 shapefile"),
    "shp that is none": (overwrite(".shp", b"hello " * 100), "不是 shapefile"),
    "no shp": (remove(".shp"), "找不到"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_broken_shapefiles_are_refused(tmp_path, name):
    fault, words = FAULTS[name]
    path = write_shapefile(tmp_path / "a", [[SQUARE]], patch_dbf())
    fault(path)
    before = snapshot(tmp_path)
    with pytest.raises(WeipianError, match=words) as refusal:
        read(path)
    assert str(refusal.value).endswith("。")
    assert snapshot(tmp_path) == before


def test_a_layer_of_points_is_refused(tmp_path):
    path = write_shapefile(tmp_path / "a", [[SQUARE]], patch_dbf())
    content = bytearray(path.read_bytes())
    content[32] = 1
    path.write_bytes(content)
    with pytest.raises(WeipianError, match="是点图层，不是面图层"):
        read(path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"PK", "不认识 a.xlsx 的格式"),
        ("a.gpkg", b"no database", "不是GeoPackage"),
        ("a.zip", b"Rar!", "不是 zip 压缩包"),
        ("a.zip", b"PK\x03\x04 broken", "已损坏或有密码"),
        ("a.geojson", b"<xml/>", "不是 GeoJSON"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [', "读不出来"),
        ("a.db", b"SQLite format 3\x00" + bytes(84), "读不出来"),
        ("a.mdb", b"\x00\x01\x00\x00Standard Jet DB", "不能直接读取个人地理数据库"),
        ("a.dbf", b"", "缺少图形文件 a.shp"),
    ],
)
def test_other_things_are_refused(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(WeipianError, match=words):
        read(tmp_path / name)


@pytest.mark.parametrize("is_built_with_odbc", [True, False])
def test_a_personal_gdb_on_a_machine_without_the_driver_of_access(tmp_path, monkeypatch, is_built_with_odbc):
    """Built with ODBC, as here and in the installer for Windows, GDAL fails when it opens the file."""
    assert gdal.GetDriverByName("PGeo") is not None
    if not is_built_with_odbc:
        monkeypatch.setattr(gdal, "GetDriverByName", lambda _name: None)
    (tmp_path / "a.mdb").write_bytes(b"\x00\x01\x00\x00Standard Jet DB")
    with pytest.raises(WeipianError, match="^本机不能直接读取个人地理数据库（a.mdb），请在 ArcGIS 里导出为"):
        read(tmp_path / "a.mdb")


@pytest.mark.parametrize("text", ["", "   ", "/nowhere/at/all.shp", "C:\\没有\\图斑.shp", "\0", "x" * 5000])
def test_wrong_paths(text):
    with pytest.raises(WeipianError, match="找不到|没有指定|不能使用"):
        read(text)


def test_a_file_without_read_permission(tmp_path):
    path = write_shapefile(tmp_path / "a", [[SQUARE]], patch_dbf())
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root reads everything")
    with pytest.raises(WeipianError, match="正被其他程序占用，或没有读取权限"):
        read(path)


def test_geopackage_with_layer_name(tmp_path):
    path = tmp_path / "数据.gpkg"
    pyogrio.write_dataframe(frame(), path, layer="图斑")
    pyogrio.write_dataframe(frame().drop(columns="JCBH"), path, layer="范围", append=True)
    assert_square(read(f"{path}|layername=图斑"))
    intake = read(path)  # only one of the layers has patch numbers
    assert_square(intake)
    assert "layer-chosen" in codes(intake)
    with pytest.raises(WeipianError, match="没有面图层“别的”，现有的面图层是：图斑、范围"):
        read(f"{path}|layername=别的")
    pyogrio.write_dataframe(frame(), path, layer="图斑2", append=True)
    with pytest.raises(WeipianError, match="有多个面图层（图斑、范围、图斑2）"):
        read(path)


def test_a_filter_is_not_silently_dropped(tmp_path):
    path = tmp_path / "a.gpkg"
    pyogrio.write_dataframe(frame(), path)
    with pytest.raises(WeipianError, match="subset"):
        read(f"{path}|subset=\"XMC\" = '武隆区'")


def test_a_geopackage_in_use_leaves_no_trace(tmp_path):
    path = tmp_path / "a.gpkg"
    pyogrio.write_dataframe(frame(), path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE other (x)")
    connection.commit()
    before = set(snapshot(tmp_path))
    assert_square(read(path))
    assert set(snapshot(tmp_path)) == before
    connection.close()


def test_file_geodatabase(tmp_path):
    path = tmp_path / "数据.gdb"
    pyogrio.write_dataframe(frame(), path, driver="OpenFileGDB", layer="JCTB")
    assert_square(read(path))
    assert_square(read(f"{path}|layername=jctb"))


@pytest.mark.parametrize(("driver", "name"), [("OpenFileGDB", "c.gdb"), ("GPKG", "c.gpkg")])
def test_curves(tmp_path, driver, name):
    ogr, osr = pytest.importorskip("osgeo.ogr"), pytest.importorskip("osgeo.osr")
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4490)
    data = ogr.GetDriverByName(driver).CreateDataSource(str(tmp_path / name))
    layer = data.CreateLayer("JCTB", reference, ogr.wkbCurvePolygon)
    layer.CreateField(ogr.FieldDefn("JCBH"))
    feature = ogr.Feature(layer.GetLayerDefn())
    feature["JCBH"] = NUMBER
    circle = "CIRCULARSTRING (107.70 29.30, 107.705 29.305, 107.71 29.30, 107.705 29.295, 107.70 29.30)"
    feature.SetGeometry(ogr.CreateGeometryFromWkt(f"CURVEPOLYGON ({circle})"))
    layer.CreateFeature(feature)
    feature = layer = data = None
    intake = read(tmp_path / name)
    assert intake.frame.geometry[0].area == pytest.approx(math.pi * 0.005**2, rel=2e-6)


def test_geojson(tmp_path):
    path = tmp_path / "a.geojson"
    pyogrio.write_dataframe(frame().set_crs(4326, allow_override=True), path, driver="GeoJSON")
    intake = read(path)
    assert_square(intake)
    assert "crs-wgs84" in codes(intake)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert_square(read(path))


def test_the_fingerprint_is_of_the_content(tmp_path):
    (tmp_path / "x").mkdir()
    first = write_shapefile(tmp_path / "x" / "a", [[SQUARE]], patch_dbf())
    second = write_shapefile(tmp_path / "b", [[SQUARE]], patch_dbf())
    archive = zipped(tmp_path / "c.zip", first, "某目录/任务")
    hashes = {read(path).decisions.sha256 for path in (first, second, archive)}
    assert len(hashes) == 1
    second.with_suffix(".shx").unlink()
    assert read(second).decisions.sha256 in hashes
    other = write_shapefile(tmp_path / "d", [[box(107.8, 29.4)]], patch_dbf())
    assert read(other).decisions.sha256 not in hashes


def test_a_geodatabase_is_known_by_the_order_of_the_letters_of_its_files(tmp_path):
    """Paths sort in another order on Windows, where case is nothing."""
    contents = {"a1.TablesByName.atx": b"1", "a1.gdbtable": b"22", "x.lock": b"9"}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    expected = sha256(b"a1.TablesByName.atx:1\n1a1.gdbtable:2\n22").hexdigest()
    assert of_folder(tmp_path, Progress()) == (expected, 3)


def test_windows_finds_the_parts_whatever_the_case_of_their_names():
    one, other = "d:/下发/DLTB.dbf", "D:/下发/dltb.SHP"
    assert is_same_set(PureWindowsPath(one), PureWindowsPath(other))
    assert not is_same_set(PurePosixPath("DLTB.dbf"), PurePosixPath("dltb.shp"))


def zipped(target: Path, shp: Path, stem: str, skip: str = "") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for suffix in (".shp", ".shx", ".dbf", ".prj"):
            if suffix != skip:
                archive.write(shp.with_suffix(suffix), f"{stem}{suffix}")
    return target


@pytest.fixture
def shp(tmp_path):
    (tmp_path / "original").mkdir()
    return write_shapefile(tmp_path / "original" / "a", [[SQUARE]], patch_dbf())


@pytest.mark.parametrize("stem", ["a", "2021年(1个)/图斑 1", "__MACOSX_not/a"])
def test_zip(tmp_path, shp, stem):
    assert_square(read(zipped(tmp_path / "压缩 包（1）.zip", shp, stem)))


def test_zip_with_names_in_gbk(tmp_path, shp):
    path = zipped(tmp_path / "a.zip", shp, "abcd")
    content = path.read_bytes().replace(b"abcd.", "图斑".encode("gbk") + b".")
    path.write_bytes(content)
    assert_square(read(path))
    assert_square(read(f"{path}|layername=图斑"))
    assert_square(read(f"/vsizip/{path}/图斑.shp"))


def test_zip_with_several_shapefiles(tmp_path, shp):
    path = zipped(tmp_path / "a.zip", shp, "图斑")
    with zipfile.ZipFile(path, "a") as archive:
        for suffix in (".shp", ".shx", ".dbf", ".prj"):
            archive.write(shp.with_suffix(suffix), f"底图{suffix}")
    with pytest.raises(WeipianError, match=r"有多份数据（图斑.shp、底图.shp）"):
        read(path)
    assert_square(read(f"{path}|layername=图斑"))


def test_zip_of_geopackage_and_geodatabase(tmp_path):
    pyogrio.write_dataframe(frame(), tmp_path / "a.gpkg", layer="图斑")
    pyogrio.write_dataframe(frame(), tmp_path / "b.gdb", driver="OpenFileGDB", layer="JCTB")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "a.gpkg", "目录/a.gpkg")
    assert_square(read(tmp_path / "a.zip"))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        for file in (tmp_path / "b.gdb").iterdir():
            archive.write(file, f"x/b.gdb/{file.name}")
    assert_square(read(f"{tmp_path / 'b.zip'}|layername=JCTB"))


@pytest.mark.parametrize("name", ["../../evil", "/etc/evil", "C:\\evil", "a/../../evil"])
def test_a_zip_cannot_write_outside(tmp_path, shp, name):
    inner = tmp_path / "inner"
    inner.mkdir()
    path = inner / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for suffix in (".shp", ".shx", ".dbf", ".prj"):
            archive.writestr(f"{name}{suffix}", shp.with_suffix(suffix).read_bytes())
    before = snapshot(tmp_path)
    assert_square(read(path))
    assert snapshot(tmp_path) == before
    assert not Path("/etc/evil.shp").exists()


def test_a_zip_bomb_is_refused(tmp_path, shp):
    path = zipped(tmp_path / "a.zip", shp, "a", skip=".dbf")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("a.dbf", "w") as member:
        for _ in range(80):
            member.write(bytes(1 << 20))
    with pytest.raises(WeipianError, match="压缩率异常"):
        read(path)


def test_a_zip_that_lies_about_sizes_is_refused(tmp_path, shp):
    path = zipped(tmp_path / "a.zip", shp, "a")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] + content[len(content) // 2 + 10 :])
    with pytest.raises(WeipianError, match="压缩包"):
        read(path)


def test_an_encrypted_zip_is_refused(tmp_path, shp):
    path = zipped(tmp_path / "a.zip", shp, "a")
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(WeipianError, match="有密码"):
        read(path)


def test_a_zip_without_data(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("说明.docx", b"x")
    (tmp_path / "a.zip").write_bytes(buffer.getvalue())
    with pytest.raises(WeipianError, match="里没有 shapefile"):
        read(tmp_path / "a.zip")


def cloud(path, outline, table="JCTB"):
    connection = sqlite3.connect(path)
    connection.execute(
        f"CREATE TABLE {table} (JCBH TEXT, TBLX TEXT, XZQDM TEXT, XMC TEXT, JCMJ REAL, QSX TEXT, TBFW TEXT)"
    )
    row = (NUMBER, "CK", "500156", "武隆区", SQUARE_M2 * 3 / 2000, "20210101", outline)
    connection.execute(f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    connection.commit()
    connection.close()
    return path


@pytest.mark.parametrize("front", ["", "SRID=4490;"])
def test_cloud_package(tmp_path, front):
    path = cloud(tmp_path / "500156武隆区.db", front + shapely.Polygon(SQUARE).wkt)
    before = snapshot(tmp_path)
    intake = read(path)
    assert_square(intake)
    assert intake.decisions.area_unit == "亩"
    assert intake.frame["kind"][0] == "矿产"
    assert ("crs-guessed" in codes(intake)) is not bool(front)
    assert "TBFW" not in intake.frame["attributes"][0]
    assert snapshot(tmp_path) == before


def test_cloud_package_with_a_broken_outline(tmp_path):
    path = cloud(tmp_path / "a.db", shapely.Polygon(SQUARE).wkt)
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO JCTB (JCBH, TBFW) VALUES ('X2', 'POLYGON((1 2, 3'), ('X3', NULL)")
    connection.commit()
    connection.close()
    intake = read(path)
    assert_square(intake)
    subjects = {finding.code: finding.subjects for finding in intake.findings}
    assert subjects["geometry-unreadable"] == ("X2",)
    assert subjects["geometry-missing"] == ("X3",)


def test_another_database_is_refused(tmp_path):
    with pytest.raises(WeipianError, match="没有表 JCTB"):
        read(cloud(tmp_path / "a.db", "", table="ABC"))


def test_temporary_copies_are_removed(tmp_path, shp):
    path = zipped(tmp_path / "a.zip", shp, "a")
    with open_source(str(path), Progress()) as source:
        data = source.data
        assert data.exists()
    assert not data.parent.exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/a/b.gpkg|layername=图斑", ("/a/b.gpkg", "图斑")),
        ('"/a/b c.shp"', ("/a/b c.shp", "")),
        ("/a/b.shp|option:ENCODING=CP936", ("/a/b.shp", "")),
        ("/a/b.gpkg|layername=a|geometrytype=Polygon", ("/a/b.gpkg", "a")),
    ],
)
def test_sources_as_written(text, expected):
    path, layer = parse_source(text)
    assert (path.as_posix(), layer) == expected


def test_unused_label(tmp_path):
    # A .prj of another shapefile beside it is not taken.
    write_shapefile(tmp_path / "a", [[SQUARE]], patch_dbf(), prj_text=None)
    (tmp_path / "b.prj").write_text(PRJ_4490)
    assert "crs-guessed" in codes(read(tmp_path / "a.shp"))
