"""The month's work in the real QGIS window, with screenshots: runs inside QGIS (qgis --code).

WEIPIAN_TOUR names a folder for the pictures, `tour.json` (what came of each step) and the district's files.
`make docs` puts the pictures into the manual; a test runs it with the zip installed and reads `tour.json`.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import qgis.utils
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QDate, QEvent, Qt, QTimer
from qgis.PyQt.QtGui import QAction, QKeyEvent
from qgis.PyQt.QtWidgets import QApplication, QWidget

FOLDER = Path(os.environ["WEIPIAN_TOUR"])
WIDTH, HEIGHT = 1366, 768
PERSON = "张三（示例）"
SECONDS = 30
REVIEWED = 10
STEPS = (
    "start",
    "make_workspace",
    "take_library",
    "import_patches",
    "overlay",
    "assign",
    "look_at_map",
    "review",
    "settle_conflicts",
    "look_at_dashboard",
    "export",
    "settings",
)


class Tour:
    """Goes through the month step by step and notes what it sees."""

    def __init__(self) -> None:
        self.window = qgis.utils.iface.mainWindow()
        self.office = qgis.utils.plugins["weipian_plugin"]._office
        self.desk = self.office.desk
        self.sample = FOLDER / "示例区"
        self.seen: dict[str, Any] = {"pictures": []}

    def run(self) -> None:
        """Do the whole month."""
        self.window.setFixedSize(WIDTH, HEIGHT)
        self.rest(1)
        qgis.utils.iface.messageBar().clearWidgets()
        for name in STEPS:
            step = getattr(self, name)
            started = time.perf_counter()
            step()
            self.seen.setdefault("seconds", {})[name] = round(time.perf_counter() - started, 2)

    # The steps

    def start(self) -> None:
        """First start: what there is to do."""
        self.office.first_start.offer()
        self.picture("开始")
        self.desk.session.set_person(PERSON)

    def make_workspace(self) -> None:
        """A new workspace, through its dialog."""
        self.sample.mkdir()
        self.office.new_workspace()
        dialog = self.dialog("NewWorkspaceDialog")
        dialog.year_box.setValue(2021)
        dialog.place_widget.setFilePath(str(self.sample / "工作库2021.gpkg"))
        self.picture("新建工作库", dialog)
        dialog.make()
        self.wait(lambda: self.desk.session.workspace is not None)

    def take_library(self) -> None:
        """The base layers of the sample, through the assistant."""
        from weipian_plugin.sample.make import make_sample

        self.manifest = make_sample(self.sample, 3000, 120, 7, lambda step: None)
        self.office.import_base()
        dialog = self.dialog("ImportDialog")
        dialog.library_widget.setFilePath(str(self.sample / "底图库.gpkg"))
        files = sorted({str(self.sample / layer["path"]) for layer in self.manifest["base"]})  # type: ignore[attr-defined]
        dialog.take(files)
        self.wait(lambda: dialog.items and all(item.seen is not None for item in dialog.items[:1]))
        self.settle(dialog)
        self.picture("导入底图", dialog)
        dialog.start_import()
        self.wait(lambda: not self.desk.worker.running and not dialog.progress_bar.isVisible())
        self.seen["layers"] = len(self.library_layers())
        dialog.close()

    def import_patches(self) -> None:
        """The issued patches, through the assistant."""
        self.action("patches")
        dialog = self.dialog("ImportDialog")
        dialog.take([str(self.sample / str(self.manifest["patches"]))])
        self.wait(lambda: dialog.items and dialog.items[0].seen is not None)
        self.settle(dialog)
        dialog.received_edit.setDate(QDate(2021, 7, 20))
        self.settle(dialog)
        self.picture("导入图斑", dialog)
        dialog.start_import()
        self.wait(lambda: self.count("patch") > 0)
        self.settle(dialog)
        dialog.close()
        self.seen["patches"] = self.count("patch")

    def overlay(self) -> None:
        """Overlay by the toolbar."""
        self.wait(lambda: self.is_enabled("overlay"))
        self.action("overlay")
        self.wait(lambda: self.count("overlay_area") > 0)
        self.idle()
        self.seen["overlaid"] = self.count("overlay_area")

    def assign(self) -> None:
        """Duties by the toolbar."""
        self.wait(lambda: self.is_enabled("assign"))
        self.action("assign")
        self.wait(lambda: self.count("duty") > 0)
        self.idle()
        self.picture("分派职责")
        self.seen["duties"] = self.count("duty")

    def look_at_map(self) -> None:
        """The map, coloured by how settled the duties are."""
        qgis.utils.iface.messageBar().clearWidgets()
        self.office.layers.set_theme("duty_state")
        self.action("map")
        self.picture("地图", seconds=3)

    def review(self) -> None:
        """Ten patches by keyboard alone."""
        self.action("review")
        dock = self.office.windows.made("review")
        self.wait(lambda: self.desk.session.current != "")
        self.idle()
        self.picture("核查判定", seconds=3)
        self.review_by_keyboard(dock)
        self.seen["determined"] = self.count("determination")
        self.picture("核查判定之后", seconds=2)
        dock.hide()

    def review_by_keyboard(self, dock: QWidget) -> None:
        """Judge: illegal (2), the words of the first time (R), save (S)."""
        started = time.perf_counter()
        for number in range(REVIEWED):
            before = self.count("determination")
            self.key(dock, Qt.Key.Key_2)
            if number == 0:
                dock.form.category_combo.setCurrentIndex(1)
                dock.form.basis_edit.setPlainText("实地核查，未办理用地手续，擅自动工建设。")
                dock.form.setFocus()
            else:
                self.key(dock, Qt.Key.Key_R)
            self.key(dock, Qt.Key.Key_S)
            self.wait(partial(self.has_more, "determination", before))
            self.idle()
        self.seen["review_seconds"] = round(time.perf_counter() - started, 2)

    def settle_conflicts(self) -> None:
        """The conflict desk."""
        self.action("conflict")
        self.idle()
        self.picture("会商台", seconds=2)
        self.office.windows.made("conflict").hide()

    def look_at_dashboard(self) -> None:
        """The figures."""
        self.action("dashboard")
        self.idle()
        self.picture("统计", seconds=2)
        self.office.windows.made("dashboard").hide()

    def export(self) -> None:
        """The workbook for the city."""
        self.action("exchange")
        self.idle()
        book = self.sample / "上报工作簿.xlsx"
        from weipian_plugin.gui.exchange_desk.export_page import ExportPage

        page = self.office.windows.made("exchange").page(ExportPage)
        page.output_widget.setFilePath(str(book))
        page.export_button.click()
        self.wait(book.exists)
        self.idle()
        self.seen["workbook"] = book.stat().st_size
        self.picture("报送与退回", seconds=2)
        self.office.windows.made("exchange").hide()

    def settings(self) -> None:
        """The settings."""
        self.action("settings")
        dialog = self.dialog("SettingsDialog")
        self.idle()
        self.picture("设置", dialog)
        dialog.close()

    # What the steps are made of

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

    def wait(self, condition: Callable[[], object]) -> None:
        """Turn the event loop until something is true."""
        end = time.monotonic() + SECONDS
        while not condition():
            if time.monotonic() > end:
                self.seen["running"] = [task.description() for task in self.desk.worker.running]
                with (FOLDER / "等不到.txt").open("w", encoding="utf-8") as stacks:
                    faulthandler.dump_traceback(stacks)
                for widget in QApplication.topLevelWidgets():
                    if widget.isVisible():
                        widget.grab().save(str(FOLDER / f"等不到_{type(widget).__name__}.png"))
                raise TimeoutError(f"waited {SECONDS} s")
            QApplication.processEvents()
            time.sleep(0.005)

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

    def picture(self, name: str, widget: QWidget | None = None, seconds: float = 1) -> None:
        """Save what the person sees."""
        self.rest(seconds)
        number = len(self.seen["pictures"]) + 1
        path = FOLDER / f"{number:02}_{name}.png"
        (widget or self.window).grab().save(str(path))
        self.seen["pictures"].append(path.name)

    def has_more(self, table: str, before: int) -> bool:
        """Return whether a table has more rows than before."""
        return self.count(table) > before

    def count(self, table: str) -> int:
        """Return how many rows a table of the workspace has."""
        from weipian_plugin.store.workspace import Workspace

        with Workspace(self.desk.session.workspace, {}).reading() as connection:
            return int(connection.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0])  # noqa: S608 our own names

    def library_layers(self) -> list[str]:
        """Return the roles that the library holds."""
        from weipian_plugin.store.library import Library

        return [role.value for role in Library.open(self.desk.session.library).editions()]


def run() -> None:
    """Go on the tour, write down what was seen, and leave."""
    tour = None
    try:
        tour = Tour()
        tour.run()
        seen = tour.seen
    except Exception:
        seen = (tour.seen if tour is not None else {}) | {"error": traceback.format_exc()}
    seen["messages"] = messages
    (FOLDER / "tour.json").write_text(json.dumps(seen, ensure_ascii=False, indent=1), encoding="utf-8")
    sys.stdout.flush()
    # No questions about unsaved projects, no settings to write.
    os._exit(0)


messages: list[str] = []
QgsApplication.messageLog().messageReceived.connect(
    lambda text, tag, level: messages.append(f"{tag}: {text}") if level else None
)
QTimer.singleShot(2000, run)
