"""Long work that does not hold the window up.

A call into NumPy, shapely, pandas or GDAL keeps Python from all other threads as long as it lasts, and to
show one thing the window may need Python ten times. So large arrays are gone through in pieces of a few
milliseconds, and where one longer call follows another there is a breath between them.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import pandas as pd

_BREATH_SECONDS = 0.005
_MANY = 20_000
"""Values of a column that some call works on for two milliseconds."""
_FREED_AT_ONCE = 5_000

Item = TypeVar("Item")


def slices(count: int, size: int) -> list[slice]:
    """Return consecutive slices of at most `size` from 0 to `count`."""
    return [slice(start, min(start + size, count)) for start in range(0, count, size)]


def with_breaths(items: Iterable[Item], values: int = _MANY) -> Iterator[Item]:
    """Yield the items; when the work on one is done, the window has a moment for itself.

    `values` says on how many values the work is each time: on few it is over soon and needs no breath.
    """
    for item in items:
        yield item
        if values >= _MANY:
            time.sleep(_BREATH_SECONDS)


def free_row_by_row(rows: list[Any] | dict[Any, Any]) -> None:
    """Let go of rows, or entries, one by one; nobody else may hold them any more.

    Freed at once, a million values keep Python for more than a tenth of a second.
    """
    take = rows.popitem if isinstance(rows, dict) else rows.pop
    while rows:
        take()


def free_column_by_column(frame: pd.DataFrame) -> None:
    """Let go of the columns of a frame one by one, of objects in pieces; the frame is empty then."""
    for name in list(frame.columns):
        values = frame.pop(name).to_numpy()
        if values.dtype == object and values.flags.writeable:
            for part in slices(len(values), _FREED_AT_ONCE):
                values[part] = None
