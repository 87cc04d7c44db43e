"""Images of two dates, batch by batch, as layers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)

from weipian_plugin.gui.map.degrees import GEOGRAPHIC
from weipian_plugin.workflow.imagery import BatchImagery, Phase, read_imagery

PHASE_PROPERTY = "weipian/phase"
_DRAWN = (Phase.AFTER, Phase.BEFORE)
"""From the top: the map shows the later images, and the earlier ones below them where they reach farther."""


@dataclass(frozen=True)
class Image:
    """One image that the workspace remembers."""

    phase: Phase
    path: Path
    title: str
    is_there: bool


def find_images(workspace: Path) -> list[Image]:
    """Return the images of a workspace in drawing order, and whether their files are there; for a worker."""
    return list(_in_order(read_imagery(workspace)))


def make_image_layer(image: Image) -> QgsRasterLayer:
    """Return the layer of an image whose file is there, invalid where it is none; in the main thread."""
    layer = QgsRasterLayer(str(image.path), image.title, "gdal")
    layer.setCustomProperty(PHASE_PROPERTY, image.phase.value)
    return layer


def lies_elsewhere(layer: QgsRasterLayer, box: QgsRectangle) -> bool:
    """Return whether an image shows nothing of a box (EPSG:4490), or does not say where it lies."""
    if not layer.crs().isValid():
        return True
    if box.isEmpty():
        return False
    target, context = QgsCoordinateReferenceSystem(GEOGRAPHIC), QgsProject.instance().transformContext()
    try:
        covered = QgsCoordinateTransform(layer.crs(), target, context).transformBoundingBox(layer.extent())
    except QgsCsException:
        return True
    return not covered.intersects(box)


def _in_order(batches: Sequence[BatchImagery]) -> Iterator[Image]:
    """Yield what to draw from the top: later images of the newest batch first."""
    for phase in _DRAWN:
        for batch in reversed(batches):
            for path in batch.files[phase]:
                title = f"{phase.label} · {batch.name}"
                if len(batch.files[phase]) > 1:
                    title += f" · {path.stem}"
                yield Image(phase, path, title, path.is_file())
