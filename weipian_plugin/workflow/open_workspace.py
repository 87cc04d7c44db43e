"""Use case: open a workspace, and see how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from weipian_plugin.store import overview
from weipian_plugin.store.library import Library
from weipian_plugin.store.workspace import Workspace


@dataclass(frozen=True)
class Opened:
    """A workspace that can be worked with."""

    path: Path
    year: int
    patches: int
    overlaid: bool
    assigned: bool


def open_workspace(path: Path) -> Opened:
    """Open a workspace, bringing an older one up to date; raise WeipianError when it cannot be used."""
    work = Workspace.open(path)
    seen = overview.read(work)
    return Opened(path, work.year, seen.patches, seen.overlaid, seen.assigned)


def check_library(path: Path) -> int:
    """Return how many layers a library holds; raise WeipianError when it cannot be used."""
    return len(Library.open(path).editions())
