"""The base layers: drawn straight from the library, for reading only."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsVectorLayer

from weipian_plugin import paths
from weipian_plugin.domain.roles import Role
from weipian_plugin.gui.map import columns
from weipian_plugin.gui.map.degrees import as_world_degrees

ROLE_PROPERTY = "weipian/role"


def make_base_layer(library: Path, role: Role, edition: str) -> QgsVectorLayer:
    """Return the styled layer of a role, invalid where QGIS cannot open it.

    In the main thread, since QGIS takes the coordinate systems of a layer away with the thread that made it;
    only for a library that a worker has just opened, for a network drive that is gone would block.
    """
    options = QgsVectorLayer.LayerOptions(loadDefaultStyle=False)
    # Opened for reading only, QGIS takes no lock and never turns the file to WAL.
    options.forceReadOnly = True
    options.transformContext = as_world_degrees()
    layer = QgsVectorLayer(f"{library}|layername={role.value}", role.label, "ogr", options)
    layer.setReadOnly(True)
    layer.loadNamedStyle(str(paths.style_file(f"{role.value}.qml")))
    columns.name_columns(layer, columns.base_aliases(), {})
    layer.setDisplayExpression('coalesce("label", "class_code", "source_fid")')
    layer.setCustomProperty(ROLE_PROPERTY, role.value)
    layer.serverProperties().setAbstract(edition)
    return layer
