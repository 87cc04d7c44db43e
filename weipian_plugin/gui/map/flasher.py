"""Shapes that flash on the map and go away again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsGeometry
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtGui import QColor

from weipian_plugin.gui.map.degrees import GEOGRAPHIC

_BEAT_MS = 220
_BEATS = 6
_STAY_BEATS = 8
"""How long the shapes stay after the last flash, so that they can be looked at."""


@dataclass(frozen=True)
class Flash:
    """Shapes (EPSG:4490) in one colour."""

    shapes: Sequence[QgsGeometry]
    colour: str


class Flasher(QObject):
    """Flashes one set of shapes at a time; leaves nothing on the canvas."""

    def __init__(self, canvas: QgsMapCanvas, parent: QObject | None = None) -> None:
        """Flash on this canvas."""
        super().__init__(parent)
        self._canvas = canvas
        self._bands: list[QgsRubberBand] = []
        self._beat = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._on_beat)

    @property
    def shown(self) -> int:
        """How many sets of shapes are on the map."""
        return len(self._bands)

    def flash(self, flashes: Sequence[Flash]) -> None:
        """Flash these in place of what flashes now."""
        self.clear()
        self._bands = [self._band(flash) for flash in flashes]
        self._beat = 0
        if self._bands:
            self._timer.start()

    def clear(self) -> None:
        """Take everything off the canvas."""
        self._timer.stop()
        for band in self._bands:
            self._canvas.scene().removeItem(band)
        self._bands = []

    def _band(self, flash: Flash) -> QgsRubberBand:
        band = QgsRubberBand(self._canvas, Qgis.GeometryType.Polygon)
        system = QgsCoordinateReferenceSystem(GEOGRAPHIC)
        band.setToGeometry(QgsGeometry.collectGeometry(list(flash.shapes)), system)
        fill = QColor(flash.colour)
        fill.setAlpha(120)
        band.setFillColor(fill)
        band.setStrokeColor(QColor(flash.colour))
        band.setSecondaryStrokeColor(QColor(255, 255, 255, 200))
        band.setWidth(3)
        return band

    def _on_beat(self) -> None:
        self._beat += 1
        if self._beat > _BEATS + _STAY_BEATS:
            self.clear()
        elif self._beat <= _BEATS:
            for band in self._bands:
                band.setVisible(self._beat % 2 == 0)
