"""The patch that the session looks at is the one selected on the map, whoever chooses it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from qgis.PyQt.QtCore import QObject

from weipian_plugin.gui.map.patch_layer import PatchLayer
from weipian_plugin.gui.session import Session


class SelectionSync(QObject):
    """Ties one patch layer at a time to the session."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Tie to this session."""
        super().__init__(parent)
        self._session = session
        self._patches: PatchLayer | None = None
        self._selecting = False

    def watch(self, patches: PatchLayer) -> None:
        """Tie this layer to the session, in place of another."""
        self._patches = patches
        patches.layer.selectionChanged.connect(self._take_from_map)
        self.show(self._session.current)

    def forget(self) -> None:
        """Tie no layer any more; the one so far may be gone already."""
        self._patches = None

    def show(self, patch_no: str) -> None:
        """Select a patch on the map; one that is among several selected ones leaves these as they are."""
        if self._patches is None:
            return
        wanted = self._patches.id_of(patch_no)
        if wanted is not None and wanted in self._patches.layer.selectedFeatureIds():
            return
        with self._quietly():
            self._patches.layer.selectByIds([] if wanted is None else [wanted])

    def _take_from_map(self) -> None:
        """Look at the one patch that the person has selected; several are for others to use."""
        if self._selecting or self._patches is None:
            return
        numbers = self._patches.numbers_of(self._patches.layer.selectedFeatureIds())
        if len(numbers) == 1:
            self._session.set_current(numbers[0])

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        self._selecting = True
        try:
            yield
        finally:
            self._selecting = False
