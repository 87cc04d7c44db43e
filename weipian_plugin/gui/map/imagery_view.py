"""The images of two dates on the map: their layers, the dialog that chooses them, the swipe between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from qgis.core import QgsMapLayer, QgsRasterLayer, QgsRectangle
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal

from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.map.group import MapGroup
from weipian_plugin.gui.map.imagery_dialog import ImageryDialog
from weipian_plugin.gui.map.imagery_layers import Image, find_images, lies_elsewhere, make_image_layer
from weipian_plugin.gui.map.swipe import SwipeTool
from weipian_plugin.gui.map.turns import Turns
from weipian_plugin.texts import tr
from weipian_plugin.workflow.imagery import Phase

_NAMED_AT_MOST = 3
_IMAGES = "images"


class ImageryView(QObject):
    """Shows the images that the open workspace remembers."""

    shown = pyqtSignal()
    """The images are on the map, as far as they were found."""

    def __init__(
        self, desk: Desk, group: MapGroup, covered: Callable[[], QgsRectangle], parent: QObject | None = None
    ) -> None:
        """Show them in this group; `covered` gives the box of the patches (EPSG:4490)."""
        super().__init__(parent)
        self._covered = covered
        self._desk, self._group = desk, group
        self._canvas = desk.iface.mapCanvas()
        self._swipe = SwipeTool(self._canvas, self._earlier)
        self._dialog: ImageryDialog | None = None
        self._jobs = Jobs(desk.worker, quiet_reads=True)
        self._steps = Turns(self)
        self._layers: dict[Phase, list[QgsRasterLayer]] = {phase: [] for phase in Phase}
        self._broken: list[Path] = []
        self._elsewhere: list[Path] = []
        self._telling = False

    def layers(self, phase: Phase) -> list[QgsRasterLayer]:
        """Return the images of one date in drawing order, without those that the person took off the map."""
        return [layer for layer in self._layers[phase] if not sip.isdeleted(layer)]

    @property
    def swipe_tool(self) -> SwipeTool:
        """The map tool that compares the two dates."""
        return self._swipe

    @property
    def is_swiping(self) -> bool:
        """Whether the swipe lies over the map."""
        return bool(self._swipe.isActive())

    @property
    def is_complete(self) -> bool:
        """Whether there is something to compare: images of both dates."""
        return bool(self.layers(Phase.BEFORE) and self.layers(Phase.AFTER))

    @property
    def dialog(self) -> ImageryDialog | None:
        """The dialog in which each batch gets its images, while it is open."""
        return self._dialog

    def reload(self) -> None:
        """Show the images that the workspace remembers now."""
        workspace = self._desk.session.workspace
        if workspace is not None:
            self._jobs.start_newest(
                _IMAGES, tr("打开影像"), lambda _progress: find_images(workspace), self._show
            )

    def swipe(self, on: bool) -> None:
        """Lay the swipe over the map, or take it away; without images let the person choose some."""
        if not on:
            self._canvas.unsetMapTool(self._swipe)
        elif self.is_complete:
            self._canvas.setMapTool(self._swipe)
            self._desk.messages.info(tr("拖动中间的线对比；按住右键整幅看前时相，按 Esc 结束。"))
        else:
            self._desk.messages.info(tr("卷帘对比需要前、后两个时相的影像，请先为批次选择影像。"))
            self.choose()

    def choose(self) -> None:
        """Show the dialog in which each batch gets its images."""
        if self._desk.session.workspace is None:
            return
        if self._dialog is None:
            self._dialog = ImageryDialog(self._desk, self._chosen, self._desk.iface.mainWindow())
            self._dialog.finished.connect(self._forget_dialog)
        self._dialog.show()
        self._dialog.raise_()

    def _chosen(self) -> None:
        """Show what was chosen, and tell once how the two dates are compared."""
        self._telling = True
        self.reload()

    def clear(self) -> None:
        """End the swipe, close the dialog and forget the images; the group takes their layers away."""
        self._jobs.drop(_IMAGES)
        self._steps.stop()
        self._telling = False
        self.swipe(False)
        if self._dialog is not None:
            self._dialog.close()
        self._layers = {phase: [] for phase in Phase}

    def _show(self, found: Sequence[Image]) -> None:
        """Open the images one by one: each takes QGIS some milliseconds."""
        self.swipe(False)
        self._layers = {phase: [] for phase in Phase}
        opening = [
            partial(step, image) for image in found if image.is_there for step in (self._open, self._locate)
        ]
        missing = [image.path for image in found if not image.is_there]
        self._steps.run([self._group.clear_images, *opening, partial(self._on_shown, missing)])

    def _open(self, image: Image) -> None:
        layer = make_image_layer(image)
        if layer.isValid():
            self._layers[image.phase].append(layer)
            self._group.add_image(layer, image.phase is Phase.AFTER)
        else:
            self._broken.append(image.path)

    def _locate(self, image: Image) -> None:
        """Note whether the image opened last shows any patch: QGIS may search for a transformation."""
        if image.path not in self._broken and lies_elsewhere(self._layers[image.phase][-1], self._covered()):
            self._elsewhere.append(image.path)

    def _on_shown(self, missing: Sequence[Path]) -> None:
        lost, elsewhere = [*missing, *self._broken], self._elsewhere
        self._broken, self._elsewhere = [], []
        self._warn(tr("有 {count} 幅影像找不到或打不开（{listed}），请在“批次影像”里重新选择。"), lost)
        unseen = tr(
            "有 {count} 幅影像看不到：没有坐标系，或不在图斑的位置（{listed}），请核对坐标系后重新选择。"
        )
        self._warn(unseen, elsewhere)
        if self._telling and self.is_complete and not elsewhere:
            how = tr("影像已在地图上。要对比，点“核查判定”里的“影像”，或“地图”菜单里的“卷帘对比前后时相”。")
            self._desk.messages.success(how)
            self._telling = False
        self.shown.emit()

    def _warn(self, text: str, files: Sequence[Path]) -> None:
        if files:
            listed = "、".join(path.name for path in files[:_NAMED_AT_MOST])
            told = text.format(count=len(files), listed=listed)
            self._desk.messages.warning(told, "\n".join(map(str, files)))

    def _forget_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None

    def _earlier(self, layers: Sequence[QgsMapLayer]) -> list[QgsMapLayer]:
        """Return the layers of the map with the earlier images in place of the later ones."""
        ours = {layer.id() for phase in Phase for layer in self.layers(phase)}
        return [layer for layer in layers if layer.id() not in ours] + self.layers(Phase.BEFORE)
