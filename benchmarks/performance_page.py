"""docs/performance.md: what was measured, as tables."""

from __future__ import annotations

import itertools
import os
import platform
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from benchmarks.engines import Figures

Found = Mapping[tuple[int, int], Mapping[str, Figures]]
"""By parcels and patches: the figures of each engine."""

_HEAD = """# Performance

Written by `make bench`; do not edit. {date}, {machine}, QGIS {qgis}, Python {python}.

Sample districts of seed 1, seven layers (land classes, basic farmland, red line, rivers, traffic, forest,
nature reserves). Seconds are medians of three runs in one process (one run for QGIS, geopandas and PostGIS
from 5,000 patches on); memory is the peak of the process. Who measures while other work runs on the machine
measures that work too.

## Overlay: reading and computing

"times" is how many times as long as the overlay the other program takes. The areas of every patch and role
are compared: QGIS's own overlap analysis (`native:calculatevectoroverlaps`, edges straight in degrees) may
differ by 1e-4 of a patch, the others, which work in the same plane, by 1e-8. geopandas reads every layer
whole, then `geopandas.overlay`, then dissolves what overlaps. PostGIS 3.3 has its data indexed and analysed
in the database before the clock starts, and two parallel workers. "bare GEOS" is what an overlay by shapes
cannot do without: the same reads, `intersects`, `intersection` and `area` in two threads, nothing else. The
overlay measures areas from edges and builds shapes only where polygons overlap, so it can be below it.

{overlay_head}"""
_OVERLAY_COLUMNS = (
    *("parcels", "patches", "overlay s", "first run s", "peak MB", "bare GEOS s"),
    *("QGIS s", "times", "geopandas s", "times", "PostGIS s", "times"),
)
_STEPS = """
## Steps of the month

Storing, assigning and exporting include the history; the workbook has all its sheets. "held" is the longest
that another thread, such as the window's, waits for Python while the step runs; to show one thing, a window
may have to wait several times.

"""
_STEP_COLUMNS = (
    *("parcels", "patches", "import of the parcels s", "peak MB", "held ms"),
    *("overlay and storing s", "peak MB", "held ms"),
    *("assign s", "peak MB", "held ms", "export s", "peak MB", "held ms"),
)
_REVIEW = """
## Reviewing by keyboard

The review dock with its real widgets, drawn in memory: opening a workspace until its first patch is shown,
going to the next patch, and judging one (result, category, basis, saving) until the next is shown. "still" is
the longest that the event loop stood still meanwhile.

"""
_REVIEW_COLUMNS = (
    *("patches", "open s", "still ms", "next ms", "longest ms", "still ms"),
    *("judge ms", "longest ms", "still ms", "patches a minute"),
)
_REVIEW_FIGURES = (
    *("open, window blocked", "next", "next, longest", "next, window blocked"),
    *("judge", "judge, longest", "judge, window blocked", "patches a minute"),
)
_GROWTH = """
## Growth

{patches}

{parcels}
"""


def page(found: Found) -> str:
    """Return the page."""
    overlay = "".join(_overlay_row(*case, engines) for case, engines in sorted(found.items()))
    steps = "".join(_steps_row(*case, engines) for case, engines in sorted(found.items()))
    review = "".join(_review_row(case[1], engines["review"]) for case, engines in sorted(found.items()))
    return "".join(
        (
            *(_head(), overlay, _STEPS, _table_head(_STEP_COLUMNS), steps),
            *(_REVIEW, _table_head(_REVIEW_COLUMNS), review, _growth(found)),
        )
    )


def _head() -> str:
    from qgis.core import Qgis

    return _HEAD.format(
        date=date.today().isoformat(),
        machine=f"{os.cpu_count()} × {_processor()}, {_memory()} GB",
        qgis=Qgis.version().split("-")[0],
        python=platform.python_version(),
        overlay_head=_table_head(_OVERLAY_COLUMNS),
    )


def _table_head(columns: tuple[str, ...]) -> str:
    return _row(list(columns)) + _row(["---:"] * len(columns))


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _memory() -> int:
    return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9)


def _overlay_row(parcels: int, patches: int, engines: Mapping[str, Figures]) -> str:
    ours = engines["overlay"]
    cells = [
        f"{parcels:,}",
        f"{patches:,}",
        *_seconds(ours),
        f"{ours['first']:.2f}",
        f"{ours['peak_mb']:.0f}",
    ]
    cells += _seconds(engines["bare"])
    for name in ("native", "geopandas", "postgis"):
        run = engines.get(name)
        cells += [*_seconds(run), f"{run['seconds'] / ours['seconds']:.1f}"] if run else ["—", "—"]
    return _row(cells)


def _steps_row(parcels: int, patches: int, engines: Mapping[str, Figures]) -> str:
    cells = [f"{parcels:,}", f"{patches:,}"]
    for name in ("import_parcels", "stored", "assign", "export"):
        run = engines.get(name)
        cells += [*_seconds(run), f"{run['peak_mb']:.0f}", f"{run['held']:.0f}"] if run else ["—"] * 3
    return _row(cells)


def _review_row(patches: int, run: Figures) -> str:
    return _row([f"{patches:,}", *_seconds(run), *(f"{run[name]:.0f}" for name in _REVIEW_FIGURES)])


def _seconds(run: Figures) -> list[str]:
    return [f"{run['seconds']:.2f}"]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _growth(found: Found) -> str:
    if len(found) == 1:
        return ""
    by_patches = _steps_between(sorted(case for case in found if case[0] == _usual(found, 0)), found)
    by_parcels = _steps_between(sorted(case for case in found if case[1] == _usual(found, 1)), found)
    return _GROWTH.format(patches=by_patches, parcels=by_parcels)


def _usual(found: Found, axis: int) -> int:
    """Return the size that most cases share."""
    sizes = [case[axis] for case in found]
    return max(sizes, key=sizes.count)


def _steps_between(cases: list[tuple[int, int]], found: Found) -> str:
    """Return a list: from case to case, how much more data and how much more time."""
    lines = []
    for before, after in itertools.pairwise(cases):
        more = max(after[0] / before[0], after[1] / before[1])
        slower = found[after]["overlay"]["seconds"] / found[before]["overlay"]["seconds"]
        what = "patches" if after[1] != before[1] else "parcels"
        lines.append(f"- {more:.1f} times the {what}: {slower:.1f} times the seconds of the overlay")
    return "\n".join(lines)
