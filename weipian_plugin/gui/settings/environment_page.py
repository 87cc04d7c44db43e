"""Whether everything is there that the plug-in computes with."""

from __future__ import annotations

import sys

from qgis.core import Qgis
from qgis.PyQt.QtCore import PYQT_VERSION_STR, QT_VERSION_STR
from qgis.PyQt.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QTableView, QWidget

from weipian_plugin import metadata
from weipian_plugin.gui import colours, dependencies
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.settings.page import SettingsPage
from weipian_plugin.gui.text_table import TextTable, put_into
from weipian_plugin.texts import tr


class EnvironmentPage(SettingsPage):
    """The state of every package, and what to do."""

    form = "settings_environment.ui"
    needs_workspace = False
    state_view: QTableView
    advice_text: QPlainTextEdit
    copy_button: QPushButton

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(desk, jobs, parent)
        heads = (tr("运行组件"), tr("要求"), tr("本机版本"), tr("状态"))
        self.states = TextTable(heads, self)
        put_into(self.state_view, self.states, wide=(3,))
        self.copy_button.clicked.connect(lambda: QApplication.clipboard().setText(self.report()))

    def reload(self) -> None:
        """Check the packages, which are loaded already where they are there."""
        found = dependencies.check()
        rows = [
            (
                state.requirement.distribution,
                f"≥ {state.requirement.minimum}" if state.requirement.minimum else "",
                state.version or "—",
                state.problem or tr("正常"),
            )
            for state in found
        ]
        shade = colours.tinted(colours.OVERDUE, colours.palette_of(self.advice_text))
        self.states.show(rows, lambda row: shade if found[row].problem else None)
        advice = dependencies.advice(found)
        self.advice_text.setPlainText(advice)
        self.advice_text.setVisible(bool(advice))
        sound = tr("环境检查通过。")
        self.say(
            dependencies.summary(found) if advice else sound, colours.OVERDUE if advice else colours.IN_TIME
        )

    def report(self) -> str:
        """Return the environment as plain text, one thing a line."""
        head = [
            f"weipian_plugin {metadata.version()}",
            f"QGIS {Qgis.version()}",
            f"Qt {QT_VERSION_STR}, PyQt {PYQT_VERSION_STR}, Python {sys.version.split()[0]}, {sys.platform}",
        ]
        return "\n".join([*head, *(" ".join(filter(None, row)) for row in self.states.rows)])
