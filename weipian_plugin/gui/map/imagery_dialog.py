"""The dialog 批次影像: which images show each batch before and after. Every choice is saved at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from qgis.PyQt.QtWidgets import (
    QDialog,
    QFileDialog,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.forms import load_form
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.refusal import allow
from weipian_plugin.gui.start.opening import require_person
from weipian_plugin.texts import tr
from weipian_plugin.workflow.imagery import BatchImagery, Phase, attach_imagery, read_imagery

_COLUMNS = (Phase.BEFORE, Phase.AFTER)
"""In the order of the table, after the column with the batch."""


class ImageryDialog(QDialog):
    """Shows the batches with their images and changes them."""

    purpose_label: QLabel
    batch_table: QTableWidget
    before_button: QPushButton
    after_button: QPushButton
    clear_button: QPushButton
    close_button: QPushButton

    def __init__(self, desk: Desk, changed: Callable[[], None], parent: QWidget | None = None) -> None:
        """Show the open workspace's batches; `changed` is called when other images are remembered."""
        super().__init__(parent)
        load_form("batch_imagery.ui", self)
        self._desk, self._changed = desk, changed
        self._jobs = Jobs(desk.worker, quiet_reads=True)
        self._batches: Sequence[BatchImagery] = ()
        self._folder = Path()
        self.before_button.clicked.connect(partial(self._choose, Phase.BEFORE))
        self.after_button.clicked.connect(partial(self._choose, Phase.AFTER))
        self.clear_button.clicked.connect(lambda: self._attach({}))
        self.close_button.clicked.connect(self.close)
        self.batch_table.itemSelectionChanged.connect(self._enable)
        self.finished.connect(self._jobs.close)
        self._enable()
        self._read()

    def attach(self, phase: Phase, files: Sequence[Path]) -> None:
        """Take these images for one date of the chosen batch; those of the other date stay."""
        batch = self._chosen()
        if batch is not None and files:
            self._attach({**batch.files, phase: tuple(files)})

    def _read(self) -> None:
        workspace = self._desk.session.workspace
        if workspace is not None:
            self._jobs.start_newest(
                "read", tr("读取批次影像"), lambda _progress: read_imagery(workspace), self._show
            )

    def _show(self, batches: Sequence[BatchImagery]) -> None:
        row = max(self.batch_table.currentRow(), 0) if self._batches else len(batches) - 1
        self._batches = batches
        self.batch_table.setRowCount(len(batches))
        for place, batch in enumerate(batches):
            self.batch_table.setItem(place, 0, QTableWidgetItem(batch.name))
            for column, phase in enumerate(_COLUMNS, 1):
                self.batch_table.setItem(place, column, _item(batch.files[phase], tr("未选择")))
        self.batch_table.setColumnWidth(0, 160)
        self.batch_table.setColumnWidth(1, 250)
        self.batch_table.selectRow(row)
        self._enable()

    def _chosen(self) -> BatchImagery | None:
        row = self.batch_table.currentRow()
        return self._batches[row] if 0 <= row < len(self._batches) else None

    def _enable(self) -> None:
        batch = self._chosen()
        none = "" if batch is not None else tr("请先在上面点选一个批次。")
        for button in (self.before_button, self.after_button):
            allow(button, none)
        attached = batch is not None and any(batch.files.values())
        allow(self.clear_button, none or ("" if attached else tr("这个批次还没有选影像。")))

    def _choose(self, phase: Phase, _checked: bool = False) -> None:
        workspace = self._desk.session.workspace
        if workspace is None:
            return
        folder = self._folder if self._folder != Path() else workspace.parent
        title = tr("选择{phase}影像").format(phase=phase.label)
        kinds = tr("影像 (*.tif *.tiff *.img *.jp2 *.vrt)")
        names, _kind = QFileDialog.getOpenFileNames(self, title, str(folder), kinds)
        if names:
            self._folder = Path(names[0]).parent
            self.attach(phase, [Path(name) for name in names])

    def _attach(self, files: Mapping[Phase, Sequence[Path]]) -> None:
        workspace, batch = self._desk.session.workspace, self._chosen()
        actor = require_person(self._desk)
        if workspace is None or batch is None or not actor:
            return

        def attached(is_changed: bool) -> None:
            if is_changed:
                # The map shows them even where this window is closed by now.
                self._changed()
            self._read()

        self._desk.worker.start(
            tr("保存批次影像"),
            lambda _progress: attach_imagery(workspace, batch.batch_id, files, actor),
            attached,
            quiet=True,
        )


def _item(files: Sequence[Path], none: str) -> QTableWidgetItem:
    item = QTableWidgetItem("、".join(path.name for path in files) or none)
    item.setToolTip("\n".join(map(str, files)))
    return item
