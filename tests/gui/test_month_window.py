"""The window 本月一键办理: what it asks for, what it does, and what is kept where a step fails."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import openpyxl
import pytest
from qgis.PyQt.QtCore import QDate, QMimeData, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDropEvent
from stand_in import wait_until

from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.gui.month_window.month_dialog import MonthDialog
from weipian_plugin.workflow.create_workspace import create_workspace
from weipian_plugin.workflow.import_base import BaseSource, import_base

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "intake"))
from intake_files import box, patch_dbf, write_shapefile

HELD = ("patch", "overlay_area", "duty")


@pytest.fixture
def issued(tmp_path):
    return write_shapefile(tmp_path / "七月.shp", [[box(107.70, 29.30)]], patch_dbf(1))


@pytest.fixture
def workspace(desk, tmp_path, issued):
    path, library = tmp_path / "工作库.gpkg", tmp_path / "底图库.gpkg"
    create_workspace(path, 2021, None, "甲")
    import_base(library, BaseSource(str(issued), Role.REDLINE, "版"), Progress())
    desk.session.set_person("甲")
    desk.session.set_library(library)
    desk.session.set_workspace(path)
    return path


@pytest.fixture
def dialog(desk, workspace):
    made = MonthDialog(desk)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def drop(dialog, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))


def counts(workspace):
    with sqlite3.connect(workspace) as base:
        return {name: base.execute(f"SELECT COUNT(*) > 0 FROM {name}").fetchone()[0] for name in HELD}


def test_a_dropped_file_goes_through_the_whole_month(desk, dialog, workspace, issued):
    page, told = dialog.page, []
    desk.session.patches_changed.connect(told.append)
    assert "图斑文件" in page.run_button.toolTip() and not page.run_button.isEnabled()
    drop(dialog, issued)
    assert (page.batch_edit.text(), page.run_button.isEnabled()) == ("七月", True)
    page.received_edit.setDate(QDate(2021, 7, 20))
    page.run_button.click()
    wait_until(page.file_button.isEnabled)
    assert page.result_label.text().startswith("办好了：导入1个图斑")
    assert counts(workspace) == dict.fromkeys(HELD, 1)
    book = openpyxl.load_workbook(page.output_widget.filePath(), read_only=True)
    assert "核查判定汇总表" in book.sheetnames
    book.close()
    assert told == [[]]
    assert "已经办理" in page.run_button.toolTip() and not page.run_button.isEnabled()


def test_what_was_done_before_a_step_failed_is_told_even_if_the_window_is_closed(
    desk, dialog, workspace, issued, monkeypatch
):
    told = []
    desk.session.patches_changed.connect(told.append)
    desk.session.library.write_bytes(b"")
    drop(dialog, issued)
    dialog.page.run_button.click()
    dialog.close()
    wait_until(lambda: told)
    assert "不是" in desk.messages.bar.currentItem().text()
    assert counts(workspace)["patch"] == 0


def test_without_a_library_it_says_what_is_missing(desk, dialog, issued):
    desk.session.set_workspace(None)
    drop(dialog, issued)
    assert not dialog.page.run_button.isEnabled()
    assert "请先打开工作库" in dialog.page.run_button.toolTip()
