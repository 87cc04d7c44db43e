"""Places where work is hard: other people's files, locks. Most need root on a POSIX system."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from small_disk import needs_root

NOBODY = 65534
_HOLD = """
import sqlite3, sys
held = [sqlite3.connect(path, isolation_level=None) for path in sys.argv[1:]]
for connection in held:
    connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def plain_user() -> Iterator[None]:
    """Let the block run with the rights of nobody: root may write whatever the modes say."""
    needs_root()
    groups = os.getgroups()
    os.setgroups([])
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)


def give_to_nobody(folder: Path, files: int, folders: int) -> None:
    """Make everything nobody's own, with these modes."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
        path.chmod(folders if path.is_dir() else files)


@contextmanager
def immutable(path: Path) -> Iterator[None]:
    """Let nobody change the file, not even root; skips where the file system cannot do that."""
    needs_root()
    if subprocess.run(["chattr", "+i", str(path)], capture_output=True, check=False).returncode:
        pytest.skip("the file system of the temporary folder knows no immutable files")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", str(path)], check=True)


@contextmanager
def locked(*databases: Path) -> Iterator[None]:
    """Let another process hold the databases, shutting out readers too."""
    command = [sys.executable, "-c", _HOLD, *map(str, databases)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield
        holder.communicate("")
