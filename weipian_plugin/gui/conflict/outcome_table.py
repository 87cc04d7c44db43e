"""What would become, or has become, of each patch of a batch: row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QColor

from weipian_plugin.gui import colours
from weipian_plugin.texts import tr
from weipian_plugin.workflow.row_outcomes import RowOutcome
from weipian_plugin.workflow.settle_conflicts import Foreseen


@dataclass(frozen=True)
class OutcomeRow:
    """One line."""

    patch_no: str
    what: str
    verdict: str
    is_refused: bool
    said: str


class OutcomeTable(QAbstractTableModel):
    """Patch, change, verdict and sentence; refused rows first and in red."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._rows: Sequence[OutcomeRow] = ()

    @property
    def refused(self) -> int:
        """How many rows cannot be, or were not recorded."""
        return sum(row.is_refused for row in self._rows)

    def show_foreseen(self, foreseen: Iterable[Foreseen]) -> None:
        """Show what would be recorded."""
        self._fill(
            OutcomeRow(f.patch_no, _change(f), self._will(f), not f.accepted, f.said) for f in foreseen
        )

    def _will(self, row: Foreseen) -> str:
        if not row.accepted:
            return tr("不能记录")
        return tr("将记录") if row.changes else tr("已有相同记录")

    def show_outcomes(self, outcomes: Iterable[RowOutcome]) -> None:
        """Show what was recorded."""
        done = {True: tr("已记录"), False: tr("未记录")}
        self._fill(OutcomeRow(o.patch_no, o.what, done[o.recorded], not o.recorded, o.said) for o in outcomes)

    def _fill(self, rows: Iterable[OutcomeRow]) -> None:
        self.beginResetModel()
        self._rows = sorted(rows, key=lambda row: not row.is_refused)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Qt: how many rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        """Qt: how many columns."""
        return 4

    def headerData(self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: titles."""
        if role != Qt.ItemDataRole.DisplayRole or side != Qt.Orientation.Horizontal:
            return None
        return (tr("图斑编号"), tr("变化"), tr("结果"), tr("说明"))[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: one cell."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return (row.patch_no, row.what, row.verdict, row.said)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and row.is_refused:
            return QColor(colours.ILLEGAL)
        return None


def _change(row: Foreseen) -> str:
    if row.before == row.after:
        return f"{row.duty}：{row.after or '—'}"
    return f"{row.duty}：{row.before or '—'} → {row.after or '—'}"
