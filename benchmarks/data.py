"""The data of the benchmark: sample districts, imported once, with as many patches as are asked for."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ROLES = ("land_class", "basic_farmland", "redline", "river", "traffic", "forest", "nature_reserve")
RECEIVED = date(2021, 7, 20)


@dataclass(frozen=True)
class District:
    """One sample district on disk; made anew unless it is there."""

    folder: Path
    parcels: int
    patches: int
    """How many the sample holds; workspaces have every k-th of them."""

    @property
    def sample(self) -> Path:
        """The folder of the issued files."""
        return self.folder / "sample"

    @property
    def library(self) -> Path:
        """The base library with the seven roles."""
        return self.folder / "library.gpkg"

    def workspace(self, patches: int) -> Path:
        """The workspace with so many patches."""
        return self.folder / f"{patches}.gpkg"

    @property
    def manifest(self) -> dict[str, Any]:
        """What the sample says of itself."""
        found: dict[str, Any] = json.loads((self.sample / "manifest.json").read_text(encoding="utf-8"))
        return found


def prepare(district: District, sizes: list[int], tell: Callable[[str], None]) -> None:
    """Make what is missing of a district: sample, library, and a workspace for each size."""
    if not district.library.exists():
        shutil.rmtree(district.folder, ignore_errors=True)
        start = time.perf_counter()
        make = [sys.executable, str(ROOT / "scripts" / "make_sample.py"), str(district.sample)]
        counts = ["--parcels", str(district.parcels), "--patches", str(district.patches), "--seed", "1"]
        subprocess.run([*make, *counts], check=True, stdout=subprocess.DEVNULL)
        tell(f"sample district of {district.parcels} parcels: {time.perf_counter() - start:.1f} s")
        start = time.perf_counter()
        _import_layers(district)
        tell(f"import of its seven layers: {time.perf_counter() - start:.1f} s")
    for size in sizes:
        if not district.workspace(size).exists():
            _make_workspace(district, size)


def land_class_layer(district: District) -> tuple[Path, str]:
    """Return file and edition of the parcels as they were issued."""
    [layer] = [layer for layer in district.manifest["base"] if layer["role"] == "land_class"]
    return district.sample / layer["path"], layer["edition"]


def _import_layers(district: District) -> None:
    from weipian_plugin.domain.progress import Progress
    from weipian_plugin.domain.roles import Role
    from weipian_plugin.workflow.import_base import BaseSource, import_base

    unfinished = district.folder / "building.gpkg"
    for layer in district.manifest["base"]:
        if layer["role"] in ROLES:
            inner = f"|layername={layer['layer']}" if layer.get("layer") else ""
            path = f"{district.sample / layer['path']}{inner}"
            import_base(unfinished, BaseSource(path, Role(layer["role"]), layer["edition"]), Progress())
    unfinished.rename(district.library)


def _make_workspace(district: District, size: int) -> None:
    import pyogrio

    from weipian_plugin.domain.progress import Progress
    from weipian_plugin.workflow.create_workspace import create_workspace
    from weipian_plugin.workflow.import_patches import PatchSource, import_patches

    issued = pyogrio.read_dataframe(district.sample / district.manifest["patches"], encoding="GBK")
    some = district.folder / f"{size}_issued.gpkg"
    step = len(issued) // size
    pyogrio.write_dataframe(issued.iloc[::step].head(size), some)
    unfinished = district.folder / "building.gpkg"
    unfinished.unlink(missing_ok=True)
    create_workspace(unfinished, RECEIVED.year, None, "bench")
    import_patches(unfinished, PatchSource(str(some), RECEIVED, "bench"), "bench", Progress())
    unfinished.rename(district.workspace(size))
