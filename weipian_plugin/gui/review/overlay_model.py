"""The overlay of one patch as a table: 未评估 in its own colour, 边角 and what was not met in grey."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QColor, QFont, QPalette

from weipian_plugin.domain.roles import Role
from weipian_plugin.gui import colours
from weipian_plugin.gui.review.queue_model import RIGHT
from weipian_plugin.texts import tr
from weipian_plugin.workflow.review.overlay_lines import OverlayLine, Tone

NAME, SHARE, GROSS, NET, MET = range(5)
_FAINT = 0.55


class OverlayModel(QAbstractTableModel):
    """One line a land class or layer."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._lines: Sequence[OverlayLine] = ()
        self._palette = QPalette()

    def show_lines(self, lines: Sequence[OverlayLine], palette: QPalette) -> None:
        """Show the lines of a patch, readable on this palette."""
        self.beginResetModel()
        self._lines, self._palette = lines, palette
        self.endResetModel()

    def role_at(self, line: int) -> Role | None:
        """Return the layer on a line."""
        return self._lines[line].role if 0 <= line < len(self._lines) else None

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else MET + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column, and what it means."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("图层、地类"), tr("占比"), tr("亩（毛）"), tr("亩（净）"), tr("涉及"))[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            tips = ("", tr("占图斑面积"), tr("含田坎"), tr("扣除田坎后，只有地类有"), tr("命中的要素名称"))
            return tips[section]
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what one cell shows."""
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(line)
        return self._look(line, column, role)

    def _look(self, line: OverlayLine, column: int, role: int) -> Any:
        """Return how a cell is painted."""
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (SHARE, GROSS, NET):
            return RIGHT
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(line)
        if role == Qt.ItemDataRole.BackgroundRole and line.tone is Tone.NOT_EVALUATED:
            return colours.tinted(colours.NOT_EVALUATED, self._palette)
        return _mark(line, role) if column == NAME else None

    def _ink(self, line: OverlayLine) -> QColor | None:
        if line.tone not in (Tone.SLIVER, Tone.MISS):
            return None
        text, base = (
            self._palette.color(role) for role in (QPalette.ColorRole.Text, QPalette.ColorRole.Base)
        )
        mixed = [
            round(b + (t - b) * _FAINT) for t, b in zip(text.getRgb()[:3], base.getRgb()[:3], strict=True)
        ]
        return QColor(*mixed)


def _mark(line: OverlayLine, role: int) -> Any:
    """Return what sets the name of a layer that was met apart: its colour, bold letters."""
    if role == Qt.ItemDataRole.DecorationRole and line.tone in (Tone.HIT, Tone.SLIVER):
        return QColor(colours.ROLES[line.role])
    if role == Qt.ItemDataRole.FontRole and line.tone is Tone.HIT:
        font = QFont()
        font.setBold(line.role is not Role.LAND_CLASS)
        return font
    return None


def _text(line: OverlayLine, column: int) -> str:
    if column == NAME:
        return tr("{}（边角）").format(line.name) if line.tone is Tone.SLIVER else line.name
    if column == SHARE:
        return line.tone.value if line.tone in (Tone.NOT_EVALUATED, Tone.MISS) else line.share
    if column == MET:
        named = "、".join(line.labels[:2])
        return tr("{} 等{}").format(named, len(line.labels)) if len(line.labels) > 2 else named
    if line.tone is Tone.MISS:
        return ""
    return line.gross if column == GROSS else line.net


def _tip(line: OverlayLine) -> str:
    notes = {
        Tone.NOT_EVALUATED: tr("没有图层可查，不等于“不在范围内”。"),
        Tone.SLIVER: tr("小于方案文件计入的面积和占比，不作为职责依据。"),
        Tone.MISS: tr("图层已查，没有重叠。"),
    }
    edition = tr("底图版本：{edition}").format(edition=line.edition) if line.edition else ""
    return "\n".join(filter(None, (line.name, "、".join(line.labels), edition, notes.get(line.tone, ""))))
