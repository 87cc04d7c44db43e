"""What the city's returns ask for: the tasks of a workspace, and the one that a recorded return opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from weipian_plugin.domain.feedback import ReturnReason, parse_reasons, recognise
from weipian_plugin.domain.return_round import KnownReason, is_new
from weipian_plugin.domain.stages import Stage
from weipian_plugin.paths import plan_file
from weipian_plugin.store import returns
from weipian_plugin.store.change import Change
from weipian_plugin.store.returns import ReturnTask
from weipian_plugin.store.stages import Move
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


@cache
def return_reasons() -> tuple[ReturnReason, ...]:
    """Return the reasons for which reviewers return patches."""
    return parse_reasons(plan_file("return_reasons.yaml").read_text(encoding="utf-8"))


def open_tasks(change: Change, moves: Sequence[Move], source_file: str) -> None:
    """Open the task of every step by which the city sends a patch back: its reason is what to settle."""
    returned = [move for move in moves if move.transition.to_stage == Stage.RETURNED]
    known = returns.of_patches(change.connection, [move.patch_no for move in returned])
    returns.add(change, [task for move in returned for task in _task(move, known, source_file)])


def _task(move: Move, known: dict[str, list[ReturnTask]], source_file: str) -> Iterator[ReturnTask]:
    """Yield the task of a return; none where the same words are open already."""
    before = known.get(move.patch_no, [])
    reason, round_ = move.reason.strip(), f"退回步骤第{len(before) + 1}次"
    if is_new(reason, round_, [KnownReason(task.reason, task.round, task.is_open) for task in before]):
        category = "、".join(recognise(reason, return_reasons()))
        yield ReturnTask(move.patch_no, reason, category, round_, source_file, move.person, move.taken_on)
