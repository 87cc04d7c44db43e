"""The base layers: read straight from the library, for reading only, made in a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from weipian_plugin import paths
from weipian_plugin.domain.layers import LayerEdition
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.gui.map import columns
from weipian_plugin.store.library import Library

ROLE_PROPERTY = "weipian/role"


@dataclass(frozen=True)
class BaseLayers:
    """What of a library could be shown."""

    layers: Mapping[Role, QgsVectorLayer]
    broken: tuple[Role, ...]
    """Roles that the library lists and QGIS cannot open."""


NO_LAYERS = BaseLayers({}, ())


def make_base_layers(library: Path, progress: Progress) -> BaseLayers:
    """Return a styled layer for every role that the library holds, given to the main thread.

    Raises WeipianError when the library is missing or none. Call it in a worker: opening a layer opens the
    file, and a network drive that is gone would keep the window waiting.
    """
    editions = Library.open(library).editions()
    made = {}
    for role, edition in editions.items():
        progress.check()
        layer = _make(library, role, edition)
        if layer.isValid():
            layer.moveToThread(QCoreApplication.instance().thread())
            made[role] = layer
    return BaseLayers(made, tuple(role for role in editions if role not in made))


def _make(library: Path, role: Role, edition: LayerEdition) -> QgsVectorLayer:
    options = QgsVectorLayer.LayerOptions(loadDefaultStyle=False)
    # Opened for reading only, QGIS takes no lock and never turns the file to WAL.
    options.forceReadOnly = True
    layer = QgsVectorLayer(f"{library}|layername={role.value}", role.label, "ogr", options)
    layer.setReadOnly(True)
    layer.loadNamedStyle(str(paths.style_file(f"{role.value}.qml")))
    columns.name_columns(layer, columns.base_aliases(), {})
    layer.setDisplayExpression('coalesce("label", "class_code", "source_fid")')
    layer.setCustomProperty(ROLE_PROPERTY, role.value)
    layer.serverProperties().setAbstract(edition.edition)
    return layer
