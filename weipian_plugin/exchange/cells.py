"""Rows of a sheet as the text that a workbook stores: formulas with their results, text as text.

openpyxl does the rest of the workbook. It would take three times as long for the cells and write formulas
without results: programs that only show (protected views, previews, phones) would then show nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

_DAY_ZERO = date(1899, 12, 30)
_LONGEST_TEXT = 32767
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Formula:
    """A live formula, and what it comes to."""

    text: str
    value: float | int | str


CellValue = str | float | int | date | Formula | None


def row_xml(row: int, cells: Sequence[str], height: float | None) -> str:
    """Return a row from its cells, `height` in points."""
    tall = "" if height is None else f' ht="{height:g}" customHeight="1"'
    return f'<row r="{row}"{tall}>{"".join(cells)}</row>'


def cell_xml(place: str, style: int, value: CellValue) -> str:
    """Return the cell at `place` (such as B3) with a style of the workbook."""
    head = f'<c r="{place}" s="{style}"'
    if isinstance(value, str):
        text = escape(clean_text(value), quote=False)
        return f'{head} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(value, Formula):
        formula = escape(value.text.removeprefix("="), quote=False)
        kind = ' t="str"' if isinstance(value.value, str) else ""
        return f"{head}{kind}><f>{formula}</f><v>{escape(str(value.value), quote=False)}</v></c>"
    if isinstance(value, date):
        return f"{head}><v>{(value - _DAY_ZERO).days}</v></c>"
    if value is None or math.isnan(value):
        return f"{head}/>"
    return f"{head}><v>{value!r}</v></c>"


def clean_text(text: str) -> str:
    """Return the text without characters that a workbook cannot hold, cut to what a cell can hold."""
    if text.isprintable() and len(text) < _LONGEST_TEXT:
        return text
    clean = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return clean if len(clean) <= _LONGEST_TEXT else clean[: _LONGEST_TEXT - 1] + "…"
