"""Batches and patches: stored, read back as they were, refused when known, changed with history."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from store_samples import BATCH, add_batch, history_of, patch_frame

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Finding, Severity
from weipian_plugin.domain.frame_columns import PATCH_COLUMNS
from weipian_plugin.store import batches, geopackage, patches

FIRST = "500156SJBG21000001"


def test_patches_come_back_as_they_were(workspace):
    frame = patch_frame(5, issued_area=[16.15, np.nan, 0.0, 1.5, 2.5], town_name="凤山街道")
    add_batch(workspace, frame)
    back = patches.read(workspace)
    pd.testing.assert_frame_equal(
        pd.DataFrame(back[list(PATCH_COLUMNS)]), pd.DataFrame(frame[list(PATCH_COLUMNS)])
    )
    assert back.geometry.name == "geom"
    assert back.crs.to_epsg() == 4490
    assert back.geometry.to_wkb().tolist() == frame.geometry.to_wkb().tolist()
    assert set(back["stage"]) == {"待核查"}
    assert set(back["duty_state"]) == {"未评估"}
    assert pyogrio.read_info(workspace.path, layer="patch")["features"] == 5


def test_patches_of_one_batch_and_without_geometry(workspace):
    first = add_batch(workspace, patch_frame(3))
    second = add_batch(workspace, patch_frame(2, first=100), name="八月一批")
    assert (first, second) == (1, 2)
    assert len(patches.read(workspace)) == 5
    plain = patches.read(workspace, np.int64(second), with_geometry=False)
    assert plain["patch_no"].tolist() == ["500156SJBG21000100", "500156SJBG21000101"]
    assert "geom" not in plain.columns
    assert plain["batch_id"].tolist() == [2, 2]


def test_no_patches_give_an_empty_frame_with_its_columns(workspace):
    back = patches.read(workspace)
    assert len(back) == 0
    assert back.crs.to_epsg() == 4490
    assert {"patch_no", "area_m2", "stage"} <= set(back.columns)


def test_the_batch_is_kept_with_its_findings(workspace):
    finding = Finding("encoding-guessed", Severity.NOTE, "编码按 GB18030 读取。", "", ("a",))
    with workspace.writing("甲", "导入图斑") as change:
        batches.add(change, BATCH | {"report": {"面积单位": "亩"}}, patch_frame(2), [finding])
    row = batches.read(workspace).iloc[0]
    assert {name: row[name] for name in batches.GIVEN} == BATCH
    assert row["batch_id"] == 1
    assert row["patch_count"] == 2
    assert json.loads(row["report"]) == {"面积单位": "亩"}
    assert json.loads(row["findings"]) == [finding.as_dict()]
    assert batches.find_by_sha256(workspace, "ab" * 32)["batch_id"].tolist() == [1]
    assert batches.find_by_sha256(workspace, "00" * 32).empty


def test_a_known_patch_is_refused_by_name_and_nothing_is_kept(workspace):
    add_batch(workspace, patch_frame(3))
    before = workspace.path.read_bytes()
    with pytest.raises(WeipianError, match="有 1 个图斑编号已在工作库中：500156SJBG21000003，"):
        add_batch(workspace, patch_frame(3, first=3))
    with pytest.raises(WeipianError, match="图斑编号重复：甲，"):
        add_batch(workspace, patch_frame(3, patch_no=["甲", "乙", "甲"]))
    assert workspace.path.read_bytes() == before


def test_each_patch_has_a_history_row_with_its_geometrys_digest(workspace):
    frame = patch_frame(2)
    add_batch(workspace, frame)
    key, before, after = history_of(workspace, "patch")[0]
    assert (key, before) == (FIRST, None)
    assert after["attributes"] == '{"JCBH":"甲","MJ":16.15}'
    assert after["issued_area"] is None
    assert after["geom"] == batches.sha256(shapely.to_wkb(frame.geometry[0], byte_order=1)).hexdigest()


def test_towns_are_set_once_with_before_and_after(workspace):
    add_batch(workspace, patch_frame(3))
    towns = pd.DataFrame(
        {
            "patch_no": [FIRST, "500156SJBG21000003"],
            "town_code": ["500156001", ""],
            "town_name": ["凤山街道", ""],
        }
    )
    with workspace.writing("甲", "定乡镇") as change:
        assert patches.set_towns(change, towns) == [FIRST]
    size = workspace.path.read_bytes()
    with workspace.writing("甲", "定乡镇") as change:
        assert patches.set_towns(change, towns) == []
    assert workspace.path.read_bytes() == size
    assert patches.read(workspace, with_geometry=False)["town_name"].tolist() == ["凤山街道", "", ""]
    assert history_of(workspace, "patch")[-1] == (
        FIRST,
        {"town_code": "", "town_name": ""},
        {"town_code": "500156001", "town_name": "凤山街道"},
    )


def test_duty_states(workspace):
    add_batch(workspace, patch_frame(2))
    with workspace.writing("甲", "试") as change:
        assert patches.set_duty_states(change, {FIRST: "待会商"}) == [FIRST]
    frame = patches.read(workspace, with_geometry=False)
    assert frame["duty_state"].tolist() == ["待会商", "未评估"]
    assert frame["stage"].tolist() == ["待核查", "待核查"]


def test_an_unknown_patch_is_said(workspace):
    with pytest.raises(WeipianError, match="没有图斑“无此号”"), workspace.writing("甲", "试") as change:
        patches.set_duty_states(change, {"无此号": "唯一"})


def test_a_plain_update_of_the_geometry_keeps_the_rtree_right(workspace):
    add_batch(workspace, patch_frame(3))
    (moved,) = geopackage.encode(np.array([shapely.multipolygons([shapely.box(108, 29, 108.1, 29.1)])]))
    with workspace.writing("甲", "改边界") as change:
        change.connection.execute("UPDATE patch SET geom = ? WHERE fid = 2", (moved,))
        change.connection.execute("DELETE FROM patch WHERE fid = 3")
        change.connection.execute("UPDATE patch SET fid = 7 WHERE fid = 1")
    with workspace.reading() as connection:
        boxes = connection.execute("SELECT * FROM rtree_patch_geom ORDER BY id").fetchall()
    assert [box[0] for box in boxes] == [2, 7]
    assert boxes[0][1:] == pytest.approx((108, 108.1, 29, 29.1), abs=2e-5)
    found = pyogrio.read_dataframe(workspace.path, layer="patch", bbox=(108.01, 29.01, 108.02, 29.02))
    assert found["patch_no"].tolist() == ["500156SJBG21000002"]
