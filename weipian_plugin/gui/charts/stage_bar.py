"""One whole in its parts: a stacked bar and its legend with figures."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QPainter

from weipian_plugin.gui.charts.chart import Chart, Region
from weipian_plugin.gui.charts.geometry import Box, stacked
from weipian_plugin.gui.charts.paint import LEFT, RIGHT, SMALL, Look, bar, faded, height_of, width_of, write

_LEAST, _GAP = 4.0, 1.0
_COLUMNS, _BETWEEN = 2, 12
"""How many columns the legend has, and the gap between them."""
_BESIDE_NAME = 30
"""What a line of the legend needs beside its texts: the square and gaps."""
_SHADE = 0.9


@dataclass(frozen=True)
class Segment:
    """One part of the whole."""

    key: str
    name: str
    count: int
    colour: str
    text: str
    """All about it in words."""


@dataclass(frozen=True)
class StackData:
    """The parts from left to right."""

    segments: tuple[Segment, ...] = ()
    empty: str = ""

    @property
    def total(self) -> int:
        """How many there are altogether."""
        return sum(segment.count for segment in self.segments)


class StageBar(Chart):
    """A bar whose parts are as long as their share, above a legend in columns."""

    def __init__(self, parent: object | None = None) -> None:
        """Start without parts."""
        super().__init__(parent)
        self._data = StackData()

    def show_data(self, data: StackData) -> None:
        """Show parts."""
        self._data = data
        self.refresh()

    def words(self) -> str:
        """Return every part in words."""
        return "\n".join(segment.text for segment in self._data.segments) or self._data.empty

    def needed(self) -> QSize:
        """Return the least size: the bar, and the rows of the legend with all names and figures."""
        line, wide = self.fontMetrics().height(), self.fontMetrics().horizontalAdvance
        rows = max(-(-len(self._data.segments) // _COLUMNS), 1)
        figures = max((wide(f"{segment.name}{segment.count}") for segment in self._data.segments), default=0)
        entry = figures + wide(">99%") + _BESIDE_NAME
        return QSize(max(_COLUMNS * entry + _BETWEEN, 12 * line), line + 14 + rows * (line + 4))

    def draw(self, painter: QPainter, box: Box, look: Look) -> list[Region]:
        """Paint bar and legend; a part and its line of the legend are clicked alike."""
        if not self._data.segments:
            write(painter, box, self._data.empty, look.font(), look.quiet)
            return []
        line = height_of(look.font())
        strip = Box(box.x, box.y, box.width, min(max(box.height * 0.16, 14.0), 26.0))
        legend = box.within(top=strip.height + 8)
        return [*self._draw_strip(painter, strip, look), *self._draw_legend(painter, legend, line, look)]

    def _draw_strip(self, painter: QPainter, strip: Box, look: Look) -> list[Region]:
        bar(painter, strip, look.track)
        lengths = stacked([segment.count for segment in self._data.segments], strip.width, _LEAST)
        x, found = strip.x, []
        for segment, length in zip(self._data.segments, lengths, strict=True):
            part = Box(x, strip.y, length, strip.height)
            bar(painter, part.within(right=_GAP), faded(segment.colour, look, _SHADE), 2.0)
            if length > 0:
                found.append(Region(part, segment.key, segment.text))
            x += length
        return found

    def _draw_legend(self, painter: QPainter, box: Box, line: float, look: Look) -> list[Region]:
        rows = -(-len(self._data.segments) // _COLUMNS)
        lane = min(max(box.height / rows, line), line + 12)
        wide, found = box.width / _COLUMNS, []
        for number, segment in enumerate(self._data.segments):
            column, row = divmod(number, rows)
            spot = Box(box.x + column * wide, box.y + row * lane, wide, lane)
            self._draw_entry(painter, spot.within(right=_BETWEEN if column == 0 else 0), segment, look)
            found.append(Region(spot, segment.key, segment.text))
        return found

    def _draw_entry(self, painter: QPainter, box: Box, segment: Segment, look: Look) -> None:
        square = 10.0
        mark = Box(box.x, box.y + (box.height - square) / 2, square, square)
        bar(painter, mark, faded(segment.colour, look, _SHADE), 2.0)
        share = share_text(segment.count, self._data.total)
        part = width_of(">99%", look.font(SMALL)) + 6
        figure = width_of(str(segment.count), look.font(bold=True))
        ink = look.text if segment.count else look.quiet
        write(painter, box.within(left=box.width - part), share, look.font(SMALL), look.quiet, RIGHT)
        numbers = box.within(left=box.width - part - figure, right=part)
        write(painter, numbers, str(segment.count), look.font(bold=True), ink, RIGHT)
        name = box.within(left=square + 6, right=part + figure + 6)
        write(painter, name, segment.name, look.font(), ink, LEFT)


def share_text(count: int, total: int) -> str:
    """Return a part of a whole in whole per cent; 0 % is none of it and 100 % all."""
    if total <= 0:
        return "—"
    shown = f"{count / total:.0%}"
    if shown == "0%" and count:
        return "<1%"
    return ">99%" if shown == "100%" and count < total else shown
