"""How charts look: colours of light and dark themes, sizes of text, and text that is never cut in silence."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPainter, QPalette, QPen

from weipian_plugin.gui.charts.geometry import Box, elided

SMALL, NORMAL, LARGE, HUGE = 0.9, 1.0, 1.35, 2.3
LEFT, CENTRE, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight
ROUND = 3.0
"""Radius of rounded corners."""


@dataclass(frozen=True)
class Look:
    """The colours and the font that a chart is painted with."""

    text: QColor
    quiet: QColor
    """Labels and notes."""
    line: QColor
    """Axes and frames."""
    track: QColor
    """The empty part of a bar."""
    paper: QColor
    family: QFont

    def font(self, size: float = NORMAL, bold: bool = False) -> QFont:
        """Return the font at a part of its own size, in pixels: alike on screens and pictures."""
        font = QFont(self.family)
        font.setPixelSize(max(round(QFontInfo(self.family).pixelSize() * size), 9))
        font.setBold(bold)
        return font


def look_of(palette: QPalette, font: QFont) -> Look:
    """Return the look of a window with this palette."""
    paper, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
    return _look(paper, text, font)


def printed_look(font: QFont) -> Look:
    """Return the look of pictures, which go into documents: dark on white whatever the theme."""
    return _look(QColor("#FFFFFF"), QColor("#1F1F1F"), font)


def _look(paper: QColor, text: QColor, font: QFont) -> Look:
    return Look(
        text, mixed(paper, text, 0.66), mixed(paper, text, 0.25), mixed(paper, text, 0.08), paper, font
    )


def mixed(first: QColor, second: QColor, part: float) -> QColor:
    """Return the colour between two: `part` of the second in the first."""
    pairs = zip(first.getRgb()[:3], second.getRgb()[:3], strict=True)
    return QColor(*(round(a + (b - a) * part) for a, b in pairs))


def faded(colour: str, look: Look, part: float) -> QColor:
    """Return a colour thinned on the paper."""
    return mixed(look.paper, QColor(colour), part)


def ink(colour: str, look: Look) -> QColor:
    """Return a colour for figures and lines: lighter on dark paper, darker on light, to be read on both."""
    return mixed(QColor(colour), look.text, 0.35 if look.paper.lightness() < 128 else 0.1)


def rectangle(box: Box) -> QRectF:
    """Return a box as Qt's rectangle."""
    return QRectF(*box)


def width_of(text: str, font: QFont) -> float:
    """Return how wide a text is, pixels."""
    return float(QFontMetricsF(font).horizontalAdvance(text))


def height_of(font: QFont) -> float:
    """Return how high a line of text is, pixels."""
    return float(QFontMetricsF(font).height())


def write(
    painter: QPainter, box: Box, text: str, font: QFont, colour: QColor, align: Qt.AlignmentFlag = LEFT
) -> bool:
    """Write one line, centred in height; return whether all of it could be shown."""
    metrics = QFontMetricsF(font)
    shown = elided(text, box.width + 0.5, metrics.horizontalAdvance)
    painter.setFont(font)
    painter.setPen(colour)
    room = {LEFT: 0.0, CENTRE: 0.5, RIGHT: 1.0}[align] * (box.width - metrics.horizontalAdvance(shown))
    baseline = box.y + (box.height - metrics.height()) / 2 + metrics.ascent()
    painter.drawText(QPointF(box.x + room, baseline), shown)
    return shown == text


def bar(painter: QPainter, box: Box, colour: QColor, radius: float = ROUND) -> None:
    """Paint a filled bar."""
    if box.width <= 0 or box.height <= 0:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    rounded = min(radius, box.width / 2, box.height / 2)
    painter.drawRoundedRect(rectangle(box), rounded, rounded)


def rule(painter: QPainter, start: tuple[float, float], end: tuple[float, float], pen: QPen) -> None:
    """Draw a straight line."""
    painter.setPen(pen)
    painter.drawLine(QPointF(*start), QPointF(*end))


def pen_of(colour: QColor, width: float = 1.0, dashed: bool = False) -> QPen:
    """Return a pen with flat ends."""
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashed:
        pen.setDashPattern([4, 3])
    return pen
