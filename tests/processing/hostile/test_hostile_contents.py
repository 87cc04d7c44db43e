"""Files that are what they claim, with contents that would do harm elsewhere."""

from __future__ import annotations

import io
import re
import sqlite3
import stat
import zipfile
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest
from hostile_desk import AUGUST, GOOD, TABLES, write_table
from hostile_watch import assert_refused_in_one_sentence, leftovers, snapshot
from openpyxl.cell import MergedCell
from processing_runs import rows
from shapely.geometry import Polygon
from test_hostile_texts import CODE, assert_only_text

SHORT = {key: text for key, text in CODE.items() if key != "long"}
YAML_READ = [
    (name, parameter)
    for name, values in GOOD.items()
    for parameter, value in values.items()
    if str(value).endswith(".yaml")
]
TABLE_READ = [
    (name, str(values["INPUT"]))
    for name, values in GOOD.items()
    if str(values.get("INPUT")).endswith(".xlsx")
]
VECTOR_READ = ("importbase", "importpatches", "month", "split")
YAMLS = {
    "deep-lists": "a: " + "[" * 20000,
    "deep-groups": "\n".join("  " * level + "a:" for level in range(300)) + " 1",
    "object-tag": "title: !!python/object/apply:os.system ['touch /tmp/weipian-owned']",
    "object-new": "!!python/object/new:os.system ['touch /tmp/weipian-owned']",
    "name-tag": "title: !!python/name:os.system",
    "aliases": "a: &a [x, x]\n"
    + "\n".join(f"{c}: &{c} [*{b}, *{b}]" for b, c in zip("abcdefgh", "bcdefghi", strict=False)),
    "merge": "base: &b {x: 1}\nother:\n  <<: *b",
    "two-documents": "title: 甲\n---\ntitle: 乙",
    "binary": "title: !!binary aGVsbG8=",
    "not-a-group": "- 甲\n- 乙",
    "huge-number": "title: " + "9" * 5000,
    "control": "title: 甲\x07乙",
}


@pytest.mark.parametrize("text", YAMLS)
@pytest.mark.parametrize(("name", "parameter"), YAML_READ)
def test_yaml_that_is_more_than_text(desk, hall, tmp_path, name, parameter, text):
    bad = tmp_path / "坏.yaml"
    bad.write_text(YAMLS[text], encoding="utf-8")
    before = snapshot(hall)
    given = {"REPORT": str(tmp_path / "检查.html")} if name == "checkplan" else {}
    done = desk.run(name, **{parameter: str(bad)}, **given)
    assert snapshot(hall) == before
    assert not Path("/tmp/weipian-owned").exists()
    if name == "checkplan" and done.ok:
        assert done.outputs["FAILED"] >= 1
    else:
        assert_refused_in_one_sentence(done, bad, bad.name)


@pytest.mark.parametrize("added", ["duplicate", "later-version"])
@pytest.mark.parametrize(("name", "parameter"), YAML_READ)
def test_good_yaml_with_a_line_too_many(desk, hall, tmp_path, name, parameter, added):
    """A key written twice, of which YAML takes the last, and one that a later version may know."""
    good = desk.file(str(GOOD[name][parameter])).read_text(encoding="utf-8")
    first = re.search(r"(?m)^(\w+):", good)[1]
    key = first if added == "duplicate" else "plan_format"
    bad = tmp_path / "多一行.yaml"
    bad.write_text(f"{good}\n{key}: 甲\n", encoding="utf-8")
    before = snapshot(hall)
    given = {"REPORT": str(tmp_path / "检查.html")} if name == "checkplan" else {}
    done = desk.run(name, **{parameter: str(bad)}, **given)
    assert snapshot(hall) == before
    if name == "checkplan":
        assert done.outputs["FAILED"] == 1
    else:
        assert_refused_in_one_sentence(done, bad, bad.name)
        assert f"“{key}”" in done.errors[0]


BESIDE = {"节假日.yaml": "deadlines", "上报自查.yaml": "precheck"}


@pytest.mark.parametrize("text", YAMLS)
@pytest.mark.parametrize("file", BESIDE)
def test_files_of_the_office_beside_the_workspace(desk, tmp_path, file, text):
    here = desk.copy_to(tmp_path / "桌面")
    (here.folder / file).write_text(YAMLS[text], encoding="utf-8")
    before = snapshot(here.folder)
    done = here.run(BESIDE[file])
    assert snapshot(here.folder) == before
    assert not Path("/tmp/weipian-owned").exists()
    assert_refused_in_one_sentence(done)


