"""The coordinate system that all layers of the map are stored in."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext

GEOGRAPHIC = "EPSG:4490"
_WORLD = "EPSG:4326"


def as_world_degrees() -> QgsCoordinateTransformContext:
    """Return that degrees of CGCS2000 are degrees of WGS 84, to within the metre that EPSG gives for it too.

    QGIS notes the extent of each layer in WGS 84; a search for transformations stops the window for 0.1 s.
    """
    context = QgsCoordinateTransformContext()
    _add(context, GEOGRAPHIC, _WORLD, "+proj=noop")
    return context


def with_zone(
    context: QgsCoordinateTransformContext, zone: QgsCoordinateReferenceSystem
) -> QgsCoordinateTransformContext:
    """Return the context with the ways that QGIS would find itself: between WGS 84, degrees and a zone.

    A project hands its context down to its layers, so theirs is part of it.
    """
    known = QgsCoordinateTransformContext(context)
    to_radians = "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad"
    _add(known, GEOGRAPHIC, _WORLD, "+proj=noop")
    _add(known, _WORLD, zone.authid(), f"{to_radians} +step {zone.toProj()}")
    return known


def _add(context: QgsCoordinateTransformContext, start: str, end: str, way: str) -> None:
    """Add a way unless the person has chosen one."""
    systems = QgsCoordinateReferenceSystem(start), QgsCoordinateReferenceSystem(end)
    if not context.hasTransform(*systems):
        context.addCoordinateOperation(*systems, way)
