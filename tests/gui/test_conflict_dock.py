"""The conflict desk over a real workspace: list, claims, single and batch decisions, taking back."""

from __future__ import annotations

import shutil

import pytest
from decision_samples import held, make_workspace, number, row_of, state
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtTest import QTest
from watchdog import BUSY_MS, Watchdog

from weipian_plugin.domain.progress import Progress
from weipian_plugin.gui.conflict.conflict_dock import ConflictDock
from weipian_plugin.gui.conflict.decide_form import LISTED, ONE, SELECTED, duties_for
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.settle_conflicts import SETTLE

BAIMA, JIANGKOU = {"township": {"白马镇": 1.0}}, {"township": {"江口镇": 1.0}}
FACTS = {"建设主体": "企业", "实际用途": "厂房"}
FIRST, SECOND, RIVER, FREE = (number(index) for index in range(1, 5))
CASES = {
    FIRST: {"redline": 0.6, "forest": 0.4, **BAIMA, **FACTS},
    SECOND: {"redline": 0.3, "forest": 0.7, **JIANGKOU, **FACTS},
    RIVER: {"river": 0.5, "traffic": 0.3, **JIANGKOU, **FACTS},
    FREE: {**BAIMA, **FACTS},
}
TOWNS = {FIRST: "白马镇", SECOND: "江口镇", RIVER: "江口镇", FREE: "白马镇"}


@pytest.fixture(scope="module")
def assigned(tmp_path_factory):
    made = make_workspace(tmp_path_factory.mktemp("会商") / "工作库.gpkg", CASES)
    with made.writing("甲", "布置") as change:
        for patch_no, town in TOWNS.items():
            change.connection.execute("UPDATE patch SET town_name = ? WHERE patch_no = ?", (town, patch_no))
    assign_duties(made.path, "甲", Progress())
    return made


@pytest.fixture
def work(assigned, tmp_path):
    return Workspace.open(shutil.copy(assigned.path, tmp_path / "工作库.gpkg"))


@pytest.fixture
def dock(desk, qtbot, work):
    made = ConflictDock(desk)
    desk.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, made)
    made.setFloating(True)
    made.resize(1240, 640)
    desk.session.set_person("乙")
    desk.session.set_workspace(work.path)
    made.show()
    qtbot.waitUntil(lambda: made.table.rowCount() == 3 and len(made.case.cards.cards) == 2, timeout=20_000)
    yield made
    made.shutdown()
    desk.iface.removeDockWidget(made)
    made.deleteLater()


def quiet(qtbot, desk, dock):
    """Wait until nothing is read or written any more."""

    def over():
        return not desk.worker.running and not dock._waiting.isActive() and not dock._rest.isActive()

    qtbot.waitUntil(over, timeout=20_000)


def fill(dock, unit, reason="林地为主", scope=ONE):
    dock.form.fill(SETTLE, "查处", unit)
    dock.reason_edit.setText(reason)
    dock.reference_edit.setText("会议纪要〔2021〕3号")
    dock.person_edit.setText("张三")
    dock.day_edit.setDate(QDate(2021, 10, 20))
    dock.scope_combo.setCurrentIndex(dock.scope_combo.findData(scope))


