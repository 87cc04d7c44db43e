"""The dashboard over a real workspace: figures in the charts, clicks that filter, pictures, no hanging."""

from __future__ import annotations

from datetime import date

import pytest
from dashboard_samples import DAY, dashboard_workspace
from decision_samples import number
from qgis.PyQt.QtCore import QDate, QPoint, Qt
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication
from watchdog import BUSY_MS, Watchdog

from weipian_plugin.domain.progress import Progress
from weipian_plugin.gui.dashboard import board_data
from weipian_plugin.gui.dashboard.dashboard_dock import DashboardDock
from weipian_plugin.workflow.dashboard import dashboard_figures


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    return dashboard_workspace(tmp_path_factory.mktemp("看板"))


@pytest.fixture(scope="module")
def figures(work):
    return dashboard_figures(work.path, DAY, Progress())


@pytest.fixture
def dock(desk, qtbot):
    made = DashboardDock(desk)
    made.day_edit.setDate(QDate(DAY.year, DAY.month, DAY.day))
    desk.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, made)
    made.setFloating(True)
    made.resize(1200, 620)
    yield made
    made.shutdown()
    desk.iface.removeDockWidget(made)
    made.deleteLater()


@pytest.fixture
def loaded(dock, desk, work, qtbot):
    dock.show()
    desk.session.set_workspace(work.path)
    qtbot.waitUntil(lambda: dock.ranking.words() != "" and len(dock.ranking.regions) == 3, timeout=20_000)
    qtbot.waitUntil(lambda: not desk.worker.running, timeout=20_000)
    return dock


def click(qtbot, dock, chart, key):
    region = next(region for region in chart.regions if region.key == key)
    with qtbot.waitSignal(dock.filter_wanted) as caught:
        spot = QPoint(int(region.box.x + region.box.width / 2), int(region.box.y + region.box.height / 2))
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    return caught.args[0]


def test_gauge_spells_out_its_numbers(figures):
    data = board_data.gauge(figures)
    assert (data.shown, data.verdict, data.limit) == ("20.00%", "已达到15%", 0.15)
    assert data.facts == (
        ("违法用地占用耕地", "1.50亩"),
        ("合法新增建设用地占用耕地", "6.00亩"),
        ("未判定、未查清的耕地（最多）", "0.75亩"),
        ("比例最低、最高", "18.18% ～ 27.27%"),
    )
    assert "2个图斑未判定（耕地最多0.75亩）" in data.explained


def test_gauge_without_denominator_is_a_dash(work):
    data = board_data.gauge(dashboard_figures(work.path, date(2021, 1, 1), Progress()))
    assert (data.value, data.shown, data.verdict) == (None, "—", "分母为0，尚无比例")


def test_ranking_by_score_and_by_a_single_criterion(figures):
    whole = board_data.ranking(figures, board_data.SCORE)
    assert [(bar.place, bar.name, bar.shown) for bar in whole.bars] == [
        ("1", "江口镇", "90.00"),
        ("2", "白马镇", "15.00"),
        ("", "（乡镇不明）", "—"),
    ]
    ratios = board_data.ranking(figures, "ratio")
    assert [(bar.place, bar.name, bar.shown) for bar in ratios.bars] == [
        ("1", "白马镇", "33.3%"),
        ("2", "江口镇", "0.0%"),
        ("", "（乡镇不明）", "—"),
    ]
    assert ratios.limit == 0.15
    late = board_data.ranking(figures, "overdue_count")
    assert [(bar.place, bar.name, bar.shown) for bar in late.bars] == [
        ("1", "江口镇", "2"),
        ("2", "白马镇", "0"),
        ("", "（乡镇不明）", "0"),
    ]
    assert whole.bars[2].text.splitlines()[0] == "（乡镇不明）：不排名，图斑1个"
    assert [item.title for item in board_data.criteria(figures)][:2] == ["综合得分", "违法占用耕地面积比例"]


def test_trend_in_both_views(figures):
    verified, issued = (board_data.trend(figures, view) for view in board_data.VIEWS)
    assert [series.name for series in verified.series] == ["违法", "合法", "其他", "未判定"]
    assert verified.months[6].counts == (1, 2, 0, 1)
    assert verified.months[6].text == (
        "2021年07月：下发4个，核实后4个（违法1，合法2，其他0，未判定1）；截至月末违法占耕比例20.00%"
    )
    assert [month.share for month in verified.months[:6]] == [None] * 6
    assert [month.counts for month in issued.months[6:]] == [(4,), (2,)]


def test_without_a_workspace_it_says_so(dock, qtbot):
    dock.show()
    assert dock.totals_label.text() == "还没有打开工作库。打开或新建工作库后，这里显示统计数字。"
    assert not dock.board.isVisible()
    assert not dock.copy_button.isEnabled()


