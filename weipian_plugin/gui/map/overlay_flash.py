"""Flashes on the map what of the base layers lies in a patch, worked out in a worker."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsGeometry
from qgis.PyQt.QtCore import QObject

from weipian_plugin.domain.roles import Role
from weipian_plugin.gui import colours
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.jobs import Jobs
from weipian_plugin.gui.map.flasher import Flash, Flasher
from weipian_plugin.gui.map.themes import SELECTED
from weipian_plugin.texts import tr
from weipian_plugin.workflow.overlay_pieces import RolePieces, overlay_pieces

_EVERYWHERE = (Role.LAND_CLASS, Role.TOWNSHIP)
"""Roles that cover the district: flashing them with all others would hide these."""
_PIECES = "pieces"


class OverlayFlash(QObject):
    """Flashes for the newest request only."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Flash on the map of this desk."""
        super().__init__(parent)
        self._desk = desk
        self._flasher = Flasher(desk.iface.mapCanvas(), self)
        self._jobs = Jobs(desk.worker, quiet_reads=True)

    @property
    def shown(self) -> int:
        """How many sets of shapes are on the map."""
        return self._flasher.shown

    def flash(self, patch_no: str, outline: QgsGeometry, role: str) -> None:
        """Flash the pieces of one role in a patch; for '' those of every role, or else the patch itself."""
        workspace, library = self._desk.session.workspace, self._desk.session.library
        whole = [Flash([outline], SELECTED)]
        if workspace is None or library is None:
            self._flasher.flash(whole)
            return
        wanted = (Role(role),) if role else tuple(one for one in Role if one not in _EVERYWHERE)

        def show(pieces: Sequence[RolePieces]) -> None:
            self._flasher.flash([_flash_of(part) for part in pieces] or ([] if role else whole))
            if role and not pieces:
                text = tr("地图上的底图里，图斑 {number} 与{role}没有重叠部分。")
                self._desk.messages.info(text.format(number=patch_no, role=Role(role).label))

        self._jobs.start_newest(
            _PIECES,
            tr("查找套合部分"),
            lambda progress: overlay_pieces(workspace, library, patch_no, wanted, progress),
            show,
        )

    def clear(self) -> None:
        """Take everything off the map, also what is on its way."""
        self._jobs.drop(_PIECES)
        self._flasher.clear()


def _flash_of(pieces: RolePieces) -> Flash:
    shapes = []
    for wkb in pieces.wkb:
        shape = QgsGeometry()
        shape.fromWkb(wkb)
        shapes.append(shape)
    return Flash(shapes, colours.ROLES[pieces.role])
