"""Letting go of large tables without holding others up."""

from __future__ import annotations

from typing import Any


def free_row_by_row(rows: list[Any]) -> None:
    """Let go of rows one by one; nobody else may hold them any more.

    Freed at once, a million cells keep Python from all other threads, and so from the window, for more than
    a tenth of a second.
    """
    while rows:
        rows.pop()
