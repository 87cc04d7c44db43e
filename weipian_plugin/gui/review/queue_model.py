"""The list of the queue: a table over columns, a few painted cells at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QTableView

from weipian_plugin.domain.deadline_queue import TermState
from weipian_plugin.domain.stages import Stage
from weipian_plugin.gui import colours
from weipian_plugin.gui.review.queue_columns import Bools, QueueColumns
from weipian_plugin.texts import tr

NUMBER, DAYS, STATE, TOWN, UNIT, AREA = range(6)
_SOON_DAYS = 7
_ALIGNED = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
RIGHT = int(getattr(_ALIGNED, "value", _ALIGNED))
"""Aligned right, as the number that a model gives: an enum of Qt 6 is none by itself."""


class QueueModel(QAbstractTableModel):
    """Shows those rows of the queue that the filter leaves."""

    def __init__(self, view: QTableView) -> None:
        """Begin empty; `view` is what shows it, in its colours."""
        super().__init__(view)
        self._view = view
        self._columns: QueueColumns | None = None
        self._shown: NDArray[np.int64] = np.zeros(0, dtype=np.int64)

    def show_rows(self, columns: QueueColumns, mask: Bools) -> None:
        """Show the rows of `mask`."""
        self.beginResetModel()
        self._columns = columns
        self._shown = np.flatnonzero(mask).astype(np.int64)
        self.endResetModel()

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._columns, self._shown = None, np.zeros(0, dtype=np.int64)
        self.endResetModel()

    @property
    def shown(self) -> NDArray[np.int64]:
        """Rows of the queue in the order of the list."""
        return self._shown

    def number_at(self, line: int) -> str:
        """Return the patch number on a line."""
        return self._columns.number(int(self._shown[line])) if self._columns is not None else ""

    def line_of(self, patch_no: str) -> int:
        """Return the line of a patch; -1 when it is not shown."""
        row = self._columns.row_of.get(patch_no, -1) if self._columns is not None else -1
        line = int(np.searchsorted(self._shown, row))
        return line if row >= 0 and line < len(self._shown) and self._shown[line] == row else -1

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else AREA + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = (tr("图斑编号"), tr("余天"), tr("状态"), tr("乡镇"), tr("查处单位"), tr("亩"))
        return titles[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what one cell shows."""
        if self._columns is None or not index.isValid():
            return None
        row, column = int(self._shown[index.row()]), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row)
        return self._look(row, column, role)

    def _look(self, row: int, column: int, role: int) -> Any:
        """Return how a cell is painted."""
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (DAYS, AREA):
            return RIGHT
        if role == Qt.ItemDataRole.ForegroundRole and column == DAYS:
            return self._days_colour(row)
        if role == Qt.ItemDataRole.DecorationRole and column == NUMBER and self._columns is not None:
            return QColor(colours.STAGES[Stage(self._columns.text("stage", row))])
        return None

    def _text(self, row: int, column: int) -> str:
        held = self._columns
        if held is None:
            return ""
        if column == NUMBER:
            return held.number(row)
        if column == DAYS:
            return self._days(held, row)
        if column == STATE:
            return state_text(held, row)
        if column == AREA:
            return f"{held.values['area_mu'][row]:.2f}"
        return held.text("town" if column == TOWN else "unit", row)

    @staticmethod
    def _days(held: QueueColumns, row: int) -> str:
        if held.is_waiting(row):
            return held.text("days_left", row)
        return tr("暂停") if held.values["state"][row] == TermState.PAUSED else ""

    def _days_colour(self, row: int) -> QColor | None:
        held = self._columns
        if held is None or not held.is_waiting(row):
            return None
        left = int(held.values["days_left"][row])
        if left > _SOON_DAYS:
            return None
        palette = colours.palette_of(self._view)
        return colours.readable(colours.OVERDUE if left < 0 else colours.SOON, palette)

    def _tip(self, row: int) -> str:
        held = self._columns
        if held is None:
            return ""
        due = tr("应于 {day} 前判定（{state}）").format(
            day=held.text("due_on", row), state=held.text("state", row)
        )
        place = " · ".join(filter(None, (held.text("town", row), held.text("unit", row))))
        duty = tr("查处单位：{state}").format(state=held.text("duty_state", row))
        return "\n".join(filter(None, (held.number(row), place, duty, due, state_text(held, row))))


def state_text(held: QueueColumns, row: int) -> str:
    """Return stage and, once judged, the result of a patch: short, for the list."""
    stage, result = held.text("stage", row), held.text("result", row)
    if held.is_open[row]:
        return tr("存疑") if held.is_doubt[row] else stage
    return f"{result} · {stage}" if result else stage
