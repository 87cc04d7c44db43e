"""卫片执法: the QGIS plug-in for district satellite-patch enforcement."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from weipian_plugin.plugin import WeipianPlugin


def classFactory(iface: QgisInterface) -> WeipianPlugin:
    """Return the plug-in; called by QGIS."""
    from weipian_plugin.plugin import WeipianPlugin

    return WeipianPlugin(iface)
