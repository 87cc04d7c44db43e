"""A painted map of the outlines in a file, over the townships: no layer, no canvas, nothing to load."""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import NDArray
from qgis.core import QgsGeometry
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import (
    QBrush,
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTransform,
    QWheelEvent,
)
from qgis.PyQt.QtWidgets import QWidget

from weipian_plugin.gui import colours
from weipian_plugin.texts import tr

_MARGIN = 14
_ZOOM_STEP = 1.25
_CLOSEST, _FARTHEST = 400.0, 0.5
_NEAR_TENTHS = 3.0
"""Townships are drawn whole only when they are not that much larger than what is looked at."""


def path_of(shapes: NDArray[np.object_]) -> QPainterPath:
    """Return polygons as one path, in one call of compiled code; may be called in any thread."""
    parts = shapely.get_parts(shapes[~shapely.is_missing(shapes)])
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    if not len(parts):
        return QPainterPath()
    geometry = QgsGeometry()
    geometry.fromWkb(shapely.to_wkb(shapely.multipolygons(parts)))
    path: QPainterPath = geometry.constGet().asQPainterPath()
    return path


class OutlineView(QWidget):
    """Paints outlines; wheel zooms, dragging moves, a double click shows all again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setObjectName("outline_view")
        self.setMinimumSize(260, 180)
        self.setToolTip(tr("滚轮缩放，拖动平移，双击恢复全图"))
        self._shapes, self._townships = QPainterPath(), QPainterPath()
        self._zoom = 1.0
        self._shift = QPointF(0, 0)
        self._dragged_from: QPointF | None = None

    def show_paths(self, shapes: QPainterPath, townships: QPainterPath) -> None:
        """Show outlines in degrees."""
        self._shapes, self._townships = shapes, townships
        self._show_all()

    def world(self) -> QTransform:
        """Return how degrees become pixels: one degree east is as long as it is on the ground."""
        box = self._box()
        shrink = math.cos(math.radians(box.center().y()))
        width, height = max(box.width() * shrink, 1e-6), max(box.height(), 1e-6)
        room_x, room_y = max(self.width() - 2 * _MARGIN, 1), max(self.height() - 2 * _MARGIN, 1)
        scale = min(room_x / width, room_y / height) * self._zoom
        to_pixels = QTransform()
        to_pixels.translate(self.width() / 2 + self._shift.x(), self.height() / 2 + self._shift.y())
        to_pixels.scale(scale * shrink, -scale)
        to_pixels.translate(-box.center().x(), -box.center().y())
        return to_pixels

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the outlines."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().base())
        if self._shapes.isEmpty():
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("没有可以显示的图形"))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self.world())
        self._paint(painter, self._townships, self.palette().mid().color(), 0, 1.0)
        self._paint(painter, self._shapes, QColor(colours.OVERDUE), 70, 1.4)
        painter.resetTransform()
        self._mark_place(painter)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom, the place under the pointer staying where it is."""
        factor = _ZOOM_STEP if event.angleDelta().y() > 0 else 1 / _ZOOM_STEP
        factor = min(max(self._zoom * factor, _FARTHEST), _CLOSEST) / self._zoom
        middle = QPointF(self.width() / 2, self.height() / 2)
        pointer = event.position() - middle
        self._shift = pointer - (pointer - self._shift) * factor
        self._zoom *= factor
        self.update()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag."""
        self._dragged_from = QPointF(event.pos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is shown."""
        if self._dragged_from is not None:
            self._shift += QPointF(event.pos()) - self._dragged_from
            self._dragged_from = QPointF(event.pos())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End dragging."""
        self._dragged_from = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show everything again."""
        self._show_all()

    def _show_all(self) -> None:
        self._zoom, self._shift = 1.0, QPointF(0, 0)
        self.update()

    def _box(self) -> QRectF:
        """Return what is shown at first: the shapes, with the townships where these are about as large."""
        own, towns = self._shapes.boundingRect(), self._townships.boundingRect()
        if towns.isNull() or max(towns.width(), towns.height()) > _NEAR_TENTHS * max(
            own.width(), own.height()
        ):
            return own
        return own.united(towns)

    def _paint(self, painter: QPainter, path: QPainterPath, colour: QColor, alpha: int, width: float) -> None:
        pen = QPen(colour, width)
        pen.setCosmetic(True)
        fill = QColor(colour)
        fill.setAlpha(alpha)
        painter.setPen(pen)
        painter.setBrush(QBrush(fill) if alpha else QBrush(Qt.BrushStyle.NoBrush))
        painter.drawPath(path)

    def _mark_place(self, painter: QPainter) -> None:
        """Write the extent in degrees into the corner: what is far off is seen at once."""
        box = self._shapes.boundingRect()
        text = tr("经度 {west:.3f}–{east:.3f}，纬度 {south:.3f}–{north:.3f}").format(
            west=box.left(), east=box.right(), south=box.top(), north=box.bottom()
        )
        painter.setPen(self.palette().text().color())
        corner = self.rect().adjusted(8, 0, -8, -6)
        painter.drawText(corner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, text)
