"""Measure the import of parcels, and the overlay against QGIS's own overlap analysis over the same files.

`make bench` runs it. Every engine runs several times in one process of its own, so that its peak memory is
its own too: the figures are medians, and the first run is told beside them, for it pays for what a program
loads once. The areas of both are compared, so a fast wrong answer fails.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[1]
ROLES = ("land_class", "basic_farmland", "redline", "river", "traffic", "forest", "nature_reserve")
TOLERANCE = 1e-4
"""Relative to the patch. QGIS cuts along edges straight in degrees and measures geodesics; an edge of
300 m then lies up to a millimetre beside the survey's, which shows in strips a few metres wide."""


def main() -> None:
    """Run all measurements, or one of them as a child."""
    options = _options()
    if options.measure:
        _child(options)
        return
    folder = options.folder.resolve()
    sizes = [int(size) for size in options.patches.split(",")]
    print(f"machine: {platform.machine()}, {_processor()}")
    for size in sizes:
        data = folder / f"{options.parcels}_{size}"
        if not (data / "library.gpkg").exists():
            _prepare(data, options.parcels, size)
        if size == sizes[0]:
            _measure_import(data, options.parcels)
        _compare(data, size, options.repeat)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--parcels", type=int, default=200_000)
    parser.add_argument("--patches", default="5000,300", help="sizes, separated by commas")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--measure", choices=sorted(MEASUREMENTS), help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _prepare(data: Path, parcels: int, patches: int) -> None:
    """Make the sample district and import it."""
    shutil.rmtree(data, ignore_errors=True)
    sample = data / "sample"
    make = [sys.executable, ROOT / "scripts" / "make_sample.py", sample]
    _timed(
        "sample district",
        lambda: subprocess.run(
            [*map(str, make), "--parcels", str(parcels), "--patches", str(patches), "--seed", "1"],
            check=True,
            stdout=subprocess.DEVNULL,
        ),
    )
    # In a process of its own: a child's peak memory counts that of the process it was forked from.
    _timed("import of patches and layers", lambda: _measure("prepare", data))


def _timed(what: str, work: object) -> None:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    print(f"{what}: {time.perf_counter() - start:.1f} s", flush=True)


def _import(data: Path, _repeat: int) -> dict[str, float]:
    from weipian_plugin.domain.progress import Progress
    from weipian_plugin.domain.roles import Role
    from weipian_plugin.workflow.create_workspace import create_workspace
    from weipian_plugin.workflow.import_base import BaseSource, import_base
    from weipian_plugin.workflow.import_patches import PatchSource, import_patches

    sample = data / "sample"
    manifest = json.loads((sample / "manifest.json").read_text(encoding="utf-8"))
    for layer in manifest["base"]:
        if layer["role"] in ROLES:
            path = str(sample / layer["path"]) + (
                f"|layername={layer['layer']}" if layer.get("layer") else ""
            )
            source = BaseSource(path, Role(layer["role"]), layer["edition"])
            import_base(data / "building.gpkg", source, Progress())
    create_workspace(data / "workspace.gpkg", 2021, None, "bench")
    patches = PatchSource(
        str(sample / manifest["patches"]), date.fromisoformat(manifest["received"]), "bench"
    )
    import_patches(data / "workspace.gpkg", patches, "bench", Progress())
    (data / "building.gpkg").rename(data / "library.gpkg")
    return {}


def _measure_import(data: Path, parcels: int) -> None:
    """Print what the import of the land-class layer takes, and how long it is ever silent."""
    run = _measure("import", data)
    print(
        f"import of {parcels} parcels: {run['seconds']:.1f} s, peak {run['peak_mb']:.0f} MB,"
        f" longest time without progress {run['silence']:.1f} s",
        flush=True,
    )


def _compare(data: Path, size: int, repeat: int) -> None:
    ours = _measure("ours", data, repeat)
    stored = _measure("stored", data, repeat)
    native = _measure("native", data, repeat)
    _check_areas(data)
    rows = {"overlay": ours, "overlay, stored": stored, "native:calculatevectoroverlaps": native}
    print(f"\n{size} patches, {len(ROLES)} roles, median of {repeat} runs")
    for name, run in rows.items():
        ratio = native["seconds"] / run["seconds"]
        print(
            f"  {name:32} {run['seconds']:8.2f} s  {ratio:6.1f} times"
            f"  (first run {run['first']:6.2f} s)  peak {run['peak_mb']:6.0f} MB",
            flush=True,
        )


def _measure(what: str, data: Path, repeat: int = 1) -> dict[str, float]:
    command = [sys.executable, __file__, "--measure", what, "--data", str(data), "--repeat", str(repeat)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _child(options: argparse.Namespace) -> None:
    figures = MEASUREMENTS[options.measure](options.data, options.repeat)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(figures | {"peak_mb": peak}), flush=True)


def _repeated(work: Callable[[], object], repeat: int) -> dict[str, float]:
    """Return the seconds of the first run, and the median of all."""
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return {"seconds": statistics.median(seconds), "first": seconds[0]}


