"""Measure opening, queue and statistics of a workspace with 100,000 patches and all their casework.

`make bench` runs it. The workspace is filled through the store, as the plug-in would; every measurement is a
process of its own on a file that the system has read before. The figures are medians: wall and CPU seconds.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AS_OF = date(2021, 12, 20)


def main() -> None:
    """Run all measurements, or one of them as a child."""
    options = _options()
    workspace = options.folder.resolve() / f"casework_{options.patches}.gpkg"
    if options.measure:
        _child(options.measure, workspace, options.patches)
        return
    if not workspace.exists():
        _run("fill", options)
    print(f"\n{options.patches} patches with their casework, {workspace.stat().st_size / 2**20:.0f} MB")
    for name in MEASUREMENTS:
        _show(name, [_run(name, options) for _ in range(options.repeat)])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--patches", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--measure", choices=("fill", *MEASUREMENTS), help=argparse.SUPPRESS)
    return parser.parse_args()


def _show(name: str, runs: list[dict[str, float]]) -> None:
    wall, cpu, peak = (statistics.median(run[key] for run in runs) for key in ("wall", "cpu", "peak_mb"))
    print(f"  {name:24} {wall:7.2f} s wall  {cpu:7.2f} s CPU  peak {peak:5.0f} MB", flush=True)


def _run(what: str, options: argparse.Namespace) -> dict[str, float]:
    command = [sys.executable, __file__, "--measure", what, "--patches", str(options.patches)]
    command += ["--folder", str(options.folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _child(what: str, workspace: Path, patches: int) -> None:
    if what == "fill":
        _fill(workspace, patches)
        figures = {}
    else:
        figures = _timed(MEASUREMENTS[what](workspace))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(figures | {"peak_mb": peak}), flush=True)


def _timed(work: Callable[[], object]) -> dict[str, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def _fill(workspace: Path, patches: int) -> None:
    from benchmarks.casework_sample import fill

    start = time.perf_counter()
    workspace.parent.mkdir(parents=True, exist_ok=True)
    draft = workspace.with_suffix(".draft.gpkg")
    draft.unlink(missing_ok=True)
    fill(draft, patches)
    draft.replace(workspace)
    print(f"casework filled in: {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)


def _opening(workspace: Path) -> Callable[[], object]:
    """Return what opening the workspace comes to: its settings, and the plan that it works by."""
    from weipian_plugin.store.workspace import Workspace
    from weipian_plugin.workflow.plans import adopted_plan

    return lambda: adopted_plan(Workspace.open(workspace))


def _queue(workspace: Path) -> Callable[[], object]:
    from weipian_plugin.store.workspace import Workspace
    from weipian_plugin.workflow.deadlines import queue

    return lambda: queue(Workspace.open(workspace), AS_OF)


def _statistics(workspace: Path) -> Callable[[], object]:
    from weipian_plugin.store.workspace import Workspace
    from weipian_plugin.workflow.statistics import statistics

    return lambda: statistics(Workspace.open(workspace), AS_OF)


def _deadline_book(workspace: Path) -> Callable[[], object]:
    from weipian_plugin.domain.progress import Progress
    from weipian_plugin.workflow.deadlines import list_deadlines

    return lambda: list_deadlines(workspace, workspace.with_name("期限.xlsx"), AS_OF, "甲", Progress())


def _statistics_book(workspace: Path) -> Callable[[], object]:
    from weipian_plugin.domain.progress import Progress
    from weipian_plugin.workflow.statistics import compile_statistics

    return lambda: compile_statistics(workspace, workspace.with_name("统计.xlsx"), AS_OF, "甲", Progress())


MEASUREMENTS: dict[str, Callable[[Path], Callable[[], object]]] = {
    "opening": _opening,
    "queue": _queue,
    "statistics": _statistics,
    "deadlines workbook": _deadline_book,
    "statistics workbook": _statistics_book,
}

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
