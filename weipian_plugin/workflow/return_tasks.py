"""Use case: list what the city's returns ask for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from weipian_plugin.store import returns
from weipian_plugin.store.returns import ReturnTask
from weipian_plugin.store.workspace import Workspace


@dataclass(frozen=True)
class ReturnTasks:
    """The tasks, those that are still open first, each group the oldest first."""

    tasks: tuple[ReturnTask, ...]

    @property
    def open_count(self) -> int:
        """How many are still to be settled."""
        return sum(task.is_open for task in self.tasks)


def list_return_tasks(workspace: Path) -> ReturnTasks:
    """Return every task of a workspace; raise WeipianError when it cannot be read."""
    frame = returns.read(Workspace.open(workspace))
    found = [ReturnTask(*row) for row in frame.itertuples(index=False, name=None)]
    return ReturnTasks(tuple(sorted(found, key=lambda task: not task.is_open)))