def _import_parcels(data: Path, _repeat: int) -> dict[str, float]:
    """Time the whole import of the land-class layer into a new library."""
    from weipian_plugin.domain.progress import Progress
    from weipian_plugin.workflow.import_base import BaseSource, import_base

    class Listener(Progress):
        moments = [time.perf_counter()]  # noqa: RUF012 one listener only

        def _show(self, fraction: float, text: str) -> None:
            self.moments.append(time.perf_counter())

    sample = data / "sample"
    layers = json.loads((sample / "manifest.json").read_text(encoding="utf-8"))["base"]
    [layer] = [layer for layer in layers if layer["role"] == "land_class"]
    target = data / "imported.gpkg"
    target.unlink(missing_ok=True)
    listener = Listener()
    start = time.perf_counter()
    import_base(target, BaseSource(str(sample / layer["path"]), None, layer["edition"]), listener)
    seconds = time.perf_counter() - start
    target.unlink()
    silences = [after - before for before, after in itertools.pairwise(listener.moments)]
    return {"seconds": seconds, "silence": max(silences)}


def _ours(data: Path, repeat: int) -> dict[str, float]:
    """Time reading and computing, as the native algorithm's time is without storing anything either."""
    from weipian_plugin.domain.progress import Progress
    from weipian_plugin.store.workspace import Workspace
    from weipian_plugin.workflow.run_overlay import Tables, compute

    found: list[Tables] = []

    def run() -> None:
        work = Workspace.open(data / "workspace.gpkg")
        found[:] = [compute(work, data / "library.gpkg", "", Progress())]

    figures = _repeated(run, repeat)
    _write_ours(data, found[0].areas)
    return figures


def _write_ours(data: Path, areas: object) -> None:
    frame = areas  # a DataFrame of overlay_area
    table = frame[frame["class_name"] != "未覆盖"].groupby(["patch_no", "role"])["area_m2"].sum().unstack()  # type: ignore[index]
    table[list(ROLES)].to_csv(data / "ours.csv")


def _stored(data: Path, repeat: int) -> dict[str, float]:
    """Time the whole use case on a fresh copy: reading, computing, storing with history."""
    from weipian_plugin.domain.progress import Progress
    from weipian_plugin.workflow.run_overlay import run_overlay

    copies = [data / f"copy_{index}.gpkg" for index in range(repeat)]
    for copy in copies:
        shutil.copy(data / "workspace.gpkg", copy)
    left = iter(copies)
    figures = _repeated(
        lambda: run_overlay(next(left), data / "library.gpkg", "", "bench", Progress()), repeat
    )
    for copy in copies:
        copy.unlink()
    return figures


def _native(data: Path, repeat: int) -> dict[str, float]:
    """Time QGIS's algorithm on the same tables."""
    from qgis.analysis import QgsNativeAlgorithms
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsVectorLayer

    application = QgsApplication([], False)
    application.initQgis()
    QgsApplication.processingRegistry().addProvider(QgsNativeAlgorithms())
    patches = QgsVectorLayer(f"{data}/workspace.gpkg|layername=patch", "patch", "ogr")
    layers = [QgsVectorLayer(f"{data}/library.gpkg|layername={role}", role, "ogr") for role in ROLES]
    context = QgsProcessingContext()
    context.setEllipsoid("EPSG:1024")
    parameters = {"INPUT": patches, "LAYERS": layers, "OUTPUT": f"{data}/native.csv"}

    def run() -> None:
        (data / "native.csv").unlink(missing_ok=True)
        registry = QgsApplication.processingRegistry()
        algorithm = registry.createAlgorithmById("native:calculatevectoroverlaps")
        if not algorithm.run(parameters, context, QgsProcessingFeedback())[1]:
            raise SystemExit("native:calculatevectoroverlaps failed")

    figures = _repeated(run, repeat)
    # Layers left over crash Python when QGIS closes.
    parameters.clear()
    del layers, patches
    application.exitQgis()
    return figures


def _check_areas(data: Path) -> None:
    """Compare the area of every patch and role; stop on a difference."""
    import pandas as pd

    native = pd.read_csv(data / "native.csv").set_index("patch_no")
    ours = pd.read_csv(data / "ours.csv").set_index("patch_no").loc[native.index]
    worst = 0.0
    for role in ROLES:
        difference = (native[f"{role}_area"] - ours[role].fillna(0)).abs() / native["area_m2"]
        worst = max(worst, difference.max())
    print(f"largest difference between the two: {worst:.1e} of a patch", flush=True)
    if worst > TOLERANCE:
        raise SystemExit("The areas differ: no speed is worth that.")


def _processor() -> str:
    cpu = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    names = [line.split(":")[1].strip() for line in cpu.splitlines() if line.startswith("model name")]
    return f"{len(names)} × {names[0]}" if names else platform.processor()


MEASUREMENTS: dict[str, Callable[[Path, int], dict[str, float]]] = {
    "prepare": _import,
    "import": _import_parcels,
    "ours": _ours,
    "stored": _stored,
    "native": _native,
}

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
