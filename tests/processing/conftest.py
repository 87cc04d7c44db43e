"""The provider in this QGIS, and the sample district carried through a month's work, once a session."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from processing_runs import run

from weipian_plugin.sample.make import make_sample

PARCELS, PATCHES, SEED = 3000, 120, 7


@dataclass(frozen=True)
class Month:
    """The sample and what the algorithms made of it, step by step; copy before changing."""

    folder: Path
    manifest: dict
    issued: Path
    library: Path
    empty: Path
    imported: Path
    overlaid: Path
    assigned: Path
    outputs: dict

    def source(self, role: str) -> str:
        return source(self.folder, next(layer for layer in self.manifest["base"] if layer["role"] == role))


def source(folder: Path, layer: dict) -> str:
    named = f"|layername={layer['layer']}" if "layer" in layer else ""
    return f"{folder / layer['path']}{named}"


@pytest.fixture(scope="session", autouse=True)
def provider(qgis_app, qgis_processing):
    from qgis.core import QgsApplication

    from weipian_plugin.processing_algorithms.provider import WeipianProvider

    added = WeipianProvider()
    QgsApplication.processingRegistry().addProvider(added)
    yield added
    QgsApplication.processingRegistry().removeProvider(added)


def must(name: str, **parameters) -> dict:
    done = run(name, **parameters)
    assert done.ok, done.log
    return done.outputs


@pytest.fixture(scope="session")
def month(provider, tmp_path_factory):
    folder = tmp_path_factory.mktemp("示例（区） 一")
    make_sample(folder, PARCELS, PATCHES, SEED, lambda step: None)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    library, work = folder / "底图库.gpkg", folder / "工作库.gpkg"
    outputs = {"createworkspace": must("createworkspace", WORKSPACE=work, YEAR=2021)}
    for layer in manifest["base"]:
        given = {"INPUT": source(folder, layer), "ROLE": layer["role"], "EDITION": layer["edition"]}
        outputs[layer["role"]] = must("importbase", LIBRARY=library, **given)
    stages = {"empty": Path(shutil.copy(work, folder / "空.gpkg"))}
    steps = {
        "importpatches": {"INPUT": folder / manifest["patches"], "RECEIVED": "2021-07-20", "BATCH": "七月"},
        "overlay": {"LIBRARY": library},
        "assign": {},
    }
    for name, given in steps.items():
        outputs[name] = must(name, WORKSPACE=work, **given)
        stages[name] = Path(shutil.copy(work, folder / f"{name}.gpkg"))
    return Month(
        folder,
        manifest,
        folder / manifest["patches"],
        library,
        stages["empty"],
        stages["importpatches"],
        stages["overlay"],
        stages["assign"],
        outputs,
    )
