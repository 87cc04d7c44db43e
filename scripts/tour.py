"""The month's work in the real QGIS window, with screenshots: runs inside QGIS (qgis --code).

WEIPIAN_TOUR names a folder for the pictures, `tour.json` (what came of each step) and the district's files.
`make docs` puts the pictures into the manual; a test runs it with the zip installed and reads `tour.json`.
Each picture is of what a section of docs/使用手册.md speaks of; both are changed together.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any

import processing
from openpyxl import load_workbook
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QDate, QPoint, Qt, QTimer
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QListWidget, QPushButton, QToolButton, QTreeView
from qgis.utils import iface

from scripts.tour_hands import HEIGHT, WIDTH, Hands

FOLDER = Path(os.environ["WEIPIAN_TOUR"])
PERSON, REVIEWER, HEAD = "张三（示例）", "李四（示例）", "王五（示例）"
REVIEWED = 10
REVIEW_WIDTH, CONFLICT_WIDTH = 684, 930
RETURNED = 3
"""So many of the patches reviewed come back from the city."""
EDITION = "2021年7月底图"
FROM_ZIP = 6
"""Which page of QGIS's window for plug-ins installs from a zip."""
PLUGIN_MANAGER = "QgsPluginManagerBase"
STEPS = (
    "install",
    "start",
    "make_workspace",
    "take_library",
    "import_patches",
    "look_at_month",
    "overlay",
    "assign",
    "look_at_map",
    "review",
    "settle_conflicts",
    "advance",
    "precheck",
    "export",
    "dispatch",
    "write_letter",
    "take_return",
    "look_at_dashboard",
    "toolbox",
    "settings",
)


