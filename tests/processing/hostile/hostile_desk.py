"""A clerk's desk in the middle of a month: small files with which every algorithm succeeds.

Values begin with @ for a file that lies on the desk, with > for one that is to be written into `出`.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import openpyxl
from hand_district import PATCHES, ROLES, make_library, make_workspace, write_layers, write_patches
from processing_runs import Run, run
from shapely.geometry import LineString

from weipian_plugin.paths import plan_file

WORK, LIBRARY, PLAN = "@工作库.gpkg", "@底图库.gpkg", "@方案.yaml"
OUT = "出"
UNIT = "区规划自然资源局"
FIRST, SECOND, _, _, SPLIT = PATCHES
AUGUST = {
    "500156TEST21000011": [(107.51, 29.41), (107.512, 29.41), (107.512, 29.412), (107.51, 29.412)],
    "500156TEST21000012": [(107.61, 29.41), (107.612, 29.41), (107.612, 29.412), (107.61, 29.412)],
}
DETERMINE_HEAD = ["图斑编号", "判定结果", "类别", "判定依据", "文号"]
TABLES: dict[str, list[list[object]]] = {
    "判定表": [DETERMINE_HEAD, [SECOND, "违法", "未报即用", "现场已建厂房", ""]],
    "决定表": [
        ["图斑编号", "职责", "决定", "单位", "新单位", "理由", "依据", "日期"],
        [FIRST, "督查", "增加", "区规划自然资源局", "", "会商", "会议纪要1号", "2021-10-20"],
    ],
    "事实表": [["图斑编号", "建设主体", "用途", "依据"], [FIRST, "企业", "厂房", "现场"]],
    "步骤表": [["图斑编号", "步骤"], [FIRST, "复核"]],
    "延长表": [["图斑编号", "延长天数", "批准人", "理由"], [SECOND, 5, "乙", "洪水"]],
    "整改表": [
        ["图斑编号", "措施", "文号", "日期", "单位"],
        [FIRST, "制止通知", "示例制〔2021〕1号", "2021-10-20", "规资局"],
    ],
}
GRANTED = {
    "PATCH_NO": FIRST,
    "DAYS": "5",
    "APPROVED_BY": "乙",
    "APPROVED_ON": "2021-08-01",
    "REASON": "洪水",
    "DOCUMENT_NO": "示例延〔2021〕1号",
}
"""An extension that is on record."""
CUT = [(107.5305, 29.439), (107.5305, 29.442)]

GOOD: Mapping[str, Mapping[str, object]] = {
    "createworkspace": {"WORKSPACE": ">新库.gpkg", "YEAR": 2021, "PLAN": PLAN},
    "importbase": {
        "LIBRARY": LIBRARY,
        "INPUT": "@图层/redline.gpkg|layername=redline",
        "ROLE": "redline",
        "EDITION": "2022版",
        "ENCODING": "UTF-8",
        "CRS": "EPSG:4490",
        "DRY_RUN": False,
        "PLAN": PLAN,
    },
    "importpatches": {
        "WORKSPACE": WORK,
        "INPUT": "@下发/八月.shp",
        "RECEIVED": "2021-08-20",
        "BATCH": "八月",
        "ENCODING": "GBK",
        "CRS": "EPSG:4490",
        "AREA_UNIT": "亩",
        "UPDATE": False,
        "DRY_RUN": False,
    },
    "overlay": {"WORKSPACE": WORK, "LIBRARY": LIBRARY, "BATCH": "七月"},
    "assign": {"WORKSPACE": WORK},
    "precheck": {"WORKSPACE": WORK, "REPORT": ">自查.html"},
    "exportcity": {"WORKSPACE": WORK, "TEMPLATE": "@列模板.yaml", "CHECK": "标注", "OUTPUT": ">上报.xlsx"},
    "dispatch": {"WORKSPACE": WORK, "TEMPLATE": "@清单模板.yaml", "UNIT": UNIT, "FOLDER": ">清单"},
    "importfeedback": {"WORKSPACE": WORK, "INPUT": "@反馈.xlsx", "APPLY": True, "REPORT": ">核对.html"},
    "month": {
        "WORKSPACE": WORK,
        "LIBRARY": LIBRARY,
        "INPUT": "@下发/八月.shp",
        "RECEIVED": "2021-08-20",
        "BATCH": "八月",
        "OUTPUT": ">台账.xlsx",
    },
    "checkplan": {"PLAN": PLAN, "REPORT": ">检查.html"},
    "dutysheets": {"WORKSPACE": WORK, "PATCHES": FIRST, "OUTPUT": ">会商.html"},
    "decide": {"WORKSPACE": WORK, "INPUT": "@决定表.xlsx", "BY": "丙", "REPORT": ">决定.html"},
    "setfacts": {"WORKSPACE": WORK, "INPUT": "@事实表.xlsx", "BY": "丙", "REPORT": ">事实.html"},
    "whatif": {
        "WORKSPACE": WORK,
        "PLAN": PLAN,
        "LIBRARY": LIBRARY,
        "REMOVED": "forest",
        "REPORT": ">试算.html",
    },
    "adoptplan": {"WORKSPACE": WORK, "PLAN": PLAN},
    "dutymap": {"WORKSPACE": WORK, "LIBRARY": LIBRARY, "OUTPUT": ">职责.gpkg"},
    "propose": {"WORKSPACE": WORK, "BATCH": "七月", "REPORT": ">建议.html"},
    "determine": {"WORKSPACE": WORK, "INPUT": "@判定表.xlsx", "BY": "丙", "REPORT": ">判定.html"},
    "advance": {
        "WORKSPACE": WORK,
        "INPUT": "@步骤表.xlsx",
        "BY": "丁",
        "ON": "2021-10-20",
        "REPORT": ">步骤.html",
    },
    "caseworksettings": {"WORKSPACE": WORK, "CATEGORIES": "@字典.yaml", "REVIEW_BY_ANOTHER": "否"},
    "extend": {"WORKSPACE": WORK, "INPUT": "@延长表.xlsx", "REPORT": ">延长.html"},
    "deadlines": {"WORKSPACE": WORK, "AS_OF": "2021-08-01", "OUTPUT": ">期限.xlsx"},
    "statistics": {"WORKSPACE": WORK, "AS_OF": "2021-08-01", "OUTPUT": ">统计.xlsx"},
    "split": {
        "WORKSPACE": WORK,
        "PATCH": SECOND,
        "INPUT": "@切割线.gpkg",
        "CRS": "EPSG:4490",
        "BY": "丙",
        "SPLIT_ON": "2021-08-01",
    },
    "unsplit": {"WORKSPACE": WORK, "PATCH": SPLIT, "BY": "丙"},
    "rectify": {"WORKSPACE": WORK, "INPUT": "@整改表.xlsx", "BY": "丙", "REPORT": ">整改.html"},
    "letter": {
        "WORKSPACE": WORK,
        "KIND": "通报",
        "AS_OF": "2021-12-31",
        "TEMPLATE": "@通报.txt",
        "OUTPUT": ">通报.odt",
    },
    "verify": {"WORKSPACE": WORK},
    "backup": {"WORKSPACE": WORK, "KEEP": 3},
    "restore": {"WORKSPACE": WORK, "COPY": "@备份.gpkg", "BY": "丙"},
}
OTHERWISE: Mapping[str, Mapping[str, object]] = {
    "advance": {
        "INPUT": None,
        "BATCH": "七月",
        "STAGE": "已判定",
        "STEP": "复核不通过",
        "REASON": "依据不足",
    },
    "extend": {**GRANTED, "INPUT": None, "OPERATION": "撤销", "WITHDRAWN_ON": "2021-08-02"},
    "letter": {"KIND": "督办函", "TEMPLATE": None, "UNIT": UNIT},
}
"""Good values that stand for others of GOOD: the algorithm takes either the ones or the others."""


@dataclass(frozen=True)
class Desk:
    """A folder with the files of GOOD; `out` is where things are to be written."""

    folder: Path

    @property
    def out(self) -> Path:
        return self.folder / OUT

    def copy_to(self, folder: Path) -> Desk:
        """Return a desk that a run may change."""
        shutil.copytree(self.folder, folder, symlinks=True)
        return Desk(folder)

    def file(self, value: str) -> Path:
        """Return the path of a value of GOOD."""
        return (self.out if value.startswith(">") else self.folder) / value[1:].split("|")[0]

    def values(self, name: str, **spoilt: object) -> dict[str, object]:
        """Return what an algorithm succeeds with, but for the values given."""
        return {key: self._value(value) for key, value in GOOD[name].items() if key not in spoilt} | {
            key: value for key, value in spoilt.items() if value is not None
        }

    def _value(self, value: object) -> object:
        if not isinstance(value, str) or value[:1] not in ("@", ">"):
            return value
        return str(self.file(value)) + "".join(value.partition("|")[1:])

    def run(self, name: str, **spoilt: object) -> Run:
        """Run an algorithm with what it succeeds with, but for the values given; None leaves one out."""
        return run(name, **self.values(name, **spoilt))


def make_desk(folder: Path) -> Desk:
    """Make the files by the algorithms themselves."""
    desk = Desk(folder)
    for made in (desk.out, folder / "图层", folder / "下发"):
        made.mkdir(parents=True)
    layers = write_layers(folder / "图层")
    make_library(folder, layers, ROLES)
    make_workspace(folder, write_patches(folder / "下发", "七月"))
    write_patches(folder / "下发", "八月", AUGUST)
    _write_texts(folder)
    for name, rows in TABLES.items():
        write_table(folder / f"{name}.xlsx", rows)
    _do_the_casework(desk)
    return desk


def write_table(path: Path, rows: list[list[object]]) -> Path:
    """Write a workbook with one sheet; text that looks like a formula becomes one."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def write_cutter(path: Path, line: list[tuple[float, float]]) -> Path:
    gpd.GeoDataFrame(geometry=[LineString(line)], crs=4490).to_file(path)
    return path


