"""Split, unsplit, rectify, verify, backup and restore as the toolbox runs them."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import geopandas as gpd
import openpyxl
import shapely
from processing_runs import rows, run

from weipian_plugin.store import patches
from weipian_plugin.store.workspace import Workspace


def test_from_split_to_restore(month, tmp_path):
    path = tmp_path / "工作库.gpkg"
    shutil.copy(month.assigned, path)
    start = run("verify", WORKSPACE=path)
    assert start.ok
    assert start.outputs["OK"] is True
    assert start.outputs["FIRST_BAD"] == ""
    copy = run("backup", WORKSPACE=path).outputs["COPY"]

    patch = patches.read(Workspace.open(path)).sort_values("area_m2").iloc[-1]
    west, south, east, north = patch.geom.bounds
    middle = shapely.LineString([(west - 0.01, (south + north) / 2), (east + 0.01, (south + north) / 2)])
    gpd.GeoSeries([middle], crs=4490).to_crs(4524).to_file(tmp_path / "切割线.gpkg")
    cut = {"WORKSPACE": path, "PATCH": patch.patch_no, "INPUT": tmp_path / "切割线.gpkg", "BY": "乙"}
    early = run("split", SPLIT_ON="2001-01-01", **cut)
    assert not early.ok
    assert "拆分日期不能早于这一天" in early.log
    day = rows(path, "SELECT date(MAX(received_on), '+3 days') FROM batch")[0][0]
    made = run("split", SPLIT_ON=day, **cut)
    assert made.ok, made.log
    assert rows(path, "SELECT split_on FROM patch WHERE patch_no = ?", (patch.patch_no,)) == [(day,)]
    assert made.outputs["CHILDREN"] >= 2
    assert made.outputs["NUMBERS"].startswith(f"{patch.patch_no}_1")
    for step in ("overlay", "assign"):
        assert run(step, WORKSPACE=path, LIBRARY=month.library).ok
    land = "SELECT SUM(a.area_m2) FROM overlay_area a JOIN patch USING (patch_no) WHERE role = 'land_class'"
    own = rows(path, f"{land} AND patch_no = ?", (patch.patch_no,))[0][0]
    children = rows(path, f"{land} AND parent_no = ?", (patch.patch_no,))[0][0]
    assert abs(own - children) <= 1e-6 * own

    book = openpyxl.Workbook()
    book.active.append(["图斑编号", "措施", "面积（亩）", "日期", "单位"])
    book.active.append([patch.patch_no, "拆除", 0.1, "2021-10-20", "规资局"])
    book.save(tmp_path / "整改.xlsx")
    refused = run(
        "rectify", WORKSPACE=path, INPUT=tmp_path / "整改.xlsx", BY="丁", REPORT=tmp_path / "r.html"
    )
    assert refused.ok, refused.log
    assert (refused.outputs["RECORDED"], refused.outputs["REJECTED"]) == (0, 1)
    assert "已拆分" in refused.log

    assert run("unsplit", WORKSPACE=path, PATCH=patch.patch_no, BY="乙").ok
    assert run("verify", WORKSPACE=path).outputs["OK"] is True
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE batch SET due_on = '2030-01-01'")
    bad = run("verify", WORKSPACE=path)
    assert bad.outputs["OK"] is False
    assert bad.outputs["FIRST_BAD"] == "batch/1"
    assert "due_on" in bad.log
    assert run("restore", WORKSPACE=path, COPY=copy, BY="乙").ok
    assert run("verify", WORKSPACE=path).outputs["OK"] is True
    assert rows(path, "SELECT due_on FROM batch") != [("2030-01-01",)]
