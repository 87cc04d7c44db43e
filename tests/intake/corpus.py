"""The corpus of broken inputs: how each is built and what an import must make of it, as one table.

`docs/import_traps.md` lists it; `test_corpus.py` runs every row end to end and holds the list to this table.
"""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely
from intake_files import PRJ_4490, Dbf, box, patch_dbf, prj, project, write_shapefile

NUMBER = "500156SJBG21210001"
HERE = box(107.75, 29.35)
BESIDE = box(107.76, 29.35)
BOW_TIE = [(107.75, 29.35), (107.751, 29.351), (107.751, 29.35), (107.75, 29.351), (107.75, 29.35)]


@dataclass(frozen=True)
class Case:
    """One input: `build(folder)` returns its path; either `refusal` or what is stored of the first patch."""

    trap: str
    """Chinese: what is wrong with it, as the list in docs says."""
    build: Callable[[Path], Path | str]
    codes: tuple[str, ...] = ()
    """The findings, in order."""
    refusal: str = ""
    """Part of the sentence that refuses it."""
    count: int = 1
    first: dict[str, object] = field(default_factory=dict)
    """Stored values of the first patch, beside its number and its place."""
    place: tuple[float, float] | None = (107.7505, 29.3505)
    """Centre of the first patch in degrees."""
    options: dict[str, str] = field(default_factory=dict)


def shapes(*rings, prj_text=PRJ_4490, cpg=None, kind=5, language_byte=0, codec="gbk", **columns):
    """Return a builder of a shapefile with one patch a ring."""

    def build(folder: Path) -> Path:
        given = [[ring] if ring is not None else None for ring in rings or (HERE,)]
        dbf = patch_dbf(len(given), codec, **columns)
        dbf.language_byte = language_byte
        return write_shapefile(folder / "图斑", given, dbf, prj_text, cpg, kind)

    return build


def moved(epsg, label, ring=HERE, swapped=False):
    """Return a builder with the ring in one system and the label of another (None for none)."""
    points = project(ring, epsg) if epsg != 4490 else ring
    text = prj(label) if isinstance(label, int) else label
    return shapes([(y, x) for x, y in points] if swapped else points, prj_text=text)


def table(fields, *rows):
    """Return a builder of a one-ring-a-row shapefile with this dbf."""

    def build(folder: Path) -> Path:
        dbf = Dbf(fields)
        for row in rows:
            dbf.add(*row)
        rings = [[box(107.75 + 0.01 * index, 29.35)] for index in range(len(rows))]
        return write_shapefile(folder / "图斑", rings, dbf)

    return build


def damaged(suffix, change, builder=None):
    """Return a builder that changes the bytes of one part; `change` None removes it."""

    def build(folder: Path) -> Path:
        path = (builder or shapes())(folder)
        part = path.with_suffix(suffix)
        if change is None:
            part.unlink()
        else:
            part.write_bytes(change(part.read_bytes()))
        return path

    return build


def renamed(name):
    """Return a builder of a shapefile of this name."""

    def build(folder: Path) -> Path:
        return write_shapefile(folder / name, [[HERE]], patch_dbf())

    return build


def zipped(prefix="", only=None, twice=False, bomb=False):
    """Return a builder of a zip of a shapefile."""

    def build(folder: Path) -> Path:
        inner = folder / "原件"
        inner.mkdir()
        parts = sorted(shapes()(inner).parent.iterdir())
        path = folder / "下发(1个).zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in parts:
                if only is None or part.suffix in only:
                    content = part.read_bytes()
                    content += bytes(200 << 20) if bomb and part.suffix == ".shp" else b""
                    archive.writestr(f"{prefix}{part.name}", content)
                    if twice:
                        archive.writestr(f"又一份/{part.name}", content)
        return path

    return build


def layers(*names, suffix=".gpkg", field_name="JCBH"):
    """Return a builder of a container with these layers."""

    def build(folder: Path) -> Path:
        path = folder / f"图斑{suffix}"
        frame = gpd.GeoDataFrame({field_name: [NUMBER]}, geometry=[shapely.Polygon(HERE)], crs=4490)
        for name in names:
            driver = {".gpkg": "GPKG", ".gdb": "OpenFileGDB"}[suffix]
            pyogrio.write_dataframe(frame, path, layer=name, append=path.exists(), driver=driver)
        return path

    return build


