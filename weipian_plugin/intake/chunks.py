"""Long arrays worked through in pieces on two threads, with progress and a quick way out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import shapely

from weipian_plugin.domain.progress import Progress
from weipian_plugin.giving_way import slices

_CHUNK = 500
"""Few, since shapely keeps Python to itself while it makes geometries or takes them apart."""
_THREADS = 2
_AHEAD = 4
"""Pieces handed out before the first result is taken: little to wait for after a cancel."""

_CENTRE = shapely.Point(0, 0)

Result = TypeVar("Result")


def map_chunks(function: Callable[[slice], Result], count: int, progress: Progress) -> list[Result]:
    """Return the results of `function` for consecutive slices of 0 to `count`, in order.

    GEOS, PROJ and most of NumPy work outside the interpreter's lock, so two threads do twice as much.
    """
    parts = slices(count, _CHUNK)
    with ThreadPoolExecutor(max_workers=_THREADS, initializer=_tidy_memory) as pool:
        return _collect(pool, function, parts, progress)


def _tidy_memory() -> None:
    """Ask for more than a kilobyte, a circle of 257 points, while Python is free for others.

    On Linux the first such request in a thread tidies up what earlier threads have left: a tenth of a second
    after a large layer. Asked for by Python, it would keep the window waiting.
    """
    shapely.buffer(_CENTRE, 1.0, quad_segs=64)


def _collect(
    pool: ThreadPoolExecutor, function: Callable[[slice], Result], parts: Sequence[slice], progress: Progress
) -> list[Result]:
    results: list[Result] = []
    waiting = [pool.submit(function, part) for part in parts[:_AHEAD]]
    for index in range(len(parts)):
        results.append(waiting[index].result())
        # A cancel raises here; only the few pieces under way are waited for.
        progress.report((index + 1) / len(parts))
        if len(waiting) < len(parts):
            waiting.append(pool.submit(function, parts[len(waiting)]))
    return results
