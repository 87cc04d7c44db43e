"""What all charts share: hover, keyboard, tooltips, words for screen readers, and a picture of themselves."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import QEvent, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QSizePolicy, QToolTip, QWidget

from weipian_plugin.gui.charts.geometry import Box
from weipian_plugin.gui.charts.paint import Look, look_of, pen_of, printed_look, rectangle

PICTURE_SCALE = 2.0
"""Pictures have twice the pixels of the window, so that they stay sharp in print."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_BACK = (Qt.Key.Key_Up, Qt.Key.Key_Left)
_ON = (Qt.Key.Key_Down, Qt.Key.Key_Right)


@dataclass(frozen=True)
class Region:
    """One part of a chart that can be pointed at."""

    box: Box
    key: str
    """What `clicked` tells; '' for a part that only explains itself."""
    text: str
    """Its figures in words: tooltip and screen reader."""


class Chart(QWidget):
    """A painted chart. Subclasses give `draw`, `words` and the size they need."""

    clicked = pyqtSignal(str)
    """The key of the part that was clicked, or chosen by keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without data."""
        super().__init__(parent)
        self._regions: list[Region] = []
        self._current = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def draw(self, painter: QPainter, box: Box, look: Look) -> list[Region]:
        """Paint the chart into the box; return its parts."""
        raise NotImplementedError

    def words(self) -> str:
        """Return all figures as Chinese sentences."""
        raise NotImplementedError

    def needed(self) -> QSize:
        """Return the size below which the chart cannot be read."""
        return QSize(160, 80)

    def refresh(self) -> None:
        """Show new data."""
        self.setAccessibleDescription(self.words())
        self._current = -1
        self.updateGeometry()
        self.update()

    def picture(self, size: QSize | None = None) -> QImage:
        """Return the chart on white, for documents."""
        size = size or self.size().expandedTo(self.needed())
        image = QImage(size * PICTURE_SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(PICTURE_SCALE)
        look = printed_look(self.font())
        image.fill(look.paper)
        painter = QPainter(image)
        self.paint_on(painter, Box(0, 0, size.width(), size.height()), look)
        painter.end()
        return image

    def paint_on(self, painter: QPainter, box: Box, look: Look) -> list[Region]:
        """Paint the chart anywhere, smoothly."""
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        return self.draw(painter, box, look)

    @property
    def regions(self) -> tuple[Region, ...]:
        """The parts as painted last."""
        return tuple(self._regions)

    def minimumSizeHint(self) -> QSize:
        """Qt: the least size."""
        return self.needed()

    def sizeHint(self) -> QSize:
        """Qt: the size that suits."""
        return self.needed()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint."""
        painter = QPainter(self)
        look = look_of(self.palette(), self.font())
        self._regions = self.paint_on(painter, Box(0, 0, self.width(), self.height()), look)
        if 0 <= self._current < len(self._regions):
            self._mark(painter, self._regions[self._current].box)
        painter.end()

    def _mark(self, painter: QPainter, box: Box) -> None:
        painter.setPen(pen_of(self.palette().color(QPalette.ColorRole.Highlight), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        area = rectangle(box).adjusted(-2, -1, 2, 1)
        painter.drawRoundedRect(area & QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)

    def event(self, event: QEvent) -> bool:
        """Qt: tooltips of the part under the mouse."""
        if event.type() == QEvent.Type.ToolTip:
            self._show_tip(event)
            return True
        return bool(super().event(event))

    def _show_tip(self, event: QHelpEvent) -> None:
        index = self._at(event.pos().x(), event.pos().y())
        if index < 0:
            QToolTip.hideText()
            event.ignore()
        else:
            QToolTip.showText(event.globalPos(), self._regions[index].text, self)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: mark the part under the mouse."""
        self._point_at(self._at(event.pos().x(), event.pos().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """Qt: mark nothing any more."""
        if not self.hasFocus():
            self._point_at(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: a click on a part."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._at(event.pos().x(), event.pos().y()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows go from part to part, Enter chooses."""
        if event.key() in _ENTER:
            self._choose(self._current)
        elif event.key() in _ON:
            self._step(1)
        elif event.key() in _BACK:
            self._step(-1)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        if self._regions:
            first = 0 if by > 0 else len(self._regions) - 1
            self._point_at((self._current + by) % len(self._regions) if self._current >= 0 else first)

    def _point_at(self, index: int) -> None:
        if index == self._current:
            return
        self._current = index
        active = index >= 0 and bool(self._regions[index].key)
        self.setCursor(Qt.CursorShape.PointingHandCursor if active else Qt.CursorShape.ArrowCursor)
        self.update()

    def _choose(self, index: int) -> None:
        if 0 <= index < len(self._regions) and self._regions[index].key:
            self.clicked.emit(self._regions[index].key)

    def _at(self, x: float, y: float) -> int:
        found = (i for i, region in enumerate(self._regions) if region.box.contains(x, y))
        return next(found, -1)