class Tour(Hands):
    """Goes through the month step by step and notes what it sees."""

    def __init__(self) -> None:
        super().__init__(FOLDER)
        self.sample = FOLDER / "示例区"
        self.book = self.sample / "上报工作簿.xlsx"

    def run(self) -> None:
        """Do the whole month."""
        import weipian_plugin

        self.seen["plugin"] = weipian_plugin.__file__
        self.window.setFixedSize(WIDTH, HEIGHT)
        for name in STEPS:
            started = time.perf_counter()
            getattr(self, name)()
            self.seen.setdefault("seconds", {})[name] = round(time.perf_counter() - started, 2)

    # Before the month

    def install(self) -> None:
        """Where QGIS takes a zip: its own window, which holds up everything while it is open."""
        QTimer.singleShot(2500, self.look_at_plugin_manager)
        iface.pluginManagerInterface().showPluginManager(FROM_ZIP)

    def look_at_plugin_manager(self) -> None:
        """Take the picture, and close the window."""
        window = next(top for top in QApplication.topLevelWidgets() if top.objectName() == PLUGIN_MANAGER)
        window.findChild(QListWidget, "mOptionsListWidget").setCurrentRow(FROM_ZIP)
        window.resize(760, 420)
        self.picture("从ZIP安装", window)
        window.close()

    def start(self) -> None:
        """First start: what there is to do, alone in the message bar."""
        self.wait(lambda: self.window.findChild(QPushButton, "weipian_start_sample"))
        self.clear_bar()
        self.office.first_start.offer()
        self.picture("开始")
        self.panel("Browser", False)
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
        dialog.edition_edit.setText(EDITION)
        dialog.edition_edit.textEdited.emit(EDITION)
        self.picture("导入底图", dialog)
        dialog.start_import()
        self.wait(lambda: not self.desk.worker.running and not dialog.progress_bar.isVisible())
        self.seen["layers"] = len(self.library_layers())
        dialog.close()

    # The month

    def import_patches(self) -> None:
        """The issued patches, through the assistant."""
        self.action("patches")
        dialog = self.dialog("ImportDialog")
        dialog.take([str(self.sample / str(self.manifest["patches"]))])
        self.wait(lambda: dialog.items and dialog.items[0].seen is not None)
        self.settle(dialog)
        dialog.received_edit.setDate(QDate(2021, 7, 20))
        dialog.batch_edit.setText("2021年7月")
        dialog.batch_edit.textEdited.emit("2021年7月")
        self.settle(dialog)
        self.picture("导入图斑", dialog)
        dialog.tabs.setCurrentWidget(dialog.map_page)
        self.picture("导入图斑_地图", dialog)
        dialog.start_import()
        self.wait(lambda: self.count("patch") > 0)
        self.settle(dialog)
        dialog.close()
        self.seen["patches"] = self.count("patch")

    def look_at_month(self) -> None:
        """The window that does it all in one go; here each step goes by itself."""
        self.wait(lambda: self.is_enabled("month"))
        self.action("month")
        dialog = self.dialog("MonthDialog")
        dialog.page.input_widget.setFilePath(str(self.sample / str(self.manifest["patches"])))
        dialog.page.received_edit.setDate(QDate(2021, 7, 20))
        # Named after the day: the picture shall stay as it is.
        dialog.page.output_widget.setFilePath(str(self.sample / "上报_工作库2021.xlsx"))
        self.picture("本月一键办理", dialog)
        dialog.close()

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
        self.clear_bar()
        self.action("assign")
        self.wait(lambda: self.count("duty") > 0)
        self.idle()
        self.picture("分派职责", seconds=2)
        self.seen["duties"] = self.count("duty")

    def look_at_map(self) -> None:
        """The menu 地图, and the patches coloured by how settled the duties are."""
        self.clear_bar()
        self.office.layers.set_theme("duty_state")
        self.action("map")
        self.rest(2)
        button = self.toolbar_button("map")
        place = button.mapToGlobal(QPoint(0, button.height()))
        self.picture_of_menu("地图菜单", button.menu(), place, (960, 560))

    def review(self) -> None:
        """Ten patches by keyboard alone."""
        dock = self.dock("review", REVIEW_WIDTH)
        self.wait(lambda: self.desk.session.current != "")
        self.idle()
        self.picture("核查判定", seconds=2)
        self.ask_for_evidence(dock)
        self.review_by_keyboard(dock)
        self.seen["determined"] = self.count("determination")
        self.picture("核查判定之后", dock, seconds=1)
        self.attach(dock)
        dock.hide()

    def ask_for_evidence(self, dock: Any) -> None:
        """Legal without its paper is refused beside the field; with the paper it is recorded."""
        self.judge(dock, Qt.Key.Key_1, 1, "已取得用地批文，现场与批准用途一致。")
        self.wait(dock.form.document_error.isVisible)
        self.picture("举证项", dock)
        dock.form.document_edit.setText("示例地批〔2021〕12号")
        dock.form.document_edit.textEdited.emit("")
        self.save(dock)

    def review_by_keyboard(self, dock: Any) -> None:
        """Judge: illegal (2) or other (3), the words of the last time (R), save (S)."""
        started = time.perf_counter()
        for number in range(REVIEWED):
            if number == 0:
                self.judge(dock, Qt.Key.Key_2, 1, "实地核查，未办理用地手续，擅自动工建设。")
            elif number == REVIEWED - 3:
                self.judge(dock, Qt.Key.Key_3, 3, "实地没有建设，影像上是季节变化。")
            else:
                self.key(dock, Qt.Key.Key_R)
                self.save(dock)
        self.seen["review_seconds"] = round(time.perf_counter() - started, 2)

    def judge(self, dock: Any, key: Qt.Key, category: int, basis: str) -> None:
        """Choose result and category, write the basis, and save."""
        self.key(dock, key)
        dock.form.category_combo.setCurrentIndex(category)
        dock.form.category_combo.activated.emit(category)
        dock.form.basis_edit.setPlainText(basis)
        dock.form.setFocus()
        self.save(dock)

    def save(self, dock: Any) -> None:
        """Press S, and wait until the patch is recorded or refused."""
        before = self.count("determination")
        self.key(dock, Qt.Key.Key_S)
        self.wait(lambda: self.count("determination") > before or dock.form.document_error.isVisible())
        self.idle()

    def attach(self, dock: Any) -> None:
        """A photo attached to a patch."""
        photo = self.sample / "IMG_20210722_0915.jpg"
        photo.write_bytes(b"\xff\xd8\xff\xe0" + bytes(2400))
        dock.files.attach([photo])
        self.wait(lambda: dock.files.file_list.count() > 0)
        self.idle()
        dock.patch.info_tabs.setCurrentWidget(dock.patch.files_page)
        self.picture("举证材料", dock)
        dock.patch.info_tabs.setCurrentIndex(0)

    def settle_conflicts(self) -> None:
        """The conflict desk: one patch, then all that are listed."""
        dock = self.dock("conflict", CONFLICT_WIDTH)
        self.fill_decision(dock)
        self.picture("会商台", seconds=1)
        dock.claimants_combo.setCurrentIndex(1)
        self.idle()
        dock.scope_combo.setCurrentIndex(dock.scope_combo.findData("listed"))
        self.fill_decision(dock)
        dock.decide()
        self.wait(lambda: dock.pages.currentWidget() is dock.batch_page)
        self.idle()
        self.picture("成批会商", dock)
        dock.back_button.click()
        dock.hide()

    def fill_decision(self, dock: Any) -> None:
        """Settle on the unit that is proposed, with reason and paper."""
        from weipian_plugin.gui.conflict.claim_cards import ClaimCard

        self.rest(0.5)
        self.idle()
        self.wait(lambda: dock.claims_holder.findChild(ClaimCard))
        dock.claims_holder.findChild(ClaimCard).lead_button.click()
        dock.reason_edit.setText("占比最大，日常巡查由其负责")
        dock.reference_edit.setText("会议纪要〔2021〕3号")

    def advance(self) -> None:
        """The steps up to 已上报, by other people than who judged."""
        workspace = str(self.desk.session.workspace)
        dialog = processing.createAlgorithmDialog(
            "weipian:advance", {"WORKSPACE": workspace, "STAGE": "已判定", "STEP": "复核", "BY": REVIEWER}
        )
        dialog.show()
        self.picture("办理复核", dialog)
        dialog.close()
        self.take_step("已判定", "复核", REVIEWER)
        self.take_step("已复核", "审定", HEAD)
        self.take_step("已审定", "上报", HEAD)
        self.desk.session.tell_changed()
        self.idle()

    def take_step(self, stage: str, step: str, person: str) -> None:
        """Take all patches of a stage one step on."""
        values = {"STAGE": stage, "STEP": step, "BY": person}
        values["WORKSPACE"] = str(self.desk.session.workspace)
        self.seen[step] = processing.run("weipian:advance", values)["ADVANCED"]

    # To the city and back

    def exchange(self, kind_name: str) -> tuple[Any, Any]:
        """Show the exchange desk with one of its pages; return both."""
        from weipian_plugin.gui.exchange_desk import (
            dispatch_page,
            export_page,
            letters_page,
            precheck_page,
            return_page,
            tasks_page,
        )

        pages = (dispatch_page, export_page, letters_page, precheck_page, return_page, tasks_page)
        kind = next(getattr(module, kind_name) for module in pages if hasattr(module, kind_name))
        dock = self.dock("exchange", REVIEW_WIDTH)
        dock.show_page(kind)
        self.idle()
        return dock, dock.page(kind)

    def precheck(self) -> None:
        """The self-check by reason."""
        dock, page = self.exchange("PrecheckPage")
        page.check_button.click()
        self.wait(lambda: page.reasons.rows)
        self.idle()
        self.picture("上报自查", dock)

    def export(self) -> None:
        """The workbook for the city."""
        dock, page = self.exchange("ExportPage")
        page.output_widget.setFilePath(str(self.book))
        page.export_button.click()
        self.wait(self.book.exists)
        self.idle()
        self.seen["workbook"] = self.book.stat().st_size
        self.picture("导出上报", dock)

    def dispatch(self) -> None:
        """One workbook a unit."""
        dock, page = self.exchange("DispatchPage")
        page.folder_widget.setFilePath(str(self.sample / "任务清单"))
        page.dispatch_button.click()
        self.wait(page.folder_button.isEnabled)
        self.idle()
        self.seen["dispatched"] = len(list((self.sample / "任务清单").glob("*.xlsx")))
        self.picture("下发任务", dock)

    def write_letter(self) -> None:
        """A letter to a township, shown before it is written."""
        dock, page = self.exchange("LettersPage")
        self.wait(page.unit_combo.count)
        page.unit_combo.setEditText("白马镇")
        page.unit_combo.lineEdit().editingFinished.emit()
        self.wait(lambda: "白马镇" in page.preview_view.toPlainText())
        self.idle()
        self.picture("函件与总结", dock)
        page.write_document()
        self.wait(page.file_button.isEnabled)
        self.idle()
        self.seen["letter"] = page.output_widget.filePath().rsplit("/", 1)[-1]

    def take_return(self) -> None:
        """What the city sent back: row by row, then as tasks."""
        dock, page = self.exchange("ReturnPage")
        page.table_widget.setFilePath(str(self.fill_as_city()))
        page.read_table()
        self.wait(lambda: page.differences.rows)
        self.idle()
        page.difference_view.selectRow(0)
        self.picture("市级退回", dock)
        page.apply()
        self.wait(lambda: self.count("return_task") == RETURNED)
        self.idle()
        dock, _page = self.exchange("TasksPage")
        self.picture("退回待办", dock)
        self.seen["tasks"] = self.count("return_task")
        dock.hide()

    def fill_as_city(self) -> Path:
        """Fill in the exported workbook as the city does; return the copy."""
        book = load_workbook(self.book)
        sheet: Any = book["核查判定汇总表"]
        heads = {cell.value: cell for row in sheet.iter_rows(max_row=8) for cell in row}
        verdict, reason, result = (heads[name] for name in ("审核结论", "退回原因", "判定结果"))
        judged = [
            row for row in range(verdict.row + 1, sheet.max_row) if sheet.cell(row, result.column).value
        ]
        for row in judged[:RETURNED]:
            sheet.cell(row, verdict.column, "退回")
            sheet.cell(row, reason.column, "需补充实地照片")
        for row in judged[RETURNED:REVIEWED]:
            sheet.cell(row, verdict.column, "通过")
        target = self.sample / "上报工作簿_市级审核.xlsx"
        book.save(target)
        return target

    # Looking

    def look_at_dashboard(self) -> None:
        """The figures."""
        dock = self.dock("dashboard", REVIEW_WIDTH)
        self.idle()
        self.picture("统计", dock, seconds=1)
        dock.hide()

    def toolbox(self) -> None:
        """The algorithms in QGIS's toolbox."""
        self.panel("ProcessingToolbox", True)
        panel = self.window.findChild(QDockWidget, "ProcessingToolbox")
        tree = panel.findChild(QTreeView)
        for row in range(tree.model().rowCount()):
            index = tree.model().index(row, 0)
            if tree.model().data(index) == "卫片执法":
                tree.expandRecursively(index)
                tree.scrollTo(index, QTreeView.ScrollHint.PositionAtTop)
        self.picture("处理工具箱", panel)
        self.panel("ProcessingToolbox", False)

    def settings(self) -> None:
        """The settings, page by page."""
        self.action("settings")
        dialog = self.dialog("SettingsDialog")
        self.idle()
        for row, name in ((1, "实施方案"), (4, "期限与计日"), (6, "备份")):
            dialog.page_list.setCurrentRow(row)
            self.idle()
            self.picture(f"设置_{name}", dialog)
        dialog.close()

    def toolbar_button(self, name: str) -> QToolButton:
        """Return a button of the toolbar."""
        action = self.window.findChild(QAction, f"weipian_{name}")
        buttons = (widget for widget in action.associatedWidgets() if isinstance(widget, QToolButton))
        return next(buttons)


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
