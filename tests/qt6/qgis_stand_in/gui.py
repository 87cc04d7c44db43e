# ruff: noqa: N802, N815 the names are those of QGIS
"""Of qgis.gui: the message bar, the file chooser, and classes that ours derive from."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qgis_stand_in.core import Qgis
from qgis_stand_in.names import Anything


class QgsMessageBarItem(QFrame):
    """One message."""

    def __init__(
        self,
        title: str,
        text: str,
        level: Qgis.MessageLevel = Qgis.MessageLevel.Info,
        duration: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title, self._text, self._level, self._duration = title, text, level, duration
        QHBoxLayout(self).addWidget(QLabel(f"{title} {text}", self))

    def title(self) -> str:
        return self._title

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        self._text = text

    def level(self) -> Qgis.MessageLevel:
        return self._level

    def duration(self) -> int:
        return self._duration


class QgsMessageBar(QFrame):
    """Messages, the newest first; none goes away by itself."""

    widgetAdded = pyqtSignal(object)
    widgetRemoved = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QgsMessageBarItem] = []
        QVBoxLayout(self)

    def items(self) -> list[QgsMessageBarItem]:
        return list(self._items)

    def currentItem(self) -> QgsMessageBarItem | None:
        return self._items[0] if self._items else None

    def pushItem(self, item: QgsMessageBarItem) -> None:
        self._items.insert(0, item)
        self.layout().addWidget(item)
        self.widgetAdded.emit(item)

    def pushWidget(self, item: QgsMessageBarItem, level: object = None, duration: int = 0) -> None:
        self.pushItem(item)

    def popWidget(self, item: QgsMessageBarItem | None = None) -> bool:
        item = item or self.currentItem()
        if item not in self._items:
            return False
        self._items.remove(item)
        self.widgetRemoved.emit(item)
        item.deleteLater()
        return True

    def clearWidgets(self) -> bool:
        for item in self.items():
            self.popWidget(item)
        return True


class QgsFileWidget(QWidget):
    """A file chooser that remembers the path it is given."""

    fileChanged = pyqtSignal(str)

    class StorageMode(metaclass=Anything):
        """Files or folders."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = ""

    def filePath(self) -> str:
        return self._path

    def setFilePath(self, path: str) -> None:
        changed, self._path = path != self._path, path
        if changed:
            self.fileChanged.emit(path)

    def setFilter(self, filters: str) -> None:
        self.setProperty("filter", filters)

    def setDialogTitle(self, title: str) -> None:
        self.setProperty("dialogTitle", title)

    def setStorageMode(self, mode: object) -> None:
        self.setProperty("storageMode", mode)

    def setConfirmOverwrite(self, confirms: bool) -> None:
        self.setProperty("confirmOverwrite", confirms)


class QgsMapTool(QObject):
    """A base class."""


class QgisInterface(QObject):
    """A base class."""
