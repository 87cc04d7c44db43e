"""The review dock with its real widgets: by keyboard from the queue to the record, and back again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from decision_samples import make_workspace, number
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QScrollArea
from stand_in import wait_until

from tests.gui.watchdog import BUSY_MS, Watchdog
from weipian_plugin.domain.progress import Progress
from weipian_plugin.gui.review.queue_filter import NOTHING_ASKED, QueueFilter
from weipian_plugin.store.verification import verify
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.review.dossier import patch_dossier

COUNT = 6
A, B, C, D, E, F = (number(n) for n in range(1, COUNT + 1))
CASES = {
    A: {"land_class": {"0103": 0.7, "0301": 0.3}, "redline": 1.0, "approval": {"渝府地〔2021〕12号": 1.0}},
    B: {"land_class": {"0301": 1.0}, "forest": 0.6, "redline": 0.5},
    C: {"land_class": {"0101": 1.0}, "river": 0.001, "urban": None},
    D: {},
    E: {},
    F: {},
}


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    work = make_workspace(tmp_path_factory.mktemp("review") / "工作库.gpkg", CASES)
    assign_duties(work.path, "甲", Progress())
    return work.path


@pytest.fixture
def place(master, tmp_path):
    path = tmp_path / "工作库.gpkg"
    path.write_bytes(master.read_bytes())
    return path


@pytest.fixture
def dock(desk, place):
    from weipian_plugin.gui.review.review_dock import ReviewDock

    made = ReviewDock(desk)
    desk.iface.mainWindow().show()
    desk.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, made)
    desk.session.set_person("王五")
    desk.session.set_workspace(place)
    wait_until(lambda: shown(made) == A)
    yield made
    made.shutdown()
    desk.iface.removeDockWidget(made)
    made.setParent(None)
    made.deleteLater()


def shown(dock):
    return dock._shown.patch_no if dock._shown is not None else ""


def press(dock, keys, modifier=Qt.KeyboardModifier.NoModifier, widget=None):
    for key in keys:
        QTest.keyClick(widget or dock.queue.queue_view, key, modifier)


def type_in(widget, text):
    """Type text as an input method gives it: QTest knows no Chinese."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = Qt.Key(ord(letter.upper())) if letter.isascii() and letter.isalnum() else Qt.Key.Key_unknown
            QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))


def saved(dock, before):
    """Wait until a save is over and the next patch is shown."""
    wait_until(lambda: not dock._saving and shown(dock) != before)


def choose_category(dock, name):
    combo = dock.form.category_combo
    combo.setCurrentIndex(combo.findData(name))
    combo.activated.emit(combo.currentIndex())


def judge_by_keys(dock, result="2", category="未报即用", basis="现场已建"):
    before = shown(dock)
    press(dock, result)
    choose_category(dock, category)
    type_in(dock.form.basis_edit, basis)
    press(dock, "S")
    saved(dock, before)
    return before


def test_the_first_waiting_patch_is_shown_with_its_figures(dock):
    assert dock.patch.number_label.text() == A
    table = dock.patch.overlay_view.model()
    rows = [[table.data(table.index(row, column)) for column in range(4)] for row in range(table.rowCount())]
    assert rows[:3] == [
        ["0103", "70.0%", "2.10", "2.10"],
        ["0301", "30.0%", "0.90", "0.90"],
        ["生态保护红线", "100.0%", "3.00", ""],
    ]
    assert "建议由区生态环境局查处" in dock.patch.claims_browser.toPlainText()
    assert dock.form.proposal_label.text().startswith("建议合法（当年审批）：")
    assert dock.queue.count_label.text() == "显示 6 / 共 6 · 未判定 6"


def test_judging_by_keyboard_records_and_goes_on(dock, place):
    assert judge_by_keys(dock) == A
    assert shown(dock) == B
    dossier = patch_dossier(place, A)
    assert dossier.stage == "已判定"
    latest = dossier.latest
    assert (latest.result, latest.category, latest.basis, latest.decided_by) == (
        "违法",
        "未报即用",
        "现场已建",
        "王五",
    )
    assert dock.queue.count_label.text() == "显示 5 / 共 6 · 未判定 5"
    assert dock.form.outcome_label.text().startswith(f"{A}　已记录为违法（未报即用），第1次判定。")


