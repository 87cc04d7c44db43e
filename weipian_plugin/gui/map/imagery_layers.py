"""Images of two dates, batch by batch, made in a worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication

from weipian_plugin.domain.progress import Progress
from weipian_plugin.workflow.imagery import BatchImagery, Phase, read_imagery

PHASE_PROPERTY = "weipian/phase"
_DRAWN = (Phase.AFTER, Phase.BEFORE)
"""From the top: the map shows the later images, and the earlier ones below them where they reach farther."""


@dataclass(frozen=True)
class Images:
    """The layers of all images in drawing order, and the files that could not be shown."""

    layers: Sequence[QgsRasterLayer] = ()
    phases: Mapping[str, Phase] = field(default_factory=dict)
    """By layer id."""
    missing: tuple[Path, ...] = ()

    def of(self, phase: Phase) -> list[QgsRasterLayer]:
        """Return the layers of one phase in drawing order."""
        return [layer for layer in self.layers if self.phases[layer.id()] is phase]


def make_images(workspace: Path, progress: Progress) -> Images:
    """Return the layers of the images that the workspace remembers, given to the main thread.

    A file that is missing or no image is listed, not raised. Call it in a worker.
    """
    layers, phases, missing = [], {}, []
    for phase, batch, path in _in_order(read_imagery(workspace)):
        progress.check()
        layer = _make(path, phase, batch)
        if layer is None:
            missing.append(path)
            continue
        layers.append(layer)
        phases[layer.id()] = phase
    return Images(layers, phases, tuple(missing))


def _in_order(batches: Sequence[BatchImagery]) -> Iterator[tuple[Phase, BatchImagery, Path]]:
    """Yield what to draw from the top: later images of the newest batch first."""
    for phase in _DRAWN:
        for batch in reversed(batches):
            for path in batch.files[phase]:
                yield phase, batch, path


def _make(path: Path, phase: Phase, batch: BatchImagery) -> QgsRasterLayer | None:
    if not path.is_file():
        return None
    name = f"{phase.label} · {batch.name}"
    if len(batch.files[phase]) > 1:
        name += f" · {path.stem}"
    layer = QgsRasterLayer(str(path), name, "gdal")
    if not layer.isValid():
        return None
    layer.setCustomProperty(PHASE_PROPERTY, phase.value)
    layer.moveToThread(QCoreApplication.instance().thread())
    return layer
