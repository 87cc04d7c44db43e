"""A table of texts that is only read, with tints where a row matters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QHeaderView, QTableView

_NOWHERE = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole
Tint = Callable[[int], QColor | None]
"""The background of a row, None for the ordinary one."""


class TextTable(QAbstractTableModel):
    """Shows rows of texts under heads; long texts stand in the tooltip too."""

    def __init__(self, heads: Sequence[str], parent: QObject | None = None) -> None:
        """Show no rows yet."""
        super().__init__(parent)
        self._heads = heads
        self._tint: Tint = lambda row: None
        self.rows: Sequence[Sequence[str]] = ()

    def show(self, rows: Sequence[Sequence[str]], tint: Tint | None = None) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self._tint = tint or (lambda row: None)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Return what a head shows."""
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY:
            return self._heads[section]
        return None

    def data(self, index: QModelIndex, role: int = _DISPLAY) -> object:
        """Return what a cell shows."""
        if role in (_DISPLAY, Qt.ItemDataRole.ToolTipRole):
            return self.rows[index.row()][index.column()]
        return self._tint(index.row()) if role == Qt.ItemDataRole.BackgroundRole else None


def put_into(view: QTableView, model: TextTable, wide: Sequence[int]) -> None:
    """Show a table in a view: columns as wide as their texts, those of `wide` share what is left."""
    view.setModel(model)
    heads = view.horizontalHeader()
    heads.setResizeContentsPrecision(50)
    for column in range(model.columnCount()):
        mode = QHeaderView.ResizeMode.Stretch if column in wide else QHeaderView.ResizeMode.ResizeToContents
        heads.setSectionResizeMode(column, mode)
    heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    compact(view)


def wrap_rows(view: QTableView) -> None:
    """Make rows as high as their texts need; only where there are few, for each is measured."""
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)


def compact(view: QTableView, lines: int = 1) -> None:
    """Show rows as high as a line of text, or several, and no numbers beside them."""
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() * lines + 9)