BOMB = (
    '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
)


def rewritten(good: Path, bad: Path, change) -> Path:
    """Copy a workbook with its parts changed by `change(name, content)`."""
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return bad


def with_bomb(name: str, content: bytes) -> bytes:
    if name != "xl/workbook.xml":
        return content
    declaration, _, rest = (
        content.decode().partition("?>") if content.startswith(b"<?xml") else ("", "", content.decode())
    )
    return f"{declaration}{'?>' if declaration else ''}{BOMB}{rest}".encode()


def with_zeros(name: str, content: bytes) -> bytes:
    return content + b" " * (30 << 20) if name == "xl/workbook.xml" else content


def with_empty_rows(name: str, content: bytes) -> bytes:
    """Half a million rows of nothing in 3 MB, packed into 3 KB."""
    if not name.startswith("xl/worksheets/sheet"):
        return content
    return content.replace(b"</sheetData>", b"<row/>" * 500_000 + b"</sheetData>")


REWRITES = {"entities": with_bomb, "zip-bomb": with_zeros, "empty-rows": with_empty_rows}
LIES = {"size-too-small": (24, 10), "size-too-large": (24, 0x7FFFFFFF), "wrong-sum": (16, 1)}
"""Where the directory at the end of a zip says something else of its first part than is true, and what."""
BOMBS = [*REWRITES, *LIES, "macro"]


def lying(good: Path, bad: Path, at: int, value: int) -> None:
    content = bytearray(good.read_bytes())
    entry = content.index(b"PK\x01\x02")
    content[entry + at : entry + at + 4] = value.to_bytes(4, "little")
    bad.write_bytes(content)


@pytest.mark.parametrize("kind", BOMBS)
@pytest.mark.parametrize(("name", "value"), TABLE_READ)
def test_workbooks_that_are_bombs(desk, hall, bombs, name, value, kind):
    bad = bombs(desk.file(value), kind)
    before = snapshot(hall)
    done = desk.run(name, INPUT=str(bad))
    assert snapshot(hall) == before
    assert_refused_in_one_sentence(done, bad, bad.name)


@pytest.fixture(scope="module")
def bombs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("炸弹")

    def make(good: Path, kind: str) -> Path:
        """Make one of each kind, that it is no table of this algorithm comes after."""
        bad = folder / f"{kind}.xlsx"
        if not bad.exists():
            if kind in LIES:
                lying(good, bad, *LIES[kind])
            else:
                rewritten(good, bad, REWRITES.get(kind, lambda _, text: text))
            if kind == "macro":
                with zipfile.ZipFile(bad, "a") as archive:
                    archive.writestr("xl/vbaProject.bin", b"macro")
        return bad

    return make


def with_links(name: str, content: bytes) -> bytes:
    """A link to another file, and a row whose cell would start a program."""
    if name == "xl/_rels/workbook.xml.rels":
        kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
        link = b'<Relationship Id="rX" Type="%b" Target="file:///etc/passwd" TargetMode="External"/>' % kind
        return content.replace(b"</Relationships>", link + b"</Relationships>")
    if name.startswith("xl/worksheets/sheet"):
        cell = b"<c r=\"A999\"><f>cmd|'/C calc'!A0</f><v>1</v></c>"
        return content.replace(b"</sheetData>", b'<row r="999">' + cell + b"</row></sheetData>")
    return content


def test_workbooks_with_links_and_programs_in_formulas(desk, tmp_path):
    """No link is followed and no formula worked out: the good row is recorded, the other refused."""
    here = desk.copy_to(tmp_path / "桌面")
    bad = rewritten(here.file("@判定表.xlsx"), here.folder / "链接.xlsx", with_links)
    done = here.run("determine", INPUT=str(bad))
    assert (done.outputs["RECORDED"], done.outputs["REJECTED"]) == (1, 1)
    assert "passwd" not in Path(done.outputs["REPORT"]).read_text(encoding="utf-8")
    assert_only_text(Path(done.outputs["REPORT"]))


