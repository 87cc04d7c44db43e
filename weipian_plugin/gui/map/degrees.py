"""The coordinate system that all layers of the map are stored in."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext

GEOGRAPHIC = "EPSG:4490"
_WORLD = "EPSG:4326"


def as_world_degrees() -> QgsCoordinateTransformContext:
    """Return that degrees of CGCS2000 are degrees of WGS 84, to within the metre that EPSG gives for it too.

    QGIS notes the extent of each layer in WGS 84; a search for transformations stops the window for 0.1 s.
    """
    own, world = (QgsCoordinateReferenceSystem(code) for code in (GEOGRAPHIC, _WORLD))
    context = QgsCoordinateTransformContext()
    context.addCoordinateOperation(own, world, "+proj=noop")
    return context


def with_zone(
    context: QgsCoordinateTransformContext, zone: QgsCoordinateReferenceSystem
) -> QgsCoordinateTransformContext:
    """Return the context with the way from WGS 84 to a zone of CGCS2000, which QGIS would come to itself."""
    world = QgsCoordinateReferenceSystem(_WORLD)
    if context.hasTransform(world, zone):
        return context
    known = QgsCoordinateTransformContext(context)
    to_radians = "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad"
    known.addCoordinateOperation(world, zone, f"{to_radians} +step {zone.toProj()}")
    return known
