"""Measure each step of the month, and the overlay against other programs on the same files.

`make bench` runs it and writes docs/performance.md. Every engine runs several times in one process of its
own, so that its peak memory is its own too: the figures are medians, and the first run is told beside them,
for it pays for what a program loads once. The areas that the engines find are compared, so a fast wrong
answer fails.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks import performance_page, postgis
from benchmarks.comparison import check_areas
from benchmarks.data import ROOT, District, prepare
from benchmarks.engines import ENGINES, Figures

PEERS = ("native", "geopandas", "postgis", "bare")
USUAL_PATCHES, USUAL_PARCELS = 5_000, 200_000
CASES = "20000x5000,200000x300,200000x5000,200000x20000,800000x5000"
"""Parcels and patches: growth in the one, and in the other."""
_SLOW = {"native": 1, "geopandas": 1, "postgis": 1}
"""Runs of what takes minutes on the larger sizes."""


def main() -> None:
    """Run all measurements, or one of them as a child."""
    options = _options()
    if options.measure:
        _child(options)
        return
    found = {}
    for parcels, sizes in _cases(options).items():
        district = _district(options, parcels)
        prepare(district, sizes, _tell)
        for patches in sizes:
            found[parcels, patches] = _measure_case(district, patches, options)
    page = performance_page.page(found)
    options.page.write_text(page, encoding="utf-8")
    print(page)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--cases", default=CASES, help="parcels x patches, separated by commas")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "performance.md")
    parser.add_argument("--measure", choices=(*ENGINES, "postgis"), help=argparse.SUPPRESS)
    parser.add_argument("--parcels", type=int, default=USUAL_PARCELS, help=argparse.SUPPRESS)
    parser.add_argument("--patches", type=int, default=USUAL_PATCHES, help=argparse.SUPPRESS)
    return parser.parse_args()


def _cases(options: argparse.Namespace) -> dict[int, list[int]]:
    """Return for each number of parcels the numbers of patches."""
    found: dict[int, list[int]] = {}
    for case in options.cases.split(","):
        parcels, patches = map(int, case.split("x"))
        found.setdefault(parcels, []).append(patches)
    return found


def _district(options: argparse.Namespace, parcels: int) -> District:
    most = max(_cases(options).get(parcels, [options.patches]))
    return District(options.folder.resolve() / str(parcels), parcels, most)


def _measure_case(district: District, patches: int, options: argparse.Namespace) -> dict[str, Figures]:
    names = ["overlay", "stored", "assign", "export", "review", *PEERS]
    if patches == _cases(options)[district.parcels][0]:
        names.insert(0, "import_parcels")
    if not postgis.is_there():
        _tell("PostGIS is not installed (postgresql-15-postgis-3), so it is left out")
        names.remove("postgis")
    return {name: _run(name, district, patches, options) for name in names}


def _run(name: str, district: District, patches: int, options: argparse.Namespace) -> Figures:
    repeat = _SLOW.get(name, options.repeat) if patches >= USUAL_PATCHES else options.repeat
    command = [sys.executable, "-m", "benchmarks.run", "--measure", name, "--repeat", str(repeat)]
    command += [
        "--folder",
        str(options.folder),
        "--parcels",
        str(district.parcels),
        "--patches",
        str(patches),
    ]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    if name in ("native", "geopandas", "postgis"):
        figures["difference"] = check_areas(district, patches, name)
    _tell(
        f"{patches:>6} patches on {district.parcels:>7} parcels  {name:15} {figures['seconds']:8.2f} s"
        f"  (first run {figures['first']:8.2f} s)  peak {figures['peak_mb']:6.0f} MB"
    )
    return figures


def _child(options: argparse.Namespace) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    engine = postgis.postgis if options.measure == "postgis" else ENGINES[options.measure]
    figures = engine(_district(options, options.parcels), options.patches, options.repeat)
    print(json.dumps({**figures, "peak_mb": _peak_mb()}), flush=True)


def _peak_mb() -> float:
    """Return the most memory that this process had; getrusage would count the one it was forked from too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def _tell(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
