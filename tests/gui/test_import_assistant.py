"""The import assistant with real files: what is shown, what is corrected, what is stored."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from qgis.PyQt.QtCore import QDate, QMimeData, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDropEvent
from stand_in import wait_until
from watchdog import Watchdog

from weipian_plugin.domain.roles import Role
from weipian_plugin.gui.intake_assistant.import_dialog import ImportDialog
from weipian_plugin.gui.intake_assistant.items import State
from weipian_plugin.store import batches, patches
from weipian_plugin.store.library import Library
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.create_workspace import create_workspace

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "intake"))
from intake_files import SQUARE, box, patch_dbf, write_shapefile

HANGS_MS = 400


@pytest.fixture
def workspace(desk, tmp_path):
    path = tmp_path / "工作库.gpkg"
    create_workspace(path, 2021, None, "甲")
    desk.session.set_person("甲")
    desk.session.set_workspace(path)
    return path


@pytest.fixture
def open_dialog(desk, qtbot):
    made = []

    def make(kind):
        dialog = ImportDialog(desk, kind)
        made.append(dialog)
        dialog.show()
        return dialog

    yield make
    for dialog in made:
        dialog.close()
        dialog.deleteLater()


def issued(folder, name="七月.shp", rows=3, **columns):
    shapes = [[box(107.70 + 0.01 * row, 29.30)] for row in range(rows)]
    return str(write_shapefile(folder / name, shapes, patch_dbf(rows, **columns)))


def base_file(folder):
    path = folder / "底图.gpkg"
    towns = {"XZQDM": ["500156001"], "XZQMC": ["凤山街道"]}
    for layer, data in (("XZQ", towns), ("STBHHX", {"HXMC": ["红线"]}), ("图层1", {"a": ["x"]})):
        frame = gpd.GeoDataFrame(data, geometry=[shapely.Polygon(SQUARE)], crs="EPSG:4490")
        frame.to_file(path, layer=layer)
    return str(path)


def settled(dialog):
    """Wait until nothing is being looked at or imported any more."""
    wait_until(lambda: not dialog._wait.isActive() and not dialog.progress_bar.isVisible())


def looked_at(dialog, *paths):
    dialog.take(list(paths))
    wait_until(lambda: dialog.items and dialog.items[0].seen is not None)
    settled(dialog)
    return dialog.items[0]


def test_without_a_workspace_one_is_offered_and_nothing_can_be_imported(desk, open_dialog, tmp_path):
    dialog = open_dialog("patches")
    assert dialog.need_frame.isVisible() and dialog.new_button.isVisible()
    assert "还没有打开工作库" in dialog.need_label.text()
    dialog.take([issued(tmp_path)])
    wait_until(lambda: dialog.items)
    assert not dialog.import_button.isEnabled()
    create_workspace(tmp_path / "库.gpkg", 2021, None, "甲")
    desk.session.set_workspace(tmp_path / "库.gpkg")
    assert not dialog.need_frame.isVisible()
    wait_until(lambda: dialog.items[0].state is State.READY)
    assert dialog.import_button.isEnabled()


def test_a_dropped_file_is_shown_before_anything_is_stored(open_dialog, workspace, tmp_path):
    dialog = open_dialog("patches")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(issued(tmp_path))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dialog.dropEvent(drop)
    wait_until(lambda: dialog.items and dialog.items[0].state is State.READY)
    assert dialog.encoding_combo.currentText() == "自动识别：GBK"
    assert dialog.samples_label.text() == "武隆区"
    assert dialog.crs_combo.currentText() == "自动识别：EPSG:4490"
    assert dialog.panel.fields.boxes["patch_no"].currentData() == "JCBH"
    assert dialog.rows_view.model().rowCount() == 3
    assert dialog.rows_view.model().headerData(0, Qt.Orientation.Horizontal) == "JCBH\n图斑编号"
    assert "读取 3 个，可以导入 3 个，不能导入 0 个" in dialog.verdict_label.text()
    assert dialog.outlines._shapes.boundingRect().left() == pytest.approx(107.70)
    assert patches.read(Workspace.open(workspace)).empty


def test_import_stores_and_tells_the_other_windows(desk, open_dialog, workspace, tmp_path):
    told = []
    desk.session.patches_changed.connect(told.append)
    dialog = open_dialog("patches")
    looked_at(dialog, issued(tmp_path))
    dialog.received_edit.setDate(QDate(2021, 7, 20))
    dialog.batch_edit.clear()
    dialog.batch_edit.insert("2021年7月")
    dialog.items[0].batch = "2021年7月"
    dialog.import_button.click()
    wait_until(lambda: dialog.items[0].state is State.DONE)
    stored = batches.read(Workspace.open(workspace)).iloc[0]
    assert (stored["name"], stored["received_on"]) == ("2021年7月", "2021-07-20")
    assert told == [[]]
    assert "已导入批次“2021年7月”：3个图斑" in dialog.verdict_label.text()
    assert dialog.report_button.isVisible() and dialog.items[0].report.exists()
    assert not dialog.import_button.isEnabled()


def test_a_wrong_mapping_is_corrected_and_looked_at_anew(open_dialog, workspace, tmp_path):
    dialog = open_dialog("patches")
    item = looked_at(dialog, issued(tmp_path, JCBH=["", "", ""], BH=["甲1", "甲2", "甲3"]))
    assert item.state is State.REFUSED and "没有一个可以导入的图斑" in dialog.verdict_label.text()
    assert not dialog.import_button.isEnabled()
    combo = dialog.panel.fields.boxes["patch_no"]
    combo.setCurrentIndex(combo.findData("BH"))
    combo.activated.emit(combo.currentIndex())
    wait_until(lambda: item.state is State.READY)
    assert item.corrections.fields == {"patch_no": "BH"}
    assert dialog.import_button.isEnabled()


def test_garbled_text_is_seen_when_the_encoding_is_wrong(open_dialog, workspace, tmp_path):
    dialog = open_dialog("patches")
    item = looked_at(dialog, issued(tmp_path))
    dialog.encoding_combo.setCurrentIndex(dialog.encoding_combo.findData("BIG5"))
    dialog.encoding_combo.activated.emit(dialog.encoding_combo.currentIndex())
    wait_until(lambda: item.seen.preview.look.encoding != "GBK")
    assert dialog.samples_label.text() != "武隆区"


def test_findings_tell_how_grave_and_what_to_do(open_dialog, workspace, tmp_path):
    dialog = open_dialog("patches")
    path = str(
        write_shapefile(
            tmp_path / "重.shp", [[box(107.7, 29.3)]] * 2, patch_dbf(2, JCBH=["A1", "A1"]), prj_text=None
        )
    )
    looked_at(dialog, path)
    model = dialog.findings_view.model()
    texts = [[model.data(model.index(row, column)) for column in range(3)] for row in range(model.rowCount())]
    assert texts == sorted(texts, key=lambda row: ("错误", "警告", "提示").index(row[0]))
    assert any(row[0] == "警告" and "由坐标数值判断" in row[1] and "核实" in row[2] for row in texts)
    assert dialog.tabs.tabText(0) == f"问题（{len(texts)}）"


def test_crs_can_be_laid_down_by_typing(open_dialog, workspace, tmp_path):
    dialog = open_dialog("patches")
    item = looked_at(dialog, issued(tmp_path))
    dialog.crs_combo.setEditText("EPSG:4524")
    dialog.crs_combo.lineEdit().editingFinished.emit()
    assert item.corrections.crs == "EPSG:4524"
    dialog.crs_combo.setCurrentIndex(0)
    dialog.crs_combo.activated.emit(0)
    assert item.corrections.crs == ""
    settled(dialog)
    assert item.state is State.READY


def test_base_layers_are_listed_guessed_and_imported_one_after_another(desk, open_dialog, tmp_path):
    desk.session.set_person("甲")
    dialog = open_dialog("base")
    assert "还没有底图库" in dialog.need_label.text()
    library = tmp_path / "底图库.gpkg"
    dialog.library_widget.setFilePath(str(library))
    assert not dialog.need_frame.isVisible()
    looked_at(dialog, base_file(tmp_path))
    assert [(item.name, item.kind, item.wanted) for item in dialog.items] == [
        ("XZQ", Role.TOWNSHIP, True),
        ("STBHHX", Role.REDLINE, True),
        ("图层1", None, False),
    ]
    dialog.edition_edit.setText("2021年版")
    dialog.edition_edit.textEdited.emit("2021年版")
    assert [item.edition for item in dialog.items] == ["2021年版"] * 3
    assert dialog.import_button.text() == "导入 2 个"
    dialog.import_button.click()
    wait_until(lambda: [item.state for item in dialog.items[:2]] == [State.DONE] * 2)
    held = Library.open(library).editions()
    assert {role: edition.edition for role, edition in held.items()} == {
        Role.REDLINE: "2021年版",
        Role.TOWNSHIP: "2021年版",
    }
    assert desk.session.library == library
    assert dialog.items[2].state is State.ROLE_OPEN
    for row, column in ((0, "XZQDM"), (1, "HXMC")):
        dialog.items_view.setCurrentIndex(dialog.items_view.model().index(row, 0))
        wait_until(lambda row=row: dialog.items[row].seen is not None)
        assert dialog.rows_view.model().headerData(0, Qt.Orientation.Horizontal).startswith(column)
        assert dialog.items[row].state is State.DONE and "已导入" in dialog.verdict_label.text()


def test_the_first_library_is_proposed_beside_the_workspace(open_dialog, workspace):
    dialog = open_dialog("base")
    assert dialog.library_widget.filePath() == str(workspace.with_name("底图库.gpkg"))
    assert not dialog.need_frame.isVisible()


def test_the_role_of_an_unknown_layer_is_chosen(desk, open_dialog, tmp_path):
    desk.session.set_person("甲")
    desk.session.set_library(tmp_path / "底图库.gpkg")
    dialog = open_dialog("base")
    looked_at(dialog, base_file(tmp_path))
    item = dialog.items[2]
    dialog.items_view.setCurrentIndex(dialog.items_view.model().index(2, 0))
    wait_until(lambda: item.seen is not None)
    assert "看不准" in dialog.verdict_label.text()
    dialog.role_combo.setCurrentIndex(dialog.role_combo.findText("林地"))
    dialog.role_combo.activated.emit(dialog.role_combo.currentIndex())
    wait_until(lambda: item.state is State.READY)
    assert item.wanted and item.kind is Role.FOREST
    combo = dialog.panel.fields.boxes["label"]
    assert [combo.itemText(row) for row in range(combo.count())] == ["（不用）", "a"]


def test_a_file_that_is_none_is_told_in_the_window_and_the_message_bar(
    desk, open_dialog, workspace, tmp_path
):
    (tmp_path / "说明.txt").write_text("x", encoding="utf-8")
    dialog = open_dialog("patches")
    item = looked_at(dialog, str(tmp_path / "说明.txt"))
    assert item.state is State.REFUSED
    assert "不认识 说明.txt 的格式" in dialog.verdict_label.text()


def test_a_day_in_the_future_cannot_be_chosen(open_dialog, workspace):
    dialog = open_dialog("patches")
    dialog.received_edit.setDate(QDate.currentDate().addDays(3))
    today = date.today()
    assert dialog.received_edit.date() == QDate(today.year, today.month, today.day)


def test_closing_while_looking_leaves_nothing_behind(desk, open_dialog, workspace, tmp_path):
    dialog = open_dialog("patches")
    dialog.take([issued(tmp_path, rows=200)])
    dialog.close()
    wait_until(lambda: not desk.worker.running)
    assert not dialog.isVisible()


def longest_gap(dialog, path):
    """Look at a file and import it; return how long the event loop stood still at most."""
    with Watchdog() as dog:
        looked_at(dialog, path)
        dialog.import_button.click()
        wait_until(lambda: dialog.items[0].state is State.DONE)
    return dog.longest_ms


def test_the_window_does_not_hang_while_a_file_is_read(open_dialog, workspace, tmp_path):
    """Measured up to three times: a busy computer makes every window wait now and then."""
    dialog = open_dialog("patches")
    settled(dialog)
    gaps = []
    for turn in range(3):
        numbers = [f"P{turn}-{row}" for row in range(2000)]
        gaps.append(longest_gap(dialog, issued(tmp_path, f"{turn}.shp", rows=2000, JCBH=numbers)))
        if gaps[-1] < HANGS_MS:
            break
    assert min(gaps) < HANGS_MS
