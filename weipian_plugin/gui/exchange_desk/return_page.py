"""A returned workbook beside what stands: look, tick, take over in one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtWidgets import QComboBox, QHeaderView, QLabel, QLineEdit, QPushButton, QTableView, QWidget

from weipian_plugin.domain.progress import Progress
from weipian_plugin.giving_way import free_row_by_row
from weipian_plugin.gui import colours
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.exchange_desk.difference_model import DifferenceModel
from weipian_plugin.gui.exchange_desk.differences import Row, RowKind, choices_of, rows_of
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.page import Page, open_file
from weipian_plugin.gui.refusal import allow
from weipian_plugin.gui.text_table import compact
from weipian_plugin.gui.work import Work
from weipian_plugin.texts import tr
from weipian_plugin.workflow.feedback_choices import Choices
from weipian_plugin.workflow.feedback_run import FeedbackRun
from weipian_plugin.workflow.import_feedback import FeedbackSource, import_feedback
from weipian_plugin.workflow.reports import CASEWORK_FOLDER, report_path

_NUMBER = "500156SJBG21000001"
"""As long as patch numbers are; measuring thousands of cells would take longer than a person waits."""
_TICK, _EDGE = 44, 12
"""Points beside a text: with a tick before it, and without."""


@dataclass(frozen=True)
class _Found:
    """What the window keeps of a run; the workbook with its million cells goes with the task."""

    rows: list[Row]
    verdict: str
    is_doubtful: bool
    changed: int
    patches: list[str]
    report: Path


class ReturnPage(Page):
    """Reading changes nothing; what is ticked is taken over in one transaction."""

    form = "exchange_return.ui"
    table_widget: QgsFileWidget
    read_button: QPushButton
    kind_combo: QComboBox
    search_edit: QLineEdit
    difference_view: QTableView
    detail_label: QLabel
    all_button: QPushButton
    none_button: QPushButton
    count_label: QLabel
    report_button: QPushButton
    apply_button: QPushButton

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(desk, jobs, parent)
        self._table = Path()
        self._report: Path | None = None
        self.differences = DifferenceModel(colours.palette_of(self.difference_view), self)
        self.difference_view.setModel(self.differences)
        compact(self.difference_view, lines=2)
        self._lay_out_columns()
        self.table_widget.setFilter("Excel (*.xlsx)")
        self._fill_kinds()
        self._connect()

    def reload(self) -> None:
        """Forget what was read into another workspace."""
        self._forget()
        self.say("")

    def read_table(self) -> None:
        """Read the workbook and show what it says; the workspace is only read."""
        table = Path(self.table_widget.filePath().strip())

        def done(found: _Found) -> None:
            self._report, self._table = found.report, table
            self.differences.show(found.rows)
            self._show_kinds()
            self.say(found.verdict, colours.SOON if found.is_doubtful else colours.IN_TIME)
            self._filter()

        self._forget()
        self.say(tr("正在读取……"))
        self.read(tr("读取退回的工作簿"), self._work(table, False, {}), done)

    def apply(self) -> None:
        """Take over what is ticked."""
        choices = choices_of(self.differences.rows, self.differences.ticked)

        def done(found: _Found) -> None:
            self._forget()
            self._report = found.report
            self._show_state()
            text = tr("已采用{changed}处，涉及{patches}个图斑；办理历史和报告里都有记录。")
            self.say(text.format(changed=found.changed, patches=len(found.patches)), colours.IN_TIME)
            self.desk.session.tell_changed(found.patches)

        table = self._table
        self.write(
            tr("导入退回的工作簿"),
            lambda actor: self._work(table, True, choices, actor),
            done,
        )

    def _work(self, table: Path, apply: bool, choices: Choices, actor: str = "") -> Work:
        workspace, person = self.workspace, actor or self.desk.session.person

        def work(progress: Progress) -> _Found:
            name = f"退回{'' if apply else '对照'}_{table.stem}"
            report = report_path(workspace, name, CASEWORK_FOLDER)
            source = FeedbackSource(table, report, apply, choices)
            run = import_feedback(workspace, source, person, progress)
            changed = [plan.patch_no for plan in run.plans if plan.changes or plan.passed]
            is_doubtful = bool(run.conflicts or run.unmatched)
            found = _Found(rows_of(run), self._verdict(run), is_doubtful, run.changed, changed, report)
            plans = list(run.plans)
            del run
            free_row_by_row(plans)
            return found

        return work

    def _verdict(self, run: FeedbackRun) -> str:
        text = tr(
            "{sender}：涉及{patches}个图斑，审核通过{passed}个；可采用{changed}处，冲突或不能采用{conflicts}处；"
            "{lost}行没有对上图斑。"
        ).format(
            sender=run.sender,
            patches=run.patches,
            lost=len(run.unmatched),
            changed=run.changed,
            conflicts=run.conflicts,
            passed=sum(plan.passed for plan in run.plans),
        )
        return "\n".join((text, *run.warnings))

    def _lay_out_columns(self) -> None:
        """Let all columns stand beside one another, whatever the width: nobody looks for one by scrolling."""
        heads, room = self.difference_view.horizontalHeader(), self.difference_view.fontMetrics()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        kinds = max(room.horizontalAdvance(tr(kind.value)) for kind in RowKind)
        for column, width in enumerate((kinds + _TICK, room.horizontalAdvance(_NUMBER) + _EDGE)):
            heads.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.difference_view.setColumnWidth(column, width)

    def _fill_kinds(self) -> None:
        self.kind_combo.addItem(tr("可以采用的"), (RowKind.CHANGE, RowKind.RETURN, RowKind.CONFLICT))
        self.kind_combo.addItem(tr("全部"), tuple(RowKind))
        for kind in RowKind:
            self.kind_combo.addItem(tr(kind.value), (kind,))
        self.kind_names = [self.kind_combo.itemText(index) for index in range(self.kind_combo.count())]

    def _show_kinds(self) -> None:
        """Write behind each kind how many rows there are."""
        for index in range(self.kind_combo.count()):
            kinds = self.kind_combo.itemData(index)
            count = sum(row.kind in kinds for row in self.differences.rows)
            shown = tr("{name}（{count}）").format(name=self.kind_names[index], count=count)
            self.kind_combo.setItemText(index, shown)

    def _connect(self) -> None:
        self.table_widget.fileChanged.connect(lambda _: self._show_state())
        self.read_button.clicked.connect(lambda: self.read_table())
        self.kind_combo.currentIndexChanged.connect(lambda _: self._filter())
        self.search_edit.textChanged.connect(lambda _: self._filter())
        self.all_button.clicked.connect(lambda: self.differences.tick_shown(True))
        self.none_button.clicked.connect(lambda: self.differences.tick_shown(False))
        self.differences.ticked_changed.connect(self._show_state)
        self.difference_view.selectionModel().currentRowChanged.connect(self._show_patch)
        self.report_button.clicked.connect(lambda: open_file(self._report))
        self.apply_button.clicked.connect(lambda: self.apply())
        self._show_state()

    def _filter(self) -> None:
        self.differences.show_only(_meant(self.kind_combo.currentData(), self.search_edit.text().strip()))
        self._show_state()

    def _forget(self) -> None:
        self._table, self._report = Path(), None
        self.differences.show([])
        self._show_kinds()

    def _show_state(self) -> None:
        count = sum(self.differences.ticked)
        has_rows = bool(self.differences.rows)
        chosen = bool(self.table_widget.filePath().strip())
        allow(self.read_button, "" if chosen else tr("请先选择退回的工作簿。"))
        unread = "" if has_rows else tr("请先读取退回的工作簿。")
        for widget in (self.kind_combo, self.search_edit, self.all_button, self.none_button):
            allow(widget, unread)
        allow(self.apply_button, unread)
        self.apply_button.setText(
            tr("采用勾选的{count}处").format(count=count) if count else tr("登记审核结果")
        )
        shown = tr("列出{shown}行，勾选{count}处")
        self.count_label.setText(shown.format(shown=len(self.differences.shown), count=count))
        allow(self.report_button, "" if self._report is not None else tr("读取以后可以打开。"))

    def _show_patch(self, now: QModelIndex, _before: QModelIndex) -> None:
        """Show a row in full below the table, and its patch in all windows."""
        row = self.differences.row_at(now.row()) if now.isValid() else None
        self.detail_label.setText(self._told(row) if row is not None else "")
        if row is not None and row.patch_no:
            self.desk.session.set_current(row.patch_no)

    def _told(self, row: Row) -> str:
        sides = ((tr("导出时"), row.base), (tr("现在"), row.now), (tr("对方"), row.theirs))
        told = [tr("{name}“{text}”").format(name=name, text=text) for name, text in sides if text]
        return "，".join(filter(None, (f"{row.patch_no} {row.title}".strip(), *told, row.said, row.place)))


def _meant(kinds: tuple[RowKind, ...], words: str) -> Callable[[Row], bool]:
    wanted = words.casefold()

    def is_meant(row: Row) -> bool:
        return row.kind in kinds and (not wanted or any(wanted in text.casefold() for text in row.texts))

    return is_meant
