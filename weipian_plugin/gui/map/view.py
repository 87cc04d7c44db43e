"""Where the map looks, and in which coordinate system: bringing a patch into view, shapes kept true."""

from __future__ import annotations

from functools import partial

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsLayerTreeMapCanvasBridge, QgsMapCanvas

from weipian_plugin.gui.map.degrees import GEOGRAPHIC, with_zone
from weipian_plugin.gui.map.group import unchanged
from weipian_plugin.gui.map.turns import Step

_CLOSEST, _FARTHEST = 2_000, 25_000
"""Scales between which a patch is looked at."""
_AROUND = 2.5
"""How many times as wide as the patch the view is."""
_ZONES = range(75, 136, 3)
_ZONE_CODE = 4534
"""EPSG code of the first zone: CGCS2000 / 3-degree Gauss-Kruger CM 75E; they follow one another."""


def zoom(canvas: QgsMapCanvas, outline: QgsGeometry) -> None:
    """Show an outline (EPSG:4490) in the middle of the map, with what is around it."""
    box = _on_map(canvas, outline.boundingBox())
    box.scale(_AROUND)
    canvas.setExtent(box)
    if canvas.scale() < _CLOSEST:
        canvas.zoomScale(_CLOSEST)
    canvas.refresh()


def follow(canvas: QgsMapCanvas, outline: QgsGeometry) -> None:
    """Zoom to an outline unless the map shows it well already."""
    seen = canvas.extent().contains(_on_map(canvas, outline.boundingBox()))
    if not seen or canvas.scale() > _FARTHEST:
        zoom(canvas, outline)


def show_all(canvas: QgsMapCanvas, box: QgsRectangle) -> None:
    """Show a box (EPSG:4490) whole."""
    if box.isNull() or box.isEmpty():
        return
    whole = _on_map(canvas, box)
    whole.scale(1.05)
    canvas.setExtent(whole)
    canvas.refresh()


def zone_of(longitude: float) -> QgsCoordinateReferenceSystem:
    """Return the CGCS2000 3-degree zone without zone number that a place lies in, as EPSG names it.

    A code outside China is an invalid system.
    """
    meridian = 3 * round(longitude / 3)
    if meridian not in _ZONES:
        return QgsCoordinateReferenceSystem()
    return QgsCoordinateReferenceSystem(f"EPSG:{_ZONE_CODE + _ZONES.index(meridian)}")


class ProjectView:
    """Gives a project that holds nothing else our coordinate system, and its own back afterwards."""

    def __init__(self, project: QgsProject, bridge: QgsLayerTreeMapCanvasBridge) -> None:
        """Work in this project, whose layers the bridge brings onto the map."""
        self._project, self._bridge = project, bridge
        self._before, self._ours = QgsCoordinateReferenceSystem(), QgsCoordinateReferenceSystem()
        self._knew, self._known = QgsCoordinateTransformContext(), QgsCoordinateTransformContext()
        self._is_ours = self._holds_bridge = False

    @property
    def is_ours(self) -> bool:
        """Whether the project held nothing when our layers came."""
        return self._is_ours

    def begin(self) -> None:
        """Note how the project is before our first layer comes, whose degrees QGIS would take over."""
        self._is_ours = not self._project.mapLayers()
        self._before, self._ours = self._project.crs(), QgsCoordinateReferenceSystem()
        self._knew = self._known = self._project.transformContext()
        if self._is_ours and self._bridge.autoSetupOnFirstLayer():
            self._bridge.setAutoSetupOnFirstLayer(False)
            self._holds_bridge = True

    def adopting(self, box: QgsRectangle) -> list[Step]:
        """Return the steps that give an empty project the zone of a box (EPSG:4490), for true shapes.

        All at once would stop the window: QGIS searches up to 0.1 s for a transformation it has not had yet.
        From and to WGS 84, which new projects have, it need not search.
        """
        zone = zone_of(box.center().x()) if not box.isEmpty() else self._ours
        if not self._is_ours or not zone.isValid():
            return []
        before = self._project.crs()
        return [
            partial(self._know, zone),
            partial(QgsCoordinateTransform, before, zone, self._project),
            partial(QgsCoordinateTransform, zone, before, self._project),
            partial(self._take, zone),
        ]

    def _know(self, zone: QgsCoordinateReferenceSystem) -> None:
        known = with_zone(self._project.transformContext(), zone)
        with unchanged(self._project):
            self._project.setTransformContext(known)
        self._known = known

    def _take(self, zone: QgsCoordinateReferenceSystem) -> None:
        self._ours = zone
        with unchanged(self._project):
            self._project.setCrs(zone)

    def end(self) -> None:
        """Let QGIS do as it likes again with the first layer of a project."""
        if self._holds_bridge:
            self._bridge.setAutoSetupOnFirstLayer(True)
        self._holds_bridge = False

    def give_back(self) -> None:
        """Put the project's former system back, unless the person has chosen another one meanwhile."""
        self.end()
        if self._ours.isValid() and self._project.crs() == self._ours:
            self._project.setCrs(self._before)
        if self._known != self._knew and self._project.transformContext() == self._known:
            self._project.setTransformContext(self._knew)
        self._ours = QgsCoordinateReferenceSystem()


def _on_map(canvas: QgsMapCanvas, box: QgsRectangle) -> QgsRectangle:
    target = canvas.mapSettings().destinationCrs()
    if not target.isValid():
        return QgsRectangle(box)
    system = QgsCoordinateReferenceSystem(GEOGRAPHIC)
    return QgsCoordinateTransform(system, target, QgsProject.instance()).transformBoundingBox(box)
