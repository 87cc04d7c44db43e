"""Use cases: copy the workspace, and go back to a copy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from weipian_plugin.domain.errors import Damaged, WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import backup, history, settings
from weipian_plugin.store.files import WORKSPACE, read_settings, remove_unfinished
from weipian_plugin.store.restoring import overwrite
from weipian_plugin.store.verification import verify
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.places import require_place

RESTORED = "restored_from"
"""Setting that names the copy a workspace was restored from, and the chain that was given up for it."""


@dataclass(frozen=True)
class Restored:
    """What a restore did."""

    copy: Path
    """The copy that the workspace is now."""
    before: Path | None
    """Where the workspace as it was before is kept; None when there was none."""
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
    when it was changed outside the plug-in or is of another workspace, or when the workspace is in use.
    """
    if not actor:
        raise WeipianError("没有写明由谁恢复备份，请填写姓名。")
    source = copy or _latest(workspace)
    if source.resolve() == workspace.resolve():
        raise WeipianError("备份和工作库是同一个文件，请另选一份备份。")
    there = _that_is_there(workspace)
    with _sound_copy(source, workspace, there, progress.part(0, 0.6)) as ready:
        progress.report(0.6, "恢复备份")
        if there is None:
            before = _put_in_place(ready, source, workspace, actor)
            was_damaged = before is not None
        else:
            before, was_damaged = _exchange(ready, source, there, actor, progress.part(0.6, 1)), False
    progress.finish()
    return Restored(source, before, was_damaged)


def _latest(workspace: Path) -> Path:
    copies = backup.copies_of(workspace)
    if not copies:
        raise WeipianError(f"“{workspace.name}”旁边没有备份，请指明备份文件。")
    return copies[0]


def _that_is_there(workspace: Path) -> Workspace | None:
    """Return the workspace in whose place the copy shall be; None when it is gone or damaged.

    A file in use, of another kind, or made by a newer plug-in is neither: WeipianError says what it is.
    """
    require_place(workspace, "工作库")
    if not workspace.exists():
        return None
    try:
        work = Workspace.open(workspace)
        _head(work)
    except Damaged:
        return None
    return work


@contextmanager
def _sound_copy(source: Path, workspace: Path, there: Workspace | None, progress: Progress) -> Iterator[Path]:
    """Give a copy of the copy, beside the workspace, verified and up to date: the copy stays as it is."""
    ready = workspace.with_name(f".{workspace.name}.{os.getpid()}.restore")
    remove_unfinished(ready)
    try:
        try:
            read_settings(source, WORKSPACE)
            backup.backup_to(source, ready)
            _require_sound(source, Workspace.open(ready, keep_copy=False), there, progress)
        except Damaged as error:
            raise WeipianError(f"备份“{source.name}”已损坏，没有恢复，请换一份备份。") from error
        yield ready
    finally:
        remove_unfinished(ready)


def _require_sound(source: Path, copied: Workspace, there: Workspace | None, progress: Progress) -> None:
    if there is not None and copied.tag != there.tag:
        raise WeipianError(
            f"“{source.name}”不是这个工作库的备份（它是{copied.year}年的另一个工作库），没有恢复，请另选一份。"
        )
    found = verify(copied, progress)
    if not found.ok:
        raise WeipianError(
            f"备份“{source.name}”核对不通过（{found.problems[0].message}），没有恢复，请换一份备份。"
        )


def _head(work: Workspace) -> str:
    with work.reading() as connection:
        return history.head(connection)


def _note(ready: Path, source: Path, given_up: str, actor: str) -> None:
    """Say in the history of what will be the workspace what it was restored from, and what was given up.

    Noted before it is put in place: nobody, nor a power cut, can restore unseen.
    """
    with Workspace.open(ready).writing(actor, "恢复备份") as change:
        settings.put(change, {RESTORED: f"{source.name}；恢复前链尾 {given_up}；{change.at}"})


def _put_in_place(ready: Path, source: Path, workspace: Path, actor: str) -> Path | None:
    """Put the copy where no readable workspace is; return where the damaged one is kept, if there was one."""
    _note(ready, source, "无法读取", actor)
    return backup.replace_damaged(ready, workspace)


def _exchange(ready: Path, source: Path, there: Workspace, actor: str, progress: Progress) -> Path:
    """Keep a copy of the workspace, put the other one in its place, and return the copy that was kept."""
    with backup.backed_up(there.path, backup.KEPT + 1) as before:
        given_up = _head(Workspace.open(before))
        _note(ready, source, given_up, actor)
        overwrite(ready, there.path, given_up, actor, progress)
    return before
