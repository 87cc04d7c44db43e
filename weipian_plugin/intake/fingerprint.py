"""The fingerprint of a source: the same data give the same one, zipped or not."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from weipian_plugin.domain.progress import Progress

_BLOCK = 1 << 20
_HASHED_PARTS = (".shp", ".dbf", ".prj", ".cpg")
"""Parts that carry content; the index can be lost and rebuilt without a change of the data."""


def of_shapefile(parts: Mapping[str, Path], progress: Progress) -> tuple[str, int]:
    """Return SHA-256 over the content-bearing parts together, and their size in bytes."""
    return _digest([(suffix, parts[suffix]) for suffix in _HASHED_PARTS if suffix in parts], progress)


def of_file(path: Path, progress: Progress) -> tuple[str, int]:
    """Return SHA-256 and size in bytes of one file."""
    digest = hashlib.sha256()
    size = _add(digest, path, progress)
    return digest.hexdigest(), size


def of_folder(path: Path, progress: Progress) -> tuple[str, int]:
    """Return SHA-256 over the files of a folder by name, lock files left out, and their size in bytes."""
    files = {file.name: file for file in path.iterdir() if file.is_file() and file.suffix.lower() != ".lock"}
    # By the letters of their names: paths sort in another order on Windows.
    return _digest(sorted(files.items()), progress)


def _digest(files: list[tuple[str, Path]], progress: Progress) -> tuple[str, int]:
    digest = hashlib.sha256()
    total = 0
    for name, path in files:
        digest.update(f"{name}:{path.stat().st_size}\n".encode())
        total += _add(digest, path, progress)
    return digest.hexdigest(), total


def _add(digest: hashlib._Hash, path: Path, progress: Progress) -> int:
    size = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            progress.check()
            digest.update(block)
            size += len(block)
    return size
