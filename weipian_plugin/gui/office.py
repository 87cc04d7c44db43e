"""The plug-in's windows put together: one desk, toolbar and menu, map layers, docks, and who tells whom."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtWidgets import QMenu

from weipian_plugin.gui import dependencies
from weipian_plugin.gui.about_dialog import AboutDialog
from weipian_plugin.gui.availability import Availability
from weipian_plugin.gui.command_list import FIRST_OF_GROUP, NAMES, about_command, texts
from weipian_plugin.gui.commands import Command, Commands
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.map.map_menu import fill_map_menu
from weipian_plugin.gui.map.workspace_layers import WorkspaceLayers
from weipian_plugin.gui.messages import Messages
from weipian_plugin.gui.session import Session, last_workspace, recent_workspaces
from weipian_plugin.gui.start.first_start import FirstStart
from weipian_plugin.gui.start.new_workspace_dialog import NewWorkspaceDialog
from weipian_plugin.gui.start.opening import Opening
from weipian_plugin.gui.steps import Steps
from weipian_plugin.gui.windows import Windows, forget_windows, load_windows
from weipian_plugin.gui.work import Worker
from weipian_plugin.texts import tr

AFTER_START_MS = 2000


class Office(QObject):
    """Everything that the plug-in puts into QGIS's main window; `remove` takes all of it away."""

    def __init__(self, iface: QgisInterface, states: tuple[dependencies.State, ...]) -> None:
        """Put the toolbar and the menu in place, and offer a start where no workspace was ever open."""
        super().__init__()
        self._states = states
        messages = Messages(iface.messageBar())
        session = Session(self)
        self.desk = Desk(iface, session, Worker(messages, session, self), messages)
        self.opening = Opening(self.desk)
        self.steps = Steps(self.desk)
        self.layers = WorkspaceLayers(self.desk)
        self.windows = Windows(self.desk, self._connect)
        self.first_start = FirstStart(self.desk, self.opening, self.new_workspace)
        self.available = Availability(self.desk)
        self.commands = Commands(iface, self._command_list())
        self.available.changed.connect(self.commands.refresh)
        # Once QGIS has started: it waits for its plug-ins, and what else it tells lies over what we say now.
        self._starting = QTimer(self)
        self._starting.setSingleShot(True)
        self._starting.timeout.connect(self._after_start)
        self._starting.start(AFTER_START_MS)

    def _after_start(self) -> None:
        self.desk.worker.start(
            tr("准备窗口"), lambda _progress: load_windows(), lambda _none: None, quiet=True
        )
        if last_workspace() is None and self.desk.session.workspace is None:
            self.first_start.offer()

    def remove(self) -> None:
        """Take everything away; tasks are cancelled first."""
        self._starting.stop()
        self.desk.worker.stop()
        self.first_start.withdraw()
        self.windows.remove()
        self.layers.remove()
        self.desk.messages.clear()
        self.commands.remove()
        forget_windows()
        self.deleteLater()

    def _command_list(self) -> list[Command]:
        run: dict[str, Callable[[], object]] = {
            "workspace": self.open_last,
            "library": self.import_base,
            "patches": partial(self.show_import, "patches"),
            "overlay": self.steps.overlay,
            "assign": self.steps.assign,
            "map": self.layers.zoom_to_all,
            "review": partial(self.windows.show, "review"),
            "conflict": partial(self.windows.show, "conflict"),
            "dashboard": partial(self.windows.show, "dashboard"),
            "exchange": partial(self.windows.show, "exchange"),
            "settings": self.show_settings,
            "month": self.show_month,
        }
        menus: dict[str, Callable[[QMenu], None]] = {
            "workspace": self._fill_workspaces,
            "library": self._fill_libraries,
            "map": partial(fill_map_menu, layers=self.layers),
        }
        commands = [
            Command(
                name,
                *texts(name),
                run=run[name],
                refusal=partial(self.available.refusal, name),
                starts_group=name in FIRST_OF_GROUP,
                fill_menu=menus.get(name),
                on_toolbar=name != "month",
            )
            for name in NAMES
        ]
        return [*commands, about_command(self.show_about)]

    def _fill_workspaces(self, menu: QMenu) -> None:
        menu.addAction(tr("新建工作库…"), self.new_workspace)
        menu.addAction(tr("打开工作库…"), self.opening.choose_workspace)
        menu.addAction(tr("生成示例区…"), self.first_start.choose_sample)
        menu.addSeparator()
        for path in recent_workspaces():
            action = menu.addAction(path.name, partial(self.opening.open, path))
            action.setToolTip(str(path))
            action.setCheckable(True)
            action.setChecked(path == self.desk.session.workspace)
        menu.addSeparator()
        closing = menu.addAction(tr("关闭工作库"), self.opening.close)
        closing.setEnabled(self.desk.session.workspace is not None)
        menu.setToolTipsVisible(True)

    def _fill_libraries(self, menu: QMenu) -> None:
        menu.addAction(tr("导入底图图层…"), self.import_base)
        menu.addAction(tr("选择底图库…"), self.opening.choose_library)
        library = self.desk.session.library
        if library is not None:
            menu.addSeparator()
            menu.addAction(tr("现用：{name}").format(name=library.name)).setEnabled(False)

    def open_last(self) -> None:
        """Open the workspace of last time, or let the person choose where there is none or it is open."""
        last = last_workspace()
        if last is None or self.desk.session.workspace is not None:
            self.opening.choose_workspace()
        else:
            self.opening.open(last)

    def new_workspace(self) -> None:
        """Show the dialog for a new workspace."""
        parent = self.desk.iface.mainWindow()
        self.windows.show_dialog(NewWorkspaceDialog(self.desk, self.opening, parent))

    def import_base(self) -> None:
        """Show the assistant for base layers."""
        self.show_import("base")

    def show_import(self, kind: str) -> None:
        """Show the assistant for patches or base layers."""
        from weipian_plugin.gui.intake_assistant.import_dialog import ImportDialog

        self.windows.show_dialog(ImportDialog(self.desk, kind, self.desk.iface.mainWindow()))

    def show_settings(self) -> None:
        """Show the settings."""
        from weipian_plugin.gui.settings.settings_dialog import SettingsDialog

        self.windows.show_dialog(SettingsDialog(self.desk, self.desk.iface.mainWindow()))

    def show_month(self) -> None:
        """Show the window that does the month in one go."""
        from weipian_plugin.gui.month_window.month_dialog import MonthDialog

        self.windows.show_dialog(MonthDialog(self.desk, self.desk.iface.mainWindow()))

    def show_about(self) -> None:
        """Show version and environment."""
        dialog = AboutDialog(self._states, self.desk.iface.mainWindow())
        dialog.exec()
        dialog.deleteLater()

    def _connect(self, name: str, dock: Any) -> None:
        """Connect a new dock with the map and the other docks."""
        if name == "review":
            dock.zoom_wanted.connect(self.layers.zoom_to)
            dock.flash_wanted.connect(self.layers.flash)
            dock.imagery_wanted.connect(self.layers.show_imagery)
        elif name == "dashboard":
            dock.filter_wanted.connect(self._review_only)

    def _review_only(self, wanted: dict[str, str]) -> None:
        self.windows.show("review").set_filter(wanted)
