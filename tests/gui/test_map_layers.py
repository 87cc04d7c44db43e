"""The map of the open workspace in a real project: built, in step with the files and the session, removed."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import pytest
from map_samples import NUMBERS, copy_office, make_office, settled, shown_map, tree, values
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsPointXY,
    QgsProject,
)
from stand_in import wait_until
from watchdog import BUSY_MS, Watchdog

from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.gui import colours
from weipian_plugin.gui.map.group import PROPERTY
from weipian_plugin.gui.map.workspace_layers import WorkspaceLayers
from weipian_plugin.store import backup, patches
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.backup import restore_workspace
from weipian_plugin.workflow.create_workspace import create_workspace


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return make_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def files(office, tmp_path):
    return copy_office(office, tmp_path)


@pytest.fixture
def shown(desk, files):
    with shown_map(desk, *files) as layers:
        yield layers


@pytest.fixture
def visible_canvas(desk):
    """The map in a window that is on the screen, so that it has a size."""
    canvas = desk.iface.mapCanvas()
    window = canvas.window()
    window.show()
    wait_until(lambda: canvas.mapSettings().outputSize().width() > 200)
    yield canvas
    window.hide()


def refreshed(layers, tell):
    """Tell of a change and wait until the map shows it."""
    seen = []
    layers.patches_shown.connect(lambda: seen.append(1))
    tell()
    wait_until(lambda: seen)


def journal_mode(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA journal_mode").fetchone()[0]


def shown_messages(desk):
    return [item.text() for item in desk.messages.bar.items()]


def set_state(workspace, number, state):
    with Workspace.open(workspace).writing("甲", "试") as change:
        patches.set_duty_states(change, {number: state})


def test_qgis_takes_no_layer_for_a_temporary_one(shown):
    """Else it marks it in the tree, and asks at its end whether it may be lost."""
    layer = QgsProject.instance().mapLayer(shown.layer.id())
    assert layer.providerType() == "memory"
    assert not layer.isTemporary()
    assert layer.customProperty("skipMemoryLayersCheck") == 1


def test_group_holds_what_the_library_has(shown):
    root = QgsProject.instance().layerTreeRoot()
    assert tree(root) == [
        (
            "卫片执法",
            [
                "卫片图斑",
                ("行政区划", ["乡镇街道"]),
                ("管控范围", ["生态保护红线", "河道管理范围"]),
                ("土地利用现状", ["地类图斑"]),
            ],
        )
    ]
    assert sorted(values(shown.layer, "stage")) == NUMBERS
    assert set(values(shown.layer, "stage").values()) == {"待核查"}


def test_project_gets_the_zone_of_the_patches_and_counts_as_saved(shown):
    assert QgsProject.instance().crs().authid() == "EPSG:4545"
    settled(shown)
    assert not QgsProject.instance().isDirty()


def test_the_way_to_the_zone_is_the_one_that_qgis_finds_itself(shown):
    world, zone = (QgsCoordinateReferenceSystem(code) for code in ("EPSG:4326", "EPSG:4545"))
    known = QgsProject.instance().transformContext()
    assert known.hasTransform(world, zone)
    place = QgsPointXY(107.75, 29.33)
    ways = [QgsCoordinateTransform(world, zone, way) for way in (known, QgsCoordinateTransformContext())]
    ours, found = (way.transform(place) for way in ways)
    assert (ours.x(), ours.y()) == pytest.approx((found.x(), found.y()), abs=1e-6)
    assert (ours.x(), ours.y()) == pytest.approx((475718.0078, 3245871.9760), abs=1e-4)
    back = ways[0].transform(ours, QgsCoordinateTransform.TransformDirection.ReverseTransform)
    assert (back.x(), back.y()) == pytest.approx((place.x(), place.y()), abs=1e-9)


def test_columns_and_words_are_chinese(shown):
    layer = shown.layer
    assert [layer.attributeDisplayName(at) for at in range(7)] == [
        "图斑编号",
        "办理阶段",
        "职责状态",
        "期限",
        "剩余天数",
        "到期日",
        "查处单位",
    ]
    assert all(layer.attributeAlias(at) for at in range(layer.fields().count()))
    words = layer.editorWidgetSetup(layer.fields().lookupField("duty_state")).config()["map"]
    assert [next(iter(word)) for word in words] == ["唯一", "待会商", "兜底", "未评估"]
    assert values(layer, "town_name")[NUMBERS[0]] == "西镇"
    assert values(layer, "patch_type")[NUMBERS[0]] == "20 建/构筑物"


def test_degrees_count_as_those_of_wgs_84(shown):
    assert shown.layer.wgs84Extent() == shown.layer.extent()
    assert not shown.layer.extent().isEmpty()


def test_nobody_can_edit_a_layer(shown):
    for layer in QgsProject.instance().mapLayers().values():
        assert layer.readOnly()
        assert not layer.startEditing()
    form = shown.layer.editFormConfig()
    assert all(form.readOnly(at) for at in range(shown.layer.fields().count()))
    assert [element.name() for element in form.invisibleRootContainer().children()][:2] == [
        "说明",
        "patch_no",
    ]


def test_the_files_stay_as_they_are_and_nothing_lies_beside_them(shown, files, tmp_path):
    for path in files:
        assert journal_mode(path) == "delete"
    assert sorted(path.name for path in tmp_path.glob("*")) == ["工作库.gpkg", "底图库.gpkg"]


def test_base_layers_have_an_index_and_no_filter(shown):
    bases = [one for one in QgsProject.instance().mapLayers().values() if one is not shown.layer]
    assert len(bases) == 4
    assert {layer.hasSpatialIndex().name for layer in bases} == {"Present"}
    assert {layer.subsetString() for layer in bases} == {""}


def test_a_change_is_shown_while_the_selection_stays(desk, shown, files):
    desk.session.set_current(NUMBERS[2])
    chosen = shown.layer.selectedFeatureIds()
    set_state(files[0], NUMBERS[1], "待会商")
    refreshed(shown, lambda: desk.session.tell_changed([NUMBERS[1]]))
    states = values(shown.layer, "duty_state")
    assert [states[number] for number in NUMBERS] == ["未评估", "待会商", "未评估", "未评估", "未评估"]
    assert shown.layer.selectedFeatureIds() == chosen
    assert desk.session.current == NUMBERS[2]


def test_changes_that_come_fast_end_with_the_last(desk, shown, files):
    for state in ("待会商", "唯一", "兜底"):
        set_state(files[0], NUMBERS[0], state)
        desk.session.tell_changed([NUMBERS[0]])
    wait_until(lambda: values(shown.layer, "duty_state")[NUMBERS[0]] == "兜底")


def test_library_can_be_written_while_it_is_shown(desk, shown, files):
    with closing(sqlite3.connect(files[1], timeout=1)) as connection:
        connection.execute("UPDATE layer_edition SET edition = '新版'")
        connection.commit()
    seen = []
    shown.base_shown.connect(lambda: seen.append(1))
    desk.session.set_library(files[1])
    wait_until(lambda: seen)
    assert len(QgsProject.instance().mapLayers()) == 5


def test_a_backup_can_be_restored_under_the_map(desk, shown, files, tmp_path):
    copy = tmp_path / "copy.gpkg"
    backup.backup_to(files[0], copy)
    set_state(files[0], NUMBERS[0], "唯一")
    refreshed(shown, desk.session.tell_changed)
    assert values(shown.layer, "duty_state")[NUMBERS[0]] == "唯一"
    restore_workspace(files[0], copy, "甲", Progress())
    refreshed(shown, desk.session.tell_changed)
    assert values(shown.layer, "duty_state")[NUMBERS[0]] == "未评估"


def test_map_and_session_choose_the_same_patch(desk, shown):
    told = []
    desk.session.current_changed.connect(told.append)
    desk.session.set_current(NUMBERS[3])
    assert [feature["patch_no"] for feature in shown.layer.selectedFeatures()] == [NUMBERS[3]]
    own = next(feature for feature in shown.layer.getFeatures() if feature["patch_no"] == NUMBERS[1])
    shown.layer.selectByIds([own.id()])
    assert desk.session.current == NUMBERS[1]
    assert told == [NUMBERS[3], NUMBERS[1]]


def test_several_selected_patches_leave_the_session_alone(desk, shown):
    desk.session.set_current(NUMBERS[0])
    shown.layer.selectAll()
    assert desk.session.current == NUMBERS[0]
    desk.session.set_current(NUMBERS[4])
    assert shown.layer.selectedFeatureCount() == 5


def test_map_follows_the_session_unless_told_not_to(desk, shown, visible_canvas):
    canvas = visible_canvas
    desk.session.set_current(NUMBERS[1])
    followed = canvas.extent()
    assert canvas.scale() <= 25_000
    shown.set_follows(False)
    desk.session.set_current(NUMBERS[0])
    assert canvas.extent() == followed
    assert shown.zoom_to(NUMBERS[0])
    assert canvas.extent() != followed
    assert not shown.zoom_to("没有这个图斑")


def test_themes_colour_by_what_they_say_and_leave_the_labels(shown):
    for theme, attribute in (("duty_state", "duty_state"), ("days_left", "term"), ("stage", "stage")):
        shown.set_theme(theme)
        assert shown.layer.renderer().classAttribute() == attribute
        assert shown.layer.labeling().settings().fieldName == "patch_no"
        assert shown.layer.attributeAlias(0) == "图斑编号"


def test_pieces_of_a_role_flash_in_its_colour_and_go(desk, shown):
    # Patch 2 lies wholly in the red line and in no river.
    shown.flash(NUMBERS[1])
    wait_until(lambda: shown._pieces.shown == 1)
    band = shown._pieces._flasher._bands[0]
    assert band.strokeColor().name().upper() == colours.ROLES[Role.REDLINE]
    assert band.asGeometry().area() > 0
    shown.flash(NUMBERS[1], "river")
    wait_until(lambda: shown._pieces.shown == 0)
    assert "没有重叠部分" in shown_messages(desk)[0]


def test_removing_leaves_nothing(desk, files, qgis_canvas):
    before, known = QgsProject.instance().crs(), QgsProject.instance().transformContext()
    items = len(qgis_canvas.scene().items())
    with shown_map(desk, *files) as layers:
        layers.flash(NUMBERS[1])
        wait_until(lambda: layers._pieces.shown)
        layers.remove()
        assert QgsProject.instance().mapLayers() == {}
        assert QgsProject.instance().layerTreeRoot().children() == []
        assert len(qgis_canvas.scene().items()) == items
        assert QgsProject.instance().crs() == before
        assert QgsProject.instance().transformContext() == known
        desk.session.set_current(NUMBERS[0])
        desk.session.tell_changed()
        layers.remove()


def test_closing_the_workspace_empties_the_map(desk, shown):
    desk.session.set_workspace(None)
    assert QgsProject.instance().mapLayers() == {}
    assert shown.layer is None
    shown.set_theme("days_left")
    shown.flash(NUMBERS[0])


def test_a_missing_library_leaves_the_patches_and_says_so(desk, files, tmp_path):
    with shown_map(desk, files[0], tmp_path / "没有.gpkg") as layers:
        assert tree(QgsProject.instance().layerTreeRoot()) == [("卫片执法", ["卫片图斑"])]
        assert layers.layer.featureCount() == 5
        assert shown_messages(desk)[0].startswith("地图上没有底图：找不到底图库")


def test_a_new_project_gets_the_map_again(desk, shown):
    seen = []
    shown.base_shown.connect(lambda: seen.append(1))
    QgsProject.instance().clear()
    desk.iface.newProjectCreated.emit()
    wait_until(lambda: seen)
    groups = QgsProject.instance().layerTreeRoot().findGroups()
    assert [group.customProperty(PROPERTY) for group in groups] == ["all"]
    assert shown.layer.featureCount() == 5


def test_a_project_saved_with_the_map_shows_it_once(desk, shown, tmp_path):
    path = tmp_path / "项目.qgz"
    assert QgsProject.instance().write(str(path))
    seen = []
    shown.base_shown.connect(lambda: seen.append(1))
    assert QgsProject.instance().read(str(path))
    wait_until(lambda: seen)
    assert len(QgsProject.instance().layerTreeRoot().findGroups()) == 1
    assert len(QgsProject.instance().mapLayers()) == 5
    assert shown.layer.featureCount() == 5


def test_taking_the_patches_off_the_map_is_told_and_can_be_undone(desk, shown):
    QgsProject.instance().removeMapLayer(shown.layer.id())
    assert shown.layer is None
    assert "重新载入地图" in shown_messages(desk)[0]
    desk.session.set_current(NUMBERS[0])
    desk.session.tell_changed()
    seen = []
    shown.base_shown.connect(lambda: seen.append(1))
    shown.rebuild()
    wait_until(lambda: seen)
    assert shown.layer.selectedFeatureCount() == 1


def test_a_project_of_ones_own_keeps_its_coordinate_system(desk, files):
    from qgis.core import QgsVectorLayer

    own = QgsVectorLayer("Point?crs=EPSG:3857", "自己的图层", "memory")
    QgsProject.instance().addMapLayer(own)
    QgsProject.instance().setCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    with shown_map(desk, *files) as layers:
        assert QgsProject.instance().crs().authid() == "EPSG:3857"
        layers.remove()
        assert tree(QgsProject.instance().layerTreeRoot()) == ["自己的图层"]


def test_an_empty_workspace_shows_the_district_undistorted(desk, files, tmp_path, visible_canvas):
    """Before the first patches come, the base layers say where to look and in which zone."""
    create_workspace(tmp_path / "空.gpkg", 2021, None, "甲")
    project = QgsProject.instance()

    def is_seen(layer):
        to_map = QgsCoordinateTransform(layer.crs(), project.crs(), project)
        return visible_canvas.extent().contains(to_map.transformBoundingBox(layer.extent()))

    with shown_map(desk, tmp_path / "空.gpkg", files[1]) as layers:
        base = [layer for layer in project.mapLayers().values() if layer is not layers.layer]
        wait_until(lambda: project.crs().authid() == "EPSG:4545" and all(map(is_seen, base)))
        assert base
        assert layers.layer.featureCount() == 0
        assert not project.isDirty()


def test_the_window_never_waits_long_for_the_map(desk, files):
    with Watchdog() as dog, shown_map(desk, *files):
        pass
    assert dog.busiest_ms < BUSY_MS
    assert dog.longest_ms < 400


def test_a_library_that_does_not_answer_keeps_nobody_waiting(desk, files, tmp_path, monkeypatch):
    """A pipe that nobody writes to stands for a network drive that is gone: opening it blocks."""
    dead = tmp_path / "网络盘.gpkg"
    os.mkfifo(dead)
    # A pipe itself would be refused before it is opened; the drive that it stands for is not.
    monkeypatch.setattr("weipian_plugin.store.files.require_usable", lambda path: None)
    desk.session.set_library(dead)
    layers = WorkspaceLayers(desk)
    seen = []
    layers.imagery.shown.connect(lambda: seen.append(1))
    with Watchdog() as dog:
        desk.session.set_workspace(files[0])
        wait_until(lambda: seen)
        desk.session.set_current(NUMBERS[2])
    assert dog.busiest_ms < BUSY_MS
    assert dog.longest_ms < 400
    assert layers.layer.selectedFeatureCount() == 1
    # Without waiting for a reader: where nobody has opened it, the test fails instead of standing still.
    os.close(os.open(dead, os.O_WRONLY | os.O_NONBLOCK))
    wait_until(lambda: not desk.worker.running)
    layers.remove()
    QgsProject.instance().clear()
