"""The import assistant: drop files, see how they are read, correct it, import them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QEvent, QModelIndex, Qt, QTimer, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QIcon, QPainterPath
from qgis.PyQt.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QGroupBox,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QTabWidget,
    QWidget,
)

from weipian_plugin import paths
from weipian_plugin.domain.errors import Cancelled
from weipian_plugin.domain.findings import Severity, count_by_severity
from weipian_plugin.gui import colours
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.forms import fit_to_screen, load_form
from weipian_plugin.gui.intake_assistant.items import ImportItem, Seen, State
from weipian_plugin.gui.intake_assistant.kinds import BaseKind, Kind, PatchKind
from weipian_plugin.gui.intake_assistant.models import FindingsModel, ItemsModel, RowsModel
from weipian_plugin.gui.intake_assistant.outline_view import OutlineView
from weipian_plugin.gui.intake_assistant.read_panel import ReadPanel
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.map.turns import Turns
from weipian_plugin.gui.messages import sentence
from weipian_plugin.gui.refusal import allow
from weipian_plugin.gui.start.new_workspace_dialog import NewWorkspaceDialog
from weipian_plugin.gui.start.opening import GEOPACKAGES, Opening, require_person
from weipian_plugin.gui.text_table import compact
from weipian_plugin.gui.vector_files import FILES
from weipian_plugin.gui.work import WorkTask
from weipian_plugin.texts import tr
from weipian_plugin.workflow.preview import Preview

WAIT_MS = 200
"""After a correction, for the next one, before the file is looked at anew."""
ICON_SIZE = 48
_ROWS_MEASURED = 12
"""Rows whose cells say how wide a column is. All of them, in a wide file, would stop the window for 0.1 s."""


class ImportDialog(QDialog):
    """Imports issued patches into the workspace, or base layers into the library."""

    need_frame: QFrame
    need_label: QLabel
    new_button: QPushButton
    open_button: QPushButton
    library_frame: QFrame
    library_widget: QgsFileWidget
    stack: QStackedWidget
    drop_page: QWidget
    body_page: QWidget
    drop_icon_label: QLabel
    drop_title_label: QLabel
    choose_button: QPushButton
    choose_folder_button: QPushButton
    file_label: QLabel
    other_button: QPushButton
    items_view: QTableView
    body_splitter: QSplitter
    batch_box: QGroupBox
    role_box: QGroupBox
    tabs: QTabWidget
    findings_label: QLabel
    findings_view: QTableView
    rows_label: QLabel
    rows_view: QTableView
    verdict_label: QLabel
    progress_bar: QProgressBar
    progress_label: QLabel
    cancel_button: QPushButton
    report_button: QPushButton
    import_button: QPushButton
    close_button: QPushButton

    def __init__(self, desk: Desk, kind: str, parent: QWidget | None = None) -> None:
        """Import `kind`: "patches" or "base"."""
        super().__init__(parent)
        load_form("import_assistant.ui", self)
        fit_to_screen(self)
        self._desk, self._jobs, self._opening = desk, Jobs(desk.worker), Opening(desk)
        self.kind: Kind = BaseKind(desk) if kind == "base" else PatchKind(desk)
        self._current: ImportItem | None = None
        self._importing: WorkTask | None = None
        self._queue: list[ImportItem] = []
        self._findings = FindingsModel(colours.palette_of(self.findings_view), self)
        self._rows = RowsModel(colours.palette_of(self.rows_view), self)
        self._items = ItemsModel(self.kind.has_roles, self)
        self.outlines = OutlineView(self)
        self.panel = ReadPanel(self)
        self._turns = Turns(self)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        # However it is closed; an import that has begun is brought to its end.
        self.finished.connect(self._jobs.close)
        self._prepare()
        self._connect()
        self._show_need()
        self._show_state()

    @property
    def items(self) -> list[ImportItem]:
        """The files or layers in the list."""
        return self._items.items

    def take(self, paths_: Sequence[str]) -> None:
        """Take files that were dropped or chosen."""
        if not paths_ or self._importing is not None:
            return
        self.progress_label.setText(tr("正在打开…"))
        work = self.kind.find(list(paths_))
        self._watch(self._jobs.start_newest("find", tr("打开文件"), work, self._found, self._lost))

    def start_import(self) -> None:
        """Import what is ticked, one after another."""
        chosen = [item for item in self.items if item.wanted and item.state is not State.DONE]
        refusal = self.kind.need() or next(filter(None, map(self.kind.missing, chosen)), "")
        actor = "" if refusal else require_person(self._desk)
        if refusal or not actor or not chosen:
            self._say(refusal or tr("没有勾选要导入的内容。"), colours.SOON)
            return
        self._jobs.drop("look")
        self._queue = chosen
        self._import_next(actor)

    def cancel(self) -> None:
        """Stop what is running; what was imported already stays."""
        self._queue = []
        if self._importing is not None:
            self._importing.cancel()
        for name in ("find", "look"):
            self._jobs.drop(name)
        self._show_state()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files that were dropped."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.take([name.rstrip("/") for name in files])

    def changeEvent(self, event: QEvent) -> None:
        """Look again at what is missing when the person comes back from another window."""
        if event.type() == QEvent.Type.ActivationChange and hasattr(self, "panel"):
            self._show_need()
        super().changeEvent(event)

    def _prepare(self) -> None:
        has_roles = self.kind.has_roles
        self.setWindowTitle(self.kind.title)
        name = "library.svg" if has_roles else "patches.svg"
        self.drop_icon_label.setPixmap(QIcon(str(paths.icon_file(name))).pixmap(ICON_SIZE, ICON_SIZE))
        font = self.drop_title_label.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        self.drop_title_label.setFont(font)
        self.drop_title_label.setText(
            tr("把底图文件拖到这里，可以一次拖多个") if has_roles else tr("把下发的图斑文件拖到这里")
        )
        self.role_box.setVisible(has_roles)
        self.library_frame.setVisible(has_roles)
        self.batch_box.setVisible(not has_roles)
        for widget in (self.unit_label, self.unit_combo, self.unit_why_label) if has_roles else ():
            widget.hide()
        self.map_layout.addWidget(self.outlines)
        self._prepare_tables()
        self.body_splitter.setSizes([370, 710])
        if isinstance(self.kind, BaseKind):
            self.library_widget.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
            self.library_widget.setConfirmOverwrite(False)
            self.library_widget.setFilter(GEOPACKAGES)
            self.library_widget.setFilePath(str(self.kind.library or ""))
            self.library_widget.setToolTip(tr("还没有这个文件的，导入第一个图层时建立"))

    def _prepare_tables(self) -> None:
        self.findings_view.setModel(self._findings)
        heads = self.findings_view.horizontalHeader()
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        heads.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        compact(self.findings_view)
        self.rows_view.setModel(self._rows)
        self.rows_view.horizontalHeader().setResizeContentsPrecision(_ROWS_MEASURED)
        self.items_view.setModel(self._items)
        heads = self.items_view.horizontalHeader()
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            heads.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        compact(self.items_view)

    def _connect(self) -> None:
        self.choose_button.clicked.connect(lambda: self._choose())
        self.other_button.clicked.connect(lambda: self._choose())
        self.choose_folder_button.clicked.connect(lambda: self._choose_folder())
        self.new_button.clicked.connect(lambda: self._new_workspace())
        self.open_button.clicked.connect(lambda: self._opening.choose_workspace())
        self.library_widget.fileChanged.connect(self._choose_library)
        self.items_view.selectionModel().currentRowChanged.connect(self._select)
        self._items.dataChanged.connect(lambda *_: self._show_state())
        self.panel.corrected.connect(self._wait.start)
        self.panel.corrected.connect(self._show_state)
        self.panel.edited.connect(self._edited)
        self._wait.timeout.connect(self._look)
        self.cancel_button.clicked.connect(lambda: self.cancel())
        self.report_button.clicked.connect(lambda: self._open_report())
        self.import_button.clicked.connect(lambda: self.start_import())
        self.close_button.clicked.connect(lambda: self.close())
        self._desk.session.workspace_changed.connect(self._show_need)

    def _choose(self) -> None:
        title, kinds = tr("选择文件"), tr("矢量数据 ({files});;所有文件 (*)").format(files=FILES)
        chosen, _ = QFileDialog.getOpenFileNames(self, title, self._folder(), kinds)
        self.take(chosen)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("选择 .gdb 文件夹"), self._folder())
        self.take([chosen] if chosen else [])

    def _folder(self) -> str:
        return str(Path(self.items[0].path.split("|")[0]).parent) if self.items else ""

    def _new_workspace(self) -> None:
        dialog = NewWorkspaceDialog(self._desk, self._opening, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _choose_library(self, name: str) -> None:
        if isinstance(self.kind, BaseKind):
            path = Path(name.strip()) if name.strip() else None
            self.kind.library = path.with_suffix(".gpkg") if path is not None and not path.suffix else path
            self._show_need()
            self._look()

    def _show_need(self) -> None:
        need = self.kind.need()
        self.need_label.setText(need)
        self.need_frame.setVisible(bool(need))
        for button in (self.new_button, self.open_button):
            button.setVisible(not self.kind.has_roles)
        if not need and self._current is not None and self._current.seen is None:
            self._wait.start()
        self._show_state()

    def _found(self, found: tuple[list[ImportItem], list[str]]) -> None:
        items, refused = found
        self._current = None
        self._items.show(items)
        self.items_view.setVisible(self.kind.has_roles or len(items) > 1)
        if items:
            self.stack.setCurrentWidget(self.body_page)
            self.items_view.setCurrentIndex(self._items.index(0, 0))
        if refused:
            self._desk.messages.warning(
                tr("{count}个文件不能导入。").format(count=len(refused)), "\n".join(refused)
            )
        self._show_state()
        if refused and not items:
            self._say(refused[0], colours.OVERDUE)

    def _lost(self, error: BaseException) -> None:
        self._show_state()
        self._say(sentence(error), colours.OVERDUE)

    def _select(self, now: QModelIndex, before: QModelIndex) -> None:
        if not now.isValid():
            return
        item = self.items[now.row()]
        self._current = item
        self.file_label.setText(item.path)
        self.file_label.setToolTip(item.path)
        self.panel.show_item(item)
        self._show_seen(item.seen)
        if item.seen is None:
            self._look()
        self._show_state()

    def _look(self) -> None:
        item = self._current
        if item is None or self._importing is not None or self.kind.need():
            return

        def done(seen: Seen) -> None:
            self._looked(item, seen)

        def failed(error: BaseException) -> None:
            if item.state is not State.DONE:
                item.state, item.told = State.REFUSED, sentence(error)
            self._items.refresh()

        work = self.kind.look(item)
        self._watch(self._jobs.start_newest("look", tr("预览"), work, done, failed))
        self._show_state()

    def _looked(self, item: ImportItem, seen: Seen) -> None:
        item.seen = seen
        if item.state is not State.DONE:
            self._judge(item, seen.preview)
        if item is self._current:
            self.panel.show_preview(seen.preview)
            self._show_seen(seen)
        self._items.refresh()
        self._show_state()

    def _judge(self, item: ImportItem, preview: Preview) -> None:
        """Say of an item that is not imported yet whether it can be."""
        item.told = preview.refusal
        item.guessed = preview.role if item.role is None else item.guessed
        if self.kind.has_roles and item.kind is None:
            item.state = State.ROLE_OPEN
        else:
            item.state = State.READY if preview.is_ready else State.REFUSED

    def _show_seen(self, seen: Seen | None) -> None:
        if seen is None:
            self._show_nothing()
            return
        look = seen.preview.look
        self._findings.show(seen.preview.findings)
        self.findings_view.resizeRowsToContents()
        count = len(seen.preview.findings)
        self.tabs.setTabText(0, tr("问题（{count}）").format(count=count))
        self.findings_view.setVisible(count > 0)
        none = tr("没有发现问题。") if seen.preview.decisions else tr("文件读不进来，没有可以检查的内容。")
        self.findings_label.setText(tr("鼠标停在一行上，可以看到涉及哪些图斑。") if count else none)
        text = tr("前 {shown} 行，共 {count} 行；列名下面是它的用途。")
        self.rows_label.setText(text.format(shown=len(look.rows), count=look.count))
        labels = {column: label for _, label, column in seen.preview.fields if column}
        self._rows.show(look.columns, look.rows, labels)
        self.outlines.show_paths(seen.shapes, seen.townships)
        # In its own time: measuring dozens of columns takes as long as all the rest.
        self._turns.run([self.rows_view.resizeColumnsToContents])

    def _show_nothing(self) -> None:
        """Take away what is of another item."""
        self._turns.stop()
        self._findings.show(())
        self.tabs.setTabText(0, tr("问题"))
        self.findings_view.hide()
        self.findings_label.clear()
        self._rows.show((), (), {})
        self.rows_label.clear()
        self.outlines.show_paths(QPainterPath(), QPainterPath())

    def _edited(self) -> None:
        if self.kind.has_roles and self.edition_all_check.isChecked() and self._current is not None:
            for item in self.items:
                if item.state is not State.DONE:
                    item.edition = self._current.edition
        self._items.refresh()

    def _import_next(self, actor: str) -> None:
        item = self._queue.pop(0)
        item.state = State.RUNNING
        self._items.refresh()

        def done(outcome: Any) -> None:
            self._importing = None
            item.state, item.report = State.DONE, outcome.report
            item.told = self.kind.words(item, outcome)
            self._go_on(actor, item)

        def failed(error: BaseException) -> None:
            self._importing = None
            item.state, item.told = State.REFUSED, sentence(error)
            if isinstance(error, Cancelled):
                self._queue, item.state = [], State.WAITING
            self._go_on(actor, item)

        title = tr("导入{name}").format(name=item.name)
        work = self.kind.bring_in(item, actor)
        self._importing = self._jobs.start(title, work, done, failed, self.kind.tell)
        self._watch(self._importing)
        self._show_state()

    def _go_on(self, actor: str, item: ImportItem) -> None:
        self._items.refresh()
        if self._queue:
            self._import_next(actor)
            return
        self.items_view.setCurrentIndex(self._items.index(self.items.index(item), 0))
        if self._current is not None and self._current.seen is None and not self._jobs.is_running("look"):
            self._look()
        self._show_state()

    def _watch(self, task: WorkTask) -> None:
        task.progressChanged.connect(lambda value: self.progress_bar.setValue(int(value)))
        task.said.connect(self.progress_label.setText)

    def _open_report(self) -> None:
        if self._current is not None and self._current.report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._current.report)))

    def _show_state(self) -> None:
        """Show what can be done now, and what came of what was done."""
        is_busy = self._importing is not None or any(map(self._jobs.is_running, ("find", "look")))
        for widget in (self.progress_bar, self.progress_label, self.cancel_button):
            widget.setVisible(is_busy)
        if not is_busy:
            self.progress_bar.setValue(0)
            self.progress_label.clear()
        chosen = [item for item in self.items if item.wanted and item.state is not State.DONE]
        usable = [item for item in chosen if item.state is not State.REFUSED]
        self.import_button.setText(
            tr("导入 {count} 个").format(count=len(chosen)) if len(self.items) > 1 else tr("导入")
        )
        allow(self.import_button, self._refusal(chosen, usable))
        self.report_button.setVisible(self._current is not None and self._current.report is not None)
        self.settings_area.setEnabled(self._importing is None)
        if self._importing is None:
            self._say(*self._verdict())

    def _refusal(self, chosen: Sequence[ImportItem], usable: Sequence[ImportItem]) -> str:
        """Return why nothing can be imported now; '' when it can."""
        if self._importing is not None:
            return tr("正在导入。")
        if not chosen:
            return tr("请先选择要导入的文件。")
        return self.kind.need() or ("" if usable else tr("这里没有可以导入的文件，原因见下面的检查结果。"))

    def _verdict(self) -> tuple[str, str]:
        """Return the sentence about the item looked at, and its colour."""
        item = self._current
        if item is None:
            return "", colours.OTHER
        if item.told:
            return item.told, colours.IN_TIME if item.state is State.DONE else colours.OVERDUE
        if item.seen is None or item.seen.preview.decisions is None:
            return "", colours.OTHER
        counts = count_by_severity(item.seen.preview.findings)
        made = item.seen.preview.decisions
        text = tr("读取 {read} 个，可以导入 {taken} 个，不能导入 {dropped} 个；{found}。").format(
            read=made.read,
            taken=made.taken,
            dropped=made.dropped,
            found=tr("，").join(f"{severity.value} {count}" for severity, count in counts.items()),
        )
        return text, colours.SOON if counts[Severity.ERROR] else colours.IN_TIME

    def _say(self, text: str, colour: str) -> None:
        self.verdict_label.setVisible(bool(text))
        self.verdict_label.setText(text)
        colours.lay_under(self.verdict_label, colour)
