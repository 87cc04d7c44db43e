"""The library: layers replaced whole, found by box, and read by GDAL."""

from __future__ import annotations

import datetime
import sqlite3
import threading
import warnings
from decimal import Decimal

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import edition_of, layer_frame

from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.domain.layers import LayerEdition
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.store.library import _NEAR, Library
from weipian_plugin.store.workspace import Workspace


def test_editions_come_back_in_the_order_of_roles(library):
    assert library.editions() == {}
    library.replace_layer(edition_of(Role.REDLINE), layer_frame(2))
    library.replace_layer(edition_of(Role.LAND_CLASS), layer_frame(3))
    editions = library.editions()
    assert list(editions) == [Role.LAND_CLASS, Role.REDLINE]
    assert editions[Role.LAND_CLASS].feature_count == 3
    assert editions[Role.REDLINE].edition == "2020年度变更调查"
    assert editions[Role.REDLINE].role is Role.REDLINE
    assert editions[Role.REDLINE].imported_at == "2021-07-01T08:00:00+08:00"
    library.replace_layer(LayerEdition(Role.RIVER, "甲", "a.shp", "00", 0), layer_frame(1))
    assert datetime.datetime.fromisoformat(library.editions()[Role.RIVER].imported_at).tzinfo is not None


def test_a_layer_is_replaced_whole(library):
    library.replace_layer(edition_of(Role.LAND_CLASS), layer_frame(9))
    library.replace_layer(edition_of(Role.LAND_CLASS, "2021年度"), layer_frame(2, 新字段="甲"))
    read = pyogrio.read_dataframe(library.path, layer="land_class")
    assert len(read) == 2
    assert "新字段" in read.columns
    assert library.editions()[Role.LAND_CLASS].edition == "2021年度"
    found = library.near(Role.LAND_CLASS, np.array([[107, 29, 108, 30]]))
    assert sorted(found.source_fid.tolist()) == [10, 11]


def test_candidates_carry_what_the_overlay_needs(library):
    library.replace_layer(edition_of(Role.LAND_CLASS), layer_frame(4))
    boxes = np.array(
        [[107.5021, 29.3001, 107.5022, 29.3002], [90, 20, 91, 21], [107.5, 29.3, 107.5041, 29.4]]
    )
    found = library.near(Role.LAND_CLASS, boxes)
    labels = dict(zip(found.source_fid.tolist(), found.label, strict=True))
    assert labels == {10: "图斑0", 11: "图斑1", 12: "图斑2"}
    assert list(found.class_code) == ["0103"] * 3
    assert list(found.deducted_class) == ["1203"] * 3
    assert found.geom_area_m2.tolist() == [1000.0] * 3
    assert found.parcel_area_m2.tolist() == [999.0] * 3
    assert found.net_parcel_area_m2.tolist() == [900.0] * 3
    first = found.wkb[found.source_fid.tolist().index(10)]
    assert shapely.from_wkb(first).equals(layer_frame(1).geometry[0])


def test_a_role_without_land_class_columns_gives_nan_and_empty_text(library):
    frame = layer_frame(2).drop(columns=["parcel_area_m2", "net_parcel_area_m2", "deducted_class"])
    frame.loc[0, "label"] = None
    library.replace_layer(edition_of(Role.REDLINE), frame)
    found = library.near(Role.REDLINE, np.array([[107, 29, 108, 30]]))
    assert np.isnan(found.parcel_area_m2).all()
    assert np.isnan(found.net_parcel_area_m2).all()
    assert list(found.deducted_class) == ["", ""]
    assert sorted(found.label) == ["", "图斑1"]


def test_no_boxes_and_no_hits_give_empty_arrays(library):
    library.replace_layer(edition_of(Role.RIVER), layer_frame(2))
    for boxes in (np.empty((0, 4)), np.array([[0, 0, 1, 1.0]]), np.full((1, 4), np.nan)):
        found = library.near(Role.RIVER, boxes)
        assert len(found.wkb) == len(found.label) == len(found.geom_area_m2) == 0


