"""The docks in the main window: made once, one pile, QGIS's own panels as wide as before."""

from __future__ import annotations

import gc

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDockWidget, QWidget
from stand_in import wait_until

from weipian_plugin.gui.windows import Windows, forget_windows, load_windows

NAMES = ("review", "conflict", "dashboard", "exchange")
WIDEST = 48
"""Chinese characters: on a screen of 1366 pixels at 150 % 70 have room, beside the map's and the panels'."""


@pytest.fixture
def windows(desk):
    made = Windows(desk, lambda name, dock: None)
    yield made
    made.remove()


@pytest.fixture
def panel(desk):
    """A panel of QGIS at the left, as its layer tree."""
    window = desk.iface.mainWindow()
    window.setCentralWidget(QWidget())
    left = QDockWidget(window)
    left.setWidget(QWidget())
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, left)
    window.show()
    window.resizeDocks([left], [290], Qt.Orientation.Horizontal)
    wait_until(lambda: left.width() == 290)
    return left


def test_panels_at_the_left_stay_as_wide_as_they_are(windows, panel):
    for name in NAMES:
        dock = windows.show(name)
        wait_until(dock.isVisible)
        assert panel.width() == 290, name


def test_a_dock_is_made_once_and_shown_again(windows, panel):
    dock = windows.show("exchange")
    assert windows.made("exchange") is dock and windows.made("review") is None
    wait_until(dock.isVisible)
    dock.close()
    assert windows.show("exchange") is dock and dock.isVisible()


def test_taken_away_before_it_was_shown(windows, panel):
    windows.show("exchange")
    windows.remove()
    wait_until(lambda: windows.made("exchange") is None)


@pytest.mark.parametrize("name", NAMES)
def test_docks_leave_room_for_the_map_on_the_smallest_screen(windows, panel, name):
    dock = windows.show(name)
    wait_until(dock.isVisible)
    assert dock.minimumSizeHint().width() < WIDEST * dock.fontMetrics().horizontalAdvance("字")


def test_the_code_of_all_windows_is_there(qgis_app):
    load_windows()
    assert gc.get_freeze_count() > 0
    forget_windows()
    assert gc.get_freeze_count() == 0
