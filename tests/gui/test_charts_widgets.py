"""The painted charts as a person meets them: parts, clicks, keyboard, tooltips, pictures."""

from __future__ import annotations

import dataclasses

import pytest
from qgis.PyQt.QtCore import QPoint, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from weipian_plugin.gui.charts import paint
from weipian_plugin.gui.charts.card import ChartCard
from weipian_plugin.gui.charts.deadline_buckets import Bucket, BucketsData, DeadlineBuckets
from weipian_plugin.gui.charts.geometry import elided
from weipian_plugin.gui.charts.month_trend import Month, MonthTrend, Series, TrendData
from weipian_plugin.gui.charts.ranking_bars import Bar, BarsData, RankingBars
from weipian_plugin.gui.charts.ratio_gauge import GaugeData, RatioGauge
from weipian_plugin.gui.charts.stage_bar import Segment, StackData, StageBar, share_text

LONG = "浩口苗族仡佬族乡"
ROWS = tuple(
    Bar(name, name, value, f"{value:.2f}", f"{name}：{value}")
    for name, value in ((LONG, 80.0), ("白马镇", 40.0))
)
STAGES = tuple(
    Segment(name, name, count, "#0072B2", f"{name}：{count}个图斑")
    for name, count in (("待核查", 998), ("已判定", 2), ("已上报", 0))
)
BUCKETS = tuple(
    Bucket(key, name, n, "#C62828", f"{name}：{n}")
    for key, name, n in (("overdue", "逾期", 3), ("week", "7日内", 0))
)
MONTHS = tuple(
    Month(f"2021年{n:02d}月", f"{n}月", (n, 1), None if n < 3 else 0.1, f"{n}月：{n}个") for n in range(1, 13)
)
TREND = TrendData(
    (Series("违法", "#C62828"), Series("合法", "#2E7D32")), MONTHS, 0.15, Series("比例", "#7A5BA6")
)
GAUGE = GaugeData(0.12, 0.08, 0.2, 0.15, "12.00%", "低于15%", (("违法用地占用耕地", "1.50亩"),), "比例12.00%")


@pytest.fixture
def show(qtbot):
    def made(chart, data, width=400, height=240):
        chart.show_data(data)
        qtbot.addWidget(chart)
        chart.resize(width, height)
        chart.show()
        qtbot.waitExposed(chart)
        chart.grab()
        return chart

    return made


def clicked(qtbot, chart, index):
    box = chart.regions[index].box
    with qtbot.waitSignal(chart.clicked) as caught:
        spot = QPoint(int(box.x + box.width / 2), int(box.y + box.height / 2))
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    return caught.args


def test_every_row_can_be_clicked_and_says_its_figures(qtbot, show):
    chart = show(RankingBars(), BarsData(ROWS))
    assert [region.text for region in chart.regions] == [f"{LONG}：80.0", "白马镇：40.0"]
    assert clicked(qtbot, chart, 1) == ["白马镇"]
    assert chart.accessibleDescription() == f"{LONG}：80.0\n白马镇：40.0"


def test_bars_are_as_long_as_their_values(show):
    chart = show(RankingBars(), BarsData(ROWS))
    image = chart.grab().toImage()
    blue = [sum(is_blue(image.pixelColor(x, row_middle(chart, n))) for x in range(400)) for n in (0, 1)]
    assert blue[0] == pytest.approx(2 * blue[1], abs=4)


def row_middle(chart, row):
    box = chart.regions[row].box
    return int(box.y + box.height / 2)


def is_blue(colour):
    return colour.blue() > colour.red() + 60


def test_rows_without_figure_or_without_any_row(show):
    none = Bar("x", "x", None, "—", "x：—")
    assert len(show(RankingBars(), BarsData((none,), limit=0.15)).regions) == 1
    empty = show(RankingBars(), BarsData(empty="没有图斑"))
    assert (empty.regions, empty.words()) == ((), "没有图斑")


def test_a_part_of_two_in_a_thousand_can_still_be_clicked(qtbot, show):
    chart = show(StageBar(), StackData(STAGES))
    strip = chart.regions[:2]
    assert [region.key for region in strip] == ["待核查", "已判定"]
    assert strip[1].box.width >= 4
    assert clicked(qtbot, chart, 1) == ["已判定"]
    legend = chart.regions[2:]
    assert [region.key for region in legend] == ["待核查", "已判定", "已上报"]


def test_shares_in_whole_per_cent():
    assert [share_text(n, 1000) for n in (0, 1, 5, 6, 998)] == ["0%", "<1%", "<1%", "1%", ">99%"]
    assert share_text(7, 7) == "100%"
    assert share_text(0, 0) == "—"


def test_deadlines_and_months_tell_their_keys(qtbot, show):
    assert clicked(qtbot, show(DeadlineBuckets(), BucketsData(BUCKETS)), 0) == ["overdue"]
    trend = show(MonthTrend(), TREND)
    assert len(trend.regions) == 12
    assert clicked(qtbot, trend, 11) == ["2021年12月"]


