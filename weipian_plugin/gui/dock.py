"""What the docks share: closing hides them, and what changed is read again while somebody looks."""

from __future__ import annotations

from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QCloseEvent, QShowEvent
from qgis.PyQt.QtWidgets import QDockWidget, QWidget

from weipian_plugin.gui.forms import load_form

WAIT_MS = 300
"""Changes that come one upon the other are shown together."""


class Dock(QDockWidget):
    """A dock of the plug-in, which is kept until QGIS ends."""

    def __init__(self, form: str, name: str, parent: QWidget | None = None) -> None:
        """Build its form; QGIS keeps the place of the dock under `name`."""
        super().__init__(parent)
        load_form(form, self)
        self.setObjectName(name)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Qt: closing hides."""
        if event is not None:
            event.ignore()
        self.hide()


class ReadingDock(Dock):
    """A dock of what the workspace says; subclasses read it in `load`."""

    def __init__(self, form: str, name: str, parent: QWidget | None = None) -> None:
        """Build its form; it is read when the dock is shown."""
        super().__init__(form, name, parent)
        self._stale = True
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(WAIT_MS)
        self._waiting.timeout.connect(self.reload)

    @property
    def is_outdated(self) -> bool:
        """Whether what the dock shows is no longer what the workspace says."""
        return self._stale

    def load(self) -> None:
        """Read what is shown, in the background; where that fails, call `not_read`."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read at once."""
        self.stop_waiting()
        self._stale = False
        self.load()

    def stop_waiting(self) -> None:
        """Read nothing that was to be read soon."""
        self._waiting.stop()

    def outdated(self, *_about: object) -> None:
        """Read again soon, or when the dock is shown."""
        self._stale = True
        if self.isVisible():
            self._waiting.start()

    def not_read(self, *_about: object) -> None:
        """Read again the next time that the dock is shown."""
        self._stale = True

    def showEvent(self, event: QShowEvent | None) -> None:
        """Qt: what is outdated is read when it is seen."""
        super().showEvent(event)
        if self._stale:
            self.reload()
