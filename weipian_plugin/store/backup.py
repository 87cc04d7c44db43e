"""Copies of a GeoPackage through SQLite's backup API: whole, also while others write, WAL included."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store.connection import connect, connect_to_read, told
from weipian_plugin.store.files import reason_of, remove_unfinished

KEPT = 10
"""How many copies of a file are kept beside it."""
_STAMP = "%Y%m%d_%H%M%S_%f"
_STAMPED = re.compile(r"_\d{8}_\d{6}_\d{6}", re.ASCII)
_ABANDONED_SECONDS = 24 * 3600
"""Age at which an unfinished copy is the rest of a program that was killed."""


def backup_to(source: Path, target: Path) -> None:
    """Copy a GeoPackage to a new file; raise WeipianError when the target exists or cannot be written."""
    if target.exists():
        raise WeipianError(f"备份文件“{target}”已经存在，不会覆盖，请换一个文件名。")
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    is_new_folder = not target.parent.exists()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        _copy(source, unfinished)
        unfinished.rename(target)
    except OSError as error:
        raise WeipianError(f"无法写入备份“{target}”（{reason_of(error)}），请检查磁盘空间和权限。") from error
    finally:
        remove_unfinished(unfinished)
        if is_new_folder:
            _remove_empty(target.parent)


def back_up(source: Path, kept: int = KEPT) -> Path:
    """Copy a GeoPackage into `<name>_备份` beside it and return the copy; keep the latest `kept`."""
    target = _next_copy(source)
    backup_to(source, target)
    _forget(source, kept)
    return target


@contextmanager
def backed_up(source: Path, kept: int = KEPT) -> Iterator[Path]:
    """Give the copy that is kept of a GeoPackage as it is before the block.

    When the block fails the GeoPackage is as it was, so the copy goes again and no older one is forgotten.
    """
    target = _next_copy(source)
    backup_to(source, target)
    try:
        yield target
    except BaseException:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        _remove_empty(target.parent)
        raise
    _forget(source, kept)


def _remove_empty(folder: Path) -> None:
    """Remove a folder, unless there is something in it."""
    with suppress(OSError):
        folder.rmdir()


def replace_damaged(copy: Path, target: Path) -> Path | None:
    """Put a copy where a file is gone or damaged; return where the damaged one is kept, if there was one."""
    aside = _next_copy(target).with_suffix(".damaged")
    there = target.exists()
    try:
        for suffix in ("-wal", "-journal", ""):
            _move(target.with_name(target.name + suffix), aside.with_name(aside.name + suffix))
    except OSError as error:
        raise WeipianError(
            f"无法移开损坏的文件“{target}”（{reason_of(error)}），请关闭占用它的程序后重试。"
        ) from error
    remove_unfinished(target)
    backup_to(copy, target)
    return aside if there else None


def _move(source: Path, target: Path) -> None:
    """Move a file, making the folder; what is not there is no error."""
    if source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)


def _next_copy(source: Path) -> Path:
    return folder_of(source) / f"{source.stem}_{datetime.now():{_STAMP}}{source.suffix}"


def folder_of(source: Path) -> Path:
    """Return the folder beside a GeoPackage that its copies go to."""
    return source.with_name(f"{source.stem}_备份")


def _forget(source: Path, kept: int) -> None:
    """Remove the copies of a file beyond the latest `kept`, and what killed programs did not finish."""
    for old in [*copies_of(source)[kept:], *_abandoned(folder_of(source))]:
        with suppress(OSError):
            old.unlink(missing_ok=True)


def _abandoned(folder: Path) -> Iterator[Path]:
    for part in folder.glob(".*.part"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > _ABANDONED_SECONDS:
                yield part


def copies_of(source: Path) -> list[Path]:
    """Return the copies that `back_up` made of a file, newest first.

    What a person called otherwise, or put beside them, is none, and so is never removed for its age.
    """
    folder = folder_of(source)
    found = folder.glob(f"*{source.suffix}") if folder.is_dir() else ()
    return sorted((one for one in found if _STAMPED.fullmatch(one.stem, len(source.stem))), reverse=True)


def _copy(source: Path, target: Path) -> None:
    with (
        told(source),
        closing(connect_to_read(source)) as old,
        told(target),
        closing(connect(target, "rwc")) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")
