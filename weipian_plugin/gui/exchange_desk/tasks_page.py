"""What the city's returns ask for."""

from __future__ import annotations

from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtWidgets import QCheckBox, QLabel, QTableView, QWidget

from weipian_plugin.gui import colours
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.page import Page
from weipian_plugin.gui.text_table import TextTable, put_into
from weipian_plugin.texts import tr
from weipian_plugin.workflow.return_tasks import ReturnTasks, list_return_tasks


class TasksPage(Page):
    """A click on a task makes its patch the one that all windows look at."""

    form = "exchange_tasks.ui"
    open_check: QCheckBox
    count_label: QLabel
    task_view: QTableView

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(desk, jobs, parent)
        self._found = ReturnTasks(())
        heads = (
            tr("图斑编号"),
            tr("退回原因"),
            tr("归类"),
            tr("退回日期"),
            tr("销号日期"),
        )
        self.tasks = TextTable(heads, self)
        put_into(self.task_view, self.tasks, wide=(1,))
        self.open_check.toggled.connect(lambda _: self._show())
        self.task_view.selectionModel().currentRowChanged.connect(self._show_patch)

    def reload(self) -> None:
        """Read the tasks."""
        workspace = self.workspace
        self.read(tr("读取退回待办"), lambda progress: list_return_tasks(workspace), self._take)

    def _take(self, found: ReturnTasks) -> None:
        self._found = found
        self._show()

    def _show(self) -> None:
        open_only = self.open_check.isChecked()
        shown = [task for task in self._found.tasks if task.is_open or not open_only]
        shade = colours.tinted(colours.IN_TIME, colours.palette_of(self.task_view))
        rows = [(task.patch_no, task.reason, task.category, task.opened_on, task.closed_on) for task in shown]
        self.tasks.show(rows, lambda row: shade if rows[row][4] else None)
        text = tr("未办结 {open} 件，共 {all} 件")
        self.count_label.setText(text.format(open=self._found.open_count, all=len(self._found.tasks)))

    def _show_patch(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.desk.session.set_current(self.tasks.rows[now.row()][0])
