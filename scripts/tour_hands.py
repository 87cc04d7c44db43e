"""What the steps of the tour are made of: pressing, waiting, and taking pictures. Runs inside QGIS."""

from __future__ import annotations

import faulthandler
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import qgis.utils
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from qgis.PyQt.QtGui import QAction, QKeyEvent
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QMenu, QWidget

WIDTH, HEIGHT = 1366, 768
SECONDS = 120


class Hands:
    """Works in QGIS's main window as a person does."""

    def __init__(self, folder: Path) -> None:
        """Put pictures, and what was seen when something did not come, into `folder`."""
        self.folder = folder
        self.window = qgis.utils.iface.mainWindow()
        self.office = qgis.utils.plugins["weipian_plugin"]._office
        self.desk = self.office.desk
        self.seen: dict[str, Any] = {"pictures": []}

    # Pressing

    def action(self, name: str) -> None:
        """Press a button of the toolbar."""
        self.window.findChild(QAction, f"weipian_{name}").trigger()

    def is_enabled(self, name: str) -> bool:
        """Return whether a button of the toolbar can be pressed."""
        return bool(self.window.findChild(QAction, f"weipian_{name}").isEnabled())

    def dialog(self, class_name: str) -> Any:
        """Return the open window of a class."""
        found = [
            widget
            for widget in QApplication.topLevelWidgets()
            if type(widget).__name__ == class_name and widget.isVisible()
        ]
        return found[0]

    def key(self, dock: QWidget, key: Qt.Key) -> None:
        """Press a key where the focus is, inside the dock."""
        focus = QApplication.focusWidget()
        target = focus if focus is not None and dock.isAncestorOf(focus) else dock
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, getattr(key, "value", key), Qt.KeyboardModifier.NoModifier)
            QCoreApplication.sendEvent(target, event)
        QApplication.processEvents()

    def dock(self, name: str, width: int) -> Any:
        """Show one of our docks by its button, always as wide: else it depends on what is drawn first."""
        self.action(name)
        self.idle()
        dock = self.office.windows.made(name)
        self.window.resizeDocks([dock], [width], Qt.Orientation.Horizontal)
        QApplication.setActiveWindow(self.window)
        self.rest(0.2)
        return dock

    def clear_bar(self) -> None:
        """Close all messages."""
        qgis.utils.iface.messageBar().clearWidgets()

    def panel(self, name: str, shown: bool) -> None:
        """Show or close one of QGIS's own panels."""
        self.window.findChild(QDockWidget, name).setVisible(shown)

    # Waiting

    def wait(self, condition: Callable[[], object]) -> None:
        """Turn the event loop until something is true."""
        end = time.monotonic() + SECONDS
        while not condition():
            if time.monotonic() > end:
                self._tell_what_stands()
                raise TimeoutError(f"waited {SECONDS} s")
            QApplication.processEvents()
            time.sleep(0.005)

    def _tell_what_stands(self) -> None:
        self.seen["running"] = [task.description() for task in self.desk.worker.running]
        with (self.folder / "等不到.txt").open("w", encoding="utf-8") as stacks:
            faulthandler.dump_traceback(stacks)
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible():
                widget.grab().save(str(self.folder / f"等不到_{type(widget).__name__}.png"))

    def idle(self) -> None:
        """Wait until no work is going on."""
        self.rest(0.05)
        self.wait(lambda: not self.desk.worker.running)

    def settle(self, dialog: Any) -> None:
        """Wait until an import assistant has looked at its files."""
        self.rest(0.4)
        self.wait(lambda: not dialog.progress_bar.isVisible())
        self.idle()

    def rest(self, seconds: float) -> None:
        """Let things be drawn."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.005)

    # Pictures

    def picture(self, name: str, widget: QWidget | None = None, seconds: float = 0.7) -> None:
        """Save what the person sees, of the whole window or of one part of it."""
        self.rest(seconds)
        self._save(name, (widget or self.window).grab())

    def picture_of_menu(self, name: str, menu: QMenu, place: QPoint, size: tuple[int, int]) -> None:
        """Save the upper left of the screen, with a menu open below its button."""
        menu.popup(place)
        self.rest(0.7)
        whole = QApplication.primaryScreen().grabWindow(0)
        menu.close()
        self._save(name, whole.copy(QRect(0, 0, *size)))

    def _save(self, name: str, picture: Any) -> None:
        path = self.folder / f"{name}.png"
        picture.save(str(path))
        self.seen["pictures"].append(path.name)

    # Looking into the files

    def count(self, table: str) -> int:
        """Return how many rows a table of the workspace has."""
        from weipian_plugin.store.workspace import Workspace

        with Workspace(self.desk.session.workspace, {}).reading() as connection:
            return int(connection.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0])  # noqa: S608 our own names

    def library_layers(self) -> list[str]:
        """Return the roles that the library holds."""
        from weipian_plugin.store.library import Library

        return [role.value for role in Library.open(self.desk.session.library).editions()]
