"""The table of differences: ticks, filter, thousands of rows."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QPalette

from weipian_plugin.gui import colours
from weipian_plugin.gui.exchange_desk.differences import Row, RowKind
from weipian_plugin.texts import tr

SIDES = (2, 3)
"""The columns of what stands and of what came back."""
_NOWHERE = QModelIndex()
_DISPLAY, _CHECK = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.CheckStateRole
_COLOURS = {
    RowKind.CHANGE: colours.IN_TIME,
    RowKind.RETURN: colours.STAGES[next(reversed(colours.STAGES))],
    RowKind.CONFLICT: colours.OVERDUE,
    RowKind.HELD: colours.SOON,
    RowKind.AREA: colours.SOON,
    RowKind.UNMATCHED: colours.OVERDUE,
    RowKind.NOTICE: colours.OTHER,
}


class DifferenceModel(QAbstractTableModel):
    """Shows the rows that pass the filter; ticks are kept for all of them."""

    ticked_changed = pyqtSignal()

    def __init__(self, palette: QPalette, parent: QObject | None = None) -> None:
        """Show no rows yet; tint for this palette."""
        super().__init__(parent)
        self._heads = (
            tr("采用"),
            tr("图斑编号、列"),
            tr("现在"),
            tr("对方"),
            tr("说明、位置"),
        )
        self._shades = {kind: colours.tinted(colour, palette) for kind, colour in _COLOURS.items()}
        self.rows: list[Row] = []
        self.ticked: list[bool] = []
        self.shown: list[int] = []

    def show(self, rows: list[Row]) -> None:
        """Show other rows: what is free of conflict is ticked."""
        self.beginResetModel()
        self.rows = rows
        self.ticked = [row.can_be_taken and row.kind is not RowKind.CONFLICT for row in rows]
        self.shown = list(range(len(rows)))
        self.endResetModel()
        self.ticked_changed.emit()

    def show_only(self, is_meant: Callable[[Row], bool]) -> None:
        """Show the rows for which `is_meant` holds."""
        self.beginResetModel()
        self.shown = [index for index, row in enumerate(self.rows) if is_meant(row)]
        self.endResetModel()

    def tick_shown(self, is_taken: bool) -> None:
        """Tick, or untick, every row shown that can be taken."""
        for index in self.shown:
            self.ticked[index] = is_taken and self.rows[index].can_be_taken
        if self.shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.shown) - 1, 0))
        self.ticked_changed.emit()

    def row_at(self, line: int) -> Row:
        """Return the row that stands in a line."""
        return self.rows[self.shown[line]]

    def rowCount(self, parent: QModelIndex = _NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: QModelIndex = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Return what a head shows."""
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY:
            return self._heads[section]
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        flags = super().flags(index)
        is_open = index.column() == 0 and self.row_at(index.row()).can_be_taken
        return flags | Qt.ItemFlag.ItemIsUserCheckable if is_open else flags

    def data(self, index: QModelIndex, role: int = _DISPLAY) -> object:
        """Return what a cell shows."""
        place = self.shown[index.row()]
        row, column = self.rows[place], index.column()
        if role == _CHECK and column == 0 and row.can_be_taken:
            return Qt.CheckState.Checked if self.ticked[place] else Qt.CheckState.Unchecked
        if role in (_DISPLAY, Qt.ItemDataRole.ToolTipRole):
            return row.cells[column]
        return self._shade(row, column) if role == Qt.ItemDataRole.BackgroundRole else None

    def setData(self, index: QModelIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a tick."""
        if role != _CHECK:
            return False
        self.ticked[self.shown[index.row()]] = Qt.CheckState(value) == Qt.CheckState.Checked
        self.dataChanged.emit(index, index)
        self.ticked_changed.emit()
        return True

    def _shade(self, row: Row, column: int) -> QColor | None:
        """Tint the kind, and in a conflict the two sides."""
        if column == 0 or (row.kind is RowKind.CONFLICT and column in SIDES):
            return self._shades[row.kind]
        return None
