"""The swipe: earlier images left of a divider that the person drags over the map, later ones right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qgis.core import QgsMapLayer, QgsMapRendererParallelJob, QgsMapSettings
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QKeyEvent

from weipian_plugin.gui.map.swipe_curtain import Curtain
from weipian_plugin.texts import tr

_WAIT_MS = 60
"""So that turning the wheel does not start a drawing for every notch."""

BeforeLayers = Callable[[Sequence[QgsMapLayer]], list[QgsMapLayer]]
"""Gives for the layers of the map those that show the earlier date."""


class SwipeTool(QgsMapTool):
    """A map tool: drag the divider; hold the right button to see the earlier images everywhere; Esc ends."""

    def __init__(self, canvas: QgsMapCanvas, before: BeforeLayers) -> None:
        """Swipe on this canvas."""
        super().__init__(canvas)
        self._before = before
        self._curtain: Curtain | None = None
        self._job: QgsMapRendererParallelJob | None = None
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_WAIT_MS)
        self._waiting.timeout.connect(self._draw)
        self.setCursor(Qt.CursorShape.SplitHCursor)

    @property
    def curtain(self) -> Curtain | None:
        """What lies over the map while the tool is in use."""
        return self._curtain

    def activate(self) -> None:
        """Lay the curtain over the left half of the map."""
        super().activate()
        self._curtain = Curtain(self.canvas(), tr("前时相"), tr("后时相"))
        # Whatever makes the map draw again changes the other side of the divider too.
        self.canvas().renderStarting.connect(self._waiting.start)
        self._draw()

    def deactivate(self) -> None:
        """Take the curtain away."""
        if self._curtain is not None:
            self.canvas().renderStarting.disconnect(self._waiting.start)
            self._waiting.stop()
            self._stop_drawing()
            self.canvas().scene().removeItem(self._curtain)
            self._curtain = None
        super().deactivate()

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        """Bring the divider here, or pull the curtain all over the map."""
        if self._curtain is None:
            return
        if event.button() == Qt.MouseButton.RightButton:
            self._curtain.cover_all(True)
        else:
            self._curtain.move_to(event.pos().x())

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Take the divider along."""
        if self._curtain is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._curtain.move_to(event.pos().x())

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Let the curtain go back to the divider."""
        if self._curtain is not None and event.button() == Qt.MouseButton.RightButton:
            self._curtain.cover_all(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.canvas().unsetMapTool(self)
        else:
            event.ignore()

    def _draw(self) -> None:
        """Draw the map with the earlier images, in threads as the map itself."""
        self._stop_drawing()
        if self._curtain is None:
            return
        settings = QgsMapSettings(self.canvas().mapSettings())
        settings.setLayers(self._before(settings.layers()))
        self._job = QgsMapRendererParallelJob(settings)
        self._job.finished.connect(self._show)
        self._job.start()

    def _show(self) -> None:
        job = self._job
        if job is not None and self._curtain is not None:
            self._curtain.show_image(job.renderedImage(), job.mapSettings().visibleExtent())
        self._job = None

    def _stop_drawing(self) -> None:
        """Drop a drawing on its way; its threads end by themselves."""
        if self._job is not None:
            self._job.finished.disconnect(self._show)
            self._job.cancelWithoutBlocking()
            # The job has to live until its threads are done: Python would delete it now, and wait for them.
            self._job.finished.connect(self._job.deleteLater)
            sip.transferto(self._job, None)
            self._job = None
