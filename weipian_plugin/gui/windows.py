"""The plug-in's docks and dialogs: made when first asked for, kept, and taken away with the plug-in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialog, QDockWidget

from weipian_plugin.gui.desk import Desk

RIGHT = Qt.DockWidgetArea.RightDockWidgetArea


def _review(desk: Desk) -> QDockWidget:
    from weipian_plugin.gui.review.review_dock import ReviewDock

    return ReviewDock(desk)


def _conflict(desk: Desk) -> QDockWidget:
    from weipian_plugin.gui.conflict.conflict_dock import ConflictDock

    return ConflictDock(desk)


def _dashboard(desk: Desk) -> QDockWidget:
    from weipian_plugin.gui.dashboard.dashboard_dock import DashboardDock

    return DashboardDock(desk)


def _exchange(desk: Desk) -> QDockWidget:
    from weipian_plugin.gui.exchange_desk.exchange_dock import ExchangeDock

    return ExchangeDock(desk)


DOCKS: dict[str, Callable[[Desk], Any]] = {
    "review": _review,
    "conflict": _conflict,
    "dashboard": _dashboard,
    "exchange": _exchange,
}
"""How each dock is made. Imported only then: starting QGIS must not wait for windows nobody opens."""


class Windows:
    """Keeps the docks of one plug-in."""

    def __init__(self, desk: Desk, prepare: Callable[[str, Any], None]) -> None:
        """Make docks for this desk; `prepare(name, dock)` connects a new one with the others."""
        self._desk = desk
        self._prepare = prepare
        self._docks: dict[str, Any] = {}
        self._dialogs: list[QDialog] = []

    def dock(self, name: str) -> Any:
        """Return a dock, made and put into the main window when first asked for."""
        if name not in self._docks:
            dock = DOCKS[name](self._desk)
            self._docks[name] = dock
            self._desk.iface.addTabifiedDockWidget(RIGHT, dock, [self._raised()], True)
            self._prepare(name, dock)
        return self._docks[name]

    def made(self, name: str) -> Any | None:
        """Return a dock if it has been made."""
        return self._docks.get(name)

    def show(self, name: str) -> Any:
        """Show a dock and bring it to the front."""
        dock = self.dock(name)
        dock.show()
        dock.raise_()
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

    def _raised(self) -> str:
        """Return the objectName of one of our docks, to lie in one pile with it."""
        names = [dock.objectName() for dock in self._docks.values()]
        return names[0] if names else ""

    def _forget(self, dialog: QDialog) -> None:
        self._dialogs = [other for other in self._dialogs if other is not dialog]
