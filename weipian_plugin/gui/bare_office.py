"""The plug-in in a QGIS that lacks a package: every button is there, grey, and says why."""

from __future__ import annotations

from qgis.gui import QgisInterface

from weipian_plugin.gui import dependencies
from weipian_plugin.gui.about_dialog import AboutDialog
from weipian_plugin.gui.command_list import NAMES, about_command, texts
from weipian_plugin.gui.commands import Command, Commands
from weipian_plugin.gui.messages import Messages
from weipian_plugin.texts import tr


class BareOffice:
    """Toolbar and menu without anything behind them; `remove` takes them away. Imports no missing package."""

    def __init__(self, iface: QgisInterface, states: tuple[dependencies.State, ...]) -> None:
        """Show the commands disabled, and say what is missing."""
        self._iface, self._states = iface, states
        problem = dependencies.summary(states) or tr("卫片执法插件不完整，请重新安装插件。")
        self._messages = Messages(iface.messageBar())
        self._messages.warning(problem, dependencies.advice(states))
        grey = [Command(name, *texts(name), run=lambda: None, refusal=lambda: problem) for name in NAMES]
        self._commands = Commands(iface, [*grey, about_command(self.show_about)])

    def show_about(self) -> None:
        """Show version and environment."""
        dialog = AboutDialog(self._states, self._iface.mainWindow())
        dialog.exec()
        dialog.deleteLater()

    def remove(self) -> None:
        """Take everything away."""
        self._messages.clear()
        self._commands.remove()
