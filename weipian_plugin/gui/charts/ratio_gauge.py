"""A share against its limit, with the bounds between which it lies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import cos, radians, sin

from qgis.PyQt.QtCore import QPointF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPen

from weipian_plugin.gui import colours
from weipian_plugin.gui.charts.chart import Chart, Region
from weipian_plugin.gui.charts.geometry import GAUGE_SPAN, GAUGE_START, Box, gauge_angle, gauge_top
from weipian_plugin.gui.charts.paint import (
    CENTRE,
    HUGE,
    LEFT,
    RIGHT,
    SMALL,
    Look,
    faded,
    height_of,
    ink,
    rectangle,
    width_of,
    write,
)

_THICK = 0.17
"""Thickness of the arc, part of the radius."""
_LOWEST = 0.36
_UPRIGHT = 0.5
_INSIDE = 1.6
"""How wide the figure inside the arc may be, in radii."""
"""Up to where from the middle, in radii, a number stands above the dial, not beside it."""
"""How far the ends of the arc reach below its centre, part of the radius."""
_SAFE, _BEYOND = colours.LEGAL, colours.ILLEGAL


@dataclass(frozen=True)
class GaugeData:
    """A share, its bounds and its limit; all texts are ready to show."""

    value: float | None
    best: float | None
    worst: float | None
    limit: float
    shown: str
    """The share as printed; — where there is none."""
    verdict: str
    """One line below the share; where there is little room, only what stands before the first ，."""
    facts: tuple[tuple[str, str], ...] = ()
    """What it is made of: name and figure."""
    explained: str = ""
    """All of it in sentences: tooltip and screen reader."""

    @property
    def top(self) -> float:
        """Where the scale ends."""
        return gauge_top(self.value, self.worst, limit=self.limit)


class RatioGauge(Chart):
    """An arc from 0 to the top of the scale: safe part, part beyond the limit, bounds, and the share."""

    def __init__(self, parent: object | None = None) -> None:
        """Start without a share."""
        super().__init__(parent)
        self._data = GaugeData(None, None, None, 0.15, "—", "")

    def show_data(self, data: GaugeData) -> None:
        """Show a share."""
        self._data = data
        self.refresh()

    def words(self) -> str:
        """Return the share in sentences."""
        return self._data.explained

    def needed(self) -> QSize:
        """Return the least size: the arc and its lines."""
        line = self.fontMetrics().height()
        return QSize(13 * line, 5 * line + len(self._data.facts) * (line + 3))

    def draw(self, painter: QPainter, box: Box, look: Look) -> list[Region]:
        """Paint the arc on top, the facts below."""
        line = height_of(look.font()) + 3
        facts = Box(box.x, box.bottom - line * len(self._data.facts), box.width, line * len(self._data.facts))
        dial = Box(box.x, box.y, box.width, max(facts.y - box.y - 4, 0.0))
        self._draw_dial(painter, dial, look)
        for number, (name, figure) in enumerate(self._data.facts):
            row = Box(facts.x, facts.y + number * line, facts.width, line)
            right = min(width_of(figure, look.font()), row.width)
            write(painter, row.within(right=right + 8), name, look.font(SMALL), look.quiet, LEFT)
            write(painter, row.within(left=row.width - right), figure, look.font(), look.text, RIGHT)
        return [Region(box, "", self._data.explained)]

    def _draw_dial(self, painter: QPainter, box: Box, look: Look) -> None:
        label = height_of(look.font(SMALL))
        radius = min((box.height - label) / (1 + _LOWEST + 0.08), box.width / 2 - 2 * label)
        if radius < 12:
            return
        centre = QPointF(box.x + box.width / 2, box.y + label + radius)
        self._draw_arcs(painter, centre, radius, look)
        self._draw_limit(painter, centre, radius, look)
        data = self._data
        wide, size = radius * _INSIDE, min(HUGE, radius / 36)
        # A figure is never cut.
        size *= min(wide / width_of(data.shown, look.font(size, True)), 1.0)
        number, verdict = look.font(size, True), look.font(SMALL)
        middle = Box(centre.x() - wide / 2, centre.y() - height_of(number) * 0.78, wide, height_of(number))
        write(painter, middle, data.shown, number, self._ink(look), CENTRE)
        below = Box(middle.x, middle.bottom - 1, middle.width, height_of(verdict) + 2)
        whole = width_of(data.verdict, verdict) <= below.width
        said = data.verdict if whole else re.split("[，,]", data.verdict)[0]
        write(painter, below, said, verdict, look.quiet, CENTRE)

    def _ink(self, look: Look) -> QColor:
        value = self._data.value
        if value is None:
            return look.quiet
        return ink(_BEYOND if value >= self._data.limit else _SAFE, look)

    def _draw_arcs(self, painter: QPainter, centre: QPointF, radius: float, look: Look) -> None:
        data, thick = self._data, radius * _THICK
        self._arc(painter, centre, radius, (0.0, data.limit), faded(_SAFE, look, 0.22), thick)
        self._arc(painter, centre, radius, (data.limit, data.top), faded(_BEYOND, look, 0.22), thick)
        if data.best is not None and data.worst is not None:
            for part, colour in (
                ((data.best, min(data.worst, data.limit)), _SAFE),
                ((max(data.best, data.limit), data.worst), _BEYOND),
            ):
                self._arc(painter, centre, radius, part, faded(colour, look, 0.62), thick)
        if data.value is not None:
            angle = gauge_angle(data.value, data.top)
            self._needle(painter, centre, (radius - thick * 1.15, radius + thick * 0.15), angle, look.text)

    def _draw_limit(self, painter: QPainter, centre: QPointF, radius: float, look: Look) -> None:
        data, thick, font = self._data, radius * _THICK, look.font(SMALL)
        limit = gauge_angle(data.limit, data.top)
        self._needle(painter, centre, (radius - thick, radius + 3), limit, look.quiet, 1.5)
        for value, near in ((0.0, GAUGE_START), (data.limit, limit), (data.top, GAUGE_START + GAUGE_SPAN)):
            place = _along(centre, radius + height_of(font) * 0.6, near)
            text, wide, high = f"{value:.0%}", 4 * height_of(font), height_of(font)
            lean = (place.x() - centre.x()) / radius
            align = CENTRE if abs(lean) < _UPRIGHT else LEFT if lean > 0 else RIGHT
            left = {LEFT: 2.0, CENTRE: -wide / 2, RIGHT: -wide - 2.0}[align]
            spot = Box(place.x() + left, place.y() - high / 2, wide, high)
            write(painter, spot, text, font, look.quiet, align)

    def _arc(
        self,
        painter: QPainter,
        centre: QPointF,
        radius: float,
        part: tuple[float, float],
        colour: QColor,
        thick: float,
    ) -> None:
        first, last = (gauge_angle(value, self._data.top) for value in part)
        if part[1] <= part[0]:
            return
        pen = QPen(colour, thick)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        middle = radius - thick / 2
        circle = Box(centre.x() - middle, centre.y() - middle, 2 * middle, 2 * middle)
        painter.drawArc(rectangle(circle), round(first * 16), round((last - first) * 16))

    def _needle(
        self,
        painter: QPainter,
        centre: QPointF,
        reach: tuple[float, float],
        angle: float,
        colour: QColor,
        width: float = 3.0,
    ) -> None:
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(_along(centre, reach[0], angle), _along(centre, reach[1], angle))


def _along(centre: QPointF, distance: float, angle: float) -> QPointF:
    """Return the point at a distance from the centre in a direction, degrees as Qt counts them."""
    turned = radians(angle)
    return QPointF(centre.x() + distance * cos(turned), centre.y() - distance * sin(turned))
