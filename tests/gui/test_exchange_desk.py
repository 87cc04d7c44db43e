"""The exchange desk with real workbooks: what goes out, what is found, what comes back and is taken."""

from __future__ import annotations

import shutil
import sys
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from qgis.PyQt.QtCore import QDate, Qt
from stand_in import wait_until
from watchdog import BUSY_MS, Watchdog

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "workflow"))
from feedback_samples import DICTIONARY, Returned, latest, number, reported_workspace, ruled, state

from weipian_plugin.gui.exchange_desk.differences import RowKind
from weipian_plugin.gui.exchange_desk.dispatch_page import DispatchPage
from weipian_plugin.gui.exchange_desk.exchange_dock import ExchangeDock
from weipian_plugin.gui.exchange_desk.export_page import ExportPage
from weipian_plugin.gui.exchange_desk.letters_page import LettersPage
from weipian_plugin.gui.exchange_desk.precheck_page import PrecheckPage
from weipian_plugin.gui.exchange_desk.return_page import ReturnPage
from weipian_plugin.gui.exchange_desk.tasks_page import TasksPage
from weipian_plugin.store import determinations
from weipian_plugin.workflow.export_city import Checking

HANGS_MS = 400


@pytest.fixture
def dock(desk, qtbot):
    made = ExchangeDock(desk)
    desk.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, made)
    desk.iface.mainWindow().show()
    desk.session.set_person("丙")
    yield made
    made.shutdown()
    desk.iface.removeDockWidget(made)
    made.deleteLater()


@pytest.fixture
def work(desk, tmp_path):
    """A workspace that went to the city."""
    made = reported_workspace(tmp_path)
    desk.session.set_workspace(made.path)
    return made


def turned_to(dock, kind):
    dock.show_page(kind)
    wait_until(lambda: not dock._desk.worker.running)
    return dock.page(kind)


def read_in(dock, book, tmp_path):
    page = turned_to(dock, ReturnPage)
    page.table_widget.setFilePath(str(book.save(tmp_path / "反馈.xlsx")))
    page.read_button.click()
    wait_until(lambda: page.report_button.isEnabled())
    return page


def applied(page):
    page.apply_button.click()
    wait_until(lambda: "已采用" in page.result_label.text() and page.isEnabled())


def shown(page, line):
    """Return what the columns of a line show."""
    model = page.differences
    return [model.data(model.index(line, column)) for column in range(model.columnCount())]


def row_of(page, patch_no, title):
    rows = page.differences.rows
    return next(i for i, row in enumerate(rows) if (row.patch_no, row.title) == (patch_no, title))


def tick(page, patch_no, title, is_taken):
    page.kind_combo.setCurrentIndex(1)
    line = page.differences.shown.index(row_of(page, patch_no, title))
    value = Qt.CheckState.Checked if is_taken else Qt.CheckState.Unchecked
    assert page.differences.setData(page.differences.index(line, 0), value, Qt.ItemDataRole.CheckStateRole)


def test_without_a_workspace_the_tabs_are_closed_and_say_why(dock):
    assert not dock.tabs.isEnabled()
    assert dock.none_label.isVisible() and "还没有打开工作库" in dock.none_label.text()


def test_closing_hides_and_shutdown_disconnects(dock, desk, work):
    dock.close()
    assert not dock.isVisible()
    dock.show()
    assert dock.isVisible()


def test_export_writes_the_workbook_and_tells_what_must_be_completed(dock, work, tmp_path):
    page = turned_to(dock, ExportPage)
    assert page.output_widget.filePath().startswith(str(tmp_path / "上报_工作库_"))
    page.output_widget.setFilePath(str(tmp_path / "上报.xlsx"))
    page.template_combo.setCurrentIndex(page.template_combo.findData("市级简表"))
    page.export_button.click()
    wait_until(lambda: page.file_button.isEnabled())
    assert "已导出12个图斑到 上报.xlsx" in page.result_label.text()
    book = openpyxl.load_workbook(tmp_path / "上报.xlsx", read_only=True)
    assert "_导出" in book.sheetnames
    book.close()


