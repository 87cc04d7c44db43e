"""A task that takes longer than a moment, in the message bar: how far it is, and a way to stop it."""

from __future__ import annotations

from qgis.core import Qgis, QgsTask
from qgis.gui import QgsMessageBar, QgsMessageBarItem
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QProgressBar, QPushButton

from weipian_plugin.texts import tr

MOMENT_MS = 700
BAR_WIDTH = 160


class ProgressItem:
    """Shows one task from the moment it takes long until it is over."""

    def __init__(self, bar: QgsMessageBar, task: QgsTask) -> None:
        """Watch a task that has a signal `said`."""
        self._bar, self._task, self._title = bar, task, task.description()
        self._item: QgsMessageBarItem | None = None
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._show)
        self._timer.start(MOMENT_MS)

    def end(self) -> None:
        """Take it away."""
        self._timer.stop()
        if self._is_shown:
            self._bar.popWidget(self._item)
        self._item = None

    @property
    def _is_shown(self) -> bool:
        """Whether it stands in the bar: closed by the person, it is deleted already."""
        return self._item is not None and self._item in self._bar.items()

    def _show(self) -> None:
        if sip.isdeleted(self._task):
            # Cancelled before its turn: whoever started it hears of that in a moment.
            return
        item = QgsMessageBarItem(tr("卫片执法"), self._title, Qgis.MessageLevel.Info, 0)
        item.setObjectName("weipian_progress_item")
        shown = QProgressBar(item)
        shown.setMaximumWidth(BAR_WIDTH)
        shown.setValue(int(self._task.progress()))
        stop = QPushButton(tr("取消"), item)
        stop.setObjectName("weipian_cancel_button")
        stop.clicked.connect(self._task.cancel)
        self._task.progressChanged.connect(lambda value: self._is_shown and shown.setValue(int(value)))
        self._task.said.connect(self._say)
        item.layout().addWidget(shown)
        item.layout().addWidget(stop)
        self._item = item
        self._bar.pushItem(item)

    def _say(self, text: str) -> None:
        if self._is_shown and self._item is not None:
            self._item.setText(tr("{title}：{text}").format(title=self._title, text=text))
