"""How far a workspace is, at a glance."""

from __future__ import annotations

from typing import NamedTuple

from weipian_plugin.store.workspace import Workspace

_SELECT = (
    "SELECT (SELECT COUNT(*) FROM patch), EXISTS (SELECT 1 FROM overlay_area), EXISTS (SELECT 1 FROM duty)"
)


class Overview(NamedTuple):
    """What a workspace holds."""

    patches: int
    overlaid: bool
    """Whether any patch has been overlaid."""
    assigned: bool
    """Whether any patch has duties."""


def read(workspace: Workspace) -> Overview:
    """Return how far the workspace is."""
    with workspace.reading() as connection:
        patches, overlaid, assigned = connection.execute(_SELECT).fetchone()
    return Overview(patches, bool(overlaid), bool(assigned))
