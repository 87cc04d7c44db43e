"""The dock 会商台: patches that several units claim, all claims side by side, decided singly or together."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QItemSelectionModel, QSize, QTimer
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTableView,
    QToolButton,
    QTreeWidget,
    QWidget,
)

from weipian_plugin.gui.conflict import decide_form
from weipian_plugin.gui.conflict.batch_page import BatchPage
from weipian_plugin.gui.conflict.case_page import CasePage
from weipian_plugin.gui.conflict.conflict_table import ConflictTable
from weipian_plugin.gui.conflict.decide_form import DecideForm
from weipian_plugin.gui.conflict.filter_bar import FilterBar
from weipian_plugin.gui.conflict.tables import prepare_table
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.dock import ReadingDock
from weipian_plugin.gui.forms import scrolled
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.refusal import allow
from weipian_plugin.texts import tr
from weipian_plugin.workflow.conflicts import ConflictCase, ConflictList, conflict_case, list_conflicts
from weipian_plugin.workflow.duty_sheets import Sheets, print_duty_sheets
from weipian_plugin.workflow.settle_conflicts import Foreseen, Order, Settled, counter, foresee, settle

REST_MS = 60
"""A patch is read once the selection rests on it."""
_LIST, _CASE = "list", "case"
_WIDTHS = (142, 66, 42, 100, 200, 220)
_NARROWEST = 190


class ConflictDock(ReadingDock):
    """List and filters on the left; on the right one patch, or a batch before and after it is recorded."""

    splitter: QSplitter
    pages: QStackedWidget
    empty_page: QWidget
    case_page: QWidget
    batch_page: QWidget
    empty_label: QLabel
    conflict_table: QTableView
    count_label: QLabel
    undo_button: QToolButton
    sheets_button: QToolButton
    claims_area: QScrollArea
    duty_tree: QTreeWidget
    action_combo: QComboBox
    duty_combo: QComboBox
    unit_combo: QComboBox
    new_unit_combo: QComboBox
    reason_edit: QLineEdit
    reference_edit: QLineEdit
    person_edit: QLineEdit
    day_edit: QDateEdit
    scope_combo: QComboBox
    decide_box: QGroupBox
    decide_button: QPushButton
    said_label: QLabel

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the dock; rows come when it is shown."""
        super().__init__("conflict.ui", "weipianConflictDock", parent)
        self._desk = desk
        self._jobs = Jobs(desk.worker, quiet_reads=True)
        self._row = 0
        self._shown = ""
        self._last: Settled | None = None
        self._order: Order | None = None
        self.table = ConflictTable(self)
        self.filters = FilterBar(self, self.table)
        self.form = DecideForm(self)
        self.case = CasePage(self)
        self.batch = BatchPage(self)
        self._rest = _single(self, REST_MS, self._load_case)
        self._prepare()
        self._connect()
        self._show_empty()

    def _prepare(self) -> None:
        prepare_table(self.conflict_table, self.table, _WIDTHS)
        self._page_area = scrolled(self.pages)
        self.splitter.addWidget(self._page_area)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 5)
        self.splitter.setSizes([360, 880])
        self.splitter.widget(0).setMinimumWidth(_NARROWEST)
        self.person_edit.setText(self._desk.session.person)
        self.undo_button.setToolTip(
            tr("刚记录的这一批，改派的改回原单位，增加的撤销，撤销的恢复；确认的不能收回。先看变化再记录")
        )
        self._allow_undo()

    def _connect(self) -> None:
        session = self._desk.session
        session.workspace_changed.connect(self._other_workspace)
        session.patches_changed.connect(self.outdated)
        session.person_changed.connect(self._other_person)
        session.current_changed.connect(self.show_patch)
        selection = self.conflict_table.selectionModel()
        selection.currentRowChanged.connect(lambda *_: self._rest.start())
        selection.selectionChanged.connect(lambda *_: self._count())
        self.filters.changed.connect(self._listed)
        self.case.proposed.connect(self.form.fill)
        # On a low screen the form lies below the claims.
        self.case.proposed.connect(lambda *_: self._page_area.ensureWidgetVisible(self.decide_box, 0, 0))
        self.decide_button.clicked.connect(self.decide)
        self.batch.record_wanted.connect(self._record_batch)
        self.batch.left.connect(self._leave_batch)
        self.undo_button.clicked.connect(self.undo)
        self.sheets_button.clicked.connect(self._choose_sheets)

    def shutdown(self) -> None:
        """Let go of what is outside."""
        session = self._desk.session
        self.stop_waiting()
        self._rest.stop()
        self._jobs.close()
        session.workspace_changed.disconnect(self._other_workspace)
        session.patches_changed.disconnect(self.outdated)
        session.person_changed.disconnect(self._other_person)
        session.current_changed.disconnect(self.show_patch)

    def sizeHint(self) -> QSize:
        """Qt: the size that suits."""
        return QSize(1240, 640)

    def _other_workspace(self) -> None:
        for name in (_LIST, _CASE):
            self._jobs.drop(name)
        self._last, self._order = None, None
        self._allow_undo()
        self._busy(False)
        self.pages.setCurrentWidget(self.empty_page)
        self._show_empty()
        self.filters.reset()
        self.outdated()

    def _other_person(self) -> None:
        self.person_edit.setText(self._desk.session.person)

    def load(self) -> None:
        """Read which patches are to be conferred about."""
        workspace = self._desk.session.workspace
        if workspace is None:
            self._jobs.drop(_LIST)
            self.filters.show_rows(None)
            self._show_empty()
            return
        self._jobs.start_newest(
            _LIST,
            tr("读取待会商图斑"),
            lambda progress: list_conflicts(workspace, progress),
            self._loaded,
            self.not_read,
        )

    def _loaded(self, found: ConflictList) -> None:
        kept = self._desk.session.current or self.current()
        self._row = max(self.conflict_table.currentIndex().row(), 0)
        self.form.offer_units(found.units)
        self.case.coordination = found.coordination
        self.filters.show_rows(found.rows)
        self._select(self.table.row_of(kept))

    def _select(self, row: int) -> None:
        """Make a row the current one; where there is none, the one that took its place."""
        count = self.table.rowCount()
        if row < 0:
            row = min(self._row, count - 1)
        if 0 <= row < count:
            self.conflict_table.setCurrentIndex(self.table.index(row, 0))
        self._listed()

    def _listed(self) -> None:
        """Say how many are listed; the patch that is shown stays one of them."""
        listed, total = self.table.rowCount(), self.table.total
        self.count_label.setText(tr("列出{listed}个，共{total}个").format(listed=listed, total=total))
        allow(self.sheets_button, "" if listed else tr("没有列出图斑，请放宽筛选。"))
        if listed and not self.conflict_table.currentIndex().isValid():
            self.conflict_table.setCurrentIndex(self.table.index(0, 0))
        self._count()
        self._rest.start()

    def _count(self) -> None:
        ranges = self.conflict_table.selectionModel().selection()
        self.form.count(sum(part.height() for part in ranges), self.table.rowCount())

    def current(self) -> str:
        """Return the number of the patch that the list stands on; '' for none."""
        index = self.conflict_table.currentIndex()
        return self.table.numbers([index.row()])[0] if index.isValid() else ""

    def show_patch(self, patch_no: str) -> None:
        """Go to a patch if it is listed."""
        row = self.table.row_of(patch_no) if patch_no and patch_no != self.current() else -1
        if row >= 0:
            self.conflict_table.selectionModel().setCurrentIndex(
                self.table.index(row, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )

    def _load_case(self) -> None:
        workspace, number = self._desk.session.workspace, self.current()
        if workspace is None or not number:
            self._jobs.drop(_CASE)
            self._show_empty()
            return
        self._desk.session.set_current(number)
        self.empty_label.setText(tr("正在读取……"))
        self._jobs.start_newest(
            _CASE,
            tr("读取图斑{number}").format(number=number),
            lambda progress: conflict_case(workspace, number, progress),
            self._show_case,
            self._not_shown,
        )

    def _show_case(self, case: ConflictCase) -> None:
        self._shown = case.patch_no
        self.case.show_case(case)
        if self.pages.currentWidget() is self.empty_page:
            self.pages.setCurrentWidget(self.case_page)

    def _not_shown(self, _error: BaseException) -> None:
        """Take away the patch shown before: a decision would be for the one that the list stands on."""
        self._show_empty()
        self.empty_label.setText(tr("没有读到这个图斑，原因见消息栏。"))

    def _show_empty(self) -> None:
        self._shown = ""
        opened = self._desk.session.workspace is not None
        text = tr("没有符合条件的图斑。") if opened else tr("还没有打开工作库。")
        self.empty_label.setText(text)
        if self.pages.currentWidget() is not self.batch_page:
            self.pages.setCurrentWidget(self.empty_page)

    def chosen(self) -> list[str]:
        """Return the patches that the decision is for."""
        if self.form.scope == decide_form.LISTED:
            return self.table.numbers()
        if self.form.scope == decide_form.SELECTED:
            rows = self.conflict_table.selectionModel().selectedRows()
            return self.table.numbers(sorted(index.row() for index in rows))
        return list(filter(None, [self.current()]))

    def decide(self) -> None:
        """Record the decision about one patch, or show first what it changes for many."""
        missing, where = self.form.lacking()
        numbers = self.chosen()
        if where is None and not numbers:
            missing = tr("请先在左边选中图斑。")
        elif where is None and self.form.scope == decide_form.ONE and self._shown != self.current():
            missing = tr("这个图斑还没有显示出来，请稍候再记录。")
        self.case.say(missing, bad=True)
        if missing:
            if where is not None:
                where.setFocus()
            return
        order = Order.same_for(numbers, self.form.wish(), self.form.person, self._actor())
        if self.form.scope == decide_form.ONE:
            self._record(order)
        else:
            self._foresee(order, decide_form.described(self.form.wish(), len(numbers)))

    def undo(self) -> None:
        """Show what taking back the last batch would change."""
        if self._last is None or not self._last.decisions:
            return
        if not self.form.person:
            self.case.say(tr("请填写决定人。"), bad=True)
            self.person_edit.setFocus()
            return
        order, kept = counter(self._last, self.form.person, self._actor(), self.form.day.isoformat())
        note = tr("撤回后单位改回原来的，但图斑仍算已由人决定，不再回到待会商；记录都保留在历史里。")
        if kept:
            note += tr("{kept}个确认不能收回：要换单位请用“定为”。").format(kept=kept)
        if not order.wishes:
            self.case.say(tr("上一批都是确认，不能收回；要换单位请用“定为”。"), bad=True)
            return
        heading = tr("撤回上一批决定：{count}个图斑").format(count=len(order.numbers))
        self._foresee(order, heading, note)

    def _actor(self) -> str:
        return self._desk.session.person or self.form.person

    def _foresee(self, order: Order, heading: str, note: str = "") -> None:
        workspace = self._desk.session.workspace
        if workspace is None:
            return
        self._busy(True)
        self._jobs.start(
            tr("预览职责变化"),
            lambda progress: foresee(workspace, order, progress),
            lambda foreseen: self._show_foreseen(workspace, order, (heading, note), foreseen),
            lambda _error: self._busy(False),
        )

    def _show_foreseen(
        self, workspace: Path, order: Order, texts: tuple[str, str], foreseen: tuple[Foreseen, ...]
    ) -> None:
        if workspace != self._desk.session.workspace:
            return
        self._busy(False)
        self._order = order
        self.batch.show_foreseen(*texts, foreseen)
        self.pages.setCurrentWidget(self.batch_page)

    def _record_batch(self) -> None:
        if self._order is not None:
            self._record(self._order)

    def _record(self, order: Order) -> None:
        workspace = self._desk.session.workspace
        if workspace is None:
            return
        self._busy(True)
        self._jobs.start(
            tr("记录职责决定"),
            lambda progress: settle(workspace, order, progress),
            lambda settled: self._recorded(workspace, settled),
            lambda _error: self._busy(False),
        )

    def _recorded(self, workspace: Path, settled: Settled) -> None:
        if workspace != self._desk.session.workspace:
            return
        self._busy(False)
        if settled.decisions:
            self._last = settled
            self._allow_undo()
        if self.pages.currentWidget() is self.batch_page:
            self.batch.show_outcomes(settled.outcomes)
        else:
            done = settled.outcomes[0]
            said = f"{done.patch_no}　{done.said}" if done.recorded else done.said
            self.case.say(said, bad=not done.recorded)
            if done.recorded:
                self.form.forget_units()
        self._order = None
        if settled.decisions:
            self._desk.session.tell_changed(settled.numbers)

    def _allow_undo(self) -> None:
        allow(self.undo_button, "" if self._last is not None else tr("这次打开工作库后还没有记录过决定。"))

    def _busy(self, busy: bool) -> None:
        self.decide_button.setEnabled(not busy)
        self.batch.set_busy(busy)

    def _leave_batch(self) -> None:
        self._order = None
        self.pages.setCurrentWidget(self.case_page if self.current() else self.empty_page)
        self._rest.start()

    def _choose_sheets(self) -> None:
        workspace = self._desk.session.workspace
        if workspace is None:
            return
        proposed = workspace.with_name(tr("会商材料.html"))
        chosen, _kind = QFileDialog.getSaveFileName(self, tr("会商材料"), str(proposed), tr("网页 (*.html)"))
        if chosen:
            self.write_sheets(Path(chosen))

    def write_sheets(self, path: Path) -> None:
        """Write the sheets of the listed patches."""
        workspace, numbers = self._desk.session.workspace, "、".join(self.table.numbers())
        if workspace is None or not numbers:
            return
        path = path if path.suffix else path.with_suffix(".html")
        self._jobs.start(
            tr("写会商材料"),
            lambda progress: print_duty_sheets(workspace, numbers, path, progress),
            lambda sheets: self._written(path, sheets),
        )

    def _written(self, path: Path, sheets: Sheets) -> None:
        said = tr("会商材料已写好，{count}个图斑：{path}").format(count=sheets.patches, path=path)
        self._desk.messages.success(said)


def _single(parent: QWidget, milliseconds: int, what: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(what)
    return timer
