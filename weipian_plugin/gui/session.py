"""What is open: one workspace, one library, and who works here. Every dock and dialog asks the session."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QObject, pyqtSignal

from weipian_plugin import preferences

MOST_RECENT = 8


class Session(QObject):
    """The state that all windows share. Touches no file: paths are checked before they are put here.

    Whoever changes the casework calls `tell_changed`; whoever shows it listens to `patches_changed`.
    """

    workspace_changed = pyqtSignal()
    """Another workspace is open, or none."""
    library_changed = pyqtSignal()
    person_changed = pyqtSignal()
    patches_changed = pyqtSignal(list)
    """Numbers of the patches whose figures, duties, determination or stage changed; [] means any."""
    current_changed = pyqtSignal(str)
    """Number of the patch that the person looks at; '' for none."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with nothing open; the person and the library are those of last time."""
        super().__init__(parent)
        self._workspace: Path | None = None
        self._current = ""

    @property
    def workspace(self) -> Path | None:
        """The open workspace."""
        return self._workspace

    @property
    def library(self) -> Path | None:
        """The library in use."""
        return preferences.path(preferences.LIBRARY)

    @property
    def person(self) -> str:
        """Who works here; '' when nobody has said so yet."""
        return preferences.person()

    @property
    def current(self) -> str:
        """Number of the patch that the person looks at; '' for none."""
        return self._current

    def set_workspace(self, path: Path | None) -> None:
        """Take a workspace that was opened successfully, or None, as the open one."""
        self._workspace = path
        self._current = ""
        if path is not None:
            QgsSettings().setValue(preferences.WORKSPACE, str(path))
            recent = [path, *(other for other in recent_workspaces() if other != path)]
            QgsSettings().setValue(preferences.RECENT_WORKSPACES, [str(one) for one in recent[:MOST_RECENT]])
        self.workspace_changed.emit()

    def set_library(self, path: Path) -> None:
        """Take a library that was opened successfully as the one in use."""
        QgsSettings().setValue(preferences.LIBRARY, str(path))
        self.library_changed.emit()

    def set_person(self, name: str) -> None:
        """Remember who works here."""
        QgsSettings().setValue(preferences.PERSON, name.strip())
        self.person_changed.emit()

    def set_current(self, patch_no: str) -> None:
        """Take a patch as the one that the person looks at; the same one again is no change."""
        if patch_no != self._current:
            self._current = patch_no
            self.current_changed.emit(patch_no)

    def tell_changed(self, numbers: Sequence[str] = ()) -> None:
        """Tell all windows that the casework of these patches (none named: of any) has changed."""
        self.patches_changed.emit(list(numbers))


def last_workspace() -> Path | None:
    """Return the workspace that was open last on this computer."""
    return preferences.path(preferences.WORKSPACE)


def recent_workspaces() -> list[Path]:
    """Return the workspaces that were open on this computer, the last one first."""
    stored = QgsSettings().value(preferences.RECENT_WORKSPACES, [])
    # Qt gives a list of one back as a text.
    names = [stored] if isinstance(stored, str) else (stored or [])
    return [Path(name) for name in names if name]