def test_an_empty_layer_is_a_layer(library):
    library.replace_layer(edition_of(Role.RIVER), layer_frame(0))
    assert library.editions()[Role.RIVER].feature_count == 0
    assert len(library.near(Role.RIVER, np.array([[0, 0, 180, 90.0]])).wkb) == 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32 - 1))
def test_candidates_against_brute_force(library, seed):
    rng = np.random.default_rng(seed)
    corner = rng.uniform([107, 29], [107.1, 29.1], (60, 2))
    size = rng.exponential(0.005, (60, 2)) * rng.choice([1, 10], (60, 1))
    boxes = np.hstack([corner, corner + size])
    features, asked = boxes[:40], boxes[40:]
    frame = layer_frame(40)
    frame = frame.set_geometry(gpd.GeoSeries(shapely.box(*features.T), crs=4490, name="geom"))
    library.replace_layer(edition_of(Role.FOREST), frame)
    found = library.near(Role.FOREST, asked)
    got = set((found.source_fid - 10).tolist())
    touching = {f for f in range(40) if _touches(asked, features[f], 0)}
    assert touching <= got
    # The R-tree rounds outward to 32 bits: 1e-5 degrees at 107.
    assert all(_touches(asked, features[f], 1e-4) for f in got)


def _touches(boxes, box, slack):
    low, high = box[:2] - slack <= boxes[:, 2:], box[2:] + slack >= boxes[:, :2]
    return (low & high).all(axis=1).any()


def test_few_boxes_do_not_scan_the_table(library):
    library.replace_layer(edition_of(Role.LAND_CLASS), layer_frame(50))
    statement = _NEAR.replace("$columns", "geom").replace("$table", "land_class")
    with sqlite3.connect(library.path) as connection:
        connection.execute("CREATE TEMP TABLE box (minx, miny, maxx, maxy)")
        explain = "EXPLAIN QUERY PLAN " + statement.replace("$rtree", "rtree_land_class_geom")
        steps = [row[3] for row in connection.execute(explain)]
    assert any(step.startswith("SEARCH layer USING INTEGER PRIMARY KEY") for step in steps)
    assert any("VIRTUAL TABLE INDEX" in step for step in steps)


def test_gdal_opens_every_table_without_a_warning(library):
    library.replace_layer(edition_of(Role.LAND_CLASS), layer_frame(3))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        listed = dict(pyogrio.list_layers(library.path))
        info = pyogrio.read_info(library.path, layer="land_class")
        inside = pyogrio.read_dataframe(
            library.path, layer="land_class", bbox=(107.5019, 29.3, 107.5031, 29.4)
        )
    assert listed == {"land_class": "MultiPolygon", "setting": None, "layer_edition": None}
    assert info["features"] == 3
    assert info["crs"] == "EPSG:4490"
    assert info["total_bounds"] == pytest.approx((107.5, 29.3, 107.505, 29.301))
    assert inside["label"].tolist() == ["图斑1"]


def test_source_columns_keep_their_names_values_and_types(library):
    frame = layer_frame(2)
    frame["FID"] = [7, 8]
    frame["Label"] = ["甲", "乙"]
    frame["geom_1"] = [1.5, None]
    frame['引"号;--'] = ["x", None]
    frame["整数"] = pd.array([1, None], dtype="Int64")
    frame["是否"] = pd.array([True, None], dtype="boolean")
    frame["时间"] = pd.to_datetime(["2021-03-04 05:06:07.008", None])
    frame["日期"] = [datetime.date(2021, 3, 4), None]
    frame["十进"] = [Decimal("1.25"), None]
    frame["混合"] = [1, "二"]
    frame["大数"] = [2**70, 3]
    frame["空"] = [None, None]
    frame["类"] = pd.Categorical(["a", None])
    frame["字节"] = [b"\x01", None]
    frame["select"] = ["关键字", None]
    frame["无穷"] = [float("inf"), 2.0]
    library.replace_layer(edition_of(Role.LAND_CLASS), frame)
    read = pyogrio.read_dataframe(library.path, layer="land_class").iloc[0]
    assert read["FID_1"] == 7
    assert read["Label_1"] == "甲"
    assert read["geom_1"] == 1.5
    assert read['引"号;--'] == "x"
    assert read["整数"] == 1
    assert bool(read["是否"]) is True
    assert pd.Timestamp(read["时间"]).tz_localize(None) == pd.Timestamp("2021-03-04 05:06:07.008")
    assert str(read["日期"]).startswith("2021-03-04")
    assert read["十进"] == 1.25
    assert read["混合"] == "1"
    assert read["大数"] == str(2**70)
    assert read["空"] is None
    assert read["类"] == "a"
    assert read["select"] == "关键字"
    assert np.isnan(read["无穷"])
    with sqlite3.connect(library.path) as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(land_class)")]
        stored = connection.execute('SELECT "字节", "整数" FROM land_class ORDER BY fid').fetchall()
    assert names[:9] == [
        "fid", "geom", "source_fid", "label", "class_code", "geom_area_m2", "parcel_area_m2",
        "net_parcel_area_m2", "deducted_class",
    ]  # fmt: skip
    assert stored == [(b"\x01", 1), (None, None)]


