"""Long arrays worked through in pieces on two threads, with progress and a quick way out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from weipian_plugin.domain.progress import Progress
from weipian_plugin.giving_way import slices

_CHUNK = 500
"""Few, since shapely keeps Python to itself while it makes geometries or takes them apart."""
_THREADS = 2
_AHEAD = 4
"""Pieces handed out before the first result is taken: little to wait for after a cancel."""

Result = TypeVar("Result")


def map_chunks(function: Callable[[slice], Result], count: int, progress: Progress) -> list[Result]:
    """Return the results of `function` for consecutive slices of 0 to `count`, in order.

    GEOS, PROJ and most of NumPy work outside the interpreter's lock, so two threads do twice as much.
    """
    parts = slices(count, _CHUNK)
    with ThreadPoolExecutor(max_workers=_THREADS) as pool:
        return _collect(pool, function, parts, progress)


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
