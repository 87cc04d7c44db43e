"""Opening a workspace or a library: checked away from the main thread, then put into the session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.PyQt.QtWidgets import QDialog, QFileDialog, QInputDialog

from weipian_plugin.domain.roles import Role
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.session import last_workspace
from weipian_plugin.texts import tr
from weipian_plugin.workflow.open_workspace import Opened, library_editions, open_workspace

GEOPACKAGES = "GeoPackage (*.gpkg)"


class Opening:
    """What the toolbar's first buttons do."""

    def __init__(self, desk: Desk) -> None:
        """Work for this desk."""
        self._desk = desk

    def choose_workspace(self) -> None:
        """Let the person choose a workspace, and open it."""
        chosen = self._choose(tr("打开工作库"), last_workspace())
        if chosen is not None:
            self.open(chosen)

    def choose_library(self) -> None:
        """Let the person choose the library, and take it."""
        chosen = self._choose(tr("选择底图库"), self._desk.session.library)
        if chosen is not None:
            self.take_library(chosen)

    def open(self, path: Path, done: Callable[[], None] | None = None) -> None:
        """Open a workspace; the file is touched in a worker thread, for a network drive may be gone."""

        def opened(found: Opened) -> None:
            self._desk.session.set_workspace(found.path)
            text = tr("已打开{year}年度工作库“{name}”，共{count}个图斑。")
            told = text.format(year=found.year, name=found.path.name, count=found.patches)
            self._desk.messages.success(told + self._next_step(found))
            if done is not None:
                done()

        self._desk.worker.start(tr("打开工作库"), lambda progress: open_workspace(path), opened)

    def take_library(self, path: Path) -> None:
        """Take a library as the one in use, once it has been looked at."""

        def taken(layers: dict[Role, str]) -> None:
            self._desk.session.set_library(path)
            text = tr("底图库“{name}”有{count}类图层。")
            self._desk.messages.success(text.format(name=path.name, count=len(layers)))

        self._desk.worker.start(tr("打开底图库"), lambda progress: library_editions(path), taken)

    def close(self) -> None:
        """Close the workspace."""
        self._desk.session.set_workspace(None)

    def _next_step(self, found: Opened) -> str:
        """Return what there is to do in a workspace that is still empty."""
        if found.patches:
            return ""
        if self._desk.session.library is None:
            return tr("接着请点“底图库”导入底图图层。")
        return tr("接着请点“导入图斑”。")

    def _choose(self, title: str, near: Path | None) -> Path | None:
        folder = str(near.parent) if near is not None else ""
        name, _ = QFileDialog.getOpenFileName(self._desk.iface.mainWindow(), title, folder, GEOPACKAGES)
        return Path(name) if name else None


def require_person(desk: Desk) -> str:
    """Return who works here, asking once; '' when the person would not say."""
    if not desk.session.person:
        question = QInputDialog(desk.iface.mainWindow())
        question.setWindowTitle(tr("经办人"))
        question.setLabelText(tr("请填写您的姓名，每一步操作都会记入办理历史："))
        question.setOkButtonText(tr("确定"))
        question.setCancelButtonText(tr("取消"))
        if question.exec() == QDialog.DialogCode.Accepted and question.textValue().strip():
            desk.session.set_person(question.textValue())
        question.deleteLater()
    return desk.session.person
