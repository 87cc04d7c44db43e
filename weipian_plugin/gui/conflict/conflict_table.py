"""The list of patches at the conflict desk: filtered by columns, without a widget a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from weipian_plugin.texts import tr
from weipian_plugin.workflow.conflicts import Standing

NUMBER, TOWN, AREA, LEAD, CLAIMANTS, GROUNDS = range(6)
_COLUMNS = ("patch_no", "town", "area_mu", "lead", "claimants", "grounds")
_ALIGN_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Filter:
    """What is listed; '' lets everything pass."""

    standing: str = Standing.OPEN.value
    claimants: str = ""
    grounds: str = ""
    town: str | None = None
    """None for all: '' is a township of its own, the unknown one."""
    text: str = ""
    """Part of a patch number."""

    def passes(self, rows: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Return which rows pass."""
        chosen = np.ones(len(rows), dtype=bool)
        for column, wanted in (
            ("standing", self.standing or None),
            ("claimants", self.claimants or None),
            ("grounds", self.grounds or None),
            ("town", self.town),
        ):
            if wanted is not None:
                chosen &= (rows[column] == wanted).to_numpy(bool)
        if self.text:
            chosen &= rows["patch_no"].str.contains(self.text, case=False, regex=False).to_numpy(bool)
        return chosen


class ConflictTable(QAbstractTableModel):
    """The rows that pass the filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._all = pd.DataFrame(columns=[*_COLUMNS, "standing"])
        self._filter = Filter()
        self._columns: list[list[Any]] = [[] for _ in _COLUMNS]

    @property
    def total(self) -> int:
        """How many rows there are in the chosen standing."""
        return len(self.of_standing())

    def of_standing(self) -> pd.DataFrame:
        """Return all rows of the chosen standing."""
        return self._all[Filter(self._filter.standing).passes(self._all)]

    def show_rows(self, rows: pd.DataFrame) -> None:
        """Show other rows under the same filter."""
        self._all = rows
        self._refill()

    def set_filter(self, chosen: Filter) -> None:
        """Show what passes."""
        self._filter = chosen
        self._refill()

    def _refill(self) -> None:
        self.beginResetModel()
        rows = self._all[self._filter.passes(self._all)]
        self._columns = [rows[column].tolist() for column in _COLUMNS]
        self.endResetModel()

    def numbers(self, rows: Sequence[int] | None = None) -> list[str]:
        """Return the patch numbers of some rows, or of all that are listed."""
        listed: list[str] = self._columns[NUMBER]
        return list(listed) if rows is None else [listed[row] for row in rows]

    def row_of(self, patch_no: str) -> int:
        """Return the row of a patch; -1 when it is not listed."""
        return self._columns[NUMBER].index(patch_no) if patch_no in self._columns[NUMBER] else -1

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Qt: how many rows."""
        return 0 if parent is not None and parent.isValid() else len(self._columns[0])

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        """Qt: how many columns."""
        return len(_COLUMNS)

    def headerData(self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: titles."""
        if role != Qt.ItemDataRole.DisplayRole or side != Qt.Orientation.Horizontal:
            return None
        return self._titles()[section]

    def _titles(self) -> tuple[str, ...]:
        return (
            tr("图斑编号"),
            tr("乡镇"),
            tr("亩"),
            tr("现查处单位"),
            tr("有查处职责的单位"),
            tr("依据"),
        )

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: one cell."""
        if not index.isValid():
            return None
        column = index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            value = self._columns[column][index.row()]
            return f"{value:.2f}" if column == AREA else value
        if role == Qt.ItemDataRole.TextAlignmentRole and column == AREA:
            return int(_ALIGN_RIGHT)
        return None


def counted(rows: pd.DataFrame, column: str) -> list[tuple[str, int]]:
    """Return every value of a column with how many rows have it, the most frequent first."""
    counts = rows[column].value_counts()
    return sorted(((str(value), int(count)) for value, count in counts.items()), key=lambda p: (-p[1], p[0]))