def test_the_suggestion_is_taken_over_but_recorded_only_by_saving(dock, place):
    press(dock, "T")
    given = dock.form.given()
    assert (given.result, given.category, given.document_no) == ("合法", "当年审批", "渝府地〔2021〕12号")
    assert given.basis.startswith("建设用地审批（渝府地〔2021〕12号）覆盖100.00%")
    assert patch_dossier(place, A).latest is None
    press(dock, "S")
    saved(dock, A)
    assert patch_dossier(place, A).latest.result == "合法"


def test_the_form_asks_for_what_the_category_needs(dock):
    press(dock, "3")
    choose_category(dock, "临时用地")
    assert list(dock.form.evidence._fields) == [
        "项目名称",
        "批准用途",
        "实际用途",
        "批准面积",
        "批准时间",
        "到期时间",
    ]
    assert dock.form.document_label.text() == "批准文号"
    choose_category(dock, "农村道路")
    assert list(dock.form.evidence._fields) == ["硬化情况", "道路宽度（米）"]
    assert not dock.form.document_edit.isVisible()
    choose_category(dock, "宅基地")
    assert list(dock.form.evidence._fields) == []
    press(dock, "1")
    choose_category(dock, "当年审批")
    assert "批准文号" not in dock.form.evidence._fields
    assert dock.form.document_label.text() == "批准文号"


def test_a_refusal_stands_beside_its_field(dock, place):
    press(dock, "3")
    choose_category(dock, "临时用地")
    press(dock, "S")
    wait_until(lambda: dock.form.basis_error.isVisible())
    assert dock.form.basis_error.text() == "没有填写判定依据。"
    type_in(dock.form.basis_edit, "有批文")
    assert not dock.form.basis_error.isVisible()
    type_in(dock.form.document_edit, "武规资临〔2021〕1号")
    type_in(dock.form.evidence.edit_of("到期时间"), "去年")
    press(dock, [Qt.Key.Key_Return], Qt.KeyboardModifier.ControlModifier, dock.form.basis_edit)
    error = dock.form.evidence._fields["到期时间"].error
    wait_until(error.isVisible)
    assert error.text() == "到期时间“去年”不是日期，应写成 2021-07-20 的样子。"
    assert shown(dock) == A
    assert patch_dossier(place, A).latest is None


def test_keys_are_letters_where_text_is_typed_and_work_with_alt(dock):
    basis = dock.form.basis_edit
    type_in(basis, "Z2 Utt1")
    assert basis.toPlainText() == "Z2 Utt1"
    assert dock.form.result() == ""
    press(dock, [Qt.Key.Key_2], Qt.KeyboardModifier.AltModifier, basis)
    assert dock.form.result() == "违法"
    zoomed = []
    dock.zoom_wanted.connect(zoomed.append)
    press(dock, "Z")
    press(dock, [Qt.Key.Key_Z], Qt.KeyboardModifier.AltModifier, basis)
    assert zoomed == [A, A]


def test_next_and_previous_go_round_those_that_wait(dock):
    press(dock, "N")
    wait_until(lambda: shown(dock) == B)
    press(dock, "PP")
    wait_until(lambda: shown(dock) == F)
    press(dock, "N")
    wait_until(lambda: shown(dock) == A)


def test_flashing_names_the_layer_that_is_pointed_at(dock):
    flashed = []
    dock.flash_wanted.connect(lambda patch_no, role: flashed.append((patch_no, role)))
    press(dock, "F")
    dock.patch.overlay_view.selectRow(2)
    press(dock, "F")
    assert flashed == [(A, ""), (A, "redline")]


def test_the_last_decision_is_undone_on_record(dock, place):
    judge_by_keys(dock)
    press(dock, "U")
    wait_until(lambda: shown(dock) == A and not dock._saving)
    dossier = patch_dossier(place, A)
    assert dossier.stage == "待核查"
    assert dossier.history[0].action == "撤销判定"
    assert dock.queue.count_label.text() == "显示 6 / 共 6 · 未判定 6"
    assert dock.form.outcome_label.text() == "已撤销判定，图斑回到待核查。"
    assert dock.form.given().category == "未报即用"
    from weipian_plugin.store.workspace import Workspace

    assert verify(Workspace.open(place)).ok


