"""The plan files that a workspace has worked by."""

from __future__ import annotations

from dataclasses import dataclass

from weipian_plugin.store.workspace import Workspace

_SELECT = "SELECT version, name, adopted_at, adopted_by FROM plan_file ORDER BY version DESC"


@dataclass(frozen=True)
class AdoptedPlan:
    """One adoption."""

    version: int
    name: str
    """File name."""
    adopted_at: str
    adopted_by: str


def adopted(workspace: Workspace) -> list[AdoptedPlan]:
    """Return every adoption, the one in force first."""
    with workspace.reading() as connection:
        return [AdoptedPlan(*row) for row in connection.execute(_SELECT)]
