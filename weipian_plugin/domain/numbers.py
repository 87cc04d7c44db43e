"""Arrays of whole numbers, and how runs of them are laid out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def starts_of(counts: Ints) -> Ints:
    """Return where each run begins when runs of these lengths lie end to end."""
    return np.cumsum(counts) - counts


def spans(starts: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Return runs of `counts` numbers from each of `starts` end to end: run and number, parallel arrays."""
    run = np.repeat(np.arange(len(starts)), counts)
    return run, np.arange(len(run)) + np.repeat(starts - starts_of(counts), counts)


def portions(sizes: Ints, at_once: int) -> Iterator[slice]:
    """Yield runs of items that have together about `at_once` of what is counted, one item at least."""
    total = np.cumsum(sizes)
    start = 0
    while start < len(total):
        done = total[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(total, done + at_once, side="right")))
        yield slice(start, end)
        start = end
