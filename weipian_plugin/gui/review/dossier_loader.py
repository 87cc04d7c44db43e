"""Patches are read in the background, the next one before it is asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path

from weipian_plugin.domain.progress import Progress
from weipian_plugin.gui.work import Worker
from weipian_plugin.texts import tr
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
        self._running: dict[str, object] = {}
        self._wanted = ""

    @property
    def workspace(self) -> Path | None:
        """Where patches are read from; None when nothing is read any more."""
        return self._workspace

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
        """Drop what was read, or is being read, of some patches, or of all: it has changed."""
        for number in numbers or [*self._kept, *self._running]:
            self._kept.pop(number, None)
            self._running.pop(number, None)

    def _read(self, patch_no: str) -> None:
        workspace, turn = self._workspace, object()
        if workspace is None or patch_no in self._running:
            return
        self._running[patch_no] = turn

        def work(_progress: Progress) -> Dossier:
            return patch_dossier(workspace, patch_no)

        def done(dossier: Dossier) -> None:
            if self._is_awaited(patch_no, turn):
                self._take(dossier)

        def failed(_error: BaseException) -> None:
            if self._is_awaited(patch_no, turn) and patch_no == self._wanted:
                self._failed(patch_no)

        title = tr("读取图斑 {number}").format(number=patch_no)
        self._worker.start(title, work, done, failed, quiet=True)

    def _is_awaited(self, patch_no: str, turn: object) -> bool:
        """Return whether nothing changed since a patch began to be read; it is being read no more."""
        if self._running.get(patch_no) is not turn:
            return False
        del self._running[patch_no]
        return True

    def _take(self, dossier: Dossier) -> None:
        self._kept[dossier.patch_no] = dossier
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        if dossier.patch_no == self._wanted:
            self._show(dossier)
