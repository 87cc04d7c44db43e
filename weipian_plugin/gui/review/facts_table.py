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

    Columns are wide enough for all facts but the longest, which may take several.
    """
    needs = [metrics.horizontalAdvance(f"{name} {value}") + _GAP for name, value in facts]
    room = max(room - _MARGINS, 1)
    columns = max(room // sorted(needs)[-2:][0], 1) if needs else 1
    spans = [min(-(-need * columns // room), columns) for need in needs]
    shown = [_cell(*fact, span * room // columns, grey) for fact, span in zip(facts, spans, strict=True)]
    lines = ("".join(shown[place] for place in row) for row in placed(spans, columns))
    # A table a row: one table would widen all rows for the longest fact.
    return "".join(f'<table cellspacing="0" cellpadding="0"><tr>{line}</tr></table>' for line in lines)


def placed(spans: Sequence[int], columns: int) -> list[list[int]]:
    """Return the places of the facts row by row, in their order; none reaches beyond the last column."""
    rows: list[list[int]] = []
    free = 0
    for place, span in enumerate(spans):
        if span > free:
            rows.append([])
            free = columns
        rows[-1].append(place)
        free -= span
    return rows


def _cell(name: str, value: str, width: int, grey: str) -> str:
    label = f'<span style="color:{grey};">{escape(name)}</span>'
    return f'<td width="{width}">{label} {escape(value)}</td>'