def test_export_refuses_where_patches_must_be_completed(dock, work, tmp_path):
    page = turned_to(dock, ExportPage)
    page.output_widget.setFilePath(str(tmp_path / "上报.xlsx"))
    page.checking_combo.setCurrentIndex(page.checking_combo.findData(Checking.REFUSE))
    page.export_button.click()
    wait_until(lambda: page.result_label.isVisible() and page.isEnabled())
    assert "须补正" in page.result_label.text() and "没有导出" in page.result_label.text()
    assert not (tmp_path / "上报.xlsx").exists()


def test_own_template_needs_a_file(dock, work):
    page = turned_to(dock, ExportPage)
    page.template_combo.setCurrentIndex(page.template_combo.count() - 1)
    assert page.own_widget.isVisible() and not page.export_button.isEnabled()


def test_self_check_counts_by_reason_and_leads_to_the_patch(dock, desk, work):
    page = turned_to(dock, PrecheckPage)
    page.check_button.click()
    wait_until(lambda: page.reasons.rows)
    assert page.result_label.text().startswith("12个图斑：须补正")
    assert sum(int(row[1]) for row in page.reasons.rows) == sum(len(one.patches) for one in page._reasons)
    levels = [row[0] for row in page.reasons.rows]
    assert levels == sorted(levels, key=["须补正", "提醒", "须由人确认"].index)
    page.patch_view.selectRow(1)
    assert desk.session.current == page.patches.rows[1][0]
    assert desk.session.current in {number(index) for index in range(1, 13)}


def test_units_get_their_workbooks(dock, work, tmp_path):
    page = turned_to(dock, DispatchPage)
    page.folder_widget.setFilePath(str(tmp_path / "清单"))
    page.units_edit.setText("没有这个单位")
    page.dispatch_button.click()
    wait_until(lambda: page.result_label.isVisible() and page.isEnabled())
    assert "没有" in page.result_label.text()
    assert not (tmp_path / "清单").exists() or not list((tmp_path / "清单").iterdir())


def letter_of(dock, kind, unit):
    page = turned_to(dock, LettersPage)
    wait_until(lambda: page.period_combo.count() and not dock._desk.worker.running)
    page.kind_combo.setCurrentText(kind)
    page.unit_combo.setEditText(unit)
    page.unit_combo.lineEdit().editingFinished.emit()
    wait_until(lambda: not dock._desk.worker.running)
    return page


def test_a_letter_is_read_before_it_is_written(dock, work, tmp_path):
    page = letter_of(dock, "通报", "")
    assert "卫片图斑12个，面积36.00亩" in page.preview_view.toPlainText()
    assert page.output_widget.filePath() == str(tmp_path / f"通报_{date.today():%Y%m%d}.odt")
    marked = page.preview_view.document().find("卫片图斑12").charFormat()
    assert marked.toolTip() == "图斑数"
    assert not list(tmp_path.glob("*.odt")) and not page.file_button.isEnabled()
    page.write_button.click()
    wait_until(lambda: page.file_button.isEnabled())
    with zipfile.ZipFile(page.output_widget.filePath()) as archive:
        assert "卫片图斑12个，面积36.00亩" in archive.read("content.xml").decode("utf-8")


def test_a_letter_to_a_unit_needs_one_that_is_known(dock, work):
    page = letter_of(dock, "督办函", "")
    assert not page.write_button.isEnabled() and "收函单位" in page.write_button.toolTip()
    assert page.preview_view.toPlainText() == "" and "发给哪个单位" in page.result_label.text()
    page = letter_of(dock, "督办函", "没有这个单位")
    assert "不认识单位“没有这个单位”" in page.result_label.text()


