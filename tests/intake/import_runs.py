"""Imports end to end, through the use cases, with a look at what is stored and what is left untouched."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from intake_files import patch_dbf, write_shapefile

from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.create_workspace import create_workspace
from weipian_plugin.workflow.import_base import BaseImport, BaseSource, import_base
from weipian_plugin.workflow.import_patches import PatchImport, PatchSource, import_patches

RECEIVED = date(2021, 7, 1)
FIRST = "500156SJBG21210001"


class Canceller(Progress):
    """Presses cancel as soon as a text is shown or a fraction reached."""

    def __init__(self, text: str = "", fraction: float = 2.0) -> None:
        self.text, self.fraction, self.seen, self._cancelled = text, fraction, [], False

    def is_cancelled(self) -> bool:
        return self._cancelled

    def _show(self, fraction: float, text: str) -> None:
        self.seen.append(fraction)
        if (self.text and self.text in text) or fraction >= self.fraction:
            self._cancelled = True


def new_workspace(folder: Path) -> Path:
    """Make a workspace of 2021 under the Wulong plan."""
    path = folder / "工作库 2021.gpkg"
    create_workspace(path, 2021, None, "甲")
    return path


def issue(folder: Path, name: str, numbers: Sequence[str], rings: Sequence, **columns) -> Path:
    """Write a shapefile of patches as issued."""
    dbf = patch_dbf(len(numbers), JCBH=list(numbers), **columns)
    return write_shapefile(folder / name, [[ring] for ring in rings], dbf)


def take(workspace: Path, path: Path | str, batch: str = "七月一批", **options) -> PatchImport:
    """Import a batch."""
    dry_run, progress = options.pop("dry_run", False), options.pop("progress", Progress())
    source = PatchSource(str(path), RECEIVED, batch, **options)
    return import_patches(workspace, source, "甲", progress, dry_run)


def take_base(
    library: Path, path: Path | str, role: Role | None = None, edition: str = "2020年度", **options
) -> BaseImport:
    """Import a base layer."""
    dry_run, progress = options.pop("dry_run", False), options.pop("progress", Progress())
    return import_base(library, BaseSource(str(path), role, edition, **options), progress, dry_run)


def rows(path: Path, statement: str, *values) -> list[tuple]:
    """Ask the database."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(statement, values).fetchall()


def stored_codes(workspace: Path, batch: str = "七月一批") -> list[str]:
    """Return the codes of the findings that the batch record holds."""
    [(text,)] = rows(workspace, "SELECT findings FROM batch WHERE name = ?", batch)
    return [finding["code"] for finding in json.loads(text)]


def history_is_sound(workspace: Path) -> bool:
    """Return whether the chain holds."""
    from weipian_plugin.store import history

    with Workspace.open(workspace).reading() as connection:
        return history.verify(connection).ok
