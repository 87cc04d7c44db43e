"""The submission workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from weipian_plugin.gui import colours
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.page import Page, open_file
from weipian_plugin.gui.refusal import allow
from weipian_plugin.texts import tr
from weipian_plugin.workflow.export_city import Checking, CityExport, export_city
from weipian_plugin.workflow.templates import SHIPPED


class ExportPage(Page):
    """Writes all patches of the workspace for the city."""

    form = "exchange_export.ui"
    template_combo: QComboBox
    own_label: QLabel
    own_widget: QgsFileWidget
    checking_combo: QComboBox
    output_widget: QgsFileWidget
    export_button: QPushButton
    folder_button: QPushButton
    file_button: QPushButton

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Offer the templates."""
        super().__init__(desk, jobs, parent)
        self._written: Path | None = None
        for name in SHIPPED:
            self.template_combo.addItem(name, name)
        self.template_combo.addItem(tr("本单位的模板文件"), "")
        ways = {
            Checking.MARK: tr("标注：照常导出，须补正的图斑在表里标出"),
            Checking.REFUSE: tr("拒绝：有须补正的图斑就不导出"),
            Checking.NONE: tr("不查"),
        }
        for checking, text in ways.items():
            self.checking_combo.addItem(text, checking)
        self.own_widget.setFilter(tr("列模板 (*.yaml *.yml)"))
        self.output_widget.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.output_widget.setFilter("Excel (*.xlsx)")
        self.template_combo.currentIndexChanged.connect(lambda _: self._show_choice())
        for widget in (self.own_widget, self.output_widget):
            widget.fileChanged.connect(lambda _: self._show_choice())
        self.export_button.clicked.connect(lambda: self.export())
        self.folder_button.clicked.connect(lambda: self._open_folder())
        self.file_button.clicked.connect(lambda: open_file(self._written))
        self._show_choice()

    def reload(self) -> None:
        """Propose a file beside the workspace."""
        self._written = None
        name = tr("上报_{stem}_{day:%Y%m%d}.xlsx").format(stem=self.workspace.stem, day=date.today())
        self.output_widget.setFilePath(str(self.workspace.with_name(name)))
        self.say("")

    def export(self) -> None:
        """Write the workbook."""
        workspace, template = self.workspace, self._template()
        output = Path(self.output_widget.filePath().strip())
        output = output if output.suffix else output.with_suffix(".xlsx")
        checking = Checking(self.checking_combo.currentData())

        def done(result: CityExport) -> None:
            self._written = output
            text = tr("已导出{count}个图斑到 {name}。").format(count=result.patches, name=output.name)
            blocking = tr("其中{count}个须补正，已在表里标出，请看“上报自查”页。")
            told = text + (blocking.format(count=result.blocking) if result.blocking else "")
            self.say(told, colours.SOON if result.blocking else colours.IN_TIME)
            self._show_choice()

        self.write(
            tr("导出上报工作簿"),
            lambda actor: (
                lambda progress: export_city(workspace, output, actor, progress, template, checking)
            ),
            done,
        )

    def _open_folder(self) -> None:
        open_file(self._written.parent if self._written is not None else None)

    def _template(self) -> str:
        return str(self.template_combo.currentData() or self.own_widget.filePath().strip())

    def _show_choice(self) -> None:
        is_own = not self.template_combo.currentData()
        self.own_label.setVisible(is_own)
        self.own_widget.setVisible(is_own)
        missing = "" if self._template() else tr("请先选择模板文件。")
        if not self.output_widget.filePath().strip():
            missing = tr("请先填写存到哪里。")
        allow(self.export_button, missing)
        for button in (self.folder_button, self.file_button):
            allow(button, "" if self._written is not None else tr("导出以后可以打开。"))
