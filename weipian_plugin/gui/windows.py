"""The plug-in's docks and dialogs: made when first asked for, kept, and taken away with the plug-in."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from functools import partial
from types import ModuleType
from typing import Any

from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QDialog, QDockWidget, QMainWindow

from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.forms import read_forms

RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
_BREATH_MS = 10
"""Between making a dock and showing it: with no time at all the keys and the mouse would have to wait."""


_DOCKS = {
    "review": ("review.review_dock", "ReviewDock"),
    "conflict": ("conflict.conflict_dock", "ConflictDock"),
    "dashboard": ("dashboard.dashboard_dock", "DashboardDock"),
    "exchange": ("exchange_desk.exchange_dock", "ExchangeDock"),
}
"""The module and class of each dock. Not imported with this one: starting QGIS must not wait for them."""
_DIALOGS = ("intake_assistant.import_dialog", "month_window.month_dialog", "settings.settings_dialog")


def load_windows() -> None:
    """Import the code of all windows and read their forms, for a worker: else the first look would stop QGIS.

    Nor shall Python look through all that is loaded by now for cycles, which stops QGIS for a sixth of a
    second; `forget_windows` lets it again.
    """
    for name in (*(module for module, _ in _DOCKS.values()), *_DIALOGS):
        _module(name)
    read_forms()
    gc.freeze()


def forget_windows() -> None:
    """Let Python collect what `load_windows` kept from it."""
    gc.unfreeze()


def _module(name: str) -> ModuleType:
    whole = f"weipian_plugin.gui.{name}"
    # QGIS forgets a plug-in's modules when it is switched off, but sees only what this function brings in.
    __import__(whole)
    return sys.modules[whole]


class Windows:
    """Keeps the docks of one plug-in."""

    def __init__(self, desk: Desk, prepare: Callable[[str, Any], None]) -> None:
        """Make docks for this desk; `prepare(name, dock)` connects a new one with the others."""
        self._desk = desk
        self._prepare = prepare
        self._docks: dict[str, Any] = {}
        self._placed: list[str] = []
        """Names of the docks that are in the main window."""
        self._dialogs: list[QDialog] = []

    def dock(self, name: str) -> Any:
        """Return a dock, made when first asked for."""
        if name not in self._docks:
            module, kind = _DOCKS[name]
            self._docks[name] = getattr(_module(module), kind)(self._desk)
            self._prepare(name, self._docks[name])
        return self._docks[name]

    def made(self, name: str) -> Any | None:
        """Return a dock if it has been made."""
        return self._docks.get(name)

    def show(self, name: str) -> Any:
        """Bring a dock to the front. A new one is made now and shown in the next turn of the event loop.

        Both at once would stop the window for longer than a person does not notice.
        """
        dock = self.dock(name)
        if name in self._placed:
            dock.show()
            dock.raise_()
        else:
            QTimer.singleShot(_BREATH_MS, partial(self._place, name))
        return dock

    def show_dialog(self, dialog: QDialog) -> QDialog:
        """Show a window that does not stop the work; it is deleted once closed."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _result: self._forget(dialog))
        self._dialogs.append(dialog)
        dialog.show()
        return dialog

    def remove(self) -> None:
        """Close the dialogs, take the docks out of the main window and delete them."""
        for dialog in list(self._dialogs):
            dialog.close()
        for dock in self._docks.values():
            dock.shutdown()
            self._desk.iface.removeDockWidget(dock)
            dock.setParent(None)
            dock.deleteLater()
        self._docks.clear()
        self._placed.clear()

    def _place(self, name: str) -> None:
        """Put a new dock on the pile of our docks; the panels at the left keep their width."""
        dock = self._docks.get(name)
        if dock is None or name in self._placed:
            return
        window = self._desk.iface.mainWindow()
        beside = [
            panel for panel in window.findChildren(QDockWidget, options=DIRECT) if _is_at_left(window, panel)
        ]
        widths = [panel.width() for panel in beside]
        pile = [self._docks[other].objectName() for other in self._placed]
        self._placed.append(name)
        self._desk.iface.addTabifiedDockWidget(RIGHT, dock, pile, True)
        QTimer.singleShot(_BREATH_MS, partial(_keep_widths, window, beside, widths))

    def _forget(self, dialog: QDialog) -> None:
        self._dialogs = [other for other in self._dialogs if other is not dialog]


def _keep_widths(window: QMainWindow, panels: Sequence[QDockWidget], widths: Sequence[int]) -> None:
    """Give panels the widths that they had; QGIS lays its whole window out anew for that, so not in vain."""
    if any(sip.isdeleted(panel) for panel in panels):
        return
    if [panel.width() for panel in panels] != list(widths):
        window.resizeDocks(panels, widths, Qt.Orientation.Horizontal)


def _is_at_left(window: QMainWindow, panel: QDockWidget) -> bool:
    area = window.dockWidgetArea(panel)
    return area == Qt.DockWidgetArea.LeftDockWidgetArea and panel.isVisible() and not panel.isFloating()
