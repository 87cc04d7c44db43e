"""A chart on a card: its title, its own controls, and ways to take it into a document."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QContextMenuEvent, QGuiApplication, QPalette
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from weipian_plugin.gui.charts.chart import Chart
from weipian_plugin.texts import tr


class ChartCard(QFrame):
    """Title, controls, chart and a note below it. The menu copies or saves the chart."""

    save_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without a chart; `hold` puts one in."""
        super().__init__(parent)
        self.chart: Chart | None = None
        self._control: QComboBox | None = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.title_label = QLabel(self)
        font = self.title_label.font()
        font.setBold(True)
        self.title_label.setFont(font)
        self.note_label = QLabel(self)
        self.note_label.setWordWrap(True)
        self.note_label.hide()
        self.menu_button = self._menu_button()
        self._lay_out()

    def _menu_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText("⋯")
        button.setAutoRaise(True)
        button.setToolTip(tr("复制或保存这张图"))
        button.setAccessibleName(tr("复制或保存这张图"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        button.setMenu(self._menu(button))
        return button

    def _menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        menu.addAction(tr("复制图片"), self.copy_picture)
        menu.addAction(tr("复制数字"), self.copy_words)
        menu.addAction(tr("另存为PNG图片…"), self.save_wanted.emit)
        return menu

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self.title_label)
        self._head.addStretch(1)
        self._head.addWidget(self.menu_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 4, 8, 6)
        self._column.setSpacing(4)
        self._column.addLayout(self._head)
        self._column.addWidget(self.note_label)

    def hold(self, title: str, chart: Chart, control: QComboBox | None = None, scrolls: bool = False) -> None:
        """Put a chart on the card, its control beside the title; `scrolls` where it may be high."""
        self.chart = chart
        self.title_label.setText(title)
        chart.setAccessibleName(title)
        self._control = control
        if control is not None:
            self._head.insertWidget(2, control)
        self._column.insertWidget(1, self._scrolled(chart) if scrolls else chart, 1)

    def _scrolled(self, chart: Chart) -> QScrollArea:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(chart)
        area.setMinimumWidth(chart.needed().width() + area.verticalScrollBar().sizeHint().width())
        area.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        return area

    def heading(self) -> str:
        """Return the title with what is chosen beside it, for pictures."""
        chosen = self._control.currentText() if self._control is not None else ""
        return "：".join(filter(None, (self.title_label.text(), chosen)))

    def note(self, text: str, explained: str = "") -> None:
        """Write a line below the chart; the rest of it as tooltip."""
        self.note_label.setText(text)
        self.note_label.setToolTip(explained)
        self.note_label.setVisible(bool(text))

    def copy_picture(self) -> None:
        """Put the chart as a picture on the clipboard."""
        if self.chart is not None:
            QGuiApplication.clipboard().setImage(self.chart.picture())

    def copy_words(self) -> None:
        """Put the figures in words on the clipboard."""
        if self.chart is not None:
            QGuiApplication.clipboard().setText(f"{self.heading()}\n{self.chart.words()}")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: the right mouse button offers the menu too."""
        self.menu_button.menu().exec(event.globalPos())
