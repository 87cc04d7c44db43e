"""Horizontal bars one below the other: who stands where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QFontInfo, QPainter

from weipian_plugin.gui.charts.chart import Chart, Region
from weipian_plugin.gui.charts.geometry import Box, lanes
from weipian_plugin.gui.charts.paint import (
    LEFT,
    RIGHT,
    SMALL,
    Look,
    bar,
    faded,
    height_of,
    pen_of,
    rule,
    width_of,
    write,
)

_WIDEST, _GAP, _ROOM = 16.0, 0.34, 8.0
_CLOSEST = 1.28
"""Height of the closest rows, in sizes of the font."""
_NAMES = 0.42
"""The part of the width that names may take at most."""


@dataclass(frozen=True)
class Bar:
    """One row."""

    key: str
    name: str
    value: float | None
    """None where there is no figure: no bar."""
    shown: str
    """The figure as printed."""
    text: str
    """All about it in words."""
    place: str = ""
    colour: str = "#0072B2"


@dataclass(frozen=True)
class BarsData:
    """The rows from top to bottom, and a mark that is drawn across them all."""

    bars: tuple[Bar, ...] = ()
    limit: float | None = None
    empty: str = ""
    """What is written where there are no rows."""
    top: float | None = None
    """Where the scale ends; by itself at the largest figure."""


class RankingBars(Chart):
    """Place, name, bar and figure of every row."""

    def __init__(self, parent: object | None = None) -> None:
        """Start without rows."""
        super().__init__(parent)
        self._data = BarsData()

    def show_data(self, data: BarsData) -> None:
        """Show rows."""
        self._data = data
        self.refresh()

    def words(self) -> str:
        """Return every row in words."""
        return "".join(f"{row.text}\n" for row in self._data.bars).strip() or self._data.empty

    def needed(self) -> QSize:
        """Return the size at which every row can be read; more rows are scrolled."""
        # Lines of Chinese fonts are half as high again as what is written: rows may stand closer.
        row = round(QFontInfo(self.font()).pixelSize() * _CLOSEST)
        return QSize(16 * row, max(len(self._data.bars), 3) * row)

    def draw(self, painter: QPainter, box: Box, look: Look) -> list[Region]:
        """Paint the rows."""
        rows = self._data.bars
        if not rows:
            write(painter, box, self._data.empty, look.font(), look.quiet)
            return []
        line = height_of(look.font())
        used = min(box.height, len(rows) * (line + 10))
        columns = self._columns(box, look)
        placed = lanes(len(rows), box.y, used, _GAP, _WIDEST)
        if self._data.limit is not None:
            self._draw_limit(painter, columns[2], box.y, box.y + used, look)
        lane = used / len(rows)
        found = []
        for number, (row, (top, thick)) in enumerate(zip(rows, placed, strict=True)):
            whole = Box(box.x, box.y + number * lane, box.width, lane)
            self._draw_row(painter, row, whole, (top, thick), columns, look)
            found.append(Region(whole, row.key, row.text))
        return found

    def _columns(self, box: Box, look: Look) -> tuple[Box, Box, Box, Box]:
        """Return the columns for place, name, bar and figure; their heights do not count."""
        rows, font = self._data.bars, look.font()
        place = _widest([row.place for row in rows], look)
        place += _ROOM if place else 0.0
        name = min(max(width_of(row.name, font) for row in rows), box.width * _NAMES)
        figure = max(width_of(row.shown, font) for row in rows)
        middle = box.within(left=place + name + _ROOM, right=figure + _ROOM)
        return (
            Box(box.x, box.y, place, box.height),
            Box(box.x + place, box.y, name, box.height),
            middle,
            Box(box.right - figure, box.y, figure, box.height),
        )

    def _top(self) -> float:
        highest = max((row.value or 0.0 for row in self._data.bars), default=0.0)
        return self._data.top or max(highest, self._data.limit or 0.0) or 1.0

    def _draw_row(
        self,
        painter: QPainter,
        row: Bar,
        whole: Box,
        lane: tuple[float, float],
        columns: Sequence[Box],
        look: Look,
    ) -> None:
        place, name, middle, figure = (Box(c.x, whole.y, c.width, whole.height) for c in columns)
        write(painter, place.within(right=_ROOM), row.place, look.font(SMALL), look.quiet, RIGHT)
        write(painter, name, row.name, look.font(), look.text, LEFT)
        track = Box(middle.x, lane[0], middle.width, lane[1])
        bar(painter, track, look.track)
        if row.value:
            length = max(min(row.value / self._top(), 1.0) * middle.width, 2.0)
            bar(painter, Box(track.x, track.y, length, track.height), faded(row.colour, look, 0.85))
        ink = look.quiet if row.value is None else look.text
        write(painter, figure, row.shown, look.font(), QColor(ink), RIGHT)

    def _draw_limit(self, painter: QPainter, middle: Box, top: float, bottom: float, look: Look) -> None:
        x = middle.x + min((self._data.limit or 0.0) / self._top(), 1.0) * middle.width
        rule(painter, (x, top), (x, bottom), pen_of(look.quiet, 1.0, dashed=True))


def _widest(texts: Sequence[str], look: Look) -> float:
    return max(width_of(text, look.font(SMALL)) for text in texts)
