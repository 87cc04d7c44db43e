"""Patches are read in the background, the next one before it is asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication

from weipian_plugin.domain.progress import Progress
from weipian_plugin.gui.work import Worker
from weipian_plugin.workflow.review.dossier import Dossier, patch_dossier

KEPT = 24

Done = Callable[[Dossier], None]


class DossierLoader:
    """Keeps the last few patches that were read; whoever changes one must say so by `forget`."""

    def __init__(self, worker: Worker, show: Done, failed: Callable[[str], None]) -> None:
        """Give what was asked for last to `show`, or its number to `failed`; what is late is not shown."""
        self._worker, self._show, self._failed = worker, show, failed
        self._workspace: Path | None = None
        self._kept: OrderedDict[str, Dossier] = OrderedDict()
        self._running: set[str] = set()
        self._wanted = ""
        self._turn = 0

    def open(self, workspace: Path | None) -> None:
        """Read from another workspace from now on, or from none."""
        self._workspace = workspace
        self.forget()

    def ask(self, patch_no: str) -> None:
        """Show a patch: at once when it was read already."""
        self._wanted = patch_no
        held = self._kept.get(patch_no)
        if held is not None:
            self._kept.move_to_end(patch_no)
            self._show(held)
        elif patch_no:
            self._read(patch_no)

    def prefetch(self, patch_no: str) -> None:
        """Read a patch that may be asked for next."""
        if patch_no and patch_no not in self._kept:
            self._read(patch_no)

    def forget(self, numbers: Sequence[str] = ()) -> None:
        """Drop what was read of some patches, or of all: it has changed."""
        self._turn += 1
        self._running.clear()
        for number in numbers or list(self._kept):
            self._kept.pop(number, None)

    def _read(self, patch_no: str) -> None:
        workspace, turn = self._workspace, self._turn
        if workspace is None or patch_no in self._running:
            return
        self._running.add(patch_no)

        def work(_progress: Progress) -> Dossier:
            return patch_dossier(workspace, patch_no)

        def done(dossier: Dossier) -> None:
            if turn == self._turn:
                self._take(dossier)

        def failed(_error: BaseException) -> None:
            if turn == self._turn:
                self._running.discard(patch_no)
                if patch_no == self._wanted:
                    self._failed(patch_no)

        title = QCoreApplication.translate("DossierLoader", "读取图斑 {number}").format(number=patch_no)
        self._worker.start(title, work, done, failed, quiet=True)

    def _take(self, dossier: Dossier) -> None:
        self._running.discard(dossier.patch_no)
        self._kept[dossier.patch_no] = dossier
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        if dossier.patch_no == self._wanted:
            self._show(dossier)
