"""The dialog 新建工作库: year, place and plan of a new workspace."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QLabel, QSpinBox, QWidget

from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.forms import load_form
from weipian_plugin.gui.messages import sentence
from weipian_plugin.gui.session import last_workspace
from weipian_plugin.gui.start.opening import GEOPACKAGES, Opening, require_person
from weipian_plugin.texts import tr
from weipian_plugin.workflow.create_workspace import NewWorkspace, create_workspace


class NewWorkspaceDialog(QDialog):
    """Makes a workspace and opens it."""

    year_box: QSpinBox
    place_widget: QgsFileWidget
    plan_widget: QgsFileWidget
    refusal_label: QLabel
    button_box: QDialogButtonBox

    def __init__(self, desk: Desk, opening: Opening, parent: QWidget | None = None) -> None:
        """Propose this year, beside the workspace that was open last."""
        super().__init__(parent)
        load_form("new_workspace.ui", self)
        self._desk = desk
        self._opening = opening
        self.refusal_label.hide()
        self.place_widget.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.place_widget.setFilter(GEOPACKAGES)
        self.plan_widget.setFilter(tr("实施方案 (*.yaml *.yml)"))
        self.year_box.setValue(date.today().year)
        self.year_box.valueChanged.connect(self._propose_place)
        self._propose_place(self.year_box.value())
        self.button_box.button(QDialogButtonBox.StandardButton.Ok).setText(tr("新建"))
        self.button_box.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("取消"))
        self.button_box.accepted.connect(self.make)

    def make(self) -> None:
        """Make the workspace and open it; the dialog stays with a sentence where that was refused."""
        place, plan = self.place_widget.filePath().strip(), self.plan_widget.filePath().strip()
        if not place:
            self._refuse(tr("请选择工作库存放的位置。"))
            return
        actor = require_person(self._desk)
        if not actor:
            return
        path = Path(place)
        path = path if path.suffix else path.with_suffix(".gpkg")
        year = self.year_box.value()
        self.button_box.setEnabled(False)

        def made(workspace: NewWorkspace) -> None:
            self._opening.open(path)
            if not sip.isdeleted(self):
                self.close()

        def refused(error: BaseException) -> None:
            if not sip.isdeleted(self):
                self._refuse(sentence(error))

        self._desk.worker.start(
            tr("新建工作库"),
            lambda progress: create_workspace(path, year, Path(plan) if plan else None, actor),
            made,
            refused,
        )

    def _propose_place(self, year: int) -> None:
        last = last_workspace()
        folder = last.parent if last is not None else Path.home()
        self.place_widget.setFilePath(str(folder / tr("工作库{year}.gpkg").format(year=year)))

    def _refuse(self, sentence: str) -> None:
        self.refusal_label.setText(sentence)
        self.refusal_label.show()
        self.button_box.setEnabled(True)
