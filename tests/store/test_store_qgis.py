"""QGIS and the plug-in at the same file: opened without a warning, edited, held open, in WAL mode."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing

import numpy as np
import pyogrio
import pytest
import shapely
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsFeatureRequest,
    QgsGeometry,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from store_samples import add_batch, edition_of, layer_frame, patch_frame

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.store import backup, history, patches
from weipian_plugin.store.restoring import overwrite
from weipian_plugin.store.workspace import Workspace

MOVED = "MultiPolygon (((108 29, 108.1 29, 108.1 29.1, 108 29.1, 108 29)))"
THERE = QgsRectangle(108.01, 29.01, 108.02, 29.02)


@pytest.fixture(autouse=True)
def no_warning(qgis_app):
    """Fail on anything that QGIS writes into its log."""
    said = []

    def listen(text, tag, level):
        if level != Qgis.MessageLevel.Info:
            said.append((tag, text))

    received = QgsApplication.messageLog().messageReceived[str, str, Qgis.MessageLevel]
    received.connect(listen)
    yield
    received.disconnect(listen)
    assert said == []


def opened(path, table):
    layer = QgsVectorLayer(f"{path}|layername={table}", table, "ogr")
    assert layer.isValid()
    return layer


def numbers_in(layer, rectangle):
    return [feature["patch_no"] for feature in layer.getFeatures(QgsFeatureRequest(rectangle))]


def journal_mode(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA journal_mode").fetchone()[0]


def assert_rtree_is_right(path):
    with closing(sqlite3.connect(path)) as connection:
        boxes = connection.execute("SELECT * FROM rtree_patch_geom ORDER BY id").fetchall()
    frame = pyogrio.read_dataframe(path, layer="patch", fid_as_index=True)
    assert [box[0] for box in boxes] == frame.index.tolist()
    bounds = shapely.bounds(frame.geometry.to_numpy())[:, [0, 2, 1, 3]]
    assert np.allclose(np.array(boxes)[:, 1:], bounds, atol=3e-5)


def test_every_table_opens(workspace, library):
    add_batch(workspace, patch_frame(3))
    library.replace_layer(edition_of(Role.LAND_CLASS), layer_frame(4))
    for path, tables in (
        (
            workspace.path,
            ["patch", "batch", "overlay_area", "overlay_hit", "duty", "determination", "history"],
        ),
        (library.path, ["land_class", "layer_edition"]),
    ):
        for table in tables:
            layer = opened(path, table)
            assert len(list(layer.getFeatures())) == layer.featureCount()
    patch = opened(workspace.path, "patch")
    assert patch.crs().authid() == "EPSG:4490"
    assert patch.featureCount() == 3
    assert patch.extent().xMinimum() == pytest.approx(107.5, abs=1e-4)
    assert patch.hasSpatialIndex().name == "Present"


def test_editing_in_qgis_keeps_the_rtree_right(workspace):
    add_batch(workspace, patch_frame(5))
    layer = opened(workspace.path, "patch")
    first, second, *_ = layer.getFeatures()
    assert layer.startEditing()
    assert layer.changeGeometry(first.id(), QgsGeometry.fromWkt(MOVED))
    assert layer.deleteFeature(second.id())
    fresh = QgsVectorLayerUtils.createFeature(layer, QgsGeometry.fromWkt(MOVED))
    for name, value in {
        "patch_no": "新图斑",
        "batch_id": 1,
        "kind": "土地",
        "area_m2": 1.0,
        "area_mu": 0.0015,
    }.items():
        fresh[name] = value
    assert layer.addFeature(fresh)
    assert layer.commitChanges(), layer.commitErrors()
    assert sorted(numbers_in(layer, THERE)) == ["500156SJBG21000001", "新图斑"]
    assert_rtree_is_right(workspace.path)
    assert len(patches.read(workspace)) == 5


def test_we_read_and_write_while_qgis_edits(workspace):
    add_batch(workspace, patch_frame(3))
    layer = opened(workspace.path, "patch")
    assert layer.startEditing()
    first = next(layer.getFeatures())
    assert layer.changeGeometry(first.id(), QgsGeometry.fromWkt(MOVED))
    with workspace.writing("甲", "试") as change:
        patches.set_duty_states(change, {"500156SJBG21000002": "唯一"})
    assert layer.commitChanges(), layer.commitErrors()
    assert patches.read(workspace)["duty_state"].tolist() == ["未评估", "唯一", "未评估"]
    assert patches.read(workspace).geometry[0].bounds == (108, 29, 108.1, 29.1)
    layer.reload()
    assert [feature["duty_state"] for feature in layer.getFeatures()] == ["未评估", "唯一", "未评估"]
    assert_rtree_is_right(workspace.path)


def test_a_layer_is_replaced_under_the_eyes_of_qgis(library):
    library.replace_layer(edition_of(Role.LAND_CLASS), layer_frame(4))
    layer = opened(library.path, "land_class")
    assert layer.featureCount() == 4
    library.replace_layer(edition_of(Role.LAND_CLASS, "新"), layer_frame(9))
    again = opened(library.path, "land_class")
    assert len(list(again.getFeatures())) == 9
    assert len(library.near(Role.LAND_CLASS, np.array([[0, 0, 180, 90.0]])).wkb) == 9


HOLDER = """
import sys
from qgis.core import QgsApplication, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
layer = QgsVectorLayer(sys.argv[1] + "|layername=patch", "patch", "ogr")
features = layer.getFeatures()
next(features)
assert layer.startEditing()
layer.changeAttributeValue(1, layer.fields().indexOf("town_name"), "凤山街道")
assert layer.commitChanges(False)
print("held", flush=True)
sys.stdin.readline()
del features, layer
app.exitQgis()
"""


@pytest.fixture
def held_by_qgis(workspace):
    """Hold a workspace open for editing in another QGIS, with a change that is only in the WAL."""
    add_batch(workspace, patch_frame(3))
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(workspace.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout.readline() == "held\n"
        yield workspace
        other.communicate("done\n", timeout=20)
    assert other.returncode == 0


def test_a_file_that_another_qgis_holds_in_wal_mode(held_by_qgis, tmp_path):
    workspace = Workspace.open(held_by_qgis.path)
    assert workspace.path.with_name(workspace.path.name + "-wal").stat().st_size > 0
    assert journal_mode(workspace.path) == "wal"
    assert patches.read(workspace)["town_name"].tolist() == ["凤山街道", "", ""]
    with workspace.writing("甲", "试") as change:
        patches.set_duty_states(change, {"500156SJBG21000002": "唯一"})
    assert patches.read(workspace)["duty_state"].tolist() == ["未评估", "唯一", "未评估"]
    with workspace.reading() as connection:
        assert history.verify(connection).ok

    copy = tmp_path / "备份.gpkg"
    backup.backup_to(workspace.path, copy)
    copied = Workspace.open(copy)
    assert patches.read(copied)["town_name"].tolist() == ["凤山街道", "", ""]
    assert patches.read(copied)["duty_state"].tolist() == ["未评估", "唯一", "未评估"]
    assert journal_mode(copy) == "delete"
    assert [file.name for file in tmp_path.glob("备份*")] == ["备份.gpkg"]


def test_a_workspace_that_another_qgis_holds_is_restored_under_its_eyes(held_by_qgis):
    """In WAL mode nobody can be shut out: what QGIS has only in the WAL is in the copy from before."""
    workspace = Workspace.open(held_by_qgis.path)
    copy = backup.back_up(workspace.path)
    with workspace.writing("甲", "试") as change:
        patches.set_duty_states(change, {"500156SJBG21000002": "唯一"})
    with workspace.reading() as connection:
        head = history.head(connection)
    with backup.backed_up(workspace.path) as before:
        overwrite(copy, workspace.path, head, "乙", Progress())
    assert journal_mode(workspace.path) == "wal"
    states = [patches.read(Workspace.open(path))["duty_state"].tolist() for path in (workspace.path, before)]
    assert states == [["未评估"] * 3, ["未评估", "唯一", "未评估"]]
    assert patches.read(workspace)["town_name"].tolist() == ["凤山街道", "", ""]
    with pytest.raises(WeipianError, match="刚被别人改动"):
        overwrite(copy, workspace.path, head, "乙", Progress())