class CancelAfter(Progress):
    def __init__(self, calls):
        self.left = calls
        self.shown = []

    def is_cancelled(self):
        self.left -= 1
        return self.left < 0

    def _show(self, fraction, text):
        self.shown.append(fraction)


@pytest.mark.parametrize("calls", [0, 1, 2, 3])
def test_a_cancelled_import_keeps_the_earlier_layer(library, calls):
    library.replace_layer(edition_of(Role.LAND_CLASS), layer_frame(3))
    before = library.path.read_bytes()
    with pytest.raises(Cancelled):
        library.replace_layer(edition_of(Role.LAND_CLASS, "新"), layer_frame(12000), CancelAfter(calls))
    assert library.path.read_bytes() == before
    assert not list(library.path.parent.glob("*.writing.json"))


def test_progress_moves_to_the_end(library):
    progress = CancelAfter(10**9)
    library.replace_layer(edition_of(Role.LAND_CLASS), layer_frame(12000), progress)
    assert progress.shown == sorted(progress.shown)
    assert len(set(progress.shown)) > 4
    assert progress.shown[-1] == 1.0


def test_a_failed_import_keeps_the_earlier_layer(library):
    library.replace_layer(edition_of(Role.LAND_CLASS), layer_frame(3))
    before = library.path.read_bytes()
    with pytest.raises(ValueError, match="invalid literal"):
        library.replace_layer(edition_of(Role.LAND_CLASS), layer_frame(2, source_fid=["x", "y"]))
    assert library.path.read_bytes() == before


def test_threads_read_at_once(library):
    library.replace_layer(edition_of(Role.LAND_CLASS), layer_frame(200))
    results, box = [], np.array([[107, 29, 108, 30.0]])
    threads = [
        threading.Thread(target=lambda: results.append(len(library.near(Role.LAND_CLASS, box).wkb)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [200] * 4


def test_a_layer_the_library_lacks_is_said(library):
    with pytest.raises(WeipianError, match="底图库里没有“河道管理范围”图层"):
        library.near(Role.RIVER, np.array([[0, 0, 1, 1.0]]))


def test_a_layer_deleted_by_another_program_is_held_no_more(library):
    library.replace_layer(edition_of(Role.RIVER), layer_frame(2))
    library.replace_layer(edition_of(Role.URBAN), layer_frame(2))
    with sqlite3.connect(library.path) as connection:
        connection.execute("DROP TABLE river")
    assert list(library.editions()) == [Role.URBAN]
    with pytest.raises(WeipianError, match="河道管理范围"):
        library.near(Role.RIVER, np.array([[0, 0, 1, 1.0]]))


def test_open_or_create(place):
    path = place / "新库.gpkg"
    assert Library.open_or_create(path).editions() == {}
    Library.open_or_create(path).replace_layer(edition_of(Role.URBAN), layer_frame(1))
    assert list(Library.open_or_create(path).editions()) == [Role.URBAN]
    with pytest.raises(WeipianError, match="已经存在"):
        Library.create(path)


def test_a_workspace_is_no_library(workspace):
    with pytest.raises(WeipianError, match="是工作库，这里需要的是底图库"):
        Library.open(workspace.path)
    assert Workspace.open(workspace.path).year == 2021
