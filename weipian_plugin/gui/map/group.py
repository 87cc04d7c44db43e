"""The group 卫片执法 in the layer tree: where each layer goes, and how all of it goes away again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from qgis.core import QgsLayerTreeGroup, QgsMapLayer, QgsProject
from qgis.PyQt.QtCore import QTimer

from weipian_plugin.domain.roles import Role
from weipian_plugin.texts import tr

PROPERTY = "weipian/group"
"""Custom property by which the group is known, whatever the person calls it."""
_WHOLE, _IMAGES = "all", "images"
_BORDERS = (Role.TOWNSHIP, Role.COMMITTEE)
_CONTROL = (
    Role.REDLINE,
    Role.NATURE_RESERVE,
    Role.RIVER,
    Role.TRAFFIC,
    Role.URBAN,
    Role.BASIC_FARMLAND,
    Role.FOREST,
)
_PERMITS = (Role.APPROVAL, Role.FACILITY_FARM, Role.TEMPORARY_LAND)
_LAND = (Role.LAND_CLASS,)


def sections() -> list[tuple[str, tuple[Role, ...]]]:
    """Return the headings under the patches, the topmost first, with their roles in drawing order."""
    return [
        (tr("行政区划"), _BORDERS),
        (tr("审批备案"), _PERMITS),
        (tr("管控范围"), _CONTROL),
        (tr("土地利用现状"), _LAND),
    ]


class MapGroup:
    """The group in one project. Asks the tree every time, for the person may have changed it."""

    def __init__(self, project: QgsProject) -> None:
        """Work in this project."""
        self._project = project

    def find(self) -> QgsLayerTreeGroup | None:
        """Return the group; None while there is none."""
        groups = self._project.layerTreeRoot().findGroups(True)
        return next((group for group in groups if group.customProperty(PROPERTY) == _WHOLE), None)

    def put_patches(self, layer: QgsMapLayer) -> None:
        """Show the patches on top of all else."""
        with unchanged(self._project):
            self._project.addMapLayer(layer, False)
            self._whole().insertLayer(0, layer)

    def clear_base(self) -> None:
        """Take all base layers away."""
        with unchanged(self._project):
            for number in range(len(sections())):
                self._drop(_base(number))

    def add_base(self, role: Role, layer: QgsMapLayer) -> None:
        """Show one base layer under the heading and at the place that its role has."""
        number, (title, roles) = next(
            (number, entry) for number, entry in enumerate(sections()) if role in entry[1]
        )
        with unchanged(self._project):
            self._project.addMapLayer(layer, False)
            section = self._section(_base(number), title)
            before = {one.label for one in roles[: roles.index(role)]}
            at = sum(node.name() in before for node in section.children())
            section.insertLayer(at, layer).setExpanded(False)

    def clear_images(self) -> None:
        """Take all images away."""
        with unchanged(self._project):
            self._drop(_IMAGES)

    def add_image(self, layer: QgsMapLayer, is_drawn: bool) -> None:
        """Show an image below everything else, after the images so far; or list it without drawing it."""
        with unchanged(self._project):
            self._project.addMapLayer(layer, False)
            node = self._section(_IMAGES, tr("影像")).addLayer(layer)
            node.setExpanded(False)
            node.setItemVisibilityChecked(is_drawn)

    def remove(self) -> None:
        """Take every layer and the group out of the project."""
        with unchanged(self._project):
            while (group := self.find()) is not None:
                self._project.removeMapLayers(group.findLayerIds())
                group.parent().removeChildNode(group)

    def _whole(self) -> QgsLayerTreeGroup:
        group = self.find()
        if group is None:
            group = self._project.layerTreeRoot().insertGroup(0, tr("卫片执法"))
            group.setCustomProperty(PROPERTY, _WHOLE)
        return group

    def _section(self, name: str, title: str) -> QgsLayerTreeGroup:
        """Return the section of this name, made at its place where there is none."""
        whole = self._whole()
        for node in whole.findGroups(True):
            if node.customProperty(PROPERTY) == name:
                return node
        section = whole.insertGroup(self._place(whole, name), title)
        section.setCustomProperty(PROPERTY, name)
        return section

    def _drop(self, name: str) -> None:
        whole = self.find()
        for node in whole.findGroups(True) if whole is not None else ():
            if node.customProperty(PROPERTY) == name:
                self._project.removeMapLayers(node.findLayerIds())
                node.parent().removeChildNode(node)

    @staticmethod
    def _place(whole: QgsLayerTreeGroup, name: str) -> int:
        """Return where a section goes: after the patches and the sections whose names come first."""
        before = [
            node
            for node in whole.children()
            if not node.customProperty(PROPERTY) or str(node.customProperty(PROPERTY)) < name
        ]
        return len(before)


def _base(number: int) -> str:
    """Return the name of a section of base layers; sections stand in the order of their names."""
    return f"base{number}"


@contextmanager
def unchanged(project: QgsProject) -> Iterator[None]:
    """Keep a project that needs no saving as one: our layers are made anew each time.

    QGIS notes one change more when its map takes the layers over, as soon as the event loop comes round.
    """
    was_dirty = project.isDirty()
    try:
        yield
    finally:
        if not was_dirty:
            project.setDirty(False)
            QTimer.singleShot(0, lambda: project.setDirty(False))
