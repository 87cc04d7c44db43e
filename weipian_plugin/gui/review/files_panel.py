"""The evidence files of one patch: attach, open, take away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import QFileDialog, QLabel, QListWidget, QListWidgetItem, QPushButton, QWidget

from weipian_plugin.domain.progress import Progress
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.forms import load_form
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.messages import sentence
from weipian_plugin.gui.page import open_file
from weipian_plugin.gui.refusal import allow
from weipian_plugin.store.evidence_files import EvidenceFile
from weipian_plugin.texts import tr
from weipian_plugin.workflow.review.evidence_files import (
    attach_files,
    check_file,
    evidence_folder,
    place_of,
    take_away,
)

_FILE = Qt.ItemDataRole.UserRole


class FilesPanel(QWidget):
    """Shows the files of the patch that is looked at."""

    files_changed = pyqtSignal(str)
    """Files of a patch were attached or taken away."""
    person_wanted = pyqtSignal()
    """Nobody has said who works here."""

    attach_button: QPushButton
    open_button: QPushButton
    folder_button: QPushButton
    remove_button: QPushButton
    file_list: QListWidget
    state_label: QLabel

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        load_form("review_files.ui", self)
        self._desk = desk
        self._jobs = Jobs(desk.worker)
        self._patch_no = ""
        self.setAcceptDrops(True)
        self.attach_button.clicked.connect(self._ask_for_files)
        self.open_button.clicked.connect(self._open)
        self.folder_button.clicked.connect(self._open_folder)
        self.remove_button.clicked.connect(self._take_away)
        self.file_list.itemActivated.connect(lambda _item: self._open())
        self.file_list.currentItemChanged.connect(lambda *_items: self._enable())
        self._enable()

    def shutdown(self) -> None:
        """Hear of no task any more."""
        self._jobs.close()

    def show_files(self, patch_no: str, files: Sequence[EvidenceFile]) -> None:
        """Show the files that stand attached to a patch."""
        self._patch_no = patch_no
        self.file_list.clear()
        for file in files:
            size = tr("{size} KB").format(size=f"{max(file.size / 1024, 0.1):,.1f}")
            item = QListWidgetItem(f"{file.name}　{size}　{file.person} {file.acted_on}")
            item.setData(_FILE, file)
            item.setToolTip(
                tr("来自 {source}\nSHA-256 {digest}").format(source=file.source, digest=file.sha256)
            )
            self.file_list.addItem(item)
        self.state_label.setText("" if files else tr("还没有举证材料。"))
        self._enable()

    def attach(self, sources: Sequence[Path]) -> None:
        """Attach files to the patch that is shown."""
        workspace, person, patch_no = self._desk.session.workspace, self._desk.session.person, self._patch_no
        if workspace is None or not patch_no or not sources:
            return
        if not person:
            self.person_wanted.emit()
            return
        self.state_label.setText(tr("正在复制…"))
        self._jobs.start(
            tr("附举证材料"),
            partial(attach_files, workspace, patch_no, tuple(sources), person),
            lambda _files: self.files_changed.emit(patch_no),
            lambda error: self.state_label.setText(sentence(error)),
        )

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        """Take files."""
        if event is not None and self._patch_no and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        """Attach what was dropped."""
        if event is not None:
            self.attach([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _ask_for_files(self) -> None:
        kinds = tr("图片和文档 (*.jpg *.jpeg *.png *.tif *.pdf *.doc *.docx *.xls *.xlsx);;所有文件 (*)")
        names, _kind = QFileDialog.getOpenFileNames(self, tr("选择举证材料"), "", kinds)
        self.attach([Path(name) for name in names])

    def _current(self) -> EvidenceFile | None:
        item = self.file_list.currentItem()
        return item.data(_FILE) if item is not None else None

    def _open(self) -> None:
        workspace, file = self._desk.session.workspace, self._current()
        if workspace is None or file is None:
            return

        def work(_progress: Progress) -> tuple[str, Path | None]:
            place = place_of(workspace, file)
            return check_file(workspace, file), place if place.is_file() else None

        def done(found: tuple[str, Path | None]) -> None:
            problem, place = found
            self.state_label.setText(problem)
            open_file(place)

        self._jobs.start_newest("open", tr("打开举证材料"), work, done)

    def _open_folder(self) -> None:
        workspace = self._desk.session.workspace
        if workspace is not None:
            file = self._current()
            open_file(place_of(workspace, file).parent if file is not None else evidence_folder(workspace))

    def _take_away(self) -> None:
        workspace, file, person = self._desk.session.workspace, self._current(), self._desk.session.person
        if workspace is None or file is None:
            return
        if not person:
            self.person_wanted.emit()
            return
        self._jobs.start(
            tr("撤下举证材料"),
            partial(take_away, workspace, file, person),
            lambda _nothing: self.files_changed.emit(file.patch_no),
        )

    def _enable(self) -> None:
        none = "" if self._current() is not None else tr("请先在下面点选一个文件。")
        allow(self.attach_button, "" if self._patch_no else tr("请先选一个图斑。"))
        for button in (self.open_button, self.remove_button):
            allow(button, none)
        allow(self.folder_button, "" if self.file_list.count() else tr("这个图斑还没有举证文件。"))
