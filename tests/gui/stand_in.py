# ruff: noqa: N802 the stand-in has the names of QgisInterface
"""What the windows use of QgisInterface without the whole application, and waiting for what they do."""

from __future__ import annotations

import time

from qgis.core import QgsProject
from qgis.gui import QgsLayerTreeMapCanvasBridge
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal


class StandIn(QObject):
    """What the windows use of QgisInterface, which only the whole application has; the parts are real."""

    newProjectCreated = pyqtSignal()  # noqa: N815 as above

    def __init__(self, window, bar, canvas):
        super().__init__(window)
        self._window, self._bar, self._canvas = window, bar, canvas
        self._active = None

    def layerTreeCanvasBridge(self):
        found = self._canvas.findChild(QgsLayerTreeMapCanvasBridge)
        if found is None:
            # One for all tests, as in QGIS, where the map also takes over the project's system.
            project = QgsProject.instance()
            found = QgsLayerTreeMapCanvasBridge(project.layerTreeRoot(), self._canvas, self._canvas)
            project.crsChanged.connect(lambda: self._canvas.setDestinationCrs(project.crs()))
        return found

    def setActiveLayer(self, layer):
        self._active = layer

    def activeLayer(self):
        return self._active

    def mainWindow(self):
        return self._window

    def messageBar(self):
        return self._bar

    def mapCanvas(self):
        return self._canvas

    def addDockWidget(self, area, dock):
        self._window.addDockWidget(area, dock)
        dock.show()

    def addTabifiedDockWidget(self, area, dock, _others=(), _raised=False):
        self.addDockWidget(area, dock)

    def removeDockWidget(self, dock):
        self._window.removeDockWidget(dock)


def wait_until(condition, seconds=20.0):
    """Turn the event loop until `condition()` is true; fail when it never is."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain")
        QCoreApplication.processEvents()
        time.sleep(0.002)
