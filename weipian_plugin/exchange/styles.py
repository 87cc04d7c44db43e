"""The looks of the office's workbooks: fonts, colours, borders, number formats, each made once a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.formatting.rule import FormulaRule, Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from weipian_plugin.domain.roles import Status
from weipian_plugin.exchange.sources import Kind

FONT = "微软雅黑"
BLUE, YELLOW, WHITE = "4472C4", "FFF2CC", "FFFFFF"
WARN_FILL = "FFEB9C"
RED_FILL, RED_TEXT, GREEN_FILL = "FFC7CE", "9C0006", "C6EFCE"
GAP_FILL, GAP_TEXT = "E4DFEC", "5F497A"
"""未评估 has a colour of its own, unlike error, warning and good."""


class Look(StrEnum):
    """What a cell is for."""

    TITLE = "title"
    NOTE = "note"
    HEADER = "header"
    TOTAL = "total"
    BODY = "body"
    GAP = "gap"
    """未评估."""
    FILL = "fill"
    """To be filled in by who gets the workbook."""
    LINK = "link"
    PLAIN = "plain"
    """Running text without borders."""


_FONTS: Mapping[Look, Mapping[str, Any]] = {
    Look.TITLE: {"size": 16, "bold": True},
    Look.NOTE: {"size": 9, "color": "595959"},
    Look.HEADER: {"size": 10, "bold": True, "color": WHITE},
    Look.TOTAL: {"bold": True},
    Look.GAP: {"color": GAP_TEXT},
    Look.LINK: {"color": "0563C1", "underline": "single"},
}
_FILLS = {Look.HEADER: BLUE, Look.TOTAL: YELLOW, Look.GAP: GAP_FILL, Look.FILL: "FFFBEA"}
_BORDERLESS = (Look.TITLE, Look.NOTE, Look.PLAIN)
_NUMERIC = (Kind.AREA, Kind.NUMBER, Kind.PERCENT, Kind.CHECK)


class Styles:
    """Cell styles of one workbook by their number, ready to be shared by thousands of cells."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._made: dict[tuple[Look, str, str], int] = {}

    def get(self, look: Look, number_format: str = "@", align: str = "center") -> int:
        """Return the number of the style for a look, a number format and an alignment."""
        key = (look, number_format, align)
        if key not in self._made:
            self._made[key] = self._make(look, number_format, align)
        return self._made[key]

    def _make(self, look: Look, number_format: str, align: str) -> int:
        cell = WriteOnlyCell(self._sheet)
        cell.font = Font(name=FONT, **{"size": 11, **_FONTS.get(look, {})})
        if look in _FILLS:
            cell.fill = PatternFill("solid", fgColor=_FILLS[look])
        if look not in _BORDERLESS:
            cell.border = _thin()
        numeric = number_format != "@"
        cell.alignment = Alignment(
            horizontal=align, vertical="center", wrap_text=not numeric, shrink_to_fit=numeric
        )
        cell.number_format = number_format
        cell.quotePrefix = look in (Look.BODY, Look.FILL, Look.LINK) and not numeric
        return int(cell.style_id)


@cache
def number_format(kind: Kind, decimals: int) -> str:
    """Return the number format of a kind of value."""
    if kind in (Kind.AREA, Kind.NUMBER, Kind.CHECK):
        return f"{0:.{decimals}f}"
    return {
        Kind.PERCENT: f"{0:.{decimals}f}%",
        Kind.DATE: "yyyy-mm-dd",
        Kind.COUNTER: "0",
        Kind.COUNT: "0",
    }.get(kind, "@")


def trace_format(decimals: int) -> str:
    """Return the format of an area that is there but prints as zero: ＜0.01."""
    return f'"＜{10**-decimals:.{decimals}f}"' if decimals else '"＜1"'


def alignment(kind: Kind) -> str:
    """Return the alignment of a kind of value."""
    if kind in _NUMERIC:
        return "right"
    return "left" if kind is Kind.TEXT else "center"


def red_when(formula: str) -> Rule:
    """Return the rule that paints a cell red while the formula holds."""
    return FormulaRule(
        formula=[formula], font=Font(color=RED_TEXT, bold=True), fill=PatternFill(bgColor=RED_FILL)
    )


def yellow_when(formula: str) -> Rule:
    """Return the rule that paints a cell yellow while the formula holds."""
    return FormulaRule(formula=[formula], fill=PatternFill(bgColor=WARN_FILL))


def green_when(formula: str) -> Rule:
    """Return the rule that paints a cell green while the formula holds."""
    return FormulaRule(formula=[formula], fill=PatternFill(bgColor=GREEN_FILL))


def gap_when(cell: str) -> Rule:
    """Return the rule that gives 未评估 its colour where a formula comes to it."""
    gap = Status.NOT_EVALUATED.value
    return FormulaRule(
        formula=[f'{cell}="{gap}"'], font=Font(color=GAP_TEXT), fill=PatternFill(bgColor=GAP_FILL)
    )


@cache
def _thin() -> Border:
    side = Side(style="thin", color="A6A6A6")
    return Border(left=side, right=side, top=side, bottom=side)
