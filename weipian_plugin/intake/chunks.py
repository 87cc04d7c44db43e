"""Long arrays worked through in pieces on two threads, with progress and a quick way out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from weipian_plugin.domain.progress import Progress

CHUNK = 4_000
SMALL_CHUNK = 500
"""Where shapely makes geometries or takes them apart: it keeps Python, and so the window, meanwhile."""
_THREADS = 2
_AHEAD = 4
"""Pieces handed out before the first result is taken: little to wait for after a cancel."""

Result = TypeVar("Result")


def slices(count: int, chunk: int) -> list[slice]:
    """Return consecutive slices of at most `chunk` from 0 to `count`."""
    return [slice(start, min(start + chunk, count)) for start in range(0, count, chunk)]


def map_chunks(
    function: Callable[[slice], Result], count: int, progress: Progress, chunk: int = CHUNK
) -> list[Result]:
    """Return the results of `function` for consecutive slices of 0 to `count`, in order.

    GEOS, PROJ and most of NumPy work outside the interpreter's lock, so two threads do twice as much.
    """
    parts = slices(count, chunk)
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
