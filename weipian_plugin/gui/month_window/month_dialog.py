"""The window 本月一键办理: one page, and files can be dropped on it."""

from __future__ import annotations

from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.forms import fit_to_screen
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.month_window.month_page import MonthPage
from weipian_plugin.texts import tr

_WIDTH, _HEIGHT = 620, 380


class MonthDialog(QDialog):
    """Stays open while the month is done; closed before, the month is brought to its end."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Show what the month needs."""
        super().__init__(parent)
        self.setObjectName("weipianMonthDialog")
        self.setWindowTitle(tr("本月一键办理"))
        self.setAcceptDrops(True)
        self._session, self._jobs = desk.session, Jobs(desk.worker)
        self.page = MonthPage(desk, self._jobs, self)
        buttons = QDialogButtonBox(self)
        buttons.addButton(tr("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.addWidget(self.page)
        column.addWidget(buttons)
        self.resize(_WIDTH, _HEIGHT)
        fit_to_screen(self)
        for signal in (self._session.workspace_changed, self._session.library_changed):
            signal.connect(self.page.reload)
        self.finished.connect(self._leave)
        self.page.reload()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file that was dropped."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if files and self.page.isEnabled():
            self.page.input_widget.setFilePath(files[0].rstrip("/"))

    def _leave(self) -> None:
        self._jobs.close()
        for signal in (self._session.workspace_changed, self._session.library_changed):
            signal.disconnect(self.page.reload)
