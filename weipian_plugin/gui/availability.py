"""What can be done now, and why the rest cannot: each command needs what the steps before it made."""

from __future__ import annotations

from qgis.PyQt.QtCore import QObject, pyqtSignal

from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.texts import tr
from weipian_plugin.workflow.open_workspace import Opened, open_workspace

_LOOK = "look"


class Availability(QObject):
    """Looks at the workspace in a worker thread whenever it changes, and remembers how far it is."""

    changed = pyqtSignal()

    def __init__(self, desk: Desk) -> None:
        """Follow the desk's session."""
        super().__init__(desk.session)
        self._desk, self._jobs = desk, Jobs(desk.worker)
        self._seen: Opened | None = None
        desk.session.workspace_changed.connect(self.look)
        desk.session.patches_changed.connect(self.look)
        desk.session.library_changed.connect(self.changed)

    def look(self) -> None:
        """See how far the workspace is."""
        workspace = self._desk.session.workspace
        if workspace is None:
            self._jobs.drop(_LOOK)
            self._take(None)
        else:
            self._jobs.start_newest(
                _LOOK, tr("查看工作库"), lambda _progress: open_workspace(workspace), self._take
            )

    def refusal(self, name: str) -> str:
        """Return in one sentence why a command cannot run now; '' when it can."""
        needs = {
            "patches": (self._workspace,),
            "overlay": (self._workspace, self._library, self._patches),
            "assign": (self._workspace, self._patches, self._overlay),
            "map": (self._workspace, self._patches),
            "review": (self._workspace, self._patches),
            "conflict": (self._workspace, self._patches, self._duties),
            "dashboard": (self._workspace, self._patches),
            "exchange": (self._workspace, self._patches),
            "month": (self._workspace, self._library),
        }
        return next(filter(None, (need() for need in needs.get(name, ()))), "")

    def _take(self, seen: Opened | None) -> None:
        if seen != self._seen:
            self._seen = seen
            self.changed.emit()

    def _workspace(self) -> str:
        return "" if self._seen is not None else tr("请先打开或新建工作库。")

    def _library(self) -> str:
        return "" if self._desk.session.library is not None else tr("请先选择底图库，或导入底图图层。")

    def _patches(self) -> str:
        return (
            "" if self._seen is not None and self._seen.patches else tr("工作库里还没有图斑，请先导入图斑。")
        )

    def _overlay(self) -> str:
        return (
            "" if self._seen is not None and self._seen.overlaid else tr("图斑还没有套合，请先做套合分析。")
        )

    def _duties(self) -> str:
        return "" if self._seen is not None and self._seen.assigned else tr("还没有分派职责，请先分派。")