@pytest.mark.parametrize("code", SHORT)
@pytest.mark.parametrize(("name", "value"), [row for row in TABLE_READ if row[0] != "importfeedback"])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_tables_full_of_code(desk, tmp_path, name, value, code, suffix):
    """Every cell of a row is code, in a workbook a real formula: rows are refused or recorded as text."""
    here = desk.copy_to(tmp_path / "桌面")
    stem = Path(value[1:]).stem
    head, row = TABLES[stem]
    lines = [head, [row[0], *[CODE[code]] * (len(row) - 1)], [CODE[code], *row[1:]]]
    bad = here.folder / f"代码{suffix}"
    if suffix == ".csv":
        import csv

        with bad.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(lines)
    else:
        write_table(bad, lines)
    patches = rows(here.folder / "工作库.gpkg", "SELECT count(*) FROM patch")
    done = here.run(name, INPUT=str(bad))
    assert done.ok, done.log
    assert done.outputs["REJECTED"] >= 1
    assert rows(here.folder / "工作库.gpkg", "SELECT count(*) FROM patch") == patches
    after = snapshot(here.folder)
    assert not leftovers(after)
    for path in map(Path, after.keys() - {str(bad)}):
        assert_only_text(path)


@pytest.mark.parametrize("code", SHORT)
def test_returned_workbooks_full_of_code(desk, tmp_path, code):
    """Every cell that the city may fill in is code: formulas are taken for nothing, words for words."""
    here, text = desk.copy_to(tmp_path / "桌面"), SHORT[code]
    bad = here.folder / "反馈.xlsx"
    written = fill_in(bad, text)
    assert written > 20
    work = here.folder / "工作库.gpkg"
    judged = "SELECT DISTINCT patch_no, result, category FROM determination"
    before = rows(work, judged)
    done = here.run("importfeedback")
    assert done.ok, done.log
    assert done.outputs["CONFLICTS"] >= 1
    assert rows(work, judged) == before
    noted = {row[0] for row in rows(work, "SELECT text FROM patch_note")}
    words = set() if text.startswith("=") else {text.lstrip("'")}
    assert words <= noted <= words | {"市级备注"}
    assert rows(work, "SELECT count(*) FROM patch") == [(7,)]
    after = snapshot(here.folder)
    assert not leftovers(after)
    for path in map(Path, after.keys() - {str(bad)}):
        assert_only_text(path)


def fill_in(path: Path, text: str) -> int:
    """Write a text into every empty cell of the tables of a returned workbook; return into how many."""
    book, written = openpyxl.load_workbook(path), 0
    for sheet in (sheet for sheet in book if sheet.sheet_state == "visible"):
        for row in sheet.iter_rows():
            if any(str(cell.value).startswith("500156TEST") for cell in row):
                for cell in row:
                    if cell.value is None and not isinstance(cell, MergedCell):
                        cell.value = text
                        written += 1
    book.save(path)
    return written


def issued(folder: Path, name: str, text: str, numbers: list[str]) -> Path:
    """Write issued patches whose number, fields and texts are the given ones."""
    rings = list(AUGUST.values())
    frame = gpd.GeoDataFrame(
        {
            "JCBH": numbers,
            "XZQDM": "500156",
            "TBLX": "20",
            "QSX": "202101",
            "HSX": "202106",
            "BZ": text,
            f"F{text[:20]}": "甲",
            "geometry": [Polygon(ring) for ring in rings],
        },
        crs=4490,
    )
    path = folder / f"{name}.gpkg"
    frame.to_file(path, layer=f"图斑 {text[:30]}")
    return path


@pytest.mark.parametrize("code", SHORT)
def test_code_in_patch_numbers_layer_names_and_field_names(desk, tmp_path, code):
    """The whole month with them: every text comes out as text, on paper and in the tables."""
    here, text = desk.copy_to(tmp_path / "桌面"), SHORT[code]
    source = issued(tmp_path, "八月", text, [f"500156{text}", "500156TEST21000012"])
    layer = gpd.list_layers(source)["name"][0]
    done = here.run("month", INPUT=f"{source}|layername={layer}", BATCH=text)
    if not done.ok:
        assert_refused_in_one_sentence(done, source, text, layer)
        return
    work = here.folder / "工作库.gpkg"
    assert rows(work, "SELECT count(*) FROM patch WHERE batch_id = 2") == [(2,)]
    for name in (
        "precheck",
        "propose",
        "dutysheets",
        "dispatch",
        "deadlines",
        "statistics",
        "letter",
        "verify",
    ):
        given = {"PATCHES": ""} if name == "dutysheets" else {}
        following = here.run(name, **given)
        assert following.ok, f"{name}: {following.log}"
    after = snapshot(here.folder)
    assert not leftovers(after)
    for path in map(Path, after):
        assert_only_text(path)


