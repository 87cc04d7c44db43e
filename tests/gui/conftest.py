"""A desk for the windows: real message bar, canvas, tasks and session in a main window of our own."""

from __future__ import annotations

import pytest


@pytest.fixture
def desk(qgis_app, qgis_canvas):
    """A desk with nothing open and nobody known; what it remembers is forgotten afterwards."""
    from qgis.core import QgsSettings
    from qgis.gui import QgsMessageBar
    from qgis.PyQt.QtWidgets import QMainWindow
    from stand_in import StandIn

    from weipian_plugin import preferences
    from weipian_plugin.gui.desk import Desk
    from weipian_plugin.gui.messages import Messages
    from weipian_plugin.gui.session import Session
    from weipian_plugin.gui.work import Worker

    QgsSettings().remove(preferences.GROUP)
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
    QgsSettings().remove(preferences.GROUP)
