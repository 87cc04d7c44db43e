"""Use cases: copy the workspace, and go back to a copy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import backup, history, settings
from weipian_plugin.store.files import remove_unfinished
from weipian_plugin.store.verification import verify
from weipian_plugin.store.workspace import Workspace

RESTORED = "restored_from"
"""Setting that names the copy a workspace was restored from, and the chain that was given up for it."""


@dataclass(frozen=True)
class Restored:
    """What a restore did."""

    copy: Path
    """The copy that the workspace is now."""
    before: Path
    """Where the workspace as it was before is kept."""
    was_damaged: bool
    """Whether that one could no longer be read."""


def back_up_workspace(workspace: Path, kept: int, progress: Progress) -> Path:
    """Copy a workspace into `<name>_备份` beside it, keep the latest `kept` copies, and return the copy.

    Raises WeipianError when the workspace cannot be read or the copy cannot be written.
    """
    if kept < 1:
        raise WeipianError("至少要保留1份备份，请改写份数。")
    work = Workspace.open(workspace)
    progress.report(0.1, "备份工作库")
    copy = backup.back_up(work.path, kept)
    progress.finish()
    return copy


def restore_workspace(workspace: Path, copy: Path | None, actor: str, progress: Progress) -> Restored:
    """Make the workspace what a copy is (None: its latest copy), after copying what is there.

    The copy is verified first. Raises WeipianError, leaving the workspace as it is, when there is no copy,
    when it was changed outside the plug-in, or when the workspace is in use.
    """
    if not actor:
        raise WeipianError("没有写明由谁恢复备份，请填写姓名。")
    source = copy or _latest(workspace)
    if source.resolve() == workspace.resolve():
        raise WeipianError("备份和工作库是同一个文件，请另选一份备份。")
    _require_sound(source, progress.part(0, 0.6))
    progress.report(0.6, "恢复备份")
    head = _head(workspace)
    with _noted(source, workspace, head, actor) as ready:
        if head is None:
            before = backup.replace_damaged(ready, workspace)
        else:
            before = backup.back_up(workspace, backup.KEPT + 1)
            backup.restore(ready, workspace)
    progress.finish()
    return Restored(source, before, head is None)


def _latest(workspace: Path) -> Path:
    copies = backup.copies_of(workspace)
    if not copies:
        raise WeipianError(f"“{workspace.name}”旁边没有备份，请指明备份文件。")
    return copies[0]


def _require_sound(copy: Path, progress: Progress) -> None:
    found = verify(Workspace.open(copy), progress)
    if not found.ok:
        raise WeipianError(
            f"备份“{copy.name}”核对不通过（{found.problems[0].message}），没有恢复，请换一份备份。"
        )


def _head(workspace: Path) -> str | None:
    """Return the head of the chain that is about to be given up; None when the file cannot be read."""
    try:
        with Workspace.open(workspace).reading() as connection:
            return history.head(connection)
    except WeipianError:
        return None


@contextmanager
def _noted(copy: Path, workspace: Path, head: str | None, actor: str) -> Iterator[Path]:
    """Give a copy of the copy whose history says what it was restored from and which chain was given up.

    Noted before it is put in place: nobody, nor a power cut, can restore unseen.
    """
    ready = workspace.with_name(f".{workspace.name}.{os.getpid()}.restore")
    remove_unfinished(ready)
    try:
        backup.backup_to(copy, ready)
        with Workspace.open(ready).writing(actor, "恢复备份") as change:
            settings.put(change, {RESTORED: f"{copy.name}；恢复前链尾 {head or '无法读取'}；{change.at}"})
        yield ready
    finally:
        remove_unfinished(ready)
