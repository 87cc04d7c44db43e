"""Images of two dates on the map: attached in the dialog, drawn below the patches, compared by the swipe."""

from __future__ import annotations

import shutil

import pytest
from map_samples import NUMBERS, copy_office, make_office, shown_map, tree, write_image
from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QMenu
from stand_in import wait_until

from weipian_plugin import preferences
from weipian_plugin.gui.map.map_menu import fill_map_menu
from weipian_plugin.gui.map.swipe_curtain import Curtain
from weipian_plugin.workflow.imagery import Phase, attach_imagery, read_imagery

RED, BLUE = (200, 30, 30), (30, 30, 200)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return make_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def workspace(office, tmp_path):
    path = copy_office(office, tmp_path)[0]
    for name, colour in (("前.tif", RED), ("后.tif", BLUE)):
        write_image(tmp_path / name, colour)
    return path


@pytest.fixture
def attached(workspace):
    files = {
        phase: [workspace.parent / name] for phase, name in zip(Phase, ("前.tif", "后.tif"), strict=True)
    }
    attach_imagery(workspace, 1, files, "甲")
    return workspace


@pytest.fixture
def canvas(desk):
    found = desk.iface.mapCanvas()
    found.window().show()
    wait_until(lambda: found.mapSettings().outputSize().width() > 200)
    yield found
    found.window().hide()


def messages(desk):
    return [item.text() for item in desk.messages.bar.items()]


def test_images_lie_below_everything_and_the_later_ones_are_drawn(desk, attached):
    with shown_map(desk, attached) as layers:
        root = QgsProject.instance().layerTreeRoot()
        assert tree(root) == [("卫片执法", ["卫片图斑", ("影像", ["后时相 · 七月", "前时相 · 七月"])])]
        shown = [node.isVisible() for node in root.findLayers()]
        assert shown == [True, True, False]
        assert [len(layers.imagery.layers(phase)) for phase in Phase] == [1, 1]


def test_a_copied_folder_shows_its_own_images(desk, attached, tmp_path):
    copy = shutil.copytree(attached.parent, tmp_path / "u盘")
    with shown_map(desk, copy / attached.name) as layers:
        sources = {layer.source() for phase in Phase for layer in layers.imagery.layers(phase)}
        assert sources == {str(copy / "前.tif"), str(copy / "后.tif")}


@pytest.mark.parametrize(
    "otherwise",
    [{"epsg": None}, {"epsg": 4545}, {"box": (120.0, 30.0, 120.2, 30.07)}],
    ids=["no system", "another system", "elsewhere"],
)
def test_an_image_that_shows_no_patch_is_told(desk, attached, otherwise):
    write_image(attached.parent / "后.tif", BLUE, **otherwise)
    with shown_map(desk, attached):
        assert [text for text in messages(desk) if text.startswith("有 1 幅影像看不到")] == [
            "有 1 幅影像看不到：没有坐标系，或不在图斑的位置（后.tif），请核对坐标系后重新选择。"
        ]


def test_a_missing_image_is_told_and_the_others_are_shown(desk, attached):
    (attached.parent / "前.tif").unlink()
    with shown_map(desk, attached) as layers:
        assert [len(layers.imagery.layers(phase)) for phase in Phase] == [0, 1]
        assert "有 1 幅影像找不到或打不开（前.tif）" in messages(desk)[0]


def test_the_dialog_attaches_and_the_map_shows_at_once(desk, workspace):
    QgsSettings().setValue(preferences.PERSON, "甲")
    with shown_map(desk, workspace) as layers:
        layers.imagery.choose()
        dialog = layers.imagery.dialog
        wait_until(lambda: dialog.batch_table.rowCount() == 1)
        assert not dialog.clear_button.isEnabled()
        dialog.attach(Phase.AFTER, [workspace.parent / "后.tif"])
        wait_until(lambda: len(layers.imagery.layers(Phase.AFTER)) == 1)
        wait_until(lambda: dialog.batch_table.item(0, 2).text() == "后.tif")
        dialog.attach(Phase.BEFORE, [workspace.parent / "前.tif"])
        wait_until(lambda: len(layers.imagery.layers(Phase.BEFORE)) == 1)
        files = read_imagery(workspace)[0].files
        assert [len(files[phase]) for phase in Phase] == [1, 1]
        wait_until(lambda: any("卷帘对比前后时相" in text for text in messages(desk)))
        wait_until(dialog.clear_button.isEnabled)
        QTest.mouseClick(dialog.clear_button, Qt.MouseButton.LeftButton)
        wait_until(lambda: not layers.imagery.layers(Phase.AFTER))
        QTest.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
        assert layers.imagery.dialog is None


def colour_at(canvas, x, y):
    """Return the colour of the map with all that lies over it."""
    return canvas.grab().toImage().pixelColor(x, y).getRgb()[:3]


def test_the_swipe_shows_the_earlier_image_left_of_the_divider(desk, attached, canvas):
    with shown_map(desk, attached) as layers:
        layers.show_imagery(NUMBERS[1])
        curtain = layers.imagery.swipe_tool.curtain
        wait_until(lambda: not curtain.image.isNull() and not canvas.isDrawing())
        width, top = canvas.width(), canvas.height() // 8
        quarters = [QPoint(width // 4, top * 6), QPoint(3 * width // 4, top * 6)]
        wait_until(
            lambda: [colour_at(canvas, spot.x(), spot.y()) for spot in quarters] == [RED, BLUE], seconds=10
        )
        QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(width // 8, top))
        QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(width // 8, top))
        assert curtain.divider == pytest.approx(1 / 8, abs=0.01)
        assert colour_at(canvas, quarters[0].x(), quarters[0].y()) == BLUE
        QTest.mousePress(canvas.viewport(), Qt.MouseButton.RightButton, pos=quarters[1])
        assert colour_at(canvas, quarters[1].x(), quarters[1].y()) == RED
        QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.RightButton, pos=quarters[1])
        assert colour_at(canvas, quarters[1].x(), quarters[1].y()) == BLUE
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        assert not layers.imagery.is_swiping
        assert not [item for item in canvas.scene().items() if isinstance(item, Curtain)]


def test_the_swipe_goes_with_the_map(desk, attached, canvas):
    items = len(canvas.scene().items())
    with shown_map(desk, attached) as layers:
        layers.imagery.swipe(True)
        layers.remove()
        assert len(canvas.scene().items()) == items
        assert canvas.mapTool() is not layers.imagery.swipe_tool


def test_without_images_the_swipe_asks_for_them(desk, workspace):
    with shown_map(desk, workspace) as layers:
        layers.show_imagery(NUMBERS[0])
        assert not layers.imagery.is_swiping
        assert layers.imagery.dialog is not None
        assert "请先为批次选择影像" in messages(desk)[0]


def test_menu_says_how_things_stand(desk, workspace):
    with shown_map(desk, workspace) as layers:
        layers.set_theme("days_left")
        menu = QMenu()
        fill_map_menu(menu, layers)
        named = {action.objectName(): action for action in menu.actions()}
        checked = [name for name, action in named.items() if name and action.isChecked()]
        assert checked == ["weipian_map_days_left"]
        named["weipian_map_duty_state"].trigger()
        assert layers.theme == "duty_state"
        assert all(action.isEnabled() for action in menu.actions())
        desk.session.set_workspace(None)
        other = QMenu()
        fill_map_menu(other, layers)
        assert not any(action.isEnabled() for action in other.actions())
