"""A month in one go: the file that came, the day it came, and where the workbook shall be."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import QDateEdit, QLabel, QLineEdit, QPushButton, QWidget

from weipian_plugin.domain.duties import DutyState
from weipian_plugin.domain.findings import Severity, count_by_severity
from weipian_plugin.gui import colours
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.page import Page, open_file
from weipian_plugin.gui.refusal import allow
from weipian_plugin.gui.vector_files import FILES
from weipian_plugin.texts import tr
from weipian_plugin.workflow.import_patches import PatchSource
from weipian_plugin.workflow.month import Month, run_month


class MonthPage(Page):
    """Imports, overlays, assigns and exports as when each is done alone."""

    form = "month.ui"
    place_label: QLabel
    input_widget: QgsFileWidget
    received_edit: QDateEdit
    batch_edit: QLineEdit
    output_widget: QgsFileWidget
    run_button: QPushButton
    report_button: QPushButton
    file_button: QPushButton

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Propose today, and a workbook beside the workspace."""
        super().__init__(desk, jobs, parent)
        self._report: Path | None = None
        self._written: Path | None = None
        self.input_widget.setFilter(tr("矢量数据 ({files});;所有文件 (*)").format(files=FILES))
        self.output_widget.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.output_widget.setFilter("Excel (*.xlsx)")
        self.received_edit.setMaximumDate(QDate.currentDate())
        self.received_edit.setDate(QDate.currentDate())
        self.input_widget.fileChanged.connect(self._propose_batch)
        self.output_widget.fileChanged.connect(lambda _: self._show_choice())
        self.run_button.clicked.connect(lambda: self.run())
        self.report_button.clicked.connect(lambda: open_file(self._report))
        self.file_button.clicked.connect(lambda: open_file(self._written))

    def reload(self) -> None:
        """Show for which workspace and library it is, and propose where the workbook shall be."""
        workspace, library = self.desk.session.workspace, self.desk.session.library
        if workspace is not None:
            name = tr("上报_{stem}_{day:%Y%m%d}.xlsx").format(stem=workspace.stem, day=date.today())
            self.output_widget.setFilePath(str(workspace.with_name(name)))
        names = [path.name if path is not None else tr("没有打开") for path in (workspace, library)]
        self.place_label.setText(
            tr("{workspace}，底图库 {library}").format(workspace=names[0], library=names[1])
        )
        self._show_choice()

    def run(self) -> None:
        """Do the month."""
        workspace, library = self.desk.session.workspace, self.desk.session.library
        if workspace is None or library is None:
            return
        source, output = self._source(), self._output()

        def done(month: Month) -> None:
            self._report, self._written = month.imported.report, output
            self._show_choice()
            self.say(*_told(month))

        self.say("")
        self.write(
            tr("本月一键办理"),
            lambda actor: partial(run_month, workspace, library, source, output, actor),
            done,
            # Whatever failed, the steps before it are kept.
            self.desk.session.tell_changed,
        )

    def _source(self) -> PatchSource:
        day = self.received_edit.date()
        received = date(day.year(), day.month(), day.day())
        return PatchSource(self.input_widget.filePath().strip(), received, self.batch_edit.text().strip())

    def _output(self) -> Path:
        output = Path(self.output_widget.filePath().strip())
        return output if output.suffix else output.with_suffix(".xlsx")

    def _propose_batch(self, name: str) -> None:
        self.batch_edit.setText(Path(name.strip()).stem)
        self.batch_edit.setCursorPosition(0)
        self._report = self._written = None
        self.say("")
        self._show_choice()

    def _show_choice(self) -> None:
        allow(self.run_button, self._refusal())
        after = "" if self._written is not None else tr("办理以后可以打开。")
        for button in (self.report_button, self.file_button):
            allow(button, after)

    def _refusal(self) -> str:
        """Return why the month cannot be done now; '' when it can."""
        if self.desk.session.workspace is None or self.desk.session.library is None:
            return tr("请先打开工作库，并选择或导入底图库。")
        if not self.input_widget.filePath().strip():
            return tr("请先选择下发的图斑文件，也可以把文件拖进来。")
        if self._written is not None:
            return tr("这个文件已经办理；再办一批请另选文件。")
        return "" if self.output_widget.filePath().strip() else tr("请先填写存到哪里。")


def _told(month: Month) -> tuple[str, str]:
    """Return what came of it, and the colour of that."""
    states = tr("，").join(f"{state.value} {month.assigned.states.get(state, 0)}" for state in DutyState)
    found = count_by_severity(month.imported.findings)
    text = tr("办好了：导入{count}个图斑，上报工作簿已写好；全库职责：{states}。").format(
        count=month.imported.patches, states=states
    )
    if found[Severity.ERROR] or found[Severity.WARNING]:
        text += tr("导入时有错误 {errors}、警告 {warnings}，请看报告。").format(
            errors=found[Severity.ERROR], warnings=found[Severity.WARNING]
        )
    text += tr("接着请会商、核查判定，完成后再导出一次。")
    return text, colours.SOON if found[Severity.ERROR] else colours.IN_TIME
