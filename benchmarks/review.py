"""Measure the review dock with its real widgets: opening, the next patch, judging by keyboard.

`make bench` runs it. `python -m benchmarks.review --workspace FILE` works on a copy of a workspace that has
its overlay and duties. Figures are milliseconds by the clock; QT_QPA_PLATFORM says where the window is drawn.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsApplication
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QMainWindow, QWidget

from tests.gui.stand_in import StandIn, wait_until
from tests.gui.watchdog import Watchdog
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.messages import Messages
from weipian_plugin.gui.review.review_dock import ReviewDock
from weipian_plugin.gui.session import Session
from weipian_plugin.gui.work import Worker

ENTER, ALONE, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def main() -> None:
    """Measure on a copy, and leave nothing behind."""
    options = _options()
    for name, value in reviewing(options.workspace, options.patches).items():
        print(f"{name:22} {value:8.0f}")


def reviewing(workspace: Path, patches: int) -> dict[str, float]:
    """Return figures, by name: medians, the longest time, and the longest that the event loop stood still."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QgsApplication([], True)
    QCoreApplication.setOrganizationName("weipian-benchmark")
    application.initQgis()
    with tempfile.TemporaryDirectory() as folder:
        figures = _measure(Path(shutil.copy(workspace, Path(folder) / "工作库.gpkg")), patches)
    application.exitQgis()
    return figures


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--patches", type=int, default=100, help="how many patches are judged")
    return parser.parse_args()


def _measure(workspace: Path, patches: int) -> dict[str, float]:
    window = QMainWindow()
    desk, dock = _desk_and_dock(window)
    figures = _timed("open", 1, lambda: _open(desk, dock, workspace))
    figures |= _timed("next", patches, lambda: _next(dock))
    began = time.perf_counter()
    figures |= _timed("judge", patches, lambda: _judge(dock))
    figures["patches a minute"] = patches / (time.perf_counter() - began) * 60
    dock.shutdown()
    desk.worker.stop()
    sip.delete(window)
    return figures


def _desk_and_dock(window: QMainWindow) -> tuple[Desk, ReviewDock]:
    window.resize(1366, 700)
    canvas, bar = QgsMapCanvas(), QgsMessageBar(window)
    window.setCentralWidget(canvas)
    messages = Messages(bar)
    session = Session(window)
    desk = Desk(StandIn(window, bar, canvas), session, Worker(messages, session, window), messages)
    dock = ReviewDock(desk)
    desk.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.show()
    desk.session.set_person("示例")
    return desk, dock


def _timed(name: str, times: int, do: Callable[[], None]) -> dict[str, float]:
    """Do something several times."""
    took = []
    with Watchdog() as dog:
        for _ in range(times):
            began = time.perf_counter()
            do()
            took.append(time.perf_counter() - began)
    return {
        name: statistics.median(took) * 1000,
        f"{name}, longest": max(took) * 1000,
        f"{name}, window blocked": dog.longest_ms,
    }


def _open(desk: Desk, dock: ReviewDock, workspace: Path) -> None:
    desk.session.set_workspace(workspace)
    wait_until(lambda: bool(_shown(dock)))


def _next(dock: ReviewDock) -> None:
    before = _shown(dock)
    _press(dock.queue.queue_view, "N")
    wait_until(lambda: _shown(dock) != before)


def _judge(dock: ReviewDock) -> None:
    before = _shown(dock)
    _press(dock.queue.queue_view, "2")
    _press(dock.form.category_combo, Qt.Key.Key_Down)
    _type(dock.form.basis_edit, "现场已建，无审批手续")
    _press(dock.form.basis_edit, ENTER, CTRL)
    wait_until(lambda: _shown(dock) != before)


def _press(
    widget: QWidget, key: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key, and let the window do what it does then, as between the keys of a person."""
    QTest.keyClick(widget, key, modifier)
    QCoreApplication.processEvents()


def _type(widget: QWidget, text: str) -> None:
    for letter in text:
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, ALONE, letter)
        QCoreApplication.sendEvent(widget, event)
        QCoreApplication.processEvents()


def _shown(dock: ReviewDock) -> str:
    return str(dock.patch.number_label.text())


if __name__ == "__main__":
    main()
