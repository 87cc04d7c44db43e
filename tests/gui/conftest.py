# ruff: noqa: N802 the stand-in has the names of QgisInterface
"""A desk for the windows: real message bar, canvas, tasks and session in a main window of our own."""

from __future__ import annotations

import time

import pytest
from qgis.PyQt.QtCore import QObject, pyqtSignal

PREFIX = "weipian"


class StandIn(QObject):
    """What the windows use of QgisInterface, which only the whole application has; the parts are real."""

    newProjectCreated = pyqtSignal()  # noqa: N815 as above

    def __init__(self, window, bar, canvas):
        super().__init__(window)
        self._window, self._bar, self._canvas = window, bar, canvas
        self._active = None

    def layerTreeCanvasBridge(self):
        from qgis.core import QgsProject
        from qgis.gui import QgsLayerTreeMapCanvasBridge

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
    from qgis.PyQt.QtCore import QCoreApplication

    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain")
        QCoreApplication.processEvents()
        time.sleep(0.002)


@pytest.fixture
def desk(qgis_app, qgis_canvas):
    """A desk with nothing open and nobody known; what it remembers is forgotten afterwards."""
    from qgis.core import QgsSettings
    from qgis.gui import QgsMessageBar
    from qgis.PyQt.QtWidgets import QMainWindow

    from weipian_plugin.gui.desk import Desk
    from weipian_plugin.gui.messages import Messages
    from weipian_plugin.gui.session import Session
    from weipian_plugin.gui.work import Worker

    QgsSettings().remove(PREFIX)
    window = QMainWindow()
    window.resize(1366, 768)
    bar = QgsMessageBar(window)
    messages = Messages(bar)
    session = Session(window)
    made = Desk(StandIn(window, bar, qgis_canvas), session, Worker(messages, session, window), messages)
    yield made
    made.worker.stop()
    messages.clear()
    window.deleteLater()
    QgsSettings().remove(PREFIX)
