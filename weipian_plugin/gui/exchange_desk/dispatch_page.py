"""What goes to the units: their workbooks, and letters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from weipian_plugin.gui import colours
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.page import Page, open_file
from weipian_plugin.gui.texts import tr
from weipian_plugin.workflow.dispatch import Dispatch, dispatch
from weipian_plugin.workflow.letters import KINDS


class DispatchPage(Page):
    """One workbook a unit; letters open the algorithm that composes them, filled in."""

    form = "exchange_dispatch.ui"
    units_edit: QLineEdit
    folder_widget: QgsFileWidget
    dispatch_button: QPushButton
    folder_button: QPushButton
    letter_combo: QComboBox
    letter_button: QPushButton

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Offer the letters."""
        super().__init__(desk, jobs, parent)
        self._written: Path | None = None
        self.folder_widget.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.letter_combo.addItems(KINDS)
        self.dispatch_button.clicked.connect(lambda: self.dispatch())
        self.folder_button.clicked.connect(lambda: open_file(self._written))
        self.letter_button.clicked.connect(lambda: self.write_letter())

    def reload(self) -> None:
        """Propose a folder beside the workspace."""
        self._written = None
        name = tr("任务清单_{day:%Y%m%d}").format(day=date.today())
        self.folder_widget.setFilePath(str(self.workspace.with_name(name)))
        self.folder_button.setEnabled(False)
        self.say("")

    def dispatch(self) -> None:
        """Write the workbooks."""
        workspace, units = self.workspace, self.units_edit.text().strip()
        folder = Path(self.folder_widget.filePath().strip())

        def done(result: Dispatch) -> None:
            self._written = folder
            self.folder_button.setEnabled(True)
            text = tr("已写好{files}个单位的任务清单，共{patches}个图斑次。")
            self.say(text.format(files=len(result.files), patches=result.patches), colours.IN_TIME)

        self.write(
            tr("生成任务清单"),
            lambda actor: lambda progress: dispatch(workspace, folder, units, actor, progress),
            done,
        )

    def write_letter(self) -> None:
        """Show the algorithm that composes a letter."""
        # QGIS's own plug-in, on the path only inside QGIS.
        import processing

        known = {
            "WORKSPACE": str(self.workspace),
            "KIND": self.letter_combo.currentText(),
            "AS_OF": date.today().isoformat(),
        }
        processing.execAlgorithmDialog("weipian:letter", known)