def _write_texts(folder: Path) -> None:
    templates = plan_file("x").parents[1] / "exchange" / "templates"
    texts = {
        "方案.yaml": plan_file("wulong_2021.yaml"),
        "字典.yaml": plan_file("categories_2021.yaml"),
        "通报.txt": plan_file("letters") / "circular.txt",
        "列模板.yaml": templates / "submission_short.yaml",
        "清单模板.yaml": templates / "dispatch.yaml",
    }
    for name, shipped in texts.items():
        shutil.copy(shipped, folder / name)


def _do_the_casework(desk: Desk) -> None:
    """Lay all over the layers, assign, judge one, split one, and let the city fill in the workbook."""
    cut = write_cutter(desk.folder / "切割线.gpkg", CUT)
    rows = [[*DETERMINE_HEAD, "判定日期"], [FIRST, "违法", "未报即用", "现场已建厂房", "", "2021-08-20"]]
    first = write_table(desk.folder / "第一次判定.xlsx", rows)
    for name, given in (
        ("overlay", {}),
        ("assign", {}),
        ("extend", {**GRANTED, "INPUT": None}),
        ("determine", {"INPUT": first, "BY": "甲"}),
        ("split", {"PATCH": SPLIT, "INPUT": cut}),
        ("exportcity", {"OUTPUT": desk.folder / "反馈.xlsx", "TEMPLATE": "完整版"}),
    ):
        done = desk.run(name, **given)
        assert done.ok, f"{name}: {done.log}"
    first.unlink()
    _let_the_city_answer(desk.folder / "反馈.xlsx")
    west = [(107.655, 29.419), (107.655, 29.431)]
    write_cutter(cut, west)
    shutil.copy(desk.folder / "工作库.gpkg", desk.folder / "备份.gpkg")
    for left in desk.out.iterdir():
        left.unlink()


def _let_the_city_answer(path: Path) -> None:
    """Write a remark behind the first patch."""
    book = openpyxl.load_workbook(path)
    sheet = book["核查判定汇总表"]
    titles = next(row for row in sheet.iter_rows() if "备注" in [cell.value for cell in row])
    remark = next(cell for cell in titles if cell.value == "备注")
    sheet.cell(remark.row + 1, remark.column, "市级备注")
    book.save(path)
