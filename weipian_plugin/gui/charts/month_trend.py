"""Month by month: stacked columns of counts, and a line of shares against a limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.PyQt.QtCore import QPointF, QSize
from qgis.PyQt.QtGui import QPainter

from weipian_plugin.gui.charts.chart import Chart, Region
from weipian_plugin.gui.charts.geometry import Box, count_ticks, every, gauge_top, lanes, stacked
from weipian_plugin.gui.charts.paint import (
    CENTRE,
    LEFT,
    RIGHT,
    SMALL,
    Look,
    bar,
    faded,
    height_of,
    ink,
    pen_of,
    rule,
    width_of,
    write,
)

_GAP, _WIDEST = 0.36, 34.0
_DOT = 3.0
_MARK, _APART = 14.0, 12.0
"""Before and after a name of the legend."""


@dataclass(frozen=True)
class Series:
    """One kind of what the columns count."""

    name: str
    colour: str


NO_SERIES = Series("", "#000000")


@dataclass(frozen=True)
class Month:
    """One month: how many of each series, and the share at its end."""

    key: str
    name: str
    counts: tuple[int, ...]
    share: float | None
    """None where there is none: the line is broken."""
    text: str
    """All about it in words."""


@dataclass(frozen=True)
class TrendData:
    """The months from left to right."""

    series: tuple[Series, ...] = ()
    months: tuple[Month, ...] = ()
    limit: float = 0.15
    line: Series = NO_SERIES
    """Name and colour of the line."""
    empty: str = ""

    @property
    def has_line(self) -> bool:
        """Whether any month has a share."""
        return any(month.share is not None for month in self.months)


class MonthTrend(Chart):
    """Columns on the left scale, the line on the right one."""

    def __init__(self, parent: object | None = None) -> None:
        """Start without months."""
        super().__init__(parent)
        self._data = TrendData()

    def show_data(self, data: TrendData) -> None:
        """Show months."""
        self._data = data
        self.refresh()

    def words(self) -> str:
        """Return every month in words."""
        return "\n".join(month.text for month in self._data.months) or self._data.empty

    def needed(self) -> QSize:
        """Return the least size: legend, columns, names of months."""
        line = self.fontMetrics().height()
        return QSize(12 * line, 7 * line)

    def draw(self, painter: QPainter, box: Box, look: Look) -> list[Region]:
        """Paint legend, scales, columns and line."""
        if not self._data.months:
            write(painter, box, self._data.empty, look.font(), look.quiet)
            return []
        font, line = look.font(SMALL), height_of(look.font(SMALL))
        rows = self._legend_rows(box.width, look)
        for number, row in enumerate(rows):
            self._draw_legend(painter, Box(box.x, box.y + number * line, box.width, line), row, look)
        scale = count_ticks(max(sum(month.counts) for month in self._data.months))
        right = width_of("100%", font) + 6 if self._data.has_line else 0.0
        room = box.within(width_of(str(scale[-1]), font) + 8, line * (len(rows) + 0.7), right, line + 6)
        self._draw_scale(painter, room, scale, look)
        found = self._draw_columns(painter, room, box, scale[-1], look)
        if self._data.has_line:
            self._draw_line(painter, room, box.right, look)
        return found

    def _legend_rows(self, width: float, look: Look) -> list[list[Series]]:
        """Return what the legend names, in as many rows as it needs to be read whole."""
        rows: list[list[Series]] = [[]]
        used, font = 0.0, look.font(SMALL)
        for series in [*self._data.series, *([self._data.line] if self._data.has_line else [])]:
            wide = _MARK + width_of(series.name, font)
            if rows[-1] and used + wide > width:
                rows.append([])
                used = 0.0
            rows[-1].append(series)
            used += wide + _APART
        return rows

    def _draw_legend(self, painter: QPainter, box: Box, row: Sequence[Series], look: Look) -> None:
        font, x = look.font(SMALL), box.x
        for series in row:
            high = 10.0 if series is not self._data.line else 2.5
            mark = Box(x, box.y + (box.height - high) / 2, 10.0, high)
            bar(painter, mark, faded(series.colour, look, 0.9), 2.0)
            wide = width_of(series.name, font)
            name = Box(x + _MARK, box.y, min(wide, box.right - x - _MARK), box.height)
            write(painter, name, series.name, font, look.quiet)
            x += _MARK + wide + _APART

    def _draw_scale(self, painter: QPainter, room: Box, scale: Sequence[int], look: Look) -> None:
        font = look.font(SMALL)
        for value in scale:
            y = round(room.bottom - value / scale[-1] * room.height) + 0.5
            rule(painter, (room.x, y), (room.right, y), pen_of(look.line if value == 0 else look.track))
            label = Box(room.x - 100, y - height_of(font) / 2, 94, height_of(font))
            write(painter, label, str(value), font, look.quiet, RIGHT)

    def _draw_columns(self, painter: QPainter, room: Box, box: Box, top: int, look: Look) -> list[Region]:
        months, font = self._data.months, look.font(SMALL)
        lane = room.width / len(months)
        stride = every(len(months), room.width, max(width_of(month.name, font) for month in months) + 6)
        found = []
        for at, (month, (left, wide)) in enumerate(
            zip(months, lanes(len(months), room.x, room.width, _GAP, _WIDEST), strict=True)
        ):
            self._draw_stack(painter, Box(left, room.y, wide, room.height), month, top, look)
            middle = room.x + (at + 0.5) * lane
            if at % stride == 0:
                half = lane * stride / 2
                # The last name may reach beyond its month, not beyond the chart.
                beyond = max(middle + width_of(month.name, font) / 2 + 1 - box.right, 0.0)
                spot = Box(middle - half - beyond, room.bottom + 3, 2 * half, height_of(font))
                write(painter, spot, month.name, font, look.quiet, CENTRE)
            found.append(Region(Box(room.x + at * lane, box.y, lane, box.height), month.key, month.text))
        return found

    def _draw_stack(self, painter: QPainter, lane: Box, month: Month, top: int, look: Look) -> None:
        high = sum(month.counts) / top * lane.height
        y = lane.bottom
        for series, length in zip(self._data.series, stacked(month.counts, high, 1.5), strict=True):
            y -= length
            bar(painter, Box(lane.x, y, lane.width, length), faded(series.colour, look, 0.8), 0.0)

    def _draw_line(self, painter: QPainter, room: Box, right: float, look: Look) -> None:
        data, font = self._data, look.font(SMALL)
        top = gauge_top(*(month.share for month in data.months), limit=data.limit)
        limit = round(room.bottom - data.limit / top * room.height) + 0.5
        rule(
            painter,
            (room.x, limit),
            (room.right, limit),
            pen_of(ink(data.line.colour, look), 1.0, dashed=True),
        )
        for value in (0.0, data.limit, top):
            y = room.bottom - value / top * room.height
            spot = Box(room.right + 4, y - height_of(font) / 2, right - room.right - 4, height_of(font))
            write(painter, spot, f"{value:.0%}", font, look.quiet, LEFT)
        lane, last = room.width / len(data.months), None
        colour = ink(data.line.colour, look)
        for at, month in enumerate(data.months):
            if month.share is None:
                last = None
                continue
            point = (room.x + (at + 0.5) * lane, room.bottom - min(month.share / top, 1.0) * room.height)
            if last is not None:
                rule(painter, last, point, pen_of(colour, 2.0))
            painter.setPen(pen_of(look.paper, 1.0))
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(*point), _DOT, _DOT)
            last = point