@pytest.mark.parametrize("name", VECTOR_READ)
def test_a_view_is_no_layer(desk, hall, tmp_path, name):
    """A view is a query that the file brings along; this one ends, others would not."""
    bad = tmp_path / "视图.gpkg"
    gpd.GeoDataFrame({"JCBH": ["甲"]}, geometry=[Polygon(AUGUST["500156TEST21000011"])], crs=4490).to_file(
        bad, layer="表"
    )
    with closing(sqlite3.connect(bad)) as connection:
        connection.execute("CREATE VIEW v AS SELECT fid, geom, JCBH FROM 表")
        for register in ("gpkg_contents", "gpkg_geometry_columns"):
            connection.execute(f"UPDATE {register} SET table_name = 'v'")
        connection.commit()
    before = snapshot(hall)
    done = desk.run(name, INPUT=str(bad), ENCODING=None)
    assert snapshot(hall) == before
    assert_refused_in_one_sentence(done, bad, bad.name)
    assert "视图" in done.errors[0]


def zipped(bad: Path, members: dict[str, Path | bytes], links: dict[str, str] = {}) -> Path:  # noqa: B006
    with zipfile.ZipFile(bad, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content if isinstance(content, bytes) else content.read_bytes())
        for name, target in links.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, target)
    return bad


def shapefile_members(good: Path, prefix: str) -> dict[str, Path | bytes]:
    return {f"{prefix}{part.name}": part for part in good.parent.glob(f"{good.stem}.*")}


ZIPS = {
    "slip": lambda good: (shapefile_members(good, "../../../"), {}),
    "absolute": lambda good: (shapefile_members(good, "/tmp/weipian-owned/"), {}),
    "drive": lambda good: (shapefile_members(good, "C:\\Windows\\"), {}),
}
BAD_ZIPS = {
    "link": lambda good: (
        {},
        {"八月.shp": "/etc/passwd", "八月.dbf": "/etc/passwd", "八月.shx": "/etc/passwd"},
    ),
    "link-folder": lambda good: ({"a/八月.dbf": b"x"}, {"a": "/etc", "a/八月.shp": "../../etc/passwd"}),
    "in-itself": lambda good: ({"内.zip": zip_in_zip(good)}, {}),
    "nothing": lambda good: ({"说明.txt": b"x"}, {}),
    "bomb": lambda good: ({"八月.shp": bytes(80 << 20), "八月.dbf": b"x"}, {}),
}


def zip_in_zip(good: Path) -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("更里.zip", b"PK\x05\x06" + bytes(18))
    return inner.getvalue()


@pytest.mark.parametrize("kind", [*ZIPS, *BAD_ZIPS])
@pytest.mark.parametrize("name", ["importpatches", "month"])
def test_zips_that_lead_elsewhere(desk, tmp_path, zips, name, kind):
    bad = zips(desk, kind)
    here = desk.copy_to(tmp_path / "桌面")
    before = snapshot(here.folder)
    done = here.run(name, INPUT=str(bad))
    assert not Path("/tmp/weipian-owned").exists()
    if kind in ZIPS:
        assert done.ok, done.log
        assert not leftovers(snapshot(here.folder))
        return
    assert snapshot(here.folder) == before
    assert_refused_in_one_sentence(done, bad, bad.name)


@pytest.fixture(scope="module")
def zips(tmp_path_factory):
    folder = tmp_path_factory.mktemp("压缩包")

    def make(desk, kind: str) -> Path:
        bad = folder / f"{kind}.zip"
        if not bad.exists():
            members, links = (ZIPS | BAD_ZIPS)[kind](desk.folder / "下发" / "八月.shp")
            with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as archive:
                for member, content in members.items():
                    archive.writestr(member, content if isinstance(content, bytes) else content.read_bytes())
                for member, target in links.items():
                    info = zipfile.ZipInfo(member)
                    info.external_attr = (stat.S_IFLNK | 0o777) << 16
                    archive.writestr(info, target)
        return bad

    return make
