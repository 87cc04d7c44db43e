"""Use case: a small invented district (示例数据) with a month's patches, for who wants to try the plug-in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.sample.later import Later
from weipian_plugin.sample.make import make_sample
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.create_workspace import create_workspace
from weipian_plugin.workflow.import_base import BaseSource, import_base
from weipian_plugin.workflow.import_patches import PatchSource, import_patches
from weipian_plugin.workflow.run_overlay import run_overlay

PARCELS, PATCHES, SEED = 3000, 120, 7
AGO = timedelta(days=8)
"""Since the patches were received: of the fifteen days some are over and some are left."""
FOLDER, LIBRARY = "卫片执法示例区", "示例底图库.gpkg"


@dataclass(frozen=True)
class SampleDistrict:
    """Where everything is."""

    folder: Path
    workspace: Path
    library: Path
    patches: int


def make_sample_district(
    place: Path, actor: str, progress: Progress, today: date | None = None
) -> SampleDistrict:
    """Make the district's files in a new folder at `place`, import and overlay them, and assign the duties.

    Its days are such that the patches came a week before `today` (that of the computer's clock). Takes some
    ten seconds. Raises WeipianError when the folder cannot be made or is not empty; what a cancelled run has
    made so far stays in it.
    """
    folder = _new_folder(place)
    progress.report(0, "生成示例数据")
    received = (today or date.today()) - AGO
    manifest = make_sample(folder, PARCELS, PATCHES, SEED, lambda text: progress.check(), received)
    workspace, library = folder / f"示例工作库{received.year}.gpkg", folder / LIBRARY
    create_workspace(workspace, received.year, None, actor)
    _import_layers(folder, library, manifest, progress.part(0.2, 0.7))
    batch = Later.for_received(received).words("2021年7月（示例）")
    source = PatchSource(str(folder / str(manifest["patches"])), received, batch)
    imported = import_patches(workspace, source, actor, progress.part(0.7, 0.8))
    run_overlay(workspace, library, "", actor, progress.part(0.8, 0.9))
    assign_duties(workspace, actor, progress.part(0.9, 1))
    return SampleDistrict(folder, workspace, library, imported.patches)


def _new_folder(place: Path) -> Path:
    """Return a new folder for the sample, numbered where there is one of the name already."""
    if not place.is_dir():
        raise WeipianError(f"文件夹“{place}”不存在，请另选一个存放示例区的文件夹。")
    names = (FOLDER, *(f"{FOLDER}{number}" for number in range(2, 100)))
    free = [place / name for name in names if not (place / name).exists()]
    try:
        free[0].mkdir()
    except (OSError, IndexError) as error:
        raise WeipianError(f"无法在“{place}”里建立示例区文件夹，请换一个可以写入的位置。") from error
    return free[0]


def _import_layers(folder: Path, library: Path, manifest: Mapping[str, Any], progress: Progress) -> None:
    layers = manifest["base"]
    for index, layer in enumerate(layers):
        named = f"|layername={layer['layer']}" if layer.get("layer") else ""
        source = BaseSource(f"{folder / layer['path']}{named}", Role(layer["role"]), layer["edition"])
        import_base(library, source, progress.part(index / len(layers), (index + 1) / len(layers)))
