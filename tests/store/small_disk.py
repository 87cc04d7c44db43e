"""Disks in memory that are soon full. Mounting needs root on a POSIX system."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def needs_root() -> None:
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting, chattr and changing the user need root on a POSIX system")


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Mount a small disk in memory."""
    needs_root()
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill_up(disk: Path, left: int) -> Path:
    """Fill a disk but for `left` bytes and return the file that does."""
    filler = disk / "占满"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(65536)) == 65536:
                pass
        except OSError:
            pass
        file.truncate(max(0, file.tell() - left))
    return filler
