"""Running the provider's algorithms in this QGIS process as the toolbox does; looking at what they left."""

from __future__ import annotations

import hashlib
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback


class Watcher(QgsProcessingFeedback):
    """Feedback that keeps what it is told, and presses cancel when progress reaches a mark (percent)."""

    def __init__(self, cancel_at: float | None = None) -> None:
        super().__init__(False)
        self.cancel_at = cancel_at
        self.seen: list[float] = []
        self.cancelled_at: float | None = None
        self.errors: list[str] = []
        self.progressChanged.connect(self._moved)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803
        self.errors.append(error)
        super().reportError(error, fatalError)

    def _moved(self, percent: float) -> None:
        self.seen.append(percent)
        if self.cancel_at is not None and percent >= self.cancel_at and self.cancelled_at is None:
            self.cancelled_at = time.perf_counter()
            self.cancel()


@dataclass
class Run:
    """What a run gave and said."""

    ok: bool
    outputs: dict
    log: str
    progress: list[float] = field(default_factory=list)
    seconds_after_cancel: float | None = None
    errors: list[str] = field(default_factory=list)


def run(name: str, cancel_at: float | None = None, **parameters) -> Run:
    """Run `weipian:name` once, with a fresh instance from the registry."""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"weipian:{name}")
    assert algorithm is not None, f"weipian:{name} is not registered"
    feedback, context = Watcher(cancel_at), QgsProcessingContext()
    given = {key: str(value) if isinstance(value, Path) else value for key, value in parameters.items()}
    outputs, ok = algorithm.run(given, context, feedback)
    took = None if feedback.cancelled_at is None else time.perf_counter() - feedback.cancelled_at
    return Run(ok, outputs, feedback.textLog(), feedback.seen, took, feedback.errors)


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def rows(path: Path, statement: str, values=()) -> list[tuple]:
    import sqlite3

    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(statement, values).fetchall()


def dump(path: Path) -> dict[str, list[tuple]]:
    """Return every row of every table of a GeoPackage, index tables included."""
    names = [row[0] for row in rows(path, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: rows(path, f'SELECT * FROM "{name}"') for name in names}
