"""The dock 统计看板: ratio, deadlines, stages, ranking and trend of a day; a click filters the queue."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QDate, QSignalBlocker, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QGuiApplication, QImage, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFileDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QWidget,
)

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.exchange.saving import replacing
from weipian_plugin.gui.charts.card import ChartCard
from weipian_plugin.gui.charts.deadline_buckets import DeadlineBuckets
from weipian_plugin.gui.charts.month_trend import MonthTrend
from weipian_plugin.gui.charts.ranking_bars import RankingBars
from weipian_plugin.gui.charts.ratio_gauge import RatioGauge
from weipian_plugin.gui.charts.stage_bar import StageBar
from weipian_plugin.gui.dashboard import board_data
from weipian_plugin.gui.dashboard.picture import Place, board_picture
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.dock import ReadingDock
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.refusal import allow
from weipian_plugin.texts import tr
from weipian_plugin.workflow.dashboard import DashboardFigures, dashboard_figures

_READING = "figures"


class DashboardDock(ReadingDock):
    """Shows how the workspace stands on a day. Reads in the background, and only while it can be seen."""

    filter_wanted = pyqtSignal(dict)
    """What was clicked: {"township": name}, {"days_left": name of a Bucket in lower case} or {"stage": …}."""

    day_edit: QDateEdit
    today_button: QToolButton
    view_combo: QComboBox
    state_label: QLabel
    totals_label: QLabel
    refresh_button: QToolButton
    copy_button: QToolButton
    save_button: QToolButton
    board_area: QScrollArea
    board: QWidget
    board_layout: QGridLayout

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the cards; figures come when the dock is shown."""
        super().__init__("dashboard.ui", "weipianDashboardDock", parent)
        self._desk = desk
        self._figures: DashboardFigures | None = None
        self._jobs = Jobs(desk.worker, quiet_reads=True)
        self._columns = 0
        self._make_cards()
        self._fill_controls()
        self._connect()
        self._arrange(3)

    def _make_cards(self) -> None:
        self.gauge, self.deadlines, self.stages = RatioGauge(), DeadlineBuckets(), StageBar()
        self.trend, self.ranking = MonthTrend(), RankingBars()
        self.criterion_combo = QComboBox()
        self.criterion_combo.setToolTip(tr("按哪一项排序"))
        self.criterion_combo.setAccessibleName(tr("排序指标"))
        self.criterion_combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.criterion_combo.setMinimumContentsLength(8)
        self.ratio_card, self.deadline_card = ChartCard(), ChartCard()
        self.stage_card, self.trend_card, self.ranking_card = ChartCard(), ChartCard(), ChartCard()
        self.ratio_card.hold(tr("违法占用耕地面积比例"), self.gauge)
        self.deadline_card.hold(tr("判定期限"), self.deadlines)
        self.stage_card.hold(tr("办理阶段"), self.stages)
        self.trend_card.hold(tr("按收到月份"), self.trend)
        self.ranking_card.hold(tr("乡镇排序"), self.ranking, self.criterion_combo, scrolls=True)

    @property
    def cards(self) -> tuple[ChartCard, ...]:
        """The cards in reading order."""
        return (self.ratio_card, self.deadline_card, self.stage_card, self.trend_card, self.ranking_card)

    def _fill_controls(self) -> None:
        self.view_combo.addItems(board_data.VIEWS)
        self.day_edit.setDate(QDate.currentDate())
        self.board_area.setFrameShape(QFrame.Shape.NoFrame)
        self.board_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.totals_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._show_nothing()

    def _connect(self) -> None:
        session = self._desk.session
        session.workspace_changed.connect(self._other_workspace)
        session.patches_changed.connect(self.outdated)
        self.day_edit.dateChanged.connect(self.outdated)
        self.today_button.clicked.connect(lambda: self.day_edit.setDate(QDate.currentDate()))
        self.refresh_button.clicked.connect(self.reload)
        self.view_combo.currentIndexChanged.connect(self._show)
        self.criterion_combo.currentIndexChanged.connect(self._show_ranking)
        self.copy_button.clicked.connect(self.copy_picture)
        self.save_button.clicked.connect(self._save_board)
        for chart, name in (
            (self.deadlines, "days_left"),
            (self.stages, "stage"),
            (self.ranking, "township"),
        ):
            chart.clicked.connect(lambda key, name=name: self.filter_wanted.emit({name: key}))
        for card in self.cards:
            card.save_wanted.connect(lambda card=card: self._save_card(card))

    def shutdown(self) -> None:
        """Let go of what is outside."""
        self.stop_waiting()
        self._jobs.close()
        self._desk.session.workspace_changed.disconnect(self._other_workspace)
        self._desk.session.patches_changed.disconnect(self.outdated)

    def sizeHint(self) -> QSize:
        """Qt: the size that suits; fits a screen of 1366 by 768 with QGIS's own bars."""
        return QSize(1200, 620)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: fewer columns where there is less room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Put the cards into as many columns as can be read beside each other."""
        self._arrange(next((n for n in (3, 2) if self._has_room(n)), 1))

    def _has_room(self, columns: int) -> bool:
        """Return whether so many columns can be read, beside the scroll bar where they are too high."""
        width, height = self._needed(columns)
        if height > self.board_area.height():
            width += self.board_area.verticalScrollBar().sizeHint().width()
        return width <= self.board_area.width()

    def _needed(self, columns: int) -> tuple[int, int]:
        """Return how wide and how high a number of columns is at least."""
        gap = self.board_layout.spacing()
        widths, heights = [0] * columns, [0] * columns
        for card, (_row, column, *_spans) in zip(self.cards, _PLACES[columns], strict=True):
            least = card.minimumSizeHint()
            widths[column] = max(widths[column], least.width())
            heights[column] += least.height() + gap
        return sum(widths) + (columns - 1) * gap, max(heights) - gap

    def _arrange(self, columns: int) -> None:
        """Put the cards into a number of columns."""
        if columns == self._columns:
            return
        self._columns = columns
        places = _PLACES[columns]
        for card, place in zip(self.cards, places, strict=True):
            self.board_layout.removeWidget(card)
            self.board_layout.addWidget(card, *place)
        for row in range(_ROWS):
            self.board_layout.setRowStretch(row, 1)
        for column in range(max(_PLACES)):
            self.board_layout.setColumnStretch(column, int(column < columns))

    def _other_workspace(self) -> None:
        self._figures = None
        self._jobs.drop(_READING)
        self._show_nothing()
        self.outdated()

    def load(self) -> None:
        """Count the figures of the day."""
        workspace = self._desk.session.workspace
        if workspace is None:
            self._jobs.drop(_READING)
            self._show_nothing()
            return
        day = self.day_edit.date().toPyDate()
        self.state_label.setText(tr("正在统计…"))
        self._jobs.start_newest(
            _READING,
            tr("统计看板"),
            lambda progress: dashboard_figures(workspace, day, progress),
            self._loaded,
            self._failed,
        )

    def _loaded(self, figures: DashboardFigures) -> None:
        self._figures = figures
        self.state_label.clear()
        with QSignalBlocker(self.criterion_combo):
            self._fill_criteria(figures)
        self._show()

    def _failed(self, _error: BaseException) -> None:
        self.not_read()
        self.state_label.setText(tr("没有统计成，请看上方的提示"))

    def _fill_criteria(self, figures: DashboardFigures) -> None:
        chosen = self.criterion_combo.currentData()
        self.criterion_combo.clear()
        for criterion in board_data.criteria(figures):
            self.criterion_combo.addItem(criterion.title, criterion.key)
        self.criterion_combo.setCurrentIndex(max(self.criterion_combo.findData(chosen), 0))

    def _show_nothing(self) -> None:
        """Show that no workspace is open."""
        self.state_label.clear()
        opened = self._desk.session.workspace is not None
        self.totals_label.setText(
            "" if opened else tr("还没有打开工作库。打开或新建工作库后，这里显示统计数字。")
        )
        self.board.setVisible(False)
        for button in (self.copy_button, self.save_button):
            allow(button, tr("还没有统计数字。"))

    def _show(self) -> None:
        figures = self._figures
        if figures is None:
            return
        self.board.setVisible(True)
        for button in (self.copy_button, self.save_button):
            allow(button, "")
        view = self.view_combo.currentText()
        self.totals_label.setText(self._totals(figures, view))
        self.gauge.show_data(board_data.gauge(figures))
        self.ratio_card.title_label.setToolTip(figures.formula)
        self.deadlines.show_data(board_data.deadlines(figures))
        self.stages.show_data(board_data.stages(figures))
        self.trend.show_data(board_data.trend(figures, view))
        self._show_ranking()
        self._fit()

    def _show_ranking(self) -> None:
        if self._figures is not None:
            self.ranking.show_data(board_data.ranking(self._figures, self.criterion_combo.currentData()))
            note = tr("权重：{origin}；算法见统计表").format(origin=self._figures.ranking.origin)
            self.ranking_card.note(note, self._figures.ranking.text)

    def _totals(self, figures: DashboardFigures, view: str) -> str:
        return tr("{view}：{totals}").format(view=view, totals=board_data.totals(figures, view))

    def picture(self) -> QImage:
        """Return the whole board as a picture."""
        figures = self._figures
        if figures is None:
            return QImage()
        heading = tr("{district}{year}年土地矿产卫片执法统计看板（截至{day}）").format(
            district=figures.district, year=figures.year, day=figures.as_of.isoformat()
        )
        lines = (self._totals(figures, self.view_combo.currentText()), figures.ratio.caveat)
        return board_picture(dict(zip(_PICTURE, self.cards, strict=True)), heading, lines, self.font())

    def copy_picture(self) -> None:
        """Put the whole board as a picture on the clipboard."""
        if self._figures is not None:
            QGuiApplication.clipboard().setImage(self.picture())
            self._desk.messages.success(tr("看板图片已复制到剪贴板。"))

    def _save_board(self) -> None:
        self._save(self.picture(), tr("统计看板"))

    def _save_card(self, card: ChartCard) -> None:
        if card.chart is not None:
            self._save(card.chart.picture(), card.title_label.text())

    def _save(self, image: QImage, name: str) -> None:
        workspace, figures = self._desk.session.workspace, self._figures
        if workspace is None or figures is None:
            return
        proposed = workspace.with_name(f"{name}_{figures.as_of.isoformat()}.png")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, tr("另存为PNG图片"), str(proposed), tr("PNG图片 (*.png)")
        )
        if chosen:
            self.save_picture(image, Path(chosen))

    def save_picture(self, image: QImage, path: Path) -> None:
        """Save a picture in the background, whole or not at all."""
        path = path if path.suffix else path.with_suffix(".png")
        self._jobs.start(
            tr("保存图片"),
            lambda _progress: _save_image(image, path),
            lambda _done: self._desk.messages.success(tr("图片已保存：{path}").format(path=path)),
        )


def _save_image(image: QImage, path: Path) -> None:
    with replacing(path, ".png") as temporary:
        if not image.save(str(temporary), "PNG"):
            raise WeipianError(tr("写不了“{}”，请检查磁盘空间和路径后重试。").format(path))


_PLACES = {
    3: ((0, 0, 11, 1), (11, 0, 9, 1), (0, 1, 8, 1), (8, 1, 12, 1), (0, 2, 20, 1)),
    2: ((0, 0, 7, 1), (7, 0, 6, 1), (13, 0, 7, 1), (13, 1, 7, 1), (0, 1, 13, 1)),
    1: ((0, 0, 4, 1), (4, 0, 3, 1), (7, 0, 3, 1), (10, 0, 4, 1), (14, 0, 6, 1)),
}
"""Row, column and spans of ratio, deadlines, stages, trend, ranking, by the number of columns."""
_ROWS = 20
_PICTURE: tuple[Place, ...] = ((0, 0, 4, 6), (0, 6, 4, 4), (4, 0, 4, 4), (4, 4, 4, 6), (8, 0, 4, 10))