def rows_of(table):
    model = table.model()
    return [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def test_the_open_conflicts_are_listed_with_counts(dock):
    assert rows_of(dock.conflict_table)[0] == (
        FIRST,
        "白马镇",
        "3.00",
        "区生态环境局",
        "区林业局、区生态环境局",
        "林地 × 生态保护红线",
    )
    assert dock.count_label.text() == "列出3个，共3个"
    texts = [dock.claimants_combo.itemText(n) for n in range(dock.claimants_combo.count())]
    assert texts == ["全部（3）", "区林业局、区生态环境局（2）", "区交通局、区水利局（1）"]
    standings = [dock.standing_combo.itemText(n) for n in range(3)]
    assert standings == ["待会商（3）", "已决定（0）", "决定后情况有变（0）"]


def test_filters_join_and_are_cleared_together(dock):
    dock.claimants_combo.setCurrentIndex(1)
    assert dock.table.numbers() == [FIRST, SECOND]
    dock.town_combo.setCurrentIndex(dock.town_combo.findData("江口镇"))
    assert dock.table.numbers() == [SECOND]
    assert dock.count_label.text() == "列出1个，共3个"
    dock.clear_button.click()
    assert dock.table.numbers() == [FIRST, SECOND, RIVER]
    dock.search_edit.setText(RIVER[-4:])
    assert dock.table.numbers() == [RIVER]
    dock.search_edit.setText("没有")
    assert dock.table.numbers() == []


def test_claims_stand_side_by_side_and_fill_the_form(qtbot, dock):
    cards = dock.case.cards.cards
    assert [card.claim.unit for card in cards] == ["区生态环境局", "区林业局"]
    assert [card.claim.is_proposed for card in cards] == [True, False]
    QTest.mouseClick(cards[1].lead_button, Qt.MouseButton.LeftButton)
    wish = dock.form.wish()
    assert (wish.action, wish.duty, wish.unit) == (SETTLE, "查处", "区林业局")


def test_one_patch_is_recorded_by_keyboard_and_the_next_one_comes(qtbot, desk, dock, work):
    fill(dock, "林业局")
    with qtbot.waitSignal(desk.session.patches_changed) as caught:
        QTest.keyClick(dock, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert caught.args == [[FIRST]]
    quiet(qtbot, desk, dock)
    assert state(work, FIRST) == "唯一"
    row = row_of(work, FIRST, "查处", "区林业局")
    assert (row["decision"], row["decided_by"], row["decided_on"]) == ("改派", "张三", "2021-10-20")
    assert dock.table.numbers() == [SECOND, RIVER]
    assert dock.current() == SECOND
    assert desk.session.current == SECOND
    assert dock.said_label.text().startswith(f"{FIRST}　依据方案四（九）")
    assert dock.form.wish().unit == "", "the next patch must not get the same unit by a second key stroke"
    assert dock.reference_edit.text() == "会议纪要〔2021〕3号"


def test_nothing_is_recorded_for_a_patch_that_is_not_shown_yet(qtbot, desk, dock, work):
    fill(dock, "区林业局")
    dock.conflict_table.setCurrentIndex(dock.table.index(1, 0))
    dock.decide_button.click()
    assert dock.said_label.text() == "这个图斑还没有显示出来，请稍候再记录。"
    assert [state(work, patch) for patch in (FIRST, SECOND)] == ["待会商"] * 2
    quiet(qtbot, desk, dock)
    dock.decide_button.click()
    quiet(qtbot, desk, dock)
    assert [state(work, patch) for patch in (FIRST, SECOND)] == ["待会商", "唯一"]


def test_a_patch_that_cannot_be_read_takes_the_place_of_the_one_before(qtbot, desk, dock, work):
    fill(dock, "区林业局")
    work.path.rename(work.path.with_suffix(".moved"))
    dock.conflict_table.setCurrentIndex(dock.table.index(1, 0))
    quiet(qtbot, desk, dock)
    assert dock.pages.currentWidget() is dock.empty_page
    assert dock.empty_label.text() == "没有读到这个图斑，原因见消息栏。"


def test_what_is_missing_is_said_where_it_is_missing(dock):
    fill(dock, "", reason="")
    for widget, text, said in (
        (dock.unit_combo.lineEdit(), "区林业局", "请填写单位。"),
        (dock.reason_edit, "林地为主", "请填写理由。"),
    ):
        dock.decide_button.click()
        assert dock.said_label.text() == said
        widget.setText(text)
    dock.person_edit.clear()
    dock.decide_button.click()
    assert dock.said_label.text() == "请填写决定人。"
    assert not dock._desk.worker.running


def test_a_batch_is_seen_before_it_is_recorded(qtbot, desk, dock, work):
    dock.claimants_combo.setCurrentIndex(1)
    fill(dock, "区林业局", scope=LISTED)
    assert dock.decide_button.text() == "预览变化…"
    dock.decide_button.click()
    qtbot.waitUntil(lambda: dock.pages.currentWidget() is dock.batch_page, timeout=20_000)
    assert dock.batch.table.refused == 0
    assert dock.findChild(type(dock.count_label), "batch_label").text() == "2个图斑，查处单位定为区林业局"
    note = dock.findChild(type(dock.count_label), "batch_note_label").text()
    assert note == "1个由区生态环境局改为区林业局；1个维持现单位。"
    assert state(work, FIRST) == "待会商"
    dock.batch.record_wanted.emit()
    quiet(qtbot, desk, dock)
    assert [state(work, patch) for patch in (FIRST, SECOND, RIVER)] == ["唯一", "唯一", "待会商"]
    verdicts = [row[2] for row in rows_of(dock.batch_table)]
    assert verdicts == ["已记录", "已记录"]
    dock.batch.left.emit()
    assert dock.pages.currentWidget() is dock.case_page
    assert dock.table.numbers() == [RIVER]


def test_leaving_the_preview_records_nothing(qtbot, desk, dock, work):
    fill(dock, "区林业局", scope=LISTED)
    dock.decide_button.click()
    qtbot.waitUntil(lambda: dock.pages.currentWidget() is dock.batch_page, timeout=20_000)
    dock.batch.left.emit()
    quiet(qtbot, desk, dock)
    assert [state(work, patch) for patch in (FIRST, SECOND, RIVER)] == ["待会商"] * 3


def test_refused_rows_come_first_with_their_reason(qtbot, desk, dock):
    dock.conflict_table.selectAll()
    fill(dock, "区邮政局", scope=SELECTED)
    assert dock.scope_combo.currentText() == "选中的3个图斑"
    dock.decide_button.click()
    qtbot.waitUntil(lambda: dock.pages.currentWidget() is dock.batch_page, timeout=20_000)
    first = rows_of(dock.batch_table)[0]
    assert first[2] == "不能记录"
    assert "单位“区邮政局”不在方案文件和辖区图层里" in first[3]
    assert dock.batch.table.refused == 3


def test_the_last_batch_is_taken_back_as_far_as_rules_allow(qtbot, desk, dock, work):
    dock.claimants_combo.setCurrentIndex(1)
    fill(dock, "区林业局", scope=LISTED)
    dock.decide_button.click()
    qtbot.waitUntil(lambda: dock.pages.currentWidget() is dock.batch_page, timeout=20_000)
    dock.batch.record_wanted.emit()
    quiet(qtbot, desk, dock)
    dock.undo_button.click()
    quiet(qtbot, desk, dock)
    note = dock.findChild(type(dock.count_label), "batch_note_label").text()
    assert "1个由区林业局改为区生态环境局" in note and "1个确认不能收回" in note
    dock.batch.record_wanted.emit()
    quiet(qtbot, desk, dock)
    assert ("查处", "区生态环境局", "改派") in held(work, FIRST)
    assert ("查处", "区林业局", "确认") in held(work, SECOND)


def test_striking_a_duty_from_its_row(qtbot, desk, dock, work):
    tree = dock.duty_tree
    rows = [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
    helper = next(item for item in rows if item.text(0) == "协办")
    tree.itemDoubleClicked.emit(helper, 0)
    assert (dock.form.wish().action, dock.form.wish().duty, dock.form.wish().unit) == (
        "撤销",
        "协办",
        "区林业局",
    )
    dock.reason_edit.setText("不需要协办")
    dock.person_edit.setText("张三")
    dock.decide_button.click()
    quiet(qtbot, desk, dock)
    assert not [row for row in held(work, FIRST) if row[0] == "协办"]


def test_the_form_offers_only_duties_that_the_action_knows():
    assert duties_for(SETTLE) == ("查处", "属地责任")
    assert "查处" not in duties_for("增加") and "查处" not in duties_for("撤销")
    assert "查处" in duties_for("改派")


def test_it_follows_the_patch_that_others_choose(qtbot, desk, dock):
    desk.session.set_current(RIVER)
    quiet(qtbot, desk, dock)
    assert dock.current() == RIVER
    assert [card.claim.unit for card in dock.case.cards.cards] == ["区水利局", "区交通局"]
    desk.session.set_current(FREE)
    quiet(qtbot, desk, dock)
    assert dock.current() == RIVER


@pytest.mark.parametrize(("width", "is_below"), [(300, True), (700, False)])
def test_claims_stand_below_each_other_where_there_is_no_room(qtbot, desk, dock, width, is_below):
    cards = dock.case.cards
    cards.resize(width, 300)
    cards.layout().activate()
    first, second = (card.geometry() for card in cards.cards[:2])
    assert (second.top() > first.bottom()) is is_below
    assert (second.left() > first.right()) is not is_below
    assert cards.cards[0]._sentence.isHidden() is is_below


def test_meeting_sheets_of_what_is_listed(qtbot, desk, dock, tmp_path):
    dock.claimants_combo.setCurrentIndex(1)
    dock.write_sheets(tmp_path / "会商材料")
    quiet(qtbot, desk, dock)
    page = (tmp_path / "会商材料.html").read_text(encoding="utf-8")
    assert FIRST in page and SECOND in page and RIVER not in page


def test_another_workspace_gets_nothing_of_what_was_foreseen_for_the_last_one(
    qtbot, desk, dock, work, tmp_path
):
    fill(dock, "区林业局", scope=LISTED)
    dock.decide_button.click()
    other = Workspace.open(shutil.copy(work.path, tmp_path / "另一个.gpkg"))
    desk.session.set_workspace(other.path)
    quiet(qtbot, desk, dock)
    assert dock.pages.currentWidget() is not dock.batch_page
    dock.batch.record_wanted.emit()
    quiet(qtbot, desk, dock)
    assert [state(other, patch) for patch in (FIRST, SECOND, RIVER)] == ["待会商"] * 3
    assert not dock.undo_button.isEnabled()


def test_without_a_workspace_it_says_so(qtbot, desk, dock):
    desk.session.set_workspace(None)
    qtbot.waitUntil(lambda: dock.pages.currentWidget() is dock.empty_page, timeout=5_000)
    assert dock.empty_label.text() == "还没有打开工作库。"
    assert dock.table.rowCount() == 0


def test_the_window_never_stands_still(qtbot, desk, dock):
    fill(dock, "区林业局", scope=LISTED)
    with Watchdog() as dog:
        dock.decide_button.click()
        quiet(qtbot, desk, dock)
        dock.batch.record_wanted.emit()
        quiet(qtbot, desk, dock)
    assert dog.busiest_ms < BUSY_MS
    assert dog.longest_ms < 400
