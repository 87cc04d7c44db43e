"""Make files as an older plug-in made them, by running that plug-in: `python make_older.py COMMIT NAME`.

Takes the commit's sources out of git, builds them, starts the real QGIS with that plug-in and lets it do a
month's casework on an invented district of five patches. `NAME_workspace.gpkg.gz` and `NAME_library.gpkg.gz`
beside this script are what came out. Run it with the Python of the checkout's .venv.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
FIRST, SECOND, THIRD, FOURTH, SPLIT = (f"500156TEST2100000{number}" for number in range(1, 6))
PATCHES = {
    FIRST: [(107.555, 29.415), (107.575, 29.413), (107.578, 29.430), (107.557, 29.428)],
    SECOND: [(107.650, 29.420), (107.660, 29.420), (107.655, 29.430)],
    THIRD: [(107.595, 29.450), (107.605, 29.450), (107.605, 29.465), (107.595, 29.465)],
    FOURTH: [(107.690, 29.430), (107.710, 29.430), (107.710, 29.435), (107.690, 29.435)],
    SPLIT: [(107.530, 29.440), (107.531, 29.440), (107.531, 29.441), (107.530, 29.441)],
}
LAYERS = {
    "land_class": [
        ({"DLBM": "0103", "TBMJ": 4e7, "TBDLMJ": 3e7, "KCXS": 0.25, "KCDLBM": "1203"}, (107.50, 107.60)),
        ({"DLBM": "0301", "TBMJ": 4e7, "TBDLMJ": 4e7, "KCXS": 0.0, "KCDLBM": ""}, (107.60, 107.70)),
    ],
    "redline": [({"HXMC": "示例红线"}, (107.64, 107.68))],
    "township": [
        ({"XZQDM": "500156101", "XZQMC": "西镇"}, (107.50, 107.60)),
        ({"XZQDM": "500156102", "XZQMC": "东乡"}, (107.60, 107.70)),
    ],
}
CUT = [(107.5305, 29.439), (107.5305, 29.442)]
TABLES: dict[str, tuple[dict[str, object], list[list[object]]]] = {
    "setfacts": ({"BY": "甲"}, [["图斑编号", "建设主体", "用途", "依据"], [FIRST, "企业", "厂房", "现场"]]),
    "decide": (
        {"BY": "甲"},
        [
            ["图斑编号", "职责", "决定", "单位", "新单位", "理由", "依据", "日期"],
            [FIRST, "督查", "增加", "区规划自然资源局", "", "会商", "会议纪要1号", "2021-08-01"],
        ],
    ),
    "determine": (
        {"BY": "甲"},
        [
            ["图斑编号", "判定结果", "类别", "判定依据", "文号"],
            [FIRST, "违法", "未报即用", "现场已建厂房", ""],
            [THIRD, "违法", "未报即用", "现场已推平", ""],
        ],
    ),
    "rectify": (
        {"BY": "甲"},
        [
            ["图斑编号", "措施", "文号", "日期", "单位"],
            [FIRST, "制止通知", "示例制〔2021〕1号", "2021-08-01", "规资局"],
        ],
    ),
    "extend": ({}, [["图斑编号", "延长天数", "批准人", "理由"], [SECOND, 5, "乙", "洪水"]]),
    "advance": ({"BY": "丁", "ON": "2021-08-02"}, [["图斑编号", "步骤"], [FIRST, "复核"]]),
}


def main() -> None:
    commit, name = sys.argv[1:]
    tree = Path(tempfile.mkdtemp()) / "plug-in"
    tree.mkdir()
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True)
    subprocess.run(["tar", "x"], cwd=tree, input=archive.stdout, check=True)
    (tree / ".venv").symlink_to((ROOT / ".venv").resolve())
    desk = Path("/tmp/示例")
    desk.mkdir()
    try:
        paths = [str(tree), str(HERE)]
        code = f"import sys; sys.path[:0] = {paths!r}; import make_older; make_older.work()"
        run = [sys.executable, "-c", code]
        there = os.environ | {"LOGNAME": "甲", "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
        subprocess.run(run, cwd=desk, env=there, check=True)
        for label, made in (("workspace", "工作库.gpkg"), ("library", "底图库.gpkg")):
            packed = gzip.compress((desk / made).read_bytes(), mtime=0)
            (HERE / f"{name}_{label}.gpkg.gz").write_bytes(packed)
    finally:
        shutil.rmtree(desk)
        shutil.rmtree(tree.parent)


def work() -> None:
    """Do the month with the plug-in of the tree that stands first on sys.path, in the current folder."""
    from scripts import headless

    write_inputs()
    with headless.qgis():
        run("createworkspace", YEAR=2021)
        for role in LAYERS:
            source = {"INPUT": f"{role}.gpkg", "ROLE": role, "EDITION": "2021版"}
            run("importbase", LIBRARY="底图库.gpkg", **source)
        run("importpatches", INPUT="下发.gpkg", RECEIVED="2021-07-20", BATCH="七月")
        run("overlay", LIBRARY="底图库.gpkg")
        run("assign")
        run("exportcity", OUTPUT="反馈.xlsx", TEMPLATE="")
        let_the_city_answer(Path("反馈.xlsx"))
        run("importfeedback", INPUT="反馈.xlsx", APPLY=True, REPORT="核对.html")
        for name, (given, _) in TABLES.items():
            run(name, INPUT=f"{name}.xlsx", **given)
        run("split", PATCH=SPLIT, INPUT="切割线.gpkg", BY="丙")
        run("caseworksettings", REVIEW_BY_ANOTHER="否")


def run(name: str, **given: Any) -> None:
    """Run one algorithm; a row that is refused is an error too."""
    import processing

    given = {"WORKSPACE": "工作库.gpkg", **given}
    files = {key: str(Path(value).resolve()) for key, value in given.items() if "." in str(value)}
    found = processing.run(f"weipian:{name}", given | files)
    print(name, found)
    assert not found.get("REJECTED"), found


def write_inputs() -> None:
    import geopandas as gpd
    import openpyxl
    from shapely.geometry import LineString, Polygon, box

    issued = {"JCBH": list(PATCHES), "XZQDM": "500156", "TBLX": "20", "QSX": "202101", "HSX": "202106"}
    shapes = [Polygon(ring) for ring in PATCHES.values()]
    gpd.GeoDataFrame(issued, geometry=shapes, crs=4490).to_file("下发.gpkg")
    for role, rows in LAYERS.items():
        shapes = [box(west, 29.40, east, 29.46) for _, (west, east) in rows]
        gpd.GeoDataFrame([fields for fields, _ in rows], geometry=shapes, crs=4490).to_file(f"{role}.gpkg")
    gpd.GeoDataFrame(geometry=[LineString(CUT)], crs=4490).to_file("切割线.gpkg")
    for name, (_, rows) in TABLES.items():
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(f"{name}.xlsx")


def let_the_city_answer(path: Path) -> None:
    """Write a remark behind the first patch."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet = book["核查判定汇总表"]
    titles = next(row for row in sheet.iter_rows() if "备注" in [cell.value for cell in row])
    remark = next(cell for cell in titles if cell.value == "备注")
    sheet.cell(remark.row + 1, remark.column, "市级备注")
    book.save(path)


if __name__ == "__main__":
    main()
