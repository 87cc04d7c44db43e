"""The facts of a patch as a table that fits: short ones side by side, a long one across what it needs."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from qgis.PyQt.QtGui import QFontMetrics

_GAP = 14
"""Pixels between columns."""
_MARGINS = 8
"""Pixels that a label keeps around rich text."""


def facts_table(facts: Sequence[tuple[str, str]], room: int, metrics: QFontMetrics, grey: str) -> str:
    """Return names and values as HTML for a label `room` pixels wide.

    Columns are wide enough for all facts but the longest, which takes what its row has left.
    """
    needs = [metrics.horizontalAdvance(f"{name} {value}") + _GAP for name, value in facts]
    rows = placed(needs, max(room - _MARGINS + _GAP, 1))
    # A table a row: one table would widen all rows for the longest fact.
    return "".join(_row([(*facts[place], width) for place, width in row], grey) for row in rows)


def placed(needs: Sequence[int], room: int) -> list[list[tuple[int, int]]]:
    """Return the facts row by row, in their order: place and width of each.

    Facts stand in columns; where that cuts the last one of a row, or there is room for one column only, two
    that are short move together.
    """
    columns = max(room // sorted(needs)[-2:][0], 1) if needs else 1
    rows: list[list[int]] = []
    for place, need in enumerate(needs):
        if not rows or len(rows[-1]) == max(columns, 2) or sum(needs[at] for at in rows[-1]) + need > room:
            rows.append([])
        rows[-1].append(place)
    return [_widths(row, needs, room // columns, room) for row in rows]


def _widths(row: Sequence[int], needs: Sequence[int], column: int, room: int) -> list[tuple[int, int]]:
    *before, last = row
    stay = all(needs[at] <= column for at in before) and column * len(before) + needs[last] <= room
    return [(at, column if stay and at != last else needs[at]) for at in row]


def _row(cells: Sequence[tuple[str, str, int]], grey: str) -> str:
    texts = [f'<span style="color:{grey};">{escape(name)}</span> {escape(value)}' for name, value, _ in cells]
    widths = [f' width="{width}"' for *_, width in cells[:-1]] + [""]
    shown = "".join(f"<td{width}>{text}</td>" for width, text in zip(widths, texts, strict=True))
    return f'<table cellspacing="0" cellpadding="0"><tr>{shown}</tr></table>'