def test_opening_a_workspace_fills_the_board(loaded):
    assert loaded.totals_label.text() == "核实后：6个图斑，18.00亩，其中耕地11.25亩、永久基本农田0.00亩"
    assert loaded.gauge.accessibleDescription().startswith("违法占用耕地面积比例：20.00%，已达到15%")
    assert loaded.deadlines.words().splitlines() == [
        "逾期：1个图斑",
        "今日到期：0个图斑",
        "7日内：1个图斑",
        "8至15日：0个图斑",
        "15日以后：0个图斑",
        "暂停计时：1个图斑",
    ]
    assert "已复核：1个图斑" in loaded.stages.words()
    loaded.view_combo.setCurrentText("原始下发")
    assert loaded.totals_label.text().startswith("原始下发：6个图斑")


def test_everything_stands_on_one_screen(loaded):
    area = loaded.board_area
    assert area.verticalScrollBar().maximum() == 0
    assert loaded.width() <= 1366 and loaded.height() <= 700


def test_a_click_says_what_to_filter(qtbot, loaded):
    assert click(qtbot, loaded, loaded.ranking, "白马镇") == {"township": "白马镇"}
    assert click(qtbot, loaded, loaded.deadlines, "overdue") == {"days_left": "overdue"}
    assert click(qtbot, loaded, loaded.stages, "待核查") == {"stage": "待核查"}
    assert {region.key for region in loaded.trend.regions} == {""}
    assert [region.key for region in loaded.ranking.regions] == ["江口镇", "白马镇", ""]


def test_another_criterion_and_another_day(qtbot, desk, loaded):
    loaded.criterion_combo.setCurrentIndex(loaded.criterion_combo.findData("overdue_count"))
    assert loaded.ranking.words().startswith("江口镇")
    loaded.day_edit.setDate(QDate(2021, 7, 11))
    qtbot.waitUntil(lambda: loaded.totals_label.text().startswith("核实后：4个图斑"), timeout=20_000)
    assert loaded.criterion_combo.currentData() == "overdue_count"


def test_changes_are_read_once_and_only_while_it_can_be_seen(qtbot, desk, loaded, monkeypatch):
    started = []
    start = desk.worker.start
    monkeypatch.setattr(
        type(desk.worker), "start", lambda _self, *a, **k: started.append(a) or start(*a, **k)
    )
    for _ in range(5):
        desk.session.tell_changed([number(1)])
    qtbot.waitUntil(lambda: len(started) == 1 and not desk.worker.running, timeout=20_000)
    loaded.hide()
    desk.session.tell_changed([number(1)])
    qtbot.wait(500)
    assert len(started) == 1
    loaded.show()
    qtbot.waitUntil(lambda: len(started) == 2 and not desk.worker.running, timeout=20_000)


def test_the_board_goes_to_the_clipboard_and_into_a_file(qtbot, desk, loaded, tmp_path):
    loaded.copy_button.click()
    image = QApplication.clipboard().image()
    assert (image.width(), image.height() >= 1440) == (2560, True)
    path = tmp_path / "看板"
    loaded.save_picture(loaded.picture(), path)
    qtbot.waitUntil(lambda: not desk.worker.running, timeout=20_000)
    assert QImage(str(path.with_suffix(".png"))).size() == image.size()
    assert [file.name for file in tmp_path.iterdir()] == ["看板.png"]


def test_a_picture_that_cannot_be_written_is_told_and_leaves_nothing(qtbot, desk, loaded, tmp_path):
    loaded.save_picture(loaded.trend.picture(), tmp_path / "没有这个文件夹" / "图.png")
    qtbot.waitUntil(lambda: not desk.worker.running, timeout=20_000)
    assert len(desk.iface.messageBar().items()) == 1
    assert list(tmp_path.iterdir()) == []


def test_closing_the_workspace_empties_the_board(qtbot, desk, loaded):
    desk.session.set_workspace(None)
    qtbot.waitUntil(lambda: not loaded.board.isVisible(), timeout=5_000)
    assert loaded.picture().isNull()


def test_closing_hides_and_narrow_docks_scroll(qtbot, loaded):
    loaded.resize(500, 620)
    qtbot.waitUntil(lambda: loaded.board_area.verticalScrollBar().maximum() > 0, timeout=5_000)
    loaded.close()
    assert not loaded.isVisible()


def test_the_window_never_stands_still(qtbot, desk, loaded):
    with Watchdog() as dog:
        loaded.refresh_button.click()
        qtbot.waitUntil(lambda: not desk.worker.running, timeout=20_000)
        loaded.picture()
    assert dog.busiest_ms < BUSY_MS
    assert dog.longest_ms < 400
