"""What the swipe lays over the map: the other date's picture left of a divider with a handle."""

from __future__ import annotations

from qgis.core import QgsPointXY, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QStyleOptionGraphicsItem, QWidget

_HANDLE = 15.0
_MARGIN, _PAD = 12.0, 8.0
_DARK = QColor(25, 25, 25, 190)


class Curtain(QgsMapCanvasItem):
    """A picture of the map that covers it from the left edge to the divider."""

    def __init__(self, canvas: QgsMapCanvas, left: str, right: str) -> None:
        """Begin in the middle; `left` and `right` say what is on either side."""
        super().__init__(canvas)
        self._canvas, self._left, self._right = canvas, left, right
        self._image = QImage()
        self._extent = QgsRectangle()
        self._at = 0.5
        self._covers_all = False
        self.setZValue(50)

    @property
    def divider(self) -> float:
        """Where the divider is: 0 at the left edge of the map, 1 at the right one."""
        return self._at

    @property
    def image(self) -> QImage:
        """The picture that is shown; null before the first one."""
        return self._image

    def move_to(self, x: float) -> None:
        """Bring the divider to a place in pixels of the map."""
        self._at = min(max(x / max(self._canvas.width(), 1), 0.0), 1.0)
        self.update()

    def cover_all(self, covers: bool) -> None:
        """Pull the curtain over the whole map, or let it go back to the divider."""
        self._covers_all = covers
        self.update()

    def show_image(self, image: QImage, extent: QgsRectangle) -> None:
        """Show a picture of this part of the map."""
        self._image, self._extent = image, extent
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 of Qt
        """Return the whole map: the item lies in its pixels."""
        return QRectF(self._canvas.rect())

    def updatePosition(self) -> None:  # noqa: N802 of QGIS
        """Stay where the map's pixels are, whatever it shows."""
        self.setPos(QPointF(0, 0))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint picture, divider and captions."""
        whole = self.boundingRect()
        x = whole.width() if self._covers_all else whole.width() * self._at
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._image.isNull():
            painter.setClipRect(QRectF(0, 0, x, whole.height()))
            painter.fillRect(QRectF(0, 0, x, whole.height()), self._canvas.canvasColor())
            painter.drawImage(self._place(), self._image, QRectF(self._image.rect()))
            painter.setClipping(False)
        if not self._covers_all:
            _paint_divider(painter, x, whole.height())
        self._paint_captions(painter, x, whole)
        painter.restore()

    def _place(self) -> QRectF:
        """Return where the picture lies now: the map may have moved on since it was drawn."""
        corner = self.toCanvasCoordinates(_corner(self._extent, False))
        opposite = self.toCanvasCoordinates(_corner(self._extent, True))
        return QRectF(corner, opposite)

    def _paint_captions(self, painter: QPainter, x: float, whole: QRectF) -> None:
        font = QFont(self._canvas.font())
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() + 1)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        width = metrics.horizontalAdvance(self._left) + 2 * _PAD
        _paint_caption(painter, metrics, self._left, max(x - _MARGIN - width, _MARGIN))
        if not self._covers_all:
            right = metrics.horizontalAdvance(self._right) + 2 * _PAD
            _paint_caption(painter, metrics, self._right, min(x + _MARGIN, whole.width() - _MARGIN - right))


def _corner(extent: QgsRectangle, lower_right: bool) -> QgsPointXY:
    if lower_right:
        return QgsPointXY(extent.xMaximum(), extent.yMinimum())
    return QgsPointXY(extent.xMinimum(), extent.yMaximum())


def _paint_divider(painter: QPainter, x: float, height: float) -> None:
    for colour, width in ((_DARK, 4.0), (QColor("white"), 2.0)):
        painter.setPen(QPen(colour, width))
        painter.drawLine(QPointF(x, 0), QPointF(x, height))
    middle = QPointF(x, height / 2)
    painter.setPen(QPen(_DARK, 1.0))
    painter.setBrush(QColor("white"))
    painter.drawEllipse(middle, _HANDLE, _HANDLE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_DARK)
    for side in (-1, 1):
        tip, base = QPointF(x + side * 10, middle.y()), x + side * 4
        painter.drawPolygon(QPolygonF([tip, QPointF(base, middle.y() - 5), QPointF(base, middle.y() + 5)]))


def _paint_caption(painter: QPainter, metrics: QFontMetricsF, text: str, left: float) -> None:
    box = QRectF(left, _MARGIN, metrics.horizontalAdvance(text) + 2 * _PAD, metrics.height() + 6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_DARK)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor("white"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