def test_letters_are_told_by_the_cut_offs_that_are_over(dock, work):
    page = letter_of(dock, "通报", "")
    days = [page.period_combo.itemData(row) for row in range(page.period_combo.count())]
    assert days[0] == date.today() and days[-1] is None
    assert days[1:-1] == sorted(days[1:-1], reverse=True) and max(days[:-1]) <= date.today()
    assert not page.day_edit.isEnabled()
    page.period_combo.setCurrentIndex(len(days) - 1)
    page.period_combo.activated.emit(len(days) - 1)
    assert page.day_edit.isEnabled()
    page.day_edit.setDate(QDate(2000, 1, 1))
    wait_until(lambda: page.result_label.isVisible())
    assert "截至2000-01-01工作库里没有图斑" in page.result_label.text()


def test_reading_a_return_changes_nothing_and_shows_three_sides(dock, desk, work, tmp_path):
    before = state(work)
    book = (
        Returned(work).put(1, "remark", "请核实").put(2, "verdict", "退回").put(2, "reason", "需补充实地照片")
    )
    page = read_in(dock, book.put(3, "verdict", "通过").put(4, "area_mu", 9.5), tmp_path)
    assert state(work) == before
    assert [(row.kind, row.patch_no, row.title, row.theirs) for row in page.differences.rows] == [
        (RowKind.CHANGE, number(1), "备注", "请核实"),
        (RowKind.RETURN, number(2), "退回原因", "需补充实地照片"),
        (RowKind.AREA, number(4), "图斑面积（亩）", "9.5"),
    ]
    assert page.differences.ticked == [True, True, False]
    assert len(page.differences.shown) == 2
    assert "审核通过1个" in page.result_label.text()
    assert page.apply_button.text() == "采用勾选的2处"
    page.difference_view.selectRow(1)
    assert desk.session.current == number(2)


def test_only_what_is_ticked_is_taken_in_one_transaction(dock, desk, work, tmp_path):
    told = []
    desk.session.patches_changed.connect(told.append)
    book = Returned(work)
    for index in (1, 4):
        book.put(index, "remark", f"批注{index}")
    for index in (2, 5):
        book.put(index, "verdict", "退回").put(index, "reason", "需补充实地照片")
    page = read_in(dock, book, tmp_path)
    tick(page, number(4), "备注", False)
    tick(page, number(5), "退回原因", False)
    applied(page)
    after = state(work)
    assert [(note["patch_no"], note["text"]) for note in after["notes"]] == [(number(1), "批注1")]
    assert [task["patch_no"] for task in after["tasks"]] == [number(2)]
    assert after["stages"][number(2)] == "市级退回" and after["stages"][number(5)] == "已上报"
    assert told == [[number(1), number(2)]]
    assert not page.differences.rows
    tasks = turned_to(dock, TasksPage)
    assert [row[:2] for row in tasks.tasks.rows] == [(number(2), "需补充实地照片")]
    assert tasks.count_label.text() == "未办结 1 件，共 1 件"


@pytest.fixture
def both_changed(desk, tmp_path):
    """A judged workspace whose basis of patch 1 we changed after the export, and the city too."""
    work = reported_workspace(tmp_path, "已判定")
    book = Returned(work).put(1, "basis", "市级写的依据")
    with work.writing("甲", "改判") as change:
        determinations.insert(change, [{"patch_no": number(1)} | ruled(1) | {"basis": "本方后改的依据"}])
    desk.session.set_workspace(work.path)
    return work, book


def test_a_conflict_is_marked_and_left_alone_unless_ticked(dock, both_changed, tmp_path):
    work, book = both_changed
    page = read_in(dock, book, tmp_path)
    row = page.differences.rows[0]
    assert (row.kind, row.base, row.now, row.theirs) == (
        RowKind.CONFLICT,
        "未经批准占地1",
        "本方后改的依据",
        "市级写的依据",
    )
    assert page.differences.ticked == [False]
    shade = page.differences.data(page.differences.index(0, 3), Qt.ItemDataRole.BackgroundRole)
    assert shade is not None
    assert shown(page, 0) == [
        "冲突",
        f"{number(1)}\n判定依据",
        "本方后改的依据\n导出时：未经批准占地1",
        "市级写的依据",
        f"核查判定汇总表 第{Returned.row(None, 1)}行",
    ]
    applied(page)
    assert latest(work, number(1))["basis"] == "本方后改的依据"


