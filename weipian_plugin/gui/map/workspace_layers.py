"""The map of the open workspace: patches, base layers and images in one group, in step with the session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from qgis.core import QgsGeometry, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.roles import Role
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.map import themes, view
from weipian_plugin.gui.map.base_layers import make_base_layer
from weipian_plugin.gui.map.group import MapGroup, unchanged
from weipian_plugin.gui.map.imagery_view import ImageryView
from weipian_plugin.gui.map.overlay_flash import OverlayFlash
from weipian_plugin.gui.map.patch_feed import PatchFeed
from weipian_plugin.gui.map.patch_layer import PatchLayer
from weipian_plugin.gui.map.selection import SelectionSync
from weipian_plugin.gui.map.themes import Theme
from weipian_plugin.gui.map.turns import Turns
from weipian_plugin.texts import tr
from weipian_plugin.workflow.open_workspace import library_editions

_SETTLE_MS = 300
_BASE = "base"


class WorkspaceLayers(QObject):
    """Builds the group 卫片执法 for the open workspace, keeps it like the files, and takes it away again."""

    patches_shown = pyqtSignal()
    """The patches of the open workspace are on the map, or show newer values."""
    base_shown = pyqtSignal()
    """The base layers of the library are on the map, as far as it has them."""

    def __init__(self, desk: Desk) -> None:
        """Show what is open already, and follow the session from now on."""
        super().__init__()
        self._desk = desk
        self._project = QgsProject.instance()
        self._canvas = desk.iface.mapCanvas()
        self._group = MapGroup(self._project)
        self._view = view.ProjectView(self._project, desk.iface.layerTreeCanvasBridge())
        self._pieces = OverlayFlash(desk, self)
        self.imagery = ImageryView(desk, self._group, self._covered, self)
        self._selection = SelectionSync(desk.session, self)
        self._feed = PatchFeed(desk, self._show_patches, self._on_updated)
        self._is_blank = False
        self._jobs = Jobs(desk.worker, quiet_reads=True)
        self._patch_steps, self._base_steps, self._looking_steps = Turns(self), Turns(self), Turns(self)
        self._theme = Theme.STAGE
        self._following = True
        self._is_removing = False
        self._rebuilding = QTimer(self)
        self._rebuilding.setSingleShot(True)
        self._rebuilding.timeout.connect(self.rebuild)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._view.end)
        self._links = [
            (desk.session.workspace_changed, self.rebuild),
            (desk.session.library_changed, self._open_library),
            (desk.session.patches_changed, self._on_patches_changed),
            (desk.session.current_changed, self._on_current_changed),
            (self._project.aboutToBeCleared, self._before_clearing),
            (self._project.cleared, self._after_clearing),
            # Not `cleared`: a project that is being read is cleared first, and must be left alone until then.
            (desk.iface.newProjectCreated, self._rebuild_soon),
            (self._project.readProject, self._rebuild_soon),
        ]
        for signal, slot in self._links:
            signal.connect(slot)
        self.rebuild()

    # What others may ask for --------------------------------------------------------------------------------

    @property
    def layer(self) -> QgsVectorLayer | None:
        """The layer of the patches; None while there is none."""
        return self._feed.patches.layer if self._feed.patches is not None else None

    def _covered(self) -> QgsRectangle:
        return self.layer.extent() if self.layer is not None else QgsRectangle()

    @property
    def theme(self) -> Theme:
        """By what the patches are coloured."""
        return self._theme

    @property
    def follows(self) -> bool:
        """Whether the map moves along with the patch that the session looks at."""
        return self._following

    def set_theme(self, theme: str) -> None:
        """Colour the patches by `stage`, `duty_state` or `days_left`."""
        self._theme = Theme(theme)
        if self.layer is not None:
            with unchanged(self._project):
                themes.apply(self.layer, self._theme)
                self.layer.triggerRepaint()
                self.layer.emitStyleChanged()

    def set_follows(self, follows: bool) -> None:
        """Let the map move along with the session, or stay where it is."""
        self._following = follows

    def zoom_to(self, patch_no: str) -> bool:
        """Show a patch in the middle of the map; return False when the map does not have it."""
        outline = self._outline(patch_no)
        if outline is not None:
            view.zoom(self._canvas, outline)
        return outline is not None

    def zoom_to_all(self) -> None:
        """Show all patches."""
        if self.layer is not None:
            view.show_all(self._canvas, self.layer.extent())

    def flash(self, patch_no: str, role: str = "") -> None:
        """Flash what of a role's features lies in a patch; for '' of every role, or the patch itself."""
        outline = self._outline(patch_no)
        if outline is not None:
            self._pieces.flash(patch_no, outline, role)

    @property
    def is_open(self) -> bool:
        """Whether a workspace is open, so that there is something to show."""
        return self._desk.session.workspace is not None

    def show_imagery(self, patch_no: str) -> None:
        """Compare the two dates at a patch; a second time ends it."""
        if not self.imagery.is_swiping:
            self.zoom_to(patch_no)
        self.imagery.swipe(not self.imagery.is_swiping)

    def rebuild(self) -> None:
        """Make all layers anew from the files."""
        self._clear()
        workspace = self._desk.session.workspace
        if workspace is None:
            return
        self._view.begin()
        self._feed.open(workspace)

    def remove(self) -> None:
        """Leave nothing in the project and on the canvas, and follow the session no more."""
        for signal, slot in self._links:
            signal.disconnect(slot)
        self._links = []
        self._rebuilding.stop()
        self._clear()

    # Building -----------------------------------------------------------------------------------------------

    def _open_library(self) -> None:
        library = self._desk.session.library
        if self._feed.patches is None:
            return
        if library is None:
            self._jobs.drop(_BASE)
            self._show_base(Path(), {})
            return
        self._jobs.start_newest(
            _BASE,
            tr("打开底图"),
            lambda _progress: _editions(library),
            partial(self._show_base, library),
            lambda _error: self._show_base(library, {}),
        )

    def _show_patches(self, patches: PatchLayer) -> None:
        """Put the patches on the map, then what lies below them.

        In this order: the project's coordinate system is cheap to set while it holds nothing.
        """
        self._patch_steps.run(
            [
                *self._view.adopting(patches.layer.extent()),
                partial(self._add_patches, patches),
                self._open_library,
                self.imagery.reload,
            ]
        )

    def _look_at(self, box: QgsRectangle) -> None:
        """Bring the map of an empty workspace to where there is something to see."""
        show = [partial(view.show_all, self._canvas, box)] if self._view.is_ours else []
        self._looking_steps.run([*self._view.adopting(box), *show])

    def _add_patches(self, patches: PatchLayer) -> None:
        layer = patches.layer
        themes.apply(layer, self._theme)
        layer.willBeDeleted.connect(self._on_layer_gone)
        self._group.put_patches(layer)
        self._selection.watch(patches)
        self._is_blank = layer.featureCount() == 0
        self._desk.iface.setActiveLayer(layer)
        if self._view.is_ours:
            self.zoom_to_all()
        self._settling.start(_SETTLE_MS)
        self.patches_shown.emit()

    def _show_base(self, library: Path, editions: Mapping[Role, str]) -> None:
        """Put the layers into the group one by one: opening and showing each takes QGIS some milliseconds."""
        broken: list[Role] = []
        district = QgsRectangle()

        def add(role: Role) -> None:
            layer = make_base_layer(library, role, editions[role])
            if not layer.isValid():
                broken.append(role)
                return
            if self._is_blank:
                district.combineExtentWith(layer.extent())
                self._look_at(QgsRectangle(district))
            self._group.add_base(role, layer)

        adding = [partial(add, role) for role in editions]
        self._base_steps.run([self._group.clear_base, *adding, partial(self._on_base_shown, broken)])

    def _on_base_shown(self, broken: Sequence[Role]) -> None:
        if broken:
            names = "、".join(role.label for role in broken)
            self._desk.messages.warning(
                tr("底图库中的{names}打不开，地图上没有显示，请重新导入。").format(names=names)
            )
        self._settling.start(_SETTLE_MS)
        self.base_shown.emit()

    def _clear(self) -> None:
        self._is_removing = True
        # A picture in the making must not outlive the layers that it is made of.
        self._canvas.stopRendering()
        self._jobs.drop(_BASE)
        self._patch_steps.stop()
        self._base_steps.stop()
        self._looking_steps.stop()
        self._settling.stop()
        self._pieces.clear()
        self.imagery.clear()
        self._selection.forget()
        self._feed.forget()
        self._group.remove()
        with unchanged(self._project):
            self._view.give_back()
        self._is_removing = False

    # Following ----------------------------------------------------------------------------------------------

    def _on_updated(self) -> None:
        """Show newer values; the first patches of an empty workspace bring the map to where they are."""
        if self._is_blank and self.layer is not None and self.layer.featureCount():
            self._is_blank = False
            self._look_at(self.layer.extent())
        self.patches_shown.emit()

    def _on_patches_changed(self, _numbers: list[str]) -> None:
        self._feed.refresh()

    def _on_current_changed(self, patch_no: str) -> None:
        self._selection.show(patch_no)
        outline = self._outline(patch_no)
        if self._following and outline is not None:
            view.follow(self._canvas, outline)

    def _before_clearing(self) -> None:
        self._is_removing = True

    def _after_clearing(self) -> None:
        self._is_removing = False

    def _rebuild_soon(self, *_read: object) -> None:
        """Put our layers into the project that the person has begun or opened, once QGIS is done with it."""
        self._rebuilding.start(0)

    def _on_layer_gone(self) -> None:
        """Somebody took the patches off the map."""
        self._selection.forget()
        self._feed.forget()
        if not self._is_removing:
            self._desk.messages.info(tr("卫片图斑已从地图上移除；选“重新载入地图”可以再显示。"))

    # Helpers ------------------------------------------------------------------------------------------------

    def _outline(self, patch_no: str) -> QgsGeometry | None:
        return self._feed.patches.outline(patch_no) if self._feed.patches is not None else None


def _editions(library: Path) -> dict[Role, str]:
    """Return what a library holds; say with a refusal what it means for the map."""
    try:
        return library_editions(library)
    except WeipianError as error:
        raise WeipianError(tr("地图上没有底图：{}").format(error)) from error
