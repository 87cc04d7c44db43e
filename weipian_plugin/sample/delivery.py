"""Write the sample to disk as a bureau keeps its files: 下发图斑/, 底图/, manifest.json, README.txt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geopandas as gpd

from weipian_plugin.domain.roles import Role
from weipian_plugin.sample import fields, writers
from weipian_plugin.sample.config import SURVEY_EDITION, district_facts
from weipian_plugin.sample.dbf import Field
from weipian_plugin.sample.later import Later

PATCH_FOLDER, BASE_FOLDER = "下发图斑", "底图"
NOTE = "示例数据：图形、面积和项目均为虚构，仅乡镇街道名称和代码为真实名称，不得用于任何实际工作。"


@dataclass(frozen=True)
class Place:
    """Where and how a base layer is kept; `fields` only for shapefiles, `layer` only for GeoPackages."""

    file: str
    edition: str
    layer: str = ""
    fields: Sequence[Field] = ()
    language_byte: int = 0
    code_page: str = ""


PLACES = {
    Role.LAND_CLASS: Place(
        "DLTB地类图斑（示例）.shp", SURVEY_EDITION, fields=fields.LAND_CLASS, code_page="GBK"
    ),
    Role.BASIC_FARMLAND: Place(
        "YJJBNTTB永久基本农田（示例）.shp",
        "示例2017年划定成果",
        fields=fields.BASIC_FARMLAND,
        language_byte=writers.GBK_MARK,
    ),
    Role.REDLINE: Place("生态保护红线（示例）.gpkg", "示例2018年发布成果", "STBHHX"),
    Role.RIVER: Place("管理范围（示例）.gpkg", "示例2020年划定成果", "HDGLFW"),
    Role.TRAFFIC: Place("管理范围（示例）.gpkg", "示例2020年划定成果", "JTYXGLFW"),
    Role.FOREST: Place("林地一张图（示例）.gpkg", "示例2020年林地变更调查", "LD"),
    Role.NATURE_RESERVE: Place(
        "自然保护地（示例）.shp", "示例2020年整合优化成果", fields=fields.NATURE_RESERVE
    ),
    Role.URBAN: Place("城镇规划建设用地（示例）.shp", "示例2020年规划", fields=fields.URBAN, code_page="936"),
    Role.TOWNSHIP: Place("行政区（示例）.gpkg", SURVEY_EDITION, "XZQ"),
    Role.COMMITTEE: Place("行政区（示例）.gpkg", "示例2020年管委会辖区", "GWH"),
    Role.APPROVAL: Place(
        "建设用地审批（示例）.shp", "示例2021年6月审批台账", fields=fields.APPROVAL, code_page="GBK"
    ),
    Role.FACILITY_FARM: Place("备案和临时用地（示例）.gpkg", "示例2021年6月备案台账", "SSNYD"),
    Role.TEMPORARY_LAND: Place("备案和临时用地（示例）.gpkg", "示例2021年6月审批台账", "LSYD"),
}


def write_base_layers(
    layers: dict[str, gpd.GeoDataFrame], folder: Path, later: Later
) -> list[dict[str, str]]:
    """Write the base layers and return their manifest entries."""
    base = folder / BASE_FOLDER
    base.mkdir(parents=True, exist_ok=True)
    writers.remove_previous(base)
    return [_write_base(role, layers[role.value], base, later) for role in PLACES]


def write_patches(layer: gpd.GeoDataFrame, folder: Path, later: Later) -> str:
    """Write the issued patches: GBK without a .cpg and with language byte 0; return the relative path."""
    target = folder / PATCH_FOLDER
    target.mkdir(parents=True, exist_ok=True)
    writers.remove_previous(target)
    path = target / later.words(f"2021年7月武隆区卫片图斑（{len(layer)}个）.shp")
    writers.write_shapefile(later.table(layer), path, fields.PATCH, language_byte=0, code_page="")
    return f"{PATCH_FOLDER}/{path.name}"


def write_papers(folder: Path, counts: dict[str, object], received: date) -> dict[str, object]:
    """Write manifest.json and README.txt; return the manifest."""
    manifest = {"note": NOTE, "received": received.isoformat()} | counts
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    (folder / "README.txt").write_text(_readme(manifest), encoding="utf-8-sig", newline="\r\n")
    return manifest


def _write_base(role: Role, layer: gpd.GeoDataFrame, base: Path, later: Later) -> dict[str, str]:
    place, moved = PLACES[role], later.table(layer)
    path = base / place.file
    entry = {
        "role": role.value,
        "path": f"{BASE_FOLDER}/{place.file}",
        "edition": later.words(place.edition),
        "label": role.label,
    }
    if place.layer:
        writers.write_geopackage(moved, path, place.layer)
        return entry | {"layer": place.layer}
    writers.write_shapefile(moved, path, place.fields, place.language_byte, place.code_page)
    return entry


def _readme(manifest: dict[str, object]) -> str:
    return (
        f"{NOTE}\n\n"
        f"{PATCH_FOLDER}：模拟下发的卫片图斑，共 {manifest['patch_count']} 个，"
        f"收到日期 {manifest['received']}。\n"
        "  属性表为 GBK 编码，没有 .cpg 文件，坐标系为 CGCS2000 经纬度（EPSG:4490）。\n"
        "  备注（BZ）字段写明每个图斑为检验哪一种情形而造。\n"
        f"{BASE_FOLDER}：模拟的区级底图，共 {len(PLACES)} 类，其中地类图斑 {manifest['parcel_count']} 个，\n"
        "  坐标系为 CGCS2000 3 度带第 36 带（EPSG:4524，横坐标含带号）。\n"
        f"县区：{district_facts()['county']['name']}（仅借用名称）。由卫片执法插件生成，"
        f"随机种子 {manifest['seed']}。\n"
    )
