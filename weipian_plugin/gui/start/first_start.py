"""The first start with no workspace: what there is to do, and a district to try it on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.core import Qgis
from qgis.gui import QgsMessageBarItem
from qgis.PyQt.QtCore import QStandardPaths, QTimer
from qgis.PyQt.QtWidgets import QFileDialog, QPushButton, QWidget

from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.start.opening import Opening, require_person
from weipian_plugin.texts import tr
from weipian_plugin.workflow.sample_district import SampleDistrict, make_sample_district


class FirstStart:
    """Offers a new workspace, one that exists, or the sample district, in the message bar."""

    def __init__(self, desk: Desk, opening: Opening, make_workspace: Callable[[], object]) -> None:
        """Start `make_workspace` when the person wants a new one."""
        self._desk = desk
        self._choices: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("new", tr("新建工作库"), make_workspace),
            ("open", tr("打开已有的"), opening.choose_workspace),
            ("sample", tr("先用示例区试试"), self.choose_sample),
        )
        self._opening = opening
        self._item: QgsMessageBarItem | None = None

    def offer(self) -> None:
        """Show the offer above all others; it goes away once a workspace is open."""
        self.withdraw()
        item = QgsMessageBarItem(
            tr("卫片执法"), tr("还没有打开工作库，从哪里开始？"), Qgis.MessageLevel.Info, 0
        )
        for name, text, run in self._choices:
            button = QPushButton(text, item)
            button.setObjectName(f"weipian_start_{name}")
            button.clicked.connect(lambda _checked=False, run=run: run())
            item.layout().addWidget(button)
        self._item = item
        bar = self._desk.iface.messageBar()
        bar.pushItem(item)
        bar.widgetAdded.connect(self._stay_seen)
        self._desk.session.workspace_changed.connect(self.withdraw)

    def withdraw(self) -> None:
        """Take the offer away."""
        item, self._item = self._item, None
        bar = self._desk.iface.messageBar()
        if item is not None:
            bar.widgetAdded.disconnect(self._stay_seen)
            self._desk.session.workspace_changed.disconnect(self.withdraw)
            # Closed by the person, the item is deleted already.
            if item in bar.items():
                bar.popWidget(item)

    def _stay_seen(self, other: QWidget) -> None:
        """Come back above what QGIS says by itself (fonts, news): the bar shows only the last message."""
        # What QGIS itself pushes comes as a plain widget.
        is_ours = isinstance(other, QgsMessageBarItem) and other.title() == tr("卫片执法")
        if not is_ours and self._item in self._desk.iface.messageBar().items():
            QTimer.singleShot(0, self._come_back)

    def _come_back(self) -> None:
        if self._item is not None:
            self.offer()

    def choose_sample(self) -> None:
        """Ask where the sample district may be kept, and make it there."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        place = QFileDialog.getExistingDirectory(
            self._desk.iface.mainWindow(), tr("示例区放在哪个文件夹下"), documents
        )
        if place:
            self.make_sample(Path(place))

    def make_sample(self, place: Path) -> None:
        """Make the sample district below `place` and open it."""
        actor = require_person(self._desk)
        if not actor:
            return

        def made(sample: SampleDistrict) -> None:
            self._desk.session.set_library(sample.library)
            self._opening.open(sample.workspace)

        self._desk.worker.start(
            tr("生成示例区"), lambda progress: make_sample_district(place, actor, progress), made
        )