def cloud(outline):
    """Return a builder of a 国土调查云 package."""

    def build(folder: Path) -> Path:
        path = folder / "500156武隆区.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE JCTB (JCBH TEXT, TBLX TEXT, XZQDM TEXT, JCMJ REAL, TBFW TEXT)")
            connection.execute("INSERT INTO JCTB VALUES (?, '20', '500156', 16.15, ?)", (NUMBER, outline))
            connection.commit()
        return path

    return build


def text(name, content):
    """Return a builder of one file with this content."""

    def build(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return build


def deep(folder: Path) -> Path:
    """Return a shapefile under a path of 240 characters."""
    while len(str(folder)) < 225:
        folder /= "很长的文件夹（示例）"[: max(1, 226 - len(str(folder)) - 1)]
    folder.mkdir(parents=True)
    return write_shapefile(folder / "图斑", [[HERE]], patch_dbf())


def upper(folder: Path) -> Path:
    """Return a shapefile whose suffixes are in capitals."""
    path = shapes()(folder)
    for part in list(folder.iterdir()):
        part.rename(part.with_suffix(part.suffix.upper()))
    return path.with_suffix(".SHP")


JCBH = (b"JCBH", "C", 30, 0)
N = NUMBER.encode()
SERIES = [f"500156SJBG2121{number:04}" for number in range(1, 10)]
NO_FIELDS = ("county-code-missing", "patch-type-missing")

CASES = [
    # encoding
    Case("GBK 字节，没有 .cpg", shapes(XZMC=["仙女山街道"]), first={"town_name": "仙女山街道"}),
    Case(
        "GBK 字节，.cpg 写 UTF-8",
        shapes(XZMC=["仙女山街道"], cpg="UTF-8"),
        ("encoding-relabelled",),
        first={"town_name": "仙女山街道"},
    ),
    Case(
        "GBK 字节，.cpg 写 OEM，语言字节 0x57",
        shapes(XZMC=["仙女山街道"], cpg="OEM", language_byte=0x57),
        first={"town_name": "仙女山街道"},
    ),
    Case(
        "UTF-8 字节，语言字节 0x4D（GBK）",
        shapes(XZMC=["仙女山街道"], codec="utf-8", language_byte=0x4D),
        ("encoding-relabelled",),
        first={"town_name": "仙女山街道"},
    ),
    Case(
        "汉字在字段宽度处截断",
        table([JCBH, (b"XZMC", "C", 5, 0)], (N, "白马镇".encode("gbk"))),
        ("text-cut", *NO_FIELDS),
        first={"town_name": "白马"},
    ),
    Case("字段名在汉字中间截断", table([("监测图斑编号".encode()[:10], "C", 30, 0)], (N,)), NO_FIELDS),
    Case(
        "指定的编码读不通",
        shapes(XZMC=["仙女山街道"]),
        refusal="请把编码改为 GBK",
        options={"encoding": "UTF-8"},
    ),
    # coordinate systems
    Case("没有 .prj，坐标带带号", moved(4524, None), ("crs-guessed",)),
    Case("没有 .prj，坐标不带带号", moved(4545, None), ("crs-guessed",)),
    Case("标明 108E，坐标带带号 36", moved(4524, 4545), ("crs-zone-prefix",)),
    Case("标明 36 带，坐标不带带号", moved(4545, 4524), ("crs-zone-prefix",)),
    Case("标明 35 带，坐标带带号 36", moved(4524, 4523), ("crs-zone-prefix",)),
    Case("标明 105E，数据是 108E", moved(4545, 4544), refusal="按 EPSG:4545 则落在区内"),
    Case("标明 37 带，坐标不带带号", moved(4545, 4525), refusal="全部图形都落在武隆区范围之外"),
    Case("经纬度写反", moved(4490, 4490, swapped=True), ("crs-swapped",)),
    Case("投影坐标写反", moved(4524, 4524, swapped=True), ("crs-swapped",)),
    Case("经纬度标成米", moved(4490, 4545), ("crs-contradiction",)),
    Case("米标成经纬度", moved(4524, 4490), ("crs-contradiction",)),
    Case("WGS84 标签，经纬度", moved(4490, 4326), ("crs-wgs84",)),
    Case("UTM 标签", moved(32648, 32648), refusal="两种读法相差约一公里"),
    Case("没有 .prj，UTM 坐标", moved(32648, None), refusal="可能是 UTM 坐标"),
    Case("西安80 标签", moved(4524, 2360), refusal="西安80（EPSG:2360）"),
    Case("北京54 标签", moved(4490, 4214), refusal="北京54（EPSG:4214）"),
    Case("Web 墨卡托", moved(3857, 3857), refusal="Web 墨卡托"),
    Case("Web 墨卡托坐标，没有 .prj", moved(3857, None), refusal="Web 墨卡托"),
    Case(
        ".prj 残缺，写着西安80",
        moved(4524, 'PROJCS["Xian_1980_3_Degree_GK_Zone_36",GEOGCS['),
        refusal="写着西安80",
    ),
    Case("经纬度乘了 3600", shapes([(x * 3600, y * 3600) for x, y in HERE]), refusal="没有可信的坐标系说明"),
    Case("外地数据", shapes(box(116.3, 39.9)), refusal="全部图形都落在武隆区范围之外"),
    Case("一个图斑在外地", shapes(HERE, box(116.3, 39.9)), ("outside-district",), count=2),
    Case(
        "一个图斑坐标种类不同",
        shapes(HERE, BESIDE, project(box(107.77, 29.35), 4545)),
        ("coordinate-outlier",),
        count=2,
    ),
    # geometry
    Case("领结形自相交", shapes(BOW_TIE), ("geometry-repaired-large",), first={"area_m2": 5381.82}),
    Case("没有闭合的环", shapes(HERE[:-1]), ("geometry-unclosed",), first={"area_m2": 10763.64}),
    Case(
        "重复的节点",
        shapes([HERE[0], HERE[0], *HERE[1:]]),
        ("geometry-repeated-vertices",),
        first={"area_m2": 10763.64},
    ),
    Case("空图形", shapes(HERE, None), ("geometry-missing",)),
    Case(
        "压成一条线的面",
        shapes(HERE, [(107.76, 29.3), (107.77, 29.3), (107.76, 29.3), (107.76, 29.3)]),
        ("geometry-zero-area",),
    ),
    Case("带 Z 值", shapes(kind=15)),
    Case("带 M 值", shapes(kind=25)),
    Case(
        "点图层",
        damaged(".shp", lambda content: content[:32] + b"\x01\0\0\0" + content[36:]),
        refusal="是点图层，不是面图层",
    ),
    # attributes
    Case("没有编号字段", table([(b"NAME", "C", 9, 0)], (b"x",)), refusal="没有图斑编号字段"),
    Case("编号空白", shapes(HERE, BESIDE, JCBH=[NUMBER, " "]), ("patch-no-blank",)),
    Case(
        "编号重复而图形不同",
        shapes(HERE, BESIDE, box(107.77, 29.35), JCBH=[NUMBER, "X", "X"]),
        ("patch-no-duplicate",),
    ),
    Case("一行重复两次", shapes(HERE, HERE, JCBH=[NUMBER, NUMBER]), ("patch-no-same-twice",)),
    Case("编号全角带空格", shapes(JCBH=["５００１５６ SJBG 21210001"]), ("patch-no-cleaned",)),
    Case("类型 1", shapes(TBLX=["1"]), first={"patch_type": "01"}),
    Case("类型不在字典", shapes(TBLX=["ZZ"]), ("patch-type-unknown",), first={"patch_type": "ZZ"}),
    Case(
        "旧区县代码 500232", shapes(XZQDM=["500232"]), ("county-code-old",), first={"county_code": "500156"}
    ),
    Case("区县代码空白", shapes(XZQDM=[""]), ("county-code-missing",), first={"county_code": "500156"}),
    Case("面积是亩", shapes(MJ=["16.15"]), first={"issued_area": 16.15}),
    Case(
        "面积单位混用",
        shapes(HERE, BESIDE, box(107.77, 29.35), MJ=["10763.6", "10763.6", "16.15"]),
        ("area-unit-mixed",),
        count=3,
        first={"issued_area": 10763.6},
    ),
    Case("面积差一成", shapes(MJ=["11840"]), ("area-differs",)),
    Case(
        "日期 2021/3/15、2021年6月5日",
        shapes(QSX=["2021/3/15"], HSX=["2021年6月5日"]),
        first={"date_before": "2021-03-15", "date_after": "2021-06-05"},
    ),
    Case(
        "日期是表格序号",
        shapes(QSX=["44270"], HSX=["44350"]),
        ("date-serial",),
        first={"date_before": "2021-03-15", "date_after": "2021-06-03"},
    ),
    Case("前后时相颠倒", shapes(QSX=["20210601"], HSX=["20210301"]), ("date-order",)),
    Case(
        "拆分图斑没有原图斑",
        shapes(JCBH=[f"{NUMBER}_3"]),
        ("split-without-parent",),
        first={"patch_no": f"{NUMBER}_3", "parent_no": NUMBER},
    ),
    Case("图斑互相重叠", shapes(HERE, box(107.7505, 29.35)), ("patches-overlap",), count=2),
    # sources
    Case("没有 .shx", damaged(".shx", None), ("index-rebuilt",)),
    Case("没有 .dbf", damaged(".dbf", None), refusal="缺少属性文件 图斑.dbf"),
    Case(".shp 截断", damaged(".shp", lambda content: content[:-9]), refusal="图斑.shp 不完整"),
    Case(".dbf 截断", damaged(".dbf", lambda content: content[:-9]), refusal="图斑.dbf 不完整"),
    Case(".shp 空文件", damaged(".shp", lambda _: b""), refusal="不是 shapefile"),
    Case(".dbf 是另一套的", damaged(".dbf", lambda _: patch_dbf(3).content()), refusal="不是同一套文件"),
    Case("后缀大写", upper),
    Case("名称带空格、括号、全角字符", renamed("２０２６年 上半年（线索）(1548个)[一批]！#")),
    Case("路径 240 字", deep),
    Case("压缩包，带文件夹", zipped("线索/七月 (一批)/")),
    Case("压缩包，路径往外爬", zipped("../../../../外面/")),
    Case("压缩包炸弹", zipped(bomb=True), refusal="压缩率异常"),
    Case("压缩包里两份数据", zipped(twice=True), refusal="里有多份数据"),
    Case("压缩包缺 .dbf", zipped(only=(".shp", ".shx")), refusal="缺少属性文件"),
    Case("不是压缩包的 .zip", text("图斑.zip", b"Rar!\x1a\x07\0"), refusal="不是 zip 压缩包"),
    Case("GeoPackage，两个面图层都像", layers("甲", "乙"), refusal="有多个面图层（甲、乙）"),
    Case("GeoPackage 截断", text("图斑.gpkg", b"SQLite format 3\0" + bytes(500)), refusal="图斑.gpkg"),
    Case("文件地理数据库", layers("TB", suffix=".gdb"), NO_FIELDS),
    Case(
        "GeoJSON 截断", text("图斑.geojson", b'{"type":"FeatureCollection","features":['), refusal="读不出来"
    ),
    Case(
        "国土调查云数据包", cloud(shapely.Polygon(HERE).wkt), ("crs-guessed",), first={"issued_area": 16.15}
    ),
    Case("国土调查云数据包，图形残缺", cloud("POLYGON((107.7"), refusal="没有一个可用的图形"),
    Case(
        "个人地理数据库，没有驱动", text("图斑.mdb", b"\0\1\0\0Standard Jet DB"), refusal="请在 ArcGIS 里导出"
    ),
    Case("不认识的格式", text("图斑.dwg", b"AC1032"), refusal="不认识 图斑.dwg 的格式"),
]
