"""The toolbar and the menu 卫片执法: one list of commands, shown twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QAction, QIcon
from qgis.PyQt.QtWidgets import QMenu, QToolBar, QToolButton

from weipian_plugin import paths
from weipian_plugin.texts import tr


def always() -> str:
    """Refuse nothing."""
    return ""


@dataclass(frozen=True)
class Command:
    """One thing that the person can start."""

    name: str
    """objectName of its action, and the name of its icon without the suffix."""
    text: str
    tip: str
    run: Callable[[], object]
    refusal: Callable[[], str] = always
    """Why it cannot run now, in one sentence; '' when it can."""
    starts_group: bool = False
    fill_menu: Callable[[QMenu], None] | None = None
    """Puts what it offers, its own doing among it, into a menu below its button, whenever that is shown."""
    on_toolbar: bool = True


class Commands:
    """A toolbar and a menu in QGIS's main window; `remove` takes both away without a trace."""

    def __init__(self, iface: QgisInterface, commands: Sequence[Command]) -> None:
        """Show the commands."""
        self._window = iface.mainWindow()
        title = tr("卫片执法")
        self._menu = QMenu(title, self._window)
        self._menu.setObjectName("weipianMenu")
        # Why a disabled entry is disabled stands in its tooltip.
        self._menu.setToolTipsVisible(True)
        self._toolbar: QToolBar = iface.addToolBar(title)
        self._toolbar.setObjectName("weipianToolBar")
        # Words, for icons alone have to be learnt.
        self._toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._submenus: dict[str, QAction] = {}
        """Entries of the main menu that open what stands below a button, by the command's name."""
        self._actions = [(command, self._add(command)) for command in commands]
        # Plug-ins stand before Settings and Help, which QGIS keeps at the right end.
        self._window.menuBar().insertMenu(iface.firstRightStandardMenu().menuAction(), self._menu)
        self.refresh()

    def refresh(self) -> None:
        """Enable what can run now, and say in the tooltips of the others why they cannot."""
        for command, action in self._actions:
            refusal = command.refusal()
            entries = (action, self._submenus.get(command.name, action))
            for shown in entries:
                shown.setEnabled(not refusal)
                shown.setToolTip(f"{command.text}\n{refusal or command.tip}")

    def _add(self, command: Command) -> QAction:
        if command.starts_group:
            self._menu.addSeparator()
            if command.on_toolbar:
                self._toolbar.addSeparator()
        icon = QIcon(str(paths.icon_file(f"{command.name}.svg")))
        action = QAction(icon, command.text, self._menu)
        action.setObjectName(f"weipian_{command.name}")
        action.triggered.connect(lambda _checked=False, run=command.run: run())
        if command.on_toolbar:
            self._toolbar.addAction(action)
        if command.fill_menu is None:
            self._menu.addAction(action)
        else:
            self._submenus[command.name] = self._add_choices(command, action)
        return action

    def _add_choices(self, command: Command, action: QAction) -> QAction:
        """Put a menu below the command's button, and in its place in the main menu."""
        choices = QMenu(command.text, self._menu)
        choices.setIcon(action.icon())
        choices.setObjectName(f"weipian_{command.name}_menu")
        choices.aboutToShow.connect(lambda: _refill(choices, command.fill_menu))
        button = self._toolbar.widgetForAction(action)
        if isinstance(button, QToolButton):
            button.setMenu(choices)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        return self._menu.addMenu(choices)

    def remove(self) -> None:
        """Take the toolbar and the menu out of the main window and delete them with their actions."""
        self._window.menuBar().removeAction(self._menu.menuAction())
        self._window.removeToolBar(self._toolbar)
        for widget in (self._toolbar, self._menu):
            widget.setParent(None)
            widget.deleteLater()
        self._actions = []
        self._submenus = {}


def _refill(menu: QMenu, fill: Callable[[QMenu], None] | None) -> None:
    menu.clear()
    if fill is not None:
        fill(menu)
