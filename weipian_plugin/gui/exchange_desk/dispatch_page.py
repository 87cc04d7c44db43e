"""What goes to the units: one workbook for each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import QLineEdit, QPushButton, QWidget

from weipian_plugin.gui import colours
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.page import Page, open_file
from weipian_plugin.gui.refusal import allow
from weipian_plugin.texts import tr
from weipian_plugin.workflow.dispatch import Dispatch, dispatch


class DispatchPage(Page):
    """One workbook a unit."""

    form = "exchange_dispatch.ui"
    units_edit: QLineEdit
    folder_widget: QgsFileWidget
    dispatch_button: QPushButton
    folder_button: QPushButton

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(desk, jobs, parent)
        self._written: Path | None = None
        self.folder_widget.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.dispatch_button.clicked.connect(lambda: self.dispatch())
        self.folder_button.clicked.connect(lambda: open_file(self._written))

    def reload(self) -> None:
        """Propose a folder beside the workspace."""
        self._written = None
        name = tr("任务清单_{day:%Y%m%d}").format(day=date.today())
        self.folder_widget.setFilePath(str(self.workspace.with_name(name)))
        allow(self.folder_button, tr("生成后可以打开。"))
        self.say("")

    def dispatch(self) -> None:
        """Write the workbooks."""
        workspace, units = self.workspace, self.units_edit.text().strip()
        folder = Path(self.folder_widget.filePath().strip())

        def done(result: Dispatch) -> None:
            self._written = folder
            allow(self.folder_button, "")
            text = tr("已写好{files}个单位的任务清单，共{patches}个图斑次。")
            self.say(text.format(files=len(result.files), patches=result.patches), colours.IN_TIME)

        self.write(
            tr("生成任务清单"),
            lambda actor: lambda progress: dispatch(workspace, folder, units, actor, progress),
            done,
        )
