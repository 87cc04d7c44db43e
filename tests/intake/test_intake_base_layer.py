"""Base layers: classes, parcel areas and the 田坎 deduction, names and codes by role, the report."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely
from intake_files import DISTRICT, SQUARE, SQUARE_M2, Dbf, box, patch_dbf, snapshot, write_shapefile

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Finding, Severity
from weipian_plugin.domain.frame_columns import LAYER_COLUMNS
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.intake.base_layer import LayerOptions, read_base_layer
from weipian_plugin.intake.catalogue import CATALOGUE, finding
from weipian_plugin.intake.decisions import Decisions, Repair
from weipian_plugin.intake.fields import alias_table
from weipian_plugin.intake.report import html, write_report

DLTB = [
    ("TBBH", 8),
    ("DLBM", 5),
    ("DLMC", 60),
    ("TBMJ", 15),
    ("KCDLBM", 5),
    ("KCXS", 8),
    ("KCMJ", 15),
    ("TBDLMJ", 15),
]
NUMBERS = {"TBMJ": 2, "KCXS": 4, "KCMJ": 2, "TBDLMJ": 2}


def read(source, role, **options):
    return read_base_layer(str(source), role, LayerOptions(**({"district": DISTRICT} | options)), Progress())


def dltb(tmp_path, *rows, without=()):
    """Write a DLTB of one row a parcel; values by field name, '' elsewhere."""
    fields = [(name, width) for name, width in DLTB if name not in without]
    dbf = Dbf(
        [(name.encode(), "N" if name in NUMBERS else "C", w, NUMBERS.get(name, 0)) for name, w in fields]
    )
    for row in rows:
        dbf.add(*(str(row.get(name, "")).encode("gbk") for name, _ in fields))
    shapes = [[box(107.7 + 0.002 * index, 29.3)] for index in range(len(rows))]
    return write_shapefile(tmp_path / "DLTB", shapes, dbf)


def codes(intake):
    return {finding.code for finding in intake.findings}


def test_land_class(tmp_path):
    area = 10769.0
    path = dltb(
        tmp_path,
        {
            "TBBH": "12",
            "DLBM": "0103",
            "DLMC": "旱地",
            "TBMJ": area,
            "KCDLBM": "1203",
            "KCXS": 0.125,
            "TBDLMJ": 9422.88,
        },
        {"TBBH": "13", "DLBM": "0301", "DLMC": "乔木林地", "TBMJ": area, "TBDLMJ": area},
    )
    intake = read(path, Role.LAND_CLASS)
    frame = intake.frame
    assert tuple(frame.columns[:7]) == LAYER_COLUMNS
    assert frame.geometry.name == "geom"
    assert frame.crs.to_epsg() == 4490
    assert frame["source_fid"].tolist() == [0, 1]
    assert frame["label"].tolist() == ["旱地 12", "乔木林地 13"]
    assert frame["class_code"].tolist() == ["0103", "0301"]
    assert frame["parcel_area_m2"].tolist() == [area, area]
    assert frame["net_parcel_area_m2"].tolist() == [9422.88, area]
    assert frame["deducted_class"].tolist() == ["1203", ""]
    assert frame["TBMJ"].tolist() == [area, area]
    assert frame["geom_area_m2"][0] == pytest.approx(area, rel=1e-3)
    assert codes(intake) == set()
    assert intake.proposal.role is Role.LAND_CLASS


def test_a_missing_net_area_is_computed(tmp_path):
    path = dltb(
        tmp_path,
        {"DLBM": "0103", "TBMJ": 10000, "KCDLBM": "1203", "KCXS": 0.2},
        {"DLBM": "0103", "TBMJ": 10000, "KCDLBM": "1203", "KCMJ": 1500},
        {"DLBM": "0103", "TBMJ": 10000, "KCDLBM": "1203"},
        {"DLBM": "0103", "TBMJ": 10000},
        {"DLBM": "0103", "KCDLBM": "1203", "KCXS": 0.1},
        without=("TBDLMJ",),
    )
    intake = read(path, Role.LAND_CLASS)
    net = intake.frame["net_parcel_area_m2"]
    assert net[:4].tolist() == [8000.0, 8500.0, 10000.0, 10000.0]
    assert net[4] == pytest.approx(0.9 * intake.frame["geom_area_m2"][4])
    assert math.isnan(intake.frame["parcel_area_m2"][4])
    assert {"ridge-computed", "ridge-missing", "parcel-area-missing"} <= codes(intake)
    [missing] = [f for f in intake.findings if f.code == "ridge-missing"]
    assert missing.subjects == ("2",)


def test_without_the_field_of_the_deducted_class_what_is_deducted_is_ridge(tmp_path):
    path = dltb(
        tmp_path,
        {"DLBM": "0103", "TBMJ": 10000, "TBDLMJ": 8000},
        {"DLBM": "0301", "TBMJ": 10000, "TBDLMJ": 10000},
        {"DLBM": "0103", "TBMJ": 10000, "KCXS": 0.1},
        without=("KCDLBM",),
    )
    intake = read(path, Role.LAND_CLASS)
    assert intake.frame["deducted_class"].tolist() == ["1203", "", "1203"]
    assert intake.frame["net_parcel_area_m2"].tolist() == [8000.0, 10000.0, 9000.0]


def test_a_layer_that_deducts_nothing_says_so(tmp_path):
    rows = [{"DLBM": "0103", "TBMJ": 10769}]
    intake = read(dltb(tmp_path, *rows, without=("KCDLBM", "KCXS", "KCMJ", "TBDLMJ")), Role.LAND_CLASS)
    assert "ridge-fields-missing" in codes(intake)
    assert intake.frame["net_parcel_area_m2"].tolist() == [10769.0]


def test_old_and_unknown_classes(tmp_path):
    rows = [{"DLBM": code, "TBMJ": 10769} for code in ("011", "104", "0101", "9999", "11", "", "0201k")]
    intake = read(dltb(tmp_path, *rows), Role.LAND_CLASS)
    assert intake.frame["class_code"].tolist() == ["0101", "1006", "0101", "9999", "11", "", "0201K"]
    found = {finding.code: finding for finding in intake.findings}
    assert "011→0101、104→1006" in found["class-old"].message
    assert found["class-unknown"].subjects == ("11", "9999")
    assert found["class-missing"].subjects == ("5",)
    assert intake.frame["label"].tolist()[0] == ""
    assert intake.frame["DLBM"].tolist()[0] == "011"


def test_a_parcel_area_far_from_the_shape_is_named(tmp_path):
    intake = read(dltb(tmp_path, {"DLBM": "0101", "TBMJ": 5000}), Role.LAND_CLASS)
    assert "parcel-area-differs" in codes(intake)


def test_land_class_without_classes_is_refused(tmp_path):
    path = write_shapefile(tmp_path / "a", [[SQUARE]], patch_dbf())
    with pytest.raises(WeipianError, match="没有地类编码字段（DLBM）"):
        read(path, Role.LAND_CLASS)


def layer(tmp_path, name="layer", **columns):
    path = tmp_path / f"{name}.gpkg"
    frame = gpd.GeoDataFrame(columns or {"x": [1]}, geometry=[shapely.Polygon(SQUARE)], crs=4490)
    pyogrio.write_dataframe(frame, path, layer=name)
    return path


@pytest.mark.parametrize(
    ("role", "columns", "label", "class_code"),
    [
        (Role.TOWNSHIP, {"XZQDM": ["500156101"], "XZQMC": ["白马镇"]}, "白马镇", "500156101"),
        (Role.TOWNSHIP, {"XZQDM": ["500156101000"], "XZQMC": ["白马镇"]}, "白马镇", "500156101"),
        (Role.TOWNSHIP, {"XZQDM": [500156101.0], "名称": ["白马镇"]}, "白马镇", "500156101"),
        (Role.COMMITTEE, {"GWHMC": ["示例管委会"]}, "示例管委会", ""),
        (Role.APPROVAL, {"XMMC": ["示例项目"], "批准文号": ["示例〔2021〕1号"]}, "示例〔2021〕1号", ""),
        (Role.REDLINE, {"HXMC": ["示例红线"], "LHLX": ["水源涵养"]}, "示例红线", "水源涵养"),
        (Role.BASIC_FARMLAND, {"YJJBNTTBBH": ["0001"], "DLBM": ["0101"]}, "0001", "0101"),
        (Role.RIVER, {"河流名称": ["示例河"], "河道级别": ["3"]}, "示例河", "3"),
        (Role.FACILITY_FARM, {"BABH": ["示例备〔2021〕2号"]}, "示例备〔2021〕2号", ""),
        (Role.TEMPORARY_LAND, {"PZWH": ["示例临〔2021〕3号"]}, "示例临〔2021〕3号", ""),
    ],
)
def test_names_and_codes_by_role(tmp_path, role, columns, label, class_code):
    intake = read(layer(tmp_path, **columns), role)
    row = intake.frame.iloc[0]
    assert (row["label"], row["class_code"], row["deducted_class"]) == (label, class_code, "")
    assert np.isnan(row["parcel_area_m2"])
    assert row["geom_area_m2"] == pytest.approx(SQUARE_M2, abs=0.01)


def test_every_role_has_aliases():
    assert {role.value for role in Role} | {"patch"} == set(alias_table())


def test_a_layer_without_names_is_taken_and_said(tmp_path):
    intake = read(layer(tmp_path), Role.RIVER)
    assert intake.frame["label"].tolist() == [""]
    assert codes(intake) == {"label-missing"}


def test_a_wrong_role_is_doubted(tmp_path):
    path = layer(tmp_path, "STBHHX", HXMC=["a"], LHLX=["b"])
    intake = read(path, Role.RIVER)
    [doubt] = [f for f in intake.findings if f.code == "role-doubtful"]
    assert "生态保护红线" in doubt.message


def test_the_layer_of_the_role_is_chosen(tmp_path):
    path = layer(tmp_path, "STBHHX", HXMC=["a"])
    other = gpd.GeoDataFrame({"XZQDM": ["500156101"]}, geometry=[shapely.Polygon(SQUARE)], crs=4490)
    pyogrio.write_dataframe(other, path, layer="XZQ", append=True)
    intake = read(path, Role.TOWNSHIP)
    assert intake.decisions.layer == "XZQ"
    with pytest.raises(WeipianError, match="有多个面图层"):
        read(path, Role.RIVER)


def test_source_columns_that_clash_are_renamed(tmp_path):
    intake = read(layer(tmp_path, label=["x"], Geometry=["y"], label_=["z"]), Role.RIVER)
    assert list(intake.frame.columns) == [*LAYER_COLUMNS, "label_", "Geometry_", "label__", "geom"]


def test_bad_features_are_left_out_and_named(tmp_path):
    dbf = Dbf([(b"HXMC", "C", 20, 0)])
    for name in ("甲", "乙", "丙"):
        dbf.add(name.encode("gbk"))
    bow_tie = [(107.70, 29.30), (107.71, 29.31), (107.71, 29.30), (107.70, 29.31), (107.70, 29.30)]
    path = write_shapefile(tmp_path / "a", [[SQUARE], None, [bow_tie]], dbf)
    before = snapshot(tmp_path)
    intake = read(path, Role.REDLINE)
    assert intake.frame["label"].tolist() == ["甲", "丙"]
    assert intake.frame["source_fid"].tolist() == [0, 2]
    found = {finding.code: finding.subjects for finding in intake.findings}
    assert found["geometry-missing"] == ("1",)
    assert found["geometry-repaired-large"] == ("2",)
    assert (intake.decisions.read, intake.decisions.taken, intake.decisions.dropped) == (3, 2, 1)
    assert snapshot(tmp_path) == before


def test_nothing_usable_is_refused(tmp_path):
    path = write_shapefile(tmp_path / "a", [None], patch_dbf())
    with pytest.raises(WeipianError, match="没有一个可用的"):
        read(path, Role.REDLINE)


DECISIONS = Decisions(
    path="C:\\数据\\<b>图斑</b>.shp",
    format="Shapefile",
    sha256="0" * 64,
    size=12345,
    encoding="GBK",
    encoding_why="“硬化” & <script>",
    crs="EPSG:4490",
    crs_why="文件标明",
    fields={"patch_no": "JCBH"},
    read=3,
    taken=2,
    dropped=1,
    repairs=(Repair("A_1", "自相交", 100.0, 150.0), Repair("A_2", "环重复", 100.0, 100.5)),
)
FINDINGS = [
    Finding("n", Severity.NOTE, "提示的话", "", ()),
    Finding("e", Severity.ERROR, "错误 <i> 的话", "去改正", ("A_1", "A<2>")),
]


def test_the_report_says_everything_and_escapes_it(tmp_path):
    path = tmp_path / "报告.html"
    write_report(path, "图斑导入 <报告>", DECISIONS, FINDINGS, {"批次": "<七月>"})
    text = path.read_text(encoding="utf-8")
    assert [entry.name for entry in tmp_path.iterdir()] == ["报告.html"]
    for words in (
        "读取 3 个，导入 2 个，未导入 1 个；错误 1 项，警告 0 项，提示 1 项。",
        "C:\\数据\\&lt;b&gt;图斑&lt;/b&gt;.shp",
        "“硬化” &amp; &lt;script&gt;",
        "&lt;七月&gt;",
        "A_1、A&lt;2&gt;",
        "图斑编号",
        '<td class="number">150.00</td>',
        "<li>去改正",
        "@page { size: A4",
        "12,345 字节",
    ):
        assert words in text, words
    assert text.index("错误 &lt;i&gt; 的话") < text.index("提示的话")
    assert "<script>" not in text
    assert "http" not in text


def test_a_report_with_nothing_to_say():
    text = html("报告", Decisions(path="a.shp"), [], {})
    assert "没有发现问题" in text
    assert "没有必须处理的问题" in text


def test_a_report_that_cannot_be_written(tmp_path):
    with pytest.raises(WeipianError, match="写不了报告"):
        write_report(tmp_path / "没有" / "报告.html", "x", DECISIONS, FINDINGS)


def test_the_catalogue_is_sound():
    for code, entry in CATALOGUE.items():
        assert code == code.lower()
        assert entry.message.endswith("。")
        assert entry.severity is not Severity.ERROR or entry.advice or code == "geometry-zero-area"
    assert finding("patch-no-blank", ["a", "b"]).message.startswith("2 行")
