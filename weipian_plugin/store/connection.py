"""Connections to the two GeoPackages: to read, to write, and to wait for others."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from weipian_plugin.domain.progress import Progress
from weipian_plugin.sqlite_uri import sqlite_uri
from weipian_plugin.store import geopackage, holder, sqlite_errors

LOCK_WAIT_SECONDS = 10.0
"""How long a write or a read waits for another program before it gives up."""
_POLL_SECONDS = 0.005
"""How often to ask for the lock: finer than SQLite would, or one that writes on and on lets nobody in."""
_TELL_SECONDS = 0.25
_WRITE_CACHE_KIB = 65536
_READ_CACHE_KIB = 8192
"""A read goes over each page about once: a larger cache is only more memory to touch first."""


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """Open a GeoPackage with the R-tree functions, foreign keys and manual transactions.

    The connection belongs to the calling thread. Errors come as sqlite3.Error: use inside `told`.
    """
    connection = sqlite3.connect(
        sqlite_uri(path, mode), uri=True, timeout=LOCK_WAIT_SECONDS, isolation_level=None
    )
    try:
        geopackage.register_functions(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = -{_cache_kib(mode)}")
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _cache_kib(mode: str) -> int:
    return _WRITE_CACHE_KIB if mode.startswith("rw") else _READ_CACHE_KIB


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a GeoPackage for reading only, also where nothing may be written.

    A journal left by a killed program is rolled back first. In a folder without write permission a file in
    WAL mode that nobody holds is read as immutable, since SQLite could not make its shared memory there.
    """
    try:
        return connect(path, "ro")
    except sqlite3.OperationalError as error:
        if sqlite_errors.code_of(error) not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        connect(path, "rw").close()
        return connect(path, "ro")
    if _has_pending_changes(path):
        return connect(path, "ro")
    return connect(path, "immutable")


def _has_pending_changes(path: Path) -> bool:
    """Tell whether a journal or WAL beside the file holds what reading as immutable would miss."""
    beside = (path.with_name(path.name + suffix) for suffix in ("-wal", "-journal"))
    return any(file.exists() and file.stat().st_size > 0 for file in beside)


def begin(connection: sqlite3.Connection, path: Path, progress: Progress) -> None:
    """Begin a writing transaction; wait for others, saying so, and in the end give up (SQLITE_BUSY)."""
    started = told_at = time.monotonic()
    connection.execute("PRAGMA busy_timeout = 0")
    while not _begun(connection, time.monotonic() - started >= LOCK_WAIT_SECONDS):
        if time.monotonic() - told_at >= _TELL_SECONDS:
            told_at = time.monotonic()
            progress.report(0.0, f"正在等待：{holder.describe(path)}")
        time.sleep(_POLL_SECONDS)
    connection.execute(f"PRAGMA busy_timeout = {int(LOCK_WAIT_SECONDS * 1000)}")


def _begun(connection: sqlite3.Connection, is_last: bool) -> bool:
    """Try to begin; return False where another program holds the lock, but raise that the last time."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if sqlite_errors.code_of(error) != sqlite3.SQLITE_BUSY or is_last:
            raise
        return False
    return True


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn SQLite's errors inside the block into one Chinese sentence about the file: Damaged or another."""
    try:
        yield
    except sqlite3.Error as error:
        raise sqlite_errors.told_as(error, path) from error
