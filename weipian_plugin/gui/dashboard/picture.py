"""The whole dashboard as one picture for documents: always the same size and layout, dark on white."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QFont, QImage, QPainter

from weipian_plugin.gui.charts.card import ChartCard
from weipian_plugin.gui.charts.chart import PICTURE_SCALE
from weipian_plugin.gui.charts.geometry import Box
from weipian_plugin.gui.charts.paint import (
    LARGE,
    NORMAL,
    Look,
    height_of,
    pen_of,
    printed_look,
    rectangle,
    write,
)

Place = tuple[int, int, int, int]
"""Column, row, columns and rows that a card takes; in twelfths of the width and tenths of the height."""
_WIDTH, _HEIGHT, _EDGE, _GAP, _INSIDE = 1280, 720, 16, 10, 12


def board_picture(
    cards: Mapping[Place, ChartCard], heading: str, lines: Sequence[str], font: QFont
) -> QImage:
    """Return a picture of the cards under a heading and some lines."""
    look = printed_look(font)
    rows = max(card.chart.needed().height() for card in cards.values() if card.chart is not None)
    size = QSize(_WIDTH, max(_HEIGHT, rows + 160))
    image = QImage(size * PICTURE_SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(PICTURE_SCALE)
    image.fill(look.paper)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    page = Box(0, 0, size.width(), size.height()).within(_EDGE, _EDGE, _EDGE, _EDGE)
    room = _head(painter, page, heading, lines, look)
    for place, card in cards.items():
        _draw_card(painter, _box(room, place), card, look)
    painter.end()
    return image


def _head(painter: QPainter, page: Box, heading: str, lines: Sequence[str], look: Look) -> Box:
    """Write the heading and its lines; return what is left of the page."""
    y = page.y
    texts = (
        (heading, look.font(LARGE, True), look.text),
        *((t, look.font(), look.quiet) for t in lines if t),
    )
    for text, font, colour in texts:
        high = height_of(font) + 3
        write(painter, Box(page.x, y, page.width, high), text, font, colour)
        y += high
    return page.within(top=y - page.y + 6)


def _box(room: Box, place: Place) -> Box:
    column, row, columns, rows = place
    wide, high = (room.width + _GAP) / 12, (room.height + _GAP) / 10
    return Box(room.x + column * wide, room.y + row * high, columns * wide - _GAP, rows * high - _GAP)


def _draw_card(painter: QPainter, box: Box, card: ChartCard, look: Look) -> None:
    painter.setPen(pen_of(look.line))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rectangle(box), 4, 4)
    inner = box.within(_INSIDE, 6, _INSIDE, 8)
    title = look.font(NORMAL, True)
    high = height_of(title) + 4
    write(painter, inner.within(bottom=inner.height - high), card.heading(), title, look.text)
    note = card.note_label.text()
    low = height_of(look.font()) + 2 if note else 0.0
    if note:
        write(painter, inner.within(top=inner.height - low), note, look.font(0.9), look.quiet)
    if card.chart is not None:
        card.chart.paint_on(painter, inner.within(top=high + 4, bottom=low + (4 if low else 0)), look)
