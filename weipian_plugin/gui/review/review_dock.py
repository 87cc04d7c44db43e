"""The dock 核查判定: the queue, one patch, and the form that judges it, all by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent, QShowEvent
from qgis.PyQt.QtWidgets import QLabel, QSplitter, QWidget

from weipian_plugin.domain.categories import DOUBTFUL
from weipian_plugin.domain.categories.model import ILLEGAL, LEGAL, OTHER
from weipian_plugin.domain.deadline_buckets import Bucket
from weipian_plugin.domain.determination import Given
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.stages import Stage
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.dock import ReadingDock
from weipian_plugin.gui.forms import scrolled
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.map.turns import Turns
from weipian_plugin.gui.review import queue_filter
from weipian_plugin.gui.review.determination_form import DeterminationForm
from weipian_plugin.gui.review.dossier_loader import DossierLoader
from weipian_plugin.gui.review.files_panel import FilesPanel
from weipian_plugin.gui.review.patch_panel import PatchPanel
from weipian_plugin.gui.review.queue_panel import QueuePanel
from weipian_plugin.gui.review.shortcuts import Shortcut, Shortcuts
from weipian_plugin.texts import tr
from weipian_plugin.workflow.review.dossier import Dossier, read_rules
from weipian_plugin.workflow.review.judge_patch import Outcome, judge_patch, undo_judgement
from weipian_plugin.workflow.review.queue import review_queue

WIDE = 1000
"""Width from which the queue shows more than numbers, in units of 96 dots an inch."""
LONGEST_SAID = 90
"""Characters that are said in the form about what was just saved."""
_DAYS = {bucket.name.lower(): bucket.value for bucket in Bucket}


class ReviewDock(ReadingDock):
    """Works through the patches of a workspace one by one."""

    zoom_wanted = pyqtSignal(str)
    """Number of the patch that the map shall show."""
    flash_wanted = pyqtSignal(str, str)
    """Number of a patch, and the role of the layer whose pieces shall flash; '' for the patch itself."""
    imagery_wanted = pyqtSignal(str)
    """Number of the patch whose two dates shall be compared."""

    contents: QWidget
    empty_label: QLabel
    main_splitter: QSplitter
    legend_label: QLabel

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the parts; patches are read when the dock is shown."""
        super().__init__("review_dock.ui", "weipianReviewDock", parent)
        self._desk = desk
        self._drafts: dict[str, Given] = {}
        self._last: Given | None = None
        self._judged: list[str] = []
        self._shown: Dossier | None = None
        self._saving = False
        self._wide = False
        self._own: list[str] = []
        self._turns = Turns(self)
        self._jobs = Jobs(desk.worker, quiet_reads=True)
        # A patch that cannot be read may be gone: the queue tells. Why, is in the message bar.
        self._loader = DossierLoader(desk.worker, self._show_patch, self.not_read)
        self._make_parts()
        self._connect_session()
        self._show_empty()

    def _make_parts(self) -> None:
        self.queue = QueuePanel()
        self.patch = PatchPanel()
        self.keys = Shortcuts(self, self._shortcuts(), self.save)
        self.form = DeterminationForm(self.keys.watch)
        self.files = FilesPanel(self._desk)
        self.patch.form_layout.addWidget(self.form)
        self.patch.files_layout.addWidget(self.files)
        self.main_splitter.addWidget(self.queue)
        self._patch_area = scrolled(self.patch)
        self.main_splitter.addWidget(self._patch_area)
        self.main_splitter.setSizes([360, 640])
        self.main_splitter.setStretchFactor(0, 0)
        self.main_splitter.setStretchFactor(1, 1)
        self.keys.watch(self)
        self._connect_parts()
        self._explain_keys()

    def _connect_parts(self) -> None:
        self.queue.chosen.connect(self._desk.session.set_current)
        self.form.save_wanted.connect(self.save)
        self.form.undo_wanted.connect(self._undo_shown)
        self.form.repeat_wanted.connect(self.repeat_last)
        self.form.worked_in.connect(self._show_form)
        self.files.files_changed.connect(self._files_changed)
        self.files.person_wanted.connect(self._ask_for_person)
        self.patch.previous_button.clicked.connect(lambda: self.go(forward=False))
        self.patch.next_button.clicked.connect(lambda: self.go(forward=True))
        self.patch.zoom_button.clicked.connect(self._zoom)
        self.patch.flash_button.clicked.connect(self._flash)
        self.patch.imagery_button.clicked.connect(self._imagery)
        self.patch.overlay_view.doubleClicked.connect(lambda _index: self._flash())

    def _connect_session(self) -> None:
        session = self._desk.session
        session.workspace_changed.connect(self._other_workspace)
        session.patches_changed.connect(self._patches_changed)
        session.current_changed.connect(self._current_changed)
        session.person_changed.connect(self._person_changed)

    def _shortcuts(self) -> tuple[Shortcut, ...]:
        key = Qt.Key
        return (
            Shortcut(key.Key_1, "1", tr("合法"), lambda: self.form.choose(LEGAL)),
            Shortcut(key.Key_2, "2", tr("违法"), lambda: self.form.choose(ILLEGAL)),
            Shortcut(key.Key_3, "3", tr("其他"), lambda: self.form.choose(OTHER)),
            Shortcut(key.Key_4, "4", tr("存疑"), lambda: self.form.choose(DOUBTFUL)),
            Shortcut(key.Key_T, "T", tr("采用"), lambda: self.form.take_proposal()),
            Shortcut(key.Key_R, "R", tr("同上"), self.repeat_last),
            Shortcut(key.Key_S, "S", tr("保存"), self.save),
            Shortcut(key.Key_N, "N", tr("下个"), lambda: self.go(forward=True)),
            Shortcut(key.Key_P, "P", tr("上个"), lambda: self.go(forward=False)),
            Shortcut(key.Key_U, "U", tr("撤销"), self.undo_last),
            Shortcut(key.Key_Z, "Z", tr("缩放"), self._zoom),
            Shortcut(key.Key_F, "F", tr("闪烁"), self._flash),
            Shortcut(key.Key_Slash, "/", tr("搜索"), self._search),
        )

    def _explain_keys(self) -> None:
        listed = {item.label: item for item in self._shortcuts()}
        buttons = {
            "1": self.form.legal_button,
            "2": self.form.illegal_button,
            "3": self.form.other_button,
            "4": self.form.doubt_button,
            "T": self.form.take_button,
            "R": self.form.repeat_button,
            "S": self.form.save_button,
            "N": self.patch.next_button,
            "P": self.patch.previous_button,
            "U": self.form.undo_button,
            "Z": self.patch.zoom_button,
            "F": self.patch.flash_button,
        }
        for label, button in buttons.items():
            button.setToolTip(f"{self._tips().get(label, listed[label].text)}（{listed[label].hint}）")
        self.form.save_button.setToolTip(tr("保存并到下一个未判定的（S / Alt+S / Ctrl+回车）"))
        text = "&nbsp; ".join(f"<b>{item.label}</b>&nbsp;{item.text}" for item in listed.values())
        rest = tr("正在输入文字时加按 Alt；任何地方按 Ctrl+回车保存")
        self.legend_label.setText(f"<small>{text}</small>")
        self.legend_label.setToolTip(f"{text}<br>{rest}")

    def _tips(self) -> Mapping[str, str]:
        return {
            "T": tr("把建议填到表里，保存后才算数"),
            "R": tr("填上一次保存的结果、类别和依据"),
            "N": tr("下一个未判定的图斑"),
            "P": tr("上一个未判定的图斑"),
            "U": tr("撤销本图斑的判定；按键撤销刚才保存的那一个"),
            "Z": tr("地图缩放到图斑"),
            "F": tr("在地图上闪烁图斑，或所选图层与图斑重叠的部分"),
        }

    def set_filter(self, wanted: Mapping[str, str]) -> None:
        """Show only certain patches: keys stage, township, unit, days_left, duty_state, text."""
        self.queue.set_filter(queue_filter.from_wanted(wanted, _DAYS))

    # Reading

    def _other_workspace(self) -> None:
        self._drafts.clear()
        self._judged.clear()
        self._shown = None
        self._jobs.drop("queue")
        self._turns.stop()
        self._set_saving(False)
        self._loader.open(self._desk.session.workspace)
        self.queue.clear()
        self._show_empty()
        self.outdated()

    def showEvent(self, event: QShowEvent | None) -> None:
        """Qt: show what changed while nobody looked."""
        session = self._desk.session
        if self.is_outdated:
            self._loader.open(session.workspace)
        elif self._shown is not None and self._shown.patch_no != session.current:
            self._current_changed(session.current)
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Give the queue its columns where there is room for them."""
        super().resizeEvent(event)
        wide = self.width() * 96 >= WIDE * self.logicalDpiX()
        if wide != self._wide:
            self._wide = wide
            share = 0.28 if wide else 0.36
            self.main_splitter.setSizes([round(share * 1000), round((1 - share) * 1000)])

    def shutdown(self) -> None:
        """Let go of what lies outside the dock."""
        self.stop_waiting()
        self._turns.stop()
        self._jobs.close()
        self.files.shutdown()
        self._loader.open(None)
        session = self._desk.session
        session.workspace_changed.disconnect(self._other_workspace)
        session.patches_changed.disconnect(self._patches_changed)
        session.current_changed.disconnect(self._current_changed)
        session.person_changed.disconnect(self._person_changed)

    def load(self) -> None:
        """Read the queue."""
        workspace = self._desk.session.workspace
        if workspace is None:
            return

        def work(_progress: Progress) -> pd.DataFrame:
            # Parsed beside the first patch, it would keep Python from the window that paints the queue.
            read_rules(workspace)
            return review_queue(workspace, date.today())

        def failed(_error: BaseException) -> None:
            self.not_read()
            self.empty_label.setText(tr("没有读到图斑队列，原因见消息栏；再打开本窗口时重试。"))

        self._jobs.start_newest("queue", tr("读取图斑队列"), work, self._take_queue, failed)

    def _take_queue(self, frame: pd.DataFrame) -> None:
        self.queue.show_queue(frame, self._desk.session.current)
        self._turns.run((self._show_empty, self._show_first))

    def _show_first(self) -> None:
        current = self._desk.session.current
        first = current or self.queue.neighbour("")
        if first and first == current:
            self._loader.ask(first)
        elif first:
            self._desk.session.set_current(first)

    def _show_empty(self) -> None:
        workspace, columns = self._desk.session.workspace, self.queue.columns
        if workspace is None:
            said = tr("请先新建或打开工作库。")
        elif columns is None:
            said = tr("正在读取图斑队列…")
        else:
            said = "" if len(columns) else tr("工作库里还没有图斑，请先导入图斑。")
        self.empty_label.setText(said)
        self.empty_label.setVisible(bool(said))
        self.main_splitter.setVisible(not said)
        self.legend_label.setVisible(not said)

    def _patches_changed(self, numbers: list[str]) -> None:
        if numbers and numbers == self._own:
            return
        self._loader.forget(numbers)
        self.outdated()

    def _person_changed(self) -> None:
        self.form.show_person(self._desk.session.person)

    # One patch

    def _current_changed(self, patch_no: str) -> None:
        self._keep_draft()
        self.queue.point_at(patch_no)
        if self.isVisible() and patch_no:
            self._loader.ask(patch_no)

    def _keep_draft(self) -> None:
        if self._shown is None:
            return
        if self.form.is_dirty:
            self._drafts[self._shown.patch_no] = self.form.given()
        else:
            self._drafts.pop(self._shown.patch_no, None)

    def _show_patch(self, dossier: Dossier) -> None:
        if self._shown is not None and self._shown.patch_no == dossier.patch_no:
            self._keep_draft()
        self._shown = dossier
        self.patch.show_patch(dossier, self._days(dossier.patch_no))
        self.files.show_files(dossier.patch_no, dossier.files)
        self.form.show_patch(dossier, self._drafts.get(dossier.patch_no), self._desk.session.person)
        self._patch_area.verticalScrollBar().setValue(0)
        self._loader.prefetch(self.queue.neighbour(dossier.patch_no))

    def _show_form(self) -> None:
        """On a low screen the form lies below the facts: bring it up when the person judges."""
        self._patch_area.ensureWidgetVisible(self.form, 0, 0)

    def _days(self, patch_no: str) -> str:
        columns = self.queue.columns
        row = columns.row_of.get(patch_no) if columns is not None else None
        if columns is None or row is None:
            return ""
        due, state = columns.text("due_on", row), columns.text("state", row)
        if not columns.is_waiting(row):
            return f"{due} {state}"
        left = int(columns.values["days_left"][row])
        said = tr("剩 {days} 天") if left >= 0 else tr("逾期 {days} 天")
        return f"{due} {said.format(days=abs(left))}"

    def go(self, forward: bool) -> None:
        """Go to the next patch that waits for a determination, or the one before."""
        self._go_to(self.queue.neighbour(self._desk.session.current, forward))

    def _go_to(self, patch_no: str) -> None:
        if not patch_no:
            self.form.say(tr("当前筛选内没有别的未判定图斑。"))
            return
        self._desk.session.set_current(patch_no)
        self.queue.queue_view.setFocus()

    def _zoom(self) -> None:
        if self._desk.session.current:
            self.zoom_wanted.emit(self._desk.session.current)

    def _flash(self) -> None:
        if self._desk.session.current:
            self.flash_wanted.emit(self._desk.session.current, self.patch.role)

    def _imagery(self) -> None:
        if self._desk.session.current:
            self.imagery_wanted.emit(self._desk.session.current)

    def _search(self) -> None:
        self.queue.search_edit.setFocus()
        self.queue.search_edit.selectAll()

    # Judging

    def repeat_last(self) -> None:
        """Write the result, category and basis that were recorded last into the form."""
        if self._last is None:
            self.form.say(tr("这次打开后还没有保存过判定。"))
        else:
            self.form.repeat(self._last)

    def save(self) -> None:
        """Record what the form says, and go to the next patch."""
        workspace, dossier = self._desk.session.workspace, self._shown
        if workspace is None or dossier is None or self._saving or not self.form.save_button.isEnabled():
            return
        person = self._person()
        if not person:
            return
        given = self.form.given()
        self._set_saving(True)
        self._desk.worker.start(
            tr("保存判定"),
            partial(judge_patch, workspace, given, person),
            self._heard_in(workspace, partial(self._saved, given)),
            self._heard_in(workspace, lambda _error: self._set_saving(False)),
            quiet=True,
        )

    def _heard_in(self, workspace: Path, told: Callable[[Any], None]) -> Callable[[Any], None]:
        """Return what hears of the end of a task only while its workspace is open, and the dock there."""
        return lambda value: told(value) if self._loader.workspace == workspace else None

    def _person(self) -> str:
        """Return who judges; asks for the name in the form, once."""
        name = str(self.form.person_edit.text()).strip()
        if not name:
            self._ask_for_person()
        elif name != self._desk.session.person:
            self._desk.session.set_person(name)
        return name

    def _ask_for_person(self) -> None:
        said = tr("请先填写判定人姓名，填一次即可。")
        self.form.refuse(Outcome("", False, said, "person"))

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        self.form.set_busy(saving)

    def _saved(self, given: Given, outcome: Outcome) -> None:
        self._set_saving(False)
        if not outcome.done:
            if self._shown is not None and self._shown.patch_no == given.patch_no:
                self.form.refuse(outcome)
            return
        self._last = given
        self._drafts.pop(given.patch_no, None)
        if not outcome.is_doubt:
            self._judged.append(given.patch_no)
        following = self.queue.neighbour(given.patch_no)
        is_shown = self._shown is not None and self._shown.patch_no == given.patch_no
        if is_shown:
            self.form.settled()
        self._changed(outcome)
        if is_shown:
            self._after_save(given.patch_no, following, outcome)

    def _after_save(self, patch_no: str, following: str, outcome: Outcome) -> None:
        if following:
            self._go_to(following)
        else:
            self._loader.ask(patch_no)
        said = outcome.said.replace("\n", " ")
        self._tell(f"{patch_no}　{said}" if following else f"{said}{tr('没有别的未判定图斑了。')}")

    def _changed(self, outcome: Outcome) -> None:
        """Take over in the queue what became of a patch, and tell the other windows."""
        stage = Stage(outcome.stage)
        result = "" if outcome.is_doubt else outcome.result
        changes = {"stage": stage.value, "result": result, "category": outcome.category}
        self._loader.forget([outcome.patch_no])
        self.queue.judged(outcome.patch_no, changes, outcome.is_doubt)
        self._own = [outcome.patch_no]
        self._desk.session.tell_changed(self._own)
        self._own = []

    def _tell(self, text: str) -> None:
        """Say what was done; what is too long for the form is in the tooltip, and in the history."""
        self.form.say(text if len(text) <= LONGEST_SAID else f"{text[:LONGEST_SAID]}…")
        self.form.outcome_label.setToolTip(text)

    def undo_last(self) -> None:
        """Take back the determination recorded last in this session, else that of the patch shown."""
        if self._judged:
            self._undo(self._judged[-1])
        else:
            self._undo_shown()

    def _undo_shown(self) -> None:
        if self._shown is not None:
            self._undo(self._shown.patch_no)

    def _undo(self, patch_no: str) -> None:
        workspace = self._desk.session.workspace
        person = self._person() if workspace is not None and not self._saving else ""
        if workspace is None or not person:
            return
        self._set_saving(True)
        self._desk.worker.start(
            tr("撤销判定"),
            partial(undo_judgement, workspace, patch_no, person),
            self._heard_in(workspace, self._undone),
            self._heard_in(workspace, lambda _error: self._set_saving(False)),
            quiet=True,
        )

    def _undone(self, outcome: Outcome) -> None:
        self._set_saving(False)
        if outcome.patch_no in self._judged:
            self._judged.reverse()
            self._judged.remove(outcome.patch_no)
            self._judged.reverse()
        if not outcome.done:
            self.form.say(outcome.said, is_refusal=True)
            return
        self._changed(outcome)
        if self._desk.session.current == outcome.patch_no:
            self._loader.ask(outcome.patch_no)
        self._desk.session.set_current(outcome.patch_no)
        self._tell(outcome.said)

    def _files_changed(self, patch_no: str) -> None:
        self._loader.forget([patch_no])
        if self._desk.session.current == patch_no:
            self._loader.ask(patch_no)
