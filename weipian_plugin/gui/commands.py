"""The toolbar and the menu 卫片执法: one list of commands, shown twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QAction, QIcon
from qgis.PyQt.QtWidgets import QMenu, QToolBar

from weipian_plugin import paths


@dataclass(frozen=True)
class Command:
    """One thing that the person can start."""

    name: str
    """objectName of its action, and the name of its icon without the suffix."""
    text: str
    tip: str
    run: Callable[[], None]
    needs_packages: bool = True
    """Whether it can only run when every required package is there."""
    starts_group: bool = False


class Commands:
    """A toolbar and a menu in QGIS's main window; `remove` takes both away without a trace."""

    def __init__(self, iface: QgisInterface, commands: list[Command], refusal: str) -> None:
        """Show the commands; those that need packages are disabled with `refusal` in the tooltip, if any."""
        window = iface.mainWindow()
        title = QCoreApplication.translate("Commands", "卫片执法")
        self._menu = QMenu(title, window)
        self._menu.setObjectName("weipianMenu")
        self._toolbar: QToolBar = iface.addToolBar(title)
        self._toolbar.setObjectName("weipianToolBar")
        for command in commands:
            self._add(command, refusal if command.needs_packages else "")
        # Plug-ins stand before Settings and Help, which QGIS keeps at the right end.
        window.menuBar().insertMenu(iface.firstRightStandardMenu().menuAction(), self._menu)
        self._window = window

    def _add(self, command: Command, refusal: str) -> None:
        if command.starts_group:
            self._menu.addSeparator()
            self._toolbar.addSeparator()
        icon = QIcon(str(paths.icon_file(f"{command.name}.svg")))
        action = QAction(icon, command.text, self._menu)
        action.setObjectName(f"weipian_{command.name}")
        action.setToolTip(f"{command.text}\n{refusal or command.tip}")
        action.setEnabled(not refusal)
        action.triggered.connect(lambda _checked=False, run=command.run: run())
        self._menu.addAction(action)
        self._toolbar.addAction(action)

    def remove(self) -> None:
        """Take the toolbar and the menu out of the main window and delete them with their actions."""
        self._window.menuBar().removeAction(self._menu.menuAction())
        self._window.removeToolBar(self._toolbar)
        for widget in (self._toolbar, self._menu):
            widget.setParent(None)
            widget.deleteLater()