def test_a_ticked_conflict_takes_the_other_side(dock, both_changed, tmp_path):
    work, book = both_changed
    page = read_in(dock, book, tmp_path)
    tick(page, number(1), "判定依据", True)
    applied(page)
    stored = latest(work, number(1))
    assert (stored["basis"], stored["decided_by"], stored["dictionary"][:4]) == (
        "市级写的依据",
        "市级",
        DICTIONARY[:4],
    )


@pytest.mark.parametrize("width", [560, 684, 900])
def test_no_column_needs_scrolling(dock, work, tmp_path, width):
    """Also not on a laptop, where the dock is narrow."""
    page = read_in(dock, Returned(work).put(1, "remark", "请核实"), tmp_path)
    page.setParent(None)
    page.resize(width, 600)
    page.show()
    wait_until(lambda: page.width() == width)
    view = page.difference_view
    assert view.horizontalHeader().length() <= view.viewport().width()
    assert not view.horizontalScrollBar().isVisible()
    assert min(view.columnWidth(column) for column in range(page.differences.columnCount())) >= 60
    assert view.columnWidth(1) > view.fontMetrics().horizontalAdvance(number(1))


def test_filter_and_ticks_of_what_is_shown(dock, work, tmp_path):
    book = Returned(work)
    for index in range(1, 7):
        book.put(index, "remark", f"批注{index}")
    page = read_in(dock, book, tmp_path)
    page.search_edit.setText("批注3")
    assert [page.differences.row_at(line).patch_no for line in range(page.differences.rowCount())] == [
        number(3)
    ]
    page.none_button.click()
    assert page.count_label.text() == "列出1行，勾选5处"
    page.search_edit.clear()
    page.none_button.click()
    assert page.apply_button.text() == "登记审核结果"
    page.all_button.click()
    assert page.count_label.text() == "列出6行，勾选6处"


def test_what_was_read_of_one_workspace_is_not_taken_over_into_another(dock, desk, work, tmp_path):
    other = shutil.copy(work.path, tmp_path / "另一个.gpkg")
    page = turned_to(dock, ReturnPage)
    book = Returned(work).put(1, "remark", "请核实").save(tmp_path / "反馈.xlsx")
    page.table_widget.setFilePath(str(book))
    page.read_button.click()
    desk.session.set_workspace(Path(other))
    wait_until(lambda: not desk.worker.running)
    assert page.differences.rows == []
    assert not page.apply_button.isEnabled()


def test_a_file_that_is_no_return_is_told(dock, work, tmp_path):
    page = turned_to(dock, ReturnPage)
    (tmp_path / "x.xlsx").write_bytes(b"nothing")
    page.table_widget.setFilePath(str(tmp_path / "x.xlsx"))
    page.read_button.click()
    wait_until(lambda: "x.xlsx" in page.result_label.text())
    assert not page.apply_button.isEnabled()


def test_the_window_does_not_hang_over_a_return(dock, desk, tmp_path):
    work = reported_workspace(tmp_path, count=400)
    desk.session.set_workspace(work.path)
    book = Returned(work, 400)
    for index in range(1, 401):
        book.put(index, "remark", f"批注{index}")
    turned_to(dock, ReturnPage)
    path = book.save(tmp_path / "反馈.xlsx")
    page = dock.page(ReturnPage)
    page.table_widget.setFilePath(str(path))
    with Watchdog() as dog:
        page.read_button.click()
        wait_until(lambda: page.report_button.isEnabled())
        applied(page)
    assert dog.busiest_ms < BUSY_MS
    assert dog.longest_ms < HANGS_MS