def test_a_doubt_leaves_the_patch_in_the_queue(dock, place):
    press(dock, "4")
    type_in(dock.form.basis_edit, "进不了现场")
    press(dock, "S")
    saved(dock, A)
    assert patch_dossier(place, A).doubt.reason == "进不了现场"
    assert dock.queue.count_label.text() == "显示 6 / 共 6 · 未判定 6"
    dock.queue.set_filter(QueueFilter(stage="", doubt=True))
    assert [dock.queue.model.number_at(line) for line in range(dock.queue.model.rowCount())] == [A]


def test_the_same_words_again(dock, place):
    judge_by_keys(dock)
    press(dock, "R")
    press(dock, "S")
    saved(dock, B)
    latest = patch_dossier(place, B).latest
    assert (latest.result, latest.category, latest.basis) == ("违法", "未报即用", "现场已建")


def test_selecting_elsewhere_selects_here_and_the_other_way_round(dock, desk):
    desk.session.set_current(C)
    wait_until(lambda: shown(dock) == C)
    assert dock.queue.current() == C
    dock.queue.queue_view.selectRow(4)
    wait_until(lambda: shown(dock) == E)
    assert desk.session.current == E


def test_what_is_not_saved_is_kept_as_a_draft(dock, desk):
    press(dock, "2")
    type_in(dock.form.basis_edit, "写了一半")
    desk.session.set_current(D)
    wait_until(lambda: shown(dock) == D)
    assert dock.form.given().basis == ""
    desk.session.set_current(A)
    wait_until(lambda: shown(dock) == A)
    assert (dock.form.given().result, dock.form.given().basis) == ("违法", "写了一半")
    assert dock.form.outcome_label.text() == "上次填写后没有保存的内容，保存后才算数。"


def test_the_name_is_asked_once_in_the_form(dock, desk, place):
    desk.session.set_person("")
    press(dock, "T")
    press(dock, "S")
    assert dock.form.person_error.text() == "请先填写判定人姓名，填一次即可。"
    assert dock.form.person_error.isVisible()
    type_in(dock.form.person_edit, "赵六")
    press(dock, "S")
    saved(dock, A)
    assert desk.session.person == "赵六"
    assert patch_dossier(place, A).latest.decided_by == "赵六"


def test_filters_show_their_counts(dock):
    queue = dock.queue
    queue.set_filter(NOTHING_ASKED)
    assert queue.not_evaluated_button.text() == "未评估 1"
    assert queue.conflict_button.text() == "待会商 1"
    units = [queue.unit_combo.itemText(n) for n in range(queue.unit_combo.count())]
    assert units == ["全部单位", "区林业局 1", "区生态环境局 1", "区规划自然资源局 4"]
    queue.conflict_button.click()
    assert queue.model.number_at(0) == B
    assert queue.model.rowCount() == 1
    queue.reset_button.click()
    type_in(queue.search_edit, "000003")
    wait_until(lambda: queue.model.rowCount() == 1)
    assert queue.model.number_at(0) == C
    dock.set_filter({"days_left": "overdue"})
    assert queue.model.rowCount() == COUNT
    assert queue.days_combo.currentText() == "逾期 6"
    dock.set_filter({"stage": "已判定"})
    assert queue.model.rowCount() == 0
    assert queue.stage_combo.currentText() == "已判定 0"


def test_a_reviewed_patch_cannot_be_judged_here(dock, desk, place):
    from weipian_plugin.store import stages
    from weipian_plugin.store.stages import Move
    from weipian_plugin.store.workspace import Workspace

    judge_by_keys(dock)
    work = Workspace.open(place)
    with work.writing("乙", "复核") as change:
        step = stages.transitions_of(change.connection).of("复核", "已判定")
        stages.take(change, [Move(A, step, "乙", "2021-07-20")])
    desk.session.tell_changed([A])
    desk.session.set_current(A)
    wait_until(lambda: shown(dock) == A)
    assert not dock.form.save_button.isEnabled()
    assert dock.form.outcome_label.text() == "图斑已复核，要改判定须先退回。"
    # As when the save of another patch ends.
    dock.form.set_busy(False)
    assert not dock.form.save_button.isEnabled()


