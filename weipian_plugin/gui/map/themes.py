"""By what the patches are coloured: one QML style each, loaded over the layer's own."""

from __future__ import annotations

from enum import StrEnum

from qgis.core import Qgis, QgsFillSymbol, QgsMapLayer, QgsVectorLayer

from weipian_plugin import paths
from weipian_plugin.texts import tr

SELECTED = "#00E5FF"
"""Stands out from every stage, duty state and base layer, on images too."""


class Theme(StrEnum):
    """What the colour of a patch says; the value is part of the style's file name."""

    STAGE = "stage"
    DUTY_STATE = "duty_state"
    DAYS_LEFT = "days_left"

    @property
    def label(self) -> str:
        """What the person reads."""
        return {
            Theme.STAGE: tr("按办理阶段着色"),
            Theme.DUTY_STATE: tr("按职责状态着色"),
            Theme.DAYS_LEFT: tr("按剩余天数着色"),
        }[self]


def apply(layer: QgsVectorLayer, theme: Theme) -> None:
    """Colour the patches by a theme; labels and names of columns stay."""
    # By keyword: an unnamed second argument is taken for `loadFromLocalDb`, and the labels would go.
    layer.loadNamedStyle(
        str(paths.style_file(f"patch_{theme.value}.qml")), categories=QgsMapLayer.StyleCategory.Symbology
    )
    chosen = layer.selectionProperties()
    chosen.setSelectionRenderingMode(Qgis.SelectionRenderingMode.CustomSymbol)
    chosen.setSelectionSymbol(_selection_symbol())


def _selection_symbol() -> QgsFillSymbol:
    """Return an outline that leaves the ground inside the patch to be seen."""
    edge = {"style": "no", "outline_color": "20,20,20", "outline_width": "2", "joinstyle": "round"}
    symbol = QgsFillSymbol.createSimple(edge)
    bright = QgsFillSymbol.createSimple(edge | {"outline_width": "1.2", "outline_color": SELECTED})
    symbol.appendSymbolLayer(bright.symbolLayer(0).clone())
    return symbol
