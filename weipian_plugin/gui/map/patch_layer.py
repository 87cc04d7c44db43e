"""The layer of the patches: a copy in memory of what the workspace says.

QGIS never opens the workspace itself: so it holds no lock on it, never turns it to WAL, leaves nothing beside
it on a network share, and nobody can edit the casework behind the back of the store.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qgis.core import (
    QgsAttributeEditorField,
    QgsAttributeEditorTextElement,
    QgsCoordinateReferenceSystem,
    QgsEditFormConfig,
    QgsFeature,
    QgsFields,
    QgsGeometry,
    QgsVectorLayer,
)

from weipian_plugin import paths
from weipian_plugin.gui.map import columns
from weipian_plugin.gui.map.degrees import GEOGRAPHIC, as_world_degrees
from weipian_plugin.texts import tr
from weipian_plugin.workflow.patch_map import COLUMNS, PatchChanges, PatchMap


class _CaseworkLayer(QgsVectorLayer):
    """A layer in memory of what the workspace keeps: nothing is lost with it."""

    def isTemporary(self) -> bool:
        """Return that it is not: QGIS marks temporary layers and offers to save them."""
        return False


class PatchLayer:
    """The layer and which feature is which patch."""

    def __init__(self, shown: PatchMap) -> None:
        """Make the layer that is to show these patches; `add` puts their features into it.

        In the main thread: QGIS takes the coordinate systems of a layer away with the thread that made it.
        """
        self.layer = _empty_layer()
        self.shown = shown
        self._ids: dict[str, int] = {}
        _furnish(self.layer)

    def id_of(self, patch_no: str) -> int | None:
        """Return the feature id of a patch; None when the map does not have it."""
        return self._ids.get(patch_no)

    def numbers_of(self, ids: Iterable[int]) -> list[str]:
        """Return the numbers of the patches with these feature ids."""
        wanted = set(ids)
        return [number for number, own in self._ids.items() if own in wanted]

    def outline(self, patch_no: str) -> QgsGeometry | None:
        """Return the outline of a patch in EPSG:4490; None when the map does not have it."""
        own = self._ids.get(patch_no)
        return None if own is None else self.layer.getGeometry(own)

    def add(self, features: list[QgsFeature]) -> None:
        """Put features of patches, made by `features_of`, into the layer."""
        _, added = self.layer.dataProvider().addFeatures(features)
        self._ids |= {feature.attribute(0): feature.id() for feature in added}

    def change(self, changes: PatchChanges) -> None:
        """Take changed values over in place, so that the selection stays; what is new, `add` takes."""
        provider = self.layer.dataProvider()
        provider.deleteFeatures([self._ids.pop(number) for number in changes.gone])
        provider.changeAttributeValues({self._ids[no]: dict(values) for no, values in changes.values.items()})

    def tell_changed(self, shown: PatchMap, elsewhere: bool) -> None:
        """Draw again what shows these patches now; some may be `elsewhere` than those before."""
        self.shown = shown
        if elsewhere:
            self.layer.updateExtents()
        # For attribute tables that are open; `reload` would tell them too, but drop the selection.
        self.layer.dataChanged.emit()
        self.layer.triggerRepaint()


def features_of(shown: PatchMap) -> list[QgsFeature]:
    """Return the features of the patches; for a worker."""
    fields = QgsFields()
    for field in columns.patch_fields():
        fields.append(field)
    return [_feature(fields, row, wkb) for row, wkb in zip(shown.rows, shown.wkb, strict=True)]


def _feature(fields: QgsFields, row: tuple[Any, ...], wkb: bytes) -> QgsFeature:
    feature = QgsFeature(fields)
    feature.setAttributes(list(row))
    geometry = QgsGeometry()
    geometry.fromWkb(wkb)
    feature.setGeometry(geometry)
    return feature


def _empty_layer() -> QgsVectorLayer:
    options = QgsVectorLayer.LayerOptions(loadDefaultStyle=False)
    options.transformContext = as_world_degrees()
    layer = _CaseworkLayer("MultiPolygon?index=yes", tr("卫片图斑"), "memory", options)
    layer.setCrs(QgsCoordinateReferenceSystem(GEOGRAPHIC))
    layer.dataProvider().addAttributes(columns.patch_fields())
    layer.updateFields()
    return layer


def _furnish(layer: QgsVectorLayer) -> None:
    """Give the layer its labels, names of columns and form, and let nobody edit it."""
    layer.loadNamedStyle(str(paths.style_file("patch.qml")))
    columns.name_columns(layer, columns.patch_aliases(), columns.patch_words())
    columns.widen_numbers(layer)
    layer.setDisplayExpression('"patch_no"')
    layer.setMapTipTemplate("<b>[% patch_no %]</b><br>[% stage %] · [% duty_state %]<br>[% unit %]")
    layer.setEditFormConfig(_form(layer))
    layer.setReadOnly(True)
    # No question at the end of QGIS whether what is in memory may be lost.
    layer.setCustomProperty("skipMemoryLayersCheck", 1)


def _form(layer: QgsVectorLayer) -> QgsEditFormConfig:
    """Return a form that shows every column and says where the casework is changed."""
    form = layer.editFormConfig()
    form.setLayout(QgsEditFormConfig.EditorLayout.DragAndDrop)
    form.clearTabs()
    root = form.invisibleRootContainer()
    note = QgsAttributeEditorTextElement(tr("说明"), root)
    note.setText(tr("这里只供查看。判定、职责、期限等办理内容请在“核查判定”窗口修改，改动会记入历史。"))
    note.setShowLabel(False)
    form.addTab(note)
    for at, name in enumerate(COLUMNS):
        form.setReadOnly(at, True)
        form.addTab(QgsAttributeEditorField(name, at, root))
    return form
