"""Files as older plug-ins really made them: tests/data/older says how."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "data" / "older"
OLDER = range(1, 6)
"""Structures of workspaces before the newest one, of which there is a real file."""
FIRST, SECOND, THIRD, FOURTH, SPLIT = (f"500156TEST2100000{number}" for number in range(1, 6))
"""Patches of the real files."""


def workspace_of(structure: int, path: Path) -> Path:
    """Write the workspace of a structure to `path` and return that."""
    return _unpacked(f"structure_{structure}_workspace", path)


def library_of(structure: int, path: Path) -> Path:
    """Write the library that was made beside the workspace of a structure."""
    return _unpacked(f"structure_{structure}_library", path)


def _unpacked(name: str, path: Path) -> Path:
    path.write_bytes(gzip.decompress((FOLDER / f"{name}.gpkg.gz").read_bytes()))
    return path


def content_of(path: Path) -> dict[str, list[dict[str, object]]]:
    """Return every row of every table, by a connection that knows nothing of the plug-in."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')] for name in names}
