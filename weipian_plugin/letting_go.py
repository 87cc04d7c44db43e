"""Letting go of large tables without holding others up.

Freed at once, a million values keep Python from all other threads, and so from the window, for more than a
tenth of a second.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

_AT_ONCE = 5_000


def free_row_by_row(rows: list[Any] | dict[Any, Any]) -> None:
    """Let go of rows, or entries, one by one; nobody else may hold them any more."""
    take = rows.popitem if isinstance(rows, dict) else rows.pop
    while rows:
        take()


def free_column_by_column(frame: pd.DataFrame) -> None:
    """Let go of the columns of a frame one by one, of objects in pieces; the frame is empty then."""
    for name in list(frame.columns):
        values = frame.pop(name).to_numpy()
        if values.dtype == object and values.flags.writeable:
            for start in range(0, len(values), _AT_ONCE):
                values[start : start + _AT_ONCE] = None
