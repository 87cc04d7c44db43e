"""What the person is told: one sentence in the message bar, details a click away, the rest in the log."""

from __future__ import annotations

from qgis.core import Qgis, QgsMessageLog
from qgis.gui import QgsMessageBar, QgsMessageBarItem
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.texts import LOG_TAG, tr

SECONDS_SHOWN = 6


class Messages:
    """Writes to QGIS's message bar and log."""

    def __init__(self, bar: QgsMessageBar) -> None:
        """Show messages in this bar."""
        self._bar = bar
        self._shown: list[QgsMessageBarItem] = []

    @property
    def bar(self) -> QgsMessageBar:
        """The bar itself."""
        return self._bar

    def success(self, text: str, details: str = "") -> None:
        """Tell that something was done; goes away by itself."""
        self._push(text, details, Qgis.MessageLevel.Success, SECONDS_SHOWN)

    def info(self, text: str, details: str = "") -> None:
        """Tell something worth knowing; goes away by itself."""
        self._push(text, details, Qgis.MessageLevel.Info, SECONDS_SHOWN)

    def warning(self, text: str, details: str = "") -> None:
        """Tell that something was refused, or needs looking at; stays until closed."""
        self._push(text, details, Qgis.MessageLevel.Warning, 0)

    def error(self, text: str, details: str = "") -> None:
        """Tell that something went wrong inside; stays until closed."""
        self._push(text, details, Qgis.MessageLevel.Critical, 0)

    def clear(self) -> None:
        """Take away what still stands in the bar."""
        for item in self._bar.items():
            if item in self._shown:
                self._bar.popWidget(item)
        self._shown = []

    def _push(self, text: str, details: str, level: Qgis.MessageLevel, seconds: int) -> None:
        # The bar has room for one line: what is wrong in a file, line by line, is a click away.
        text, _, more = text.partition("\n")
        details = "\n".join(filter(None, (more, details)))
        QgsMessageLog.logMessage("\n".join(filter(None, (text, details))), LOG_TAG, level, False)
        item = QgsMessageBarItem(tr("卫片执法"), text, level, seconds)
        if details:
            button = QPushButton(tr("详情"), item)
            button.setObjectName("weipian_details_button")
            button.clicked.connect(lambda: show_details(self._bar.window(), text, details))
            item.layout().addWidget(button)
        self._shown = [known for known in self._bar.items() if known in self._shown] + [item]
        self._bar.pushItem(item)


def sentence(error: BaseException) -> str:
    """Return an error in one sentence, for a window; what went wrong inside, the message bar tells."""
    return str(error) if isinstance(error, WeipianError) else tr("程序内部出错，没有改动。")


def show_details(parent: object, text: str, details: str) -> None:
    """Show a long text that can be copied, without stopping the work."""
    dialog = QDialog(parent)
    dialog.setObjectName("weipian_details_dialog")
    dialog.setWindowTitle(text if len(text) <= 40 else text[:40] + "…")
    dialog.resize(680, 360)
    shown = QPlainTextEdit(f"{text}\n\n{details}", dialog)
    shown.setReadOnly(True)
    buttons = QDialogButtonBox(dialog)
    buttons.addButton(tr("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
    buttons.rejected.connect(dialog.close)
    layout = QVBoxLayout(dialog)
    layout.addWidget(shown)
    layout.addWidget(buttons)
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()
