"""Use case: remember which images show a batch before and after, and find them again in a copied folder."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import batches, settings
from weipian_plugin.store.frames import canonical_json
from weipian_plugin.store.workspace import Workspace

SUFFIXES = frozenset({".tif", ".tiff", ".img", ".jp2", ".vrt"})
_REMOTE = re.compile(rb"://|/vsi(?!zip/|tar/|gzip/)|<GDAL_WMS", re.IGNORECASE)
"""What a virtual raster has in it that lies elsewhere than on a disk of this computer."""
_KEY = "imagery.{}"
"""Name of the setting; the number of the batch stands in the place."""


class Phase(StrEnum):
    """When an image was taken; the value is its name in the setting."""

    BEFORE = "before"
    AFTER = "after"

    @property
    def label(self) -> str:
        """The Chinese name that the office uses."""
        return {Phase.BEFORE: "前时相", Phase.AFTER: "后时相"}[self]


@dataclass(frozen=True)
class BatchImagery:
    """The images of one batch; none for a batch that has none."""

    batch_id: int
    name: str
    files: Mapping[Phase, tuple[Path, ...]]
    """Whole paths, whether the files are there or not: who shows them looks."""


def read_imagery(workspace: Path) -> list[BatchImagery]:
    """Return every batch, oldest first, with its images."""
    work = Workspace.open(workspace)
    held = settings.read(work)
    listed = batches.read(work)
    return [
        BatchImagery(int(number), str(name), _found(held.get(_KEY.format(number), ""), work.path.parent))
        for number, name in zip(listed["batch_id"], listed["name"], strict=True)
    ]


def attach_imagery(workspace: Path, batch_id: int, files: Mapping[Phase, Sequence[Path]], actor: str) -> bool:
    """Remember the images of a batch in place of its earlier ones; return whether that changed anything.

    Paths are kept relative to the workspace's folder where that is possible, so that a copied folder finds
    them. Raises WeipianError, changing nothing, for a file that is missing or no image, or an unknown batch.
    """
    work = Workspace.open(workspace)
    for path in (path for phase in Phase for path in files.get(phase, ())):
        _require_image(path)
    kept = {phase.value: [_kept(path, work.path.parent) for path in files.get(phase, ())] for phase in Phase}
    value = canonical_json(kept) if any(kept.values()) else ""
    key = _KEY.format(batch_id)
    with work.writing(actor, "设置批次影像") as change:
        known = change.connection.execute("SELECT 1 FROM batch WHERE batch_id = ?", (batch_id,)).fetchone()
        if known is None:
            raise WeipianError("工作库里没有这个批次，没有改动，请重新打开工作库后再试。")
        if not value and key not in settings.read_in(change.connection):
            return False
        return bool(settings.put(change, {key: value}))


def _require_image(path: Path) -> None:
    if path.suffix.lower() not in SUFFIXES:
        raise WeipianError(f"“{path.name}”不是影像文件，请选择 GeoTIFF（.tif）等影像。")
    if not path.is_file():
        raise WeipianError(f"找不到影像“{path}”，请检查路径。")
    if path.suffix.lower() == ".vrt" and _REMOTE.search(path.read_bytes()):
        raise WeipianError(f"“{path.name}”引用了网络上的影像，本插件不联网，请选择存在本机的影像。")


def _kept(path: Path, folder: Path) -> str:
    """Return how a path is written down: from the folder, with `/`; whole where it is on another drive."""
    try:
        return Path(os.path.relpath(path.absolute(), folder.absolute())).as_posix()
    except ValueError:
        return path.absolute().as_posix()


def _found(text: str, folder: Path) -> dict[Phase, tuple[Path, ...]]:
    kept = json.loads(text) if text else {}
    return {phase: tuple(_whole(name, folder) for name in kept.get(phase.value, ())) for phase in Phase}


def _whole(name: str, folder: Path) -> Path:
    """Return the path without its `..`, touching no file: a folder of a drive that is gone would block."""
    return Path(os.path.normpath(folder.absolute() / name))
