"""Put a copy in the place of a workspace, whole or not at all, under whoever has it open."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import connection, history, holder
from weipian_plugin.store.connection import connect, connect_to_read, told

_PAGES_A_STEP = 256
"""1 MB: between two steps the person may cancel; all steps are one transaction."""


def overwrite(copy: Path, target: Path, expected_head: str, actor: str, progress: Progress) -> None:
    """Make a workspace what its copy is; whoever has it open sees the copy then.

    `expected_head` is the end of the chain that may be given up. Raises WeipianError, the target being as it
    was, when its chain has grown beyond that, when others hold it, or when a file cannot be read or written.
    """
    with (
        told(copy),
        closing(connect_to_read(copy)) as old,
        told(target),
        closing(connect(target, "rw")) as new,
        ExitStack() as lock,
    ):
        new.execute("PRAGMA busy_timeout = 0")  # the listener waits, and says so
        mode = "ro" if new.execute("PRAGMA journal_mode").fetchone()[0] == "wal" else "immutable"

        def locked() -> None:
            lock.enter_context(holder.announced(target, actor, "恢复备份"))
            _require_unchanged(target, mode, expected_head)

        listener = _Listener(target, locked, progress)
        old.backup(new, pages=_pages_a_step(old), progress=listener)


def _pages_a_step(old: sqlite3.Connection) -> int:
    """Return how many pages to copy at a time: never all at once, since the last step commits."""
    return max(1, min(_PAGES_A_STEP, old.execute("PRAGMA page_count").fetchone()[0] // 2))


class _Listener:
    """Hears after every step of the copying; until the last one an exception undoes all of it."""

    def __init__(self, target: Path, locked: Callable[[], None], progress: Progress) -> None:
        self._target, self._locked, self._progress = target, locked, progress
        self._give_up_at = time.monotonic() + connection.LOCK_WAIT_SECONDS
        self._holds_the_lock = False

    def __call__(self, status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            self._wait()
        elif status != sqlite3.SQLITE_DONE:
            if not self._holds_the_lock:
                self._holds_the_lock = True
                self._locked()
            self._progress.report(1 - remaining / total)

    def _wait(self) -> None:
        """Say who holds the file, and in the end give up; SQLite alone would wait for ever."""
        who = holder.describe(self._target)
        if time.monotonic() >= self._give_up_at:
            raise WeipianError(f"“{self._target}”正被占用（{who}），没有恢复，请等对方完成或关闭后重试。")
        self._progress.report(0.0, f"正在等待：{who}")


def _require_unchanged(target: Path, mode: str, expected_head: str) -> None:
    """Refuse to give up what somebody wrote after the copy of the target was made.

    Called while the lock is held: nobody can write any more, and nothing of the copy is in the file before
    the last step. Without WAL the lock shuts out readers too, so the file is read as it lies on the disk.
    """
    with closing(connect(target, mode)) as now:
        if history.head(now) != expected_head:
            raise WeipianError(f"“{target}”刚被别人改动，没有恢复，请重试。")
