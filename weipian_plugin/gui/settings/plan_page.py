"""The plan in force, and the three steps to another one: check, try, adopt."""

from __future__ import annotations

from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtWidgets import QHeaderView, QLabel, QPushButton, QTableView, QWidget

from weipian_plugin.domain.days import minute_of
from weipian_plugin.domain.plan import PlanProblem
from weipian_plugin.domain.progress import Progress
from weipian_plugin.gui import colours
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.page import open_file
from weipian_plugin.gui.refusal import allow
from weipian_plugin.gui.settings.page import SettingsPage
from weipian_plugin.gui.settings.problem_table import show_problems
from weipian_plugin.gui.text_table import TextTable, put_into
from weipian_plugin.texts import tr
from weipian_plugin.workflow.adopt_plan import Adoption, adopt_plan
from weipian_plugin.workflow.check_plan import PlanCheck, check_plan, write_plan_report
from weipian_plugin.workflow.reports import CASEWORK_FOLDER, report_path
from weipian_plugin.workflow.settings_overview import SettingsOverview
from weipian_plugin.workflow.what_if import Scenario, WhatIf, what_if
from weipian_plugin.workflow.what_if_report import change_texts, verdict, write_what_if


class PlanPage(SettingsPage):
    """Nothing is adopted that has not passed the check on this page."""

    form = "settings_plan.ui"
    current_label: QLabel
    adopted_view: QTableView
    plan_widget: QgsFileWidget
    check_button: QPushButton
    try_button: QPushButton
    adopt_button: QPushButton
    report_button: QPushButton
    found_view: QTableView

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(desk, jobs, parent)
        heads = (tr("次序"), tr("方案文件"), tr("采用时间"), tr("采用人"))
        self.adopted = TextTable(heads, self)
        put_into(self.adopted_view, self.adopted, wide=(1,))
        self._checked: Path | None = None
        self._report: Path | None = None
        self.found = TextTable(())
        self.plan_widget.setFilter(tr("实施方案 (*.yaml *.yml)"))
        self.plan_widget.fileChanged.connect(lambda _: self._forget())
        self.check_button.clicked.connect(lambda: self.check())
        self.try_button.clicked.connect(lambda: self.try_out())
        self.adopt_button.clicked.connect(lambda: self.adopt())
        self.report_button.clicked.connect(lambda: open_file(self._report))
        self._forget()

    def show_overview(self, seen: SettingsOverview) -> None:
        """Show the plan in force and those before it."""
        text = tr("现行方案：{title}　{number}（版本 {version}），工作年度 {year}")
        self.current_label.setText(
            text.format(
                title=seen.plan_title, number=seen.plan_number, version=seen.plan_version, year=seen.year
            )
        )
        rows = [
            (str(one.version), one.name, minute_of(one.adopted_at), one.adopted_by) for one in seen.adopted
        ]
        self.adopted.show(rows)

    def check(self) -> None:
        """Check the writing of the file and work its examples."""
        path, workspace = self._chosen(), self.workspace

        def work(progress: Progress) -> tuple[PlanCheck, Path]:
            found = check_plan(path)
            report = report_path(workspace, f"方案检查_{path.stem}", CASEWORK_FOLDER)
            write_plan_report(report, found)
            return found, report

        def done(result: tuple[PlanCheck, Path]) -> None:
            found, self._report = result
            self._checked = path if not found.failed else None
            self.say(found.verdict, colours.IN_TIME if self._checked else colours.OVERDUE)
            self._show_check(found)
            self._show_steps()

        self.read(tr("检查方案文件"), work, done)

    def try_out(self) -> None:
        """Tell what the file would change; nothing is written but the report."""
        path, workspace = self._chosen(), self.workspace

        def work(progress: Progress) -> tuple[WhatIf, Path]:
            result = what_if(workspace, Scenario(plan=path), progress)
            report = report_path(workspace, f"试算_{path.stem}", CASEWORK_FOLDER)
            write_what_if(report, result)
            return result, report

        def done(result: tuple[WhatIf, Path]) -> None:
            tried, self._report = result
            self.say(verdict(tried), colours.SOON if tried.comparison.changes else colours.IN_TIME)
            self._show_changes(tried)
            self._show_steps()

        self.say(tr("正在试算，图斑多时要等一会儿……"))
        self.read(tr("试算方案文件"), work, done)

    def adopt(self) -> None:
        """Make the file the plan in force."""
        path, workspace = self._chosen(), self.workspace

        def done(result: Adoption) -> None:
            text = tr("已采用“{title}”（版本 {version}）。职责还没有变，请接着点“分派职责”。")
            same = tr("现行的就是这份文件，没有改动。")
            notes = "".join(finding.message for finding in result.findings)
            told = text.format(title=result.title, version=result.version) if result.changed else same
            self.say(told + notes, colours.IN_TIME)
            self.desk.session.tell_changed()

        title = tr("采用方案文件")
        self.write(title, lambda actor: lambda progress: adopt_plan(workspace, path, actor), done)

    def _show_check(self, found: PlanCheck) -> None:
        """List what is wrong in the file, or the examples that come out otherwise, with their lines."""
        wrong = [
            PlanProblem(one.line, "\n".join((one.name, *one.differences)))
            for one in found.examples
            if not one.passed
        ]
        self.found = show_problems(self.found_view, found.problems or wrong)
        self.found_view.setVisible(bool(self.found.rows))

    def _show_changes(self, tried: WhatIf) -> None:
        """List the patches that would change; a click makes one the patch that all windows look at."""
        heads = (tr("图斑编号"), tr("变什么"), tr("现在"), tr("试算"))
        self.found = TextTable(heads, self.found_view)
        self.found_view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        put_into(self.found_view, self.found, wide=(2, 3))
        self.found.show([change_texts(change, "；") for change in tried.comparison.changes])
        self.found_view.selectionModel().currentRowChanged.connect(self._show_patch)
        self.found_view.setVisible(bool(self.found.rows))

    def _show_patch(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.desk.session.set_current(self.found.rows[now.row()][0])

    def _chosen(self) -> Path:
        return Path(self.plan_widget.filePath().strip())

    def _forget(self) -> None:
        self._checked = self._report = None
        self.say("")
        self.found_view.hide()
        self._show_steps()

    def _show_steps(self) -> None:
        has_file = bool(self.plan_widget.filePath().strip())
        is_checked = has_file and self._checked == self._chosen()
        allow(self.check_button, "" if has_file else tr("请先选择方案文件。"))
        for button in (self.try_button, self.adopt_button):
            allow(button, "" if is_checked else tr("请先检查写法，检查通过后可用"))
        self.report_button.setVisible(self._report is not None)
