"""Use cases: open a workspace, and see how far it is; look what a library holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from weipian_plugin.domain.roles import Role
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


def library_editions(path: Path) -> dict[Role, str]:
    """Return the editions of the layers that a library holds; raise WeipianError when it cannot be used."""
    return {role: held.edition for role, held in Library.open(path).editions().items()}
