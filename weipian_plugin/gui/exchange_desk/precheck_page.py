"""The self-check: reasons with their counts, and the patches of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtWidgets import QPushButton, QTableView, QWidget

from weipian_plugin.domain.precheck import Checked, Level
from weipian_plugin.domain.progress import Progress
from weipian_plugin.gui import colours
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.page import Page, open_file
from weipian_plugin.gui.refusal import allow
from weipian_plugin.gui.text_table import TextTable, put_into, wrap_rows
from weipian_plugin.texts import tr
from weipian_plugin.workflow.precheck import Precheck, precheck
from weipian_plugin.workflow.reports import CASEWORK_FOLDER, report_path

_COLOURS = {Level.BLOCKING: colours.OVERDUE, Level.WARNING: colours.SOON, Level.CONFIRM: colours.OTHER}


@dataclass(frozen=True)
class Reason:
    """What one check found."""

    level: Level
    text: str
    advice: str
    patches: Sequence[tuple[str, str]]
    """Number and what is wrong."""


def reasons_of(checked: Checked) -> list[Reason]:
    """Return what was found by check, the hardest and most frequent first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in checked.findings:
        found.setdefault(one.code, []).append((one.subjects[0], one.message))
    rules = checked.catalogue.rules
    reasons = [
        Reason(rules[code].level, rules[code].reason, rules[code].advice, rows)
        for code, rows in found.items()
    ]
    order = list(Level)
    return sorted(reasons, key=lambda one: (order.index(one.level), -len(one.patches)))


class PrecheckPage(Page):
    """A click on a patch makes it the one that all windows look at."""

    form = "exchange_precheck.ui"
    check_button: QPushButton
    report_button: QPushButton
    reason_view: QTableView
    patch_view: QTableView

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(desk, jobs, parent)
        self._report: Path | None = None
        self._reasons: list[Reason] = []
        heads = (tr("程度"), tr("图斑"), tr("原因"), tr("怎么办"))
        self.reasons = TextTable(heads, self)
        self.patches = TextTable((tr("图斑编号"), tr("问题")), self)
        put_into(self.reason_view, self.reasons, wide=(3,))
        wrap_rows(self.reason_view)
        put_into(self.patch_view, self.patches, wide=(1,))
        self.reason_view.selectionModel().currentRowChanged.connect(self._show_reason)
        self.patch_view.selectionModel().currentRowChanged.connect(self._show_patch)
        self.check_button.clicked.connect(lambda: self.check())
        self.report_button.clicked.connect(lambda: open_file(self._report))

    def reload(self) -> None:
        """Forget what was found in another workspace."""
        self._report, self._reasons = None, []
        self.reasons.show(())
        self.patches.show(())
        allow(self.report_button, tr("自查以后可以打开。"))
        self.say("")

    def check(self) -> None:
        """Check every patch."""
        workspace, person = self.workspace, self.desk.session.person

        def work(progress: Progress) -> tuple[str, bool, list[Reason], Path]:
            report = report_path(workspace, "上报自查", CASEWORK_FOLDER)
            result = precheck(workspace, report, person, progress)
            return self._told(result), bool(result.blocking), reasons_of(result.checked), report

        self.say(tr("正在自查……"))
        self.read(tr("上报前自查"), work, self._show)

    def _told(self, result: Precheck) -> str:
        text = tr("{all}个图斑：须补正{blocking}个，有提醒{warnings}个，须由人确认{confirm}个。")
        return text.format(
            all=result.patches, blocking=result.blocking, warnings=result.warnings, confirm=result.confirm
        )

    def _show(self, found: tuple[str, bool, list[Reason], Path]) -> None:
        told, is_blocked, self._reasons, self._report = found
        self.say(told, colours.OVERDUE if is_blocked else colours.IN_TIME)
        palette = colours.palette_of(self.reason_view)
        shades = {level: colours.tinted(colour, palette) for level, colour in _COLOURS.items()}
        rows = [(one.level.value, str(len(one.patches)), one.text, one.advice) for one in self._reasons]
        self.reasons.show(rows, lambda row: shades.get(self._reasons[row].level))
        self.patches.show(())
        allow(self.report_button, "")
        if rows:
            self.reason_view.selectRow(0)

    def _show_reason(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.patches.show(self._reasons[now.row()].patches if now.isValid() else ())

    def _show_patch(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.desk.session.set_current(self.patches.rows[now.row()][0])
