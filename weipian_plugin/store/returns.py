"""Tasks from the city's returns: why a patch came back, and whether that is settled."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from weipian_plugin.domain.stages import Stage
from weipian_plugin.store.change import Change
from weipian_plugin.store.frames import read_frame, want
from weipian_plugin.store.workspace import Workspace

_READ = (
    "SELECT task.patch_no, reason, category, round, source_file, opened_by, opened_on, closed_by, closed_on"
    " FROM return_task AS task JOIN patch ON patch.patch_no = task.patch_no"
    " WHERE :batch_id IS NULL OR batch_id = :batch_id ORDER BY task.fid"
)
_OF_PATCHES = (
    "SELECT task.patch_no, reason, category, round, source_file, opened_by, opened_on, closed_by, closed_on"
    " FROM wanted CROSS JOIN return_task AS task USING (patch_no) ORDER BY task.fid"
)
_INSERT = (
    "INSERT INTO return_task (patch_no, reason, category, round, source_file, opened_by, opened_on)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_CLOSE = (
    "UPDATE return_task SET closed_by = ?, closed_on = ?"
    " WHERE patch_no = ? AND reason = ? AND round = ? AND closed_on = ''"
)
SETTLING = frozenset({Stage.REPORTED, Stage.FINISHED})
"""Stages that end what the city asked for when it sent a patch back."""
_PARENT = "SELECT parent_no FROM patch WHERE patch_no = ? AND split_state <> '' AND parent_no <> ''"
_PIECES = (
    "WITH RECURSIVE piece (patch_no, stage, split_state) AS ("
    "SELECT patch_no, stage, split_state FROM patch"
    " WHERE parent_no = :parent_no AND parent_no <> '' AND split_state <> ''"
    " UNION SELECT patch.patch_no, patch.stage, patch.split_state FROM piece JOIN patch"
    " ON patch.parent_no = piece.patch_no AND patch.parent_no <> '' WHERE patch.split_state <> '')"
    " SELECT patch_no, stage FROM piece WHERE split_state <> '被拆分'"
)


@dataclass(frozen=True)
class ReturnTask:
    """One reason for which a patch came back; open while `closed_on` is ''."""

    patch_no: str
    reason: str
    category: str
    round: str
    source_file: str
    opened_by: str
    opened_on: str
    """ISO date."""
    closed_by: str = ""
    closed_on: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be settled."""
        return not self.closed_on


def read(workspace: Workspace, batch_id: int | None = None, open_only: bool = False) -> pd.DataFrame:
    """Return the tasks of a batch, or all, in the order they were opened; or only those still open."""
    with workspace.reading() as connection:
        frame = read_frame(connection, _READ, {"batch_id": batch_id})
    return frame[frame["closed_on"] == ""].reset_index(drop=True) if open_only else frame


def of_patches(connection: sqlite3.Connection, patch_numbers: Iterable[str]) -> dict[str, list[ReturnTask]]:
    """Return all tasks of the patches that have any, oldest first."""
    want(connection, patch_numbers)
    found: dict[str, list[ReturnTask]] = {}
    for row in connection.execute(_OF_PATCHES):
        found.setdefault(row[0], []).append(ReturnTask(*row))
    return found


def add(change: Change, tasks: Sequence[ReturnTask]) -> None:
    """Open tasks."""
    for task in tasks:
        row = (task.patch_no, task.reason, task.category, task.round, task.source_file)
        change.connection.execute(_INSERT, (*row, task.opened_by, task.opened_on))
        change.record("return_task", _key(task), None, asdict(task))


def close(change: Change, patch_numbers: Iterable[str], closed_by: str, closed_on: str) -> int:
    """Close the open tasks of the patches and return how many were."""
    count = 0
    for tasks in of_patches(change.connection, patch_numbers).values():
        for task in filter(lambda one: one.is_open, tasks):
            where = (task.patch_no, task.reason, task.round)
            change.connection.execute(_CLOSE, (closed_by, closed_on, *where))
            before = {"closed_by": "", "closed_on": ""}
            after = {"closed_by": closed_by, "closed_on": closed_on}
            change.record("return_task", _key(task), before, after)
            count += 1
    return count


def ancestors(connection: sqlite3.Connection, patch_no: str) -> list[str]:
    """Return the patches that a patch was split from, the nearest first; the tasks of each are its too."""
    found: list[str] = []
    while row := connection.execute(_PARENT, (found[-1] if found else patch_no,)).fetchone():
        if row[0] in found:
            break
        found.append(row[0])
    return found


def pieces(connection: sqlite3.Connection, patch_no: str) -> dict[str, str]:
    """Return the stage of each patch that stands in the place of a split one."""
    return dict(connection.execute(_PIECES, {"parent_no": patch_no}).fetchall())


def _key(task: ReturnTask) -> str:
    return f"{task.patch_no}:{task.round}:{task.reason}"
