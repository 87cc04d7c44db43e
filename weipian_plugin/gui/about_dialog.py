"""The dialog 关于/环境检查: which version this is, and whether everything it needs is there."""

from __future__ import annotations

import sys

from qgis.core import Qgis
from qgis.PyQt.QtCore import PYQT_VERSION_STR, QT_VERSION_STR
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from weipian_plugin import metadata, paths
from weipian_plugin.gui import dependencies
from weipian_plugin.gui.forms import load_form
from weipian_plugin.texts import tr

ICON_SIZE = 40


class AboutDialog(QDialog):
    """Shows the version and the state of every required Python package."""

    icon_label: QLabel
    title_label: QLabel
    state_tree: QTreeWidget
    advice_text: QPlainTextEdit
    result_label: QLabel
    copy_button: QPushButton
    close_button: QPushButton

    def __init__(self, states: tuple[dependencies.State, ...], parent: QWidget | None = None) -> None:
        """Show `states`, the result of `dependencies.check()`."""
        super().__init__(parent)
        load_form("about.ui", self)
        self._states = states
        self.icon_label.setPixmap(QIcon(str(paths.icon_file("weipian.svg"))).pixmap(ICON_SIZE, ICON_SIZE))
        self.title_label.setText(tr("卫片执法 {version}").format(version=metadata.version()))
        self.copy_button.clicked.connect(self._copy)
        self._show_states()

    def report(self) -> str:
        """Return the environment as plain text, one thing a line."""
        lines = [
            f"weipian_plugin {metadata.version()}",
            f"QGIS {Qgis.version()}",
            f"Qt {QT_VERSION_STR}, PyQt {PYQT_VERSION_STR}, Python {sys.version.split()[0]}, {sys.platform}",
        ]
        for state in self._states:
            lines.append(f"{state.requirement.distribution} {state.version or '-'} {self._verdict(state)}")
        return "\n".join(lines)

    def _show_states(self) -> None:
        for state in self._states:
            needed = f" ≥ {state.requirement.minimum}" if state.requirement.minimum else ""
            row = [state.requirement.distribution + needed, state.version or "—", self._verdict(state)]
            self.state_tree.addTopLevelItem(QTreeWidgetItem(row))
        for column in range(self.state_tree.columnCount()):
            self.state_tree.resizeColumnToContents(column)
        advice = dependencies.advice(self._states)
        self.advice_text.setPlainText(advice)
        self.advice_text.setVisible(bool(advice))
        self.result_label.setText(
            tr("缺少运行组件，请按上面的办法补装。") if advice else tr("环境检查通过。")
        )

    def _verdict(self, state: dependencies.State) -> str:
        return state.problem or tr("正常")

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.report())
        self.result_label.setText(tr("已复制到剪贴板。"))