def test_the_keyboard_goes_from_part_to_part(qtbot, show):
    chart = show(DeadlineBuckets(), BucketsData(BUCKETS))
    QTest.keyClick(chart, Qt.Key.Key_Right)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    with qtbot.waitSignal(chart.clicked) as caught:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert caught.args == ["week"]
    QTest.keyClick(chart, Qt.Key.Key_Down)
    with qtbot.waitSignal(chart.clicked) as caught:
        QTest.keyClick(chart, Qt.Key.Key_Space)
    assert caught.args == ["overdue"]


def test_the_gauge_explains_itself_and_cannot_be_clicked(qtbot, show):
    chart = show(RatioGauge(), GAUGE)
    assert [(region.key, region.text) for region in chart.regions] == [("", "比例12.00%")]
    with qtbot.assertNotEmitted(chart.clicked):
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton)
    assert chart.accessibleDescription() == "比例12.00%"


@pytest.mark.parametrize("part", [(None, None, None), (0.0, 0.0, 0.0), (1.0, 0.9, 1.0), (0.15, 0.15, 0.15)])
def test_the_gauge_paints_any_share(show, part):
    show(RatioGauge(), GaugeData(*part, 0.15, "—", "x"))


@pytest.mark.parametrize("size", [(10, 10), (80, 40), (1600, 900)])
@pytest.mark.parametrize(
    ("chart", "data"),
    [
        (RatioGauge, GAUGE),
        (RankingBars, BarsData(ROWS, 50.0)),
        (StageBar, StackData(STAGES)),
        (DeadlineBuckets, BucketsData(BUCKETS)),
        (MonthTrend, TREND),
    ],
)
def test_every_chart_paints_at_any_size_without_a_word(show, chart, data, size, capfd):
    show(chart(), data, *size)
    assert "QPainter" not in capfd.readouterr().err


WHOLE = GaugeData(1.0, 1.0, 1.0, 0.15, "100.00%", "已达到15%", (), "比例100.00%")
ALL_STAGES = StackData(
    tuple(
        Segment(name, name, 1024, "#0072B2", name)
        for name in ("待核查", "已判定", "已复核", "已审定", "已上报", "市级退回", "审核结束")
    )
)
LONG_LINE = dataclasses.replace(TREND, line=Series("违法占耕比例（月末）", "#7A5BA6"))


@pytest.mark.parametrize(
    ("chart", "data", "more"),
    [
        (RatioGauge, WHOLE, (400, 180)),
        (RatioGauge, WHOLE, (0, 0)),
        (StageBar, ALL_STAGES, (0, 0)),
        (MonthTrend, LONG_LINE, (0, 0)),
    ],
    ids=["large gauge", "gauge", "stages", "months"],
)
def test_at_the_least_size_no_name_and_no_figure_is_cut(show, monkeypatch, chart, data, more):
    cut = []

    def noted(text, room, measure):
        shown = elided(text, room, measure)
        if shown != text:
            cut.append(text)
        return shown

    monkeypatch.setattr(paint, "elided", noted)
    made = chart()
    made.show_data(data)
    least = made.minimumSizeHint()
    show(made, data, least.width() + more[0], least.height() + more[1])
    assert cut == []


@pytest.mark.parametrize(("chart", "data"), [(RankingBars, BarsData(ROWS)), (MonthTrend, TREND)])
def test_pictures_are_twice_as_fine_and_white_in_dark_windows_too(show, chart, data):
    made = chart()
    palette = made.palette()
    palette.setColor(QPalette.ColorRole.Base, QColor("#202020"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#eeeeee"))
    made.setPalette(palette)
    image = show(made, data).picture(QSize(300, 200))
    assert (image.width(), image.height(), image.devicePixelRatio()) == (600, 400, 2.0)
    assert image.pixelColor(599, 399) == QColor("#ffffff")
    darkest = min(image.pixelColor(x, y).lightness() for x in range(0, 600, 2) for y in range(0, 400, 2))
    assert darkest < 120


def test_a_card_copies_picture_and_figures(qtbot):
    card, chart = ChartCard(), RankingBars()
    qtbot.addWidget(card)
    card.hold("乡镇排序", chart, scrolls=True)
    chart.show_data(BarsData(ROWS))
    card.copy_picture()
    assert not QApplication.clipboard().image().isNull()
    card.copy_words()
    assert QApplication.clipboard().text() == f"乡镇排序\n{LONG}：80.0\n白马镇：40.0"
    assert chart.accessibleName() == "乡镇排序"


def test_the_tooltip_is_that_of_the_part_under_the_mouse(qtbot, show):
    from qgis.PyQt.QtCore import QEvent
    from qgis.PyQt.QtGui import QHelpEvent
    from qgis.PyQt.QtWidgets import QToolTip

    chart = show(RankingBars(), BarsData(ROWS))
    box = chart.regions[0].box
    spot = QPoint(int(box.x + 5), int(box.y + box.height / 2))
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, spot, chart.mapToGlobal(spot)))
    assert QToolTip.text() == f"{LONG}：80.0"
    QToolTip.hideText()