def test_files_are_attached_and_listed(dock, tmp_path, place):
    source = tmp_path / "照片.jpg"
    source.write_bytes(b"1")
    dock.files.attach([source])
    wait_until(lambda: dock.files.file_list.count() == 1)
    assert dock.files.file_list.item(0).text().startswith("照片.jpg")
    assert dock.patch.info_tabs.tabText(2) == "举证材料 1"
    dock.files.file_list.setCurrentRow(0)
    dock.files.remove_button.click()
    wait_until(lambda: dock.files.file_list.count() == 0)
    assert patch_dossier(place, A).files == ()


def test_history_and_fields_are_told_on_their_pages(dock):
    dock.patch.info_tabs.setCurrentIndex(3)
    assert "套合分析" in dock.patch.history_browser.toPlainText()
    dock.patch.info_tabs.setCurrentIndex(0)


def test_another_workspace_or_none(dock, desk):
    desk.session.set_workspace(None)
    assert dock.empty_label.text() == "请先新建或打开工作库。"
    assert not dock.main_splitter.isVisible()
    press(dock, "2S")


def test_what_happened_while_it_was_closed_is_shown_when_it_comes_back(dock, desk):
    dock.close()
    assert not dock.isVisible()
    desk.session.set_current(D)
    dock.show()
    wait_until(lambda: shown(dock) == D)
    assert dock.queue.current() == D


def test_an_unreadable_workspace_is_told(dock, desk, tmp_path):
    broken = tmp_path / "坏.gpkg"
    broken.write_bytes(b"no database")
    desk.session.set_workspace(broken)
    wait_until(lambda: dock.empty_label.text().startswith("没有读到图斑队列"))
    assert not dock.main_splitter.isVisible()


def test_the_window_never_stands_still(dock):
    with Watchdog() as dog:
        for _ in range(3):
            judge_by_keys(dock)
    QApplication.processEvents()
    assert dog.busiest_ms < BUSY_MS
    assert dog.longest_ms < 400


def test_a_save_that_ends_in_another_workspace_changes_nothing_there(dock, desk, place, tmp_path):
    other = tmp_path / "另一个.gpkg"
    other.write_bytes(place.read_bytes())
    press(dock, "T")
    press(dock, "S")
    desk.session.set_workspace(other)
    wait_until(lambda: shown(dock) == A and not desk.worker.running)
    assert dock.queue.count_label.text() == "显示 6 / 共 6 · 未判定 6"
    assert patch_dossier(place, A).latest.result == "合法"
    assert patch_dossier(other, A).latest is None


def test_a_dock_that_is_gone_hears_of_no_task(desk, place):
    from weipian_plugin.gui.review.review_dock import ReviewDock

    made = ReviewDock(desk)
    desk.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, made)
    desk.session.set_workspace(place)
    made.show()
    made.shutdown()
    desk.iface.removeDockWidget(made)
    made.setParent(None)
    made.deleteLater()
    wait_until(lambda: not desk.worker.running)
    assert [item.text() for item in desk.messages.bar.items()] == []


@pytest.mark.parametrize("reasons", [(), ("需补充实地照片",)])
def test_the_patch_shrinks_before_it_scrolls(dock, reasons):
    area = dock.findChild(QScrollArea, f"{dock.patch.objectName()}_area")
    dock.patch.show_patch(replace(dock._shown, returns=reasons), "")
    dock.setFloating(True)
    dock.resize(1300, 900)
    QApplication.processEvents()
    least = dock.patch.layout().minimumHeightForWidth(dock.patch.width())
    dock.resize(1300, 900 - area.viewport().height() + least + 2)
    QApplication.processEvents()
    assert least <= area.viewport().height() < 900
    assert area.verticalScrollBar().maximum() == 0
    assert dock.patch.warning_label.isVisible() == bool(reasons)
