"""The filters above the list: standing, township, claimants, grounds, number; each says how many it has."""

from __future__ import annotations

from typing import Any

import pandas as pd
from qgis.PyQt.QtCore import QObject, QSignalBlocker, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox

from weipian_plugin.gui.conflict.conflict_table import ConflictTable, Filter, counted
from weipian_plugin.texts import tr
from weipian_plugin.workflow.conflicts import Standing

_LETTERS = 8
_STANDINGS: tuple[Standing, ...] = tuple(Standing)
EMPTY = pd.DataFrame(columns=["patch_no", "town", "area_mu", "lead", "claimants", "grounds", "standing"])


class FilterBar(QObject):
    """Keeps the lists of the dock and the filter of the table in step."""

    changed = pyqtSignal()
    """Other rows are listed."""

    def __init__(self, dock: Any, table: ConflictTable) -> None:
        """Filter `table` by the dock's fields."""
        super().__init__(dock)
        self._dock, self._table = dock, table
        self._rows = EMPTY
        self._lists: dict[str, QComboBox] = {
            "town": dock.town_combo,
            "claimants": dock.claimants_combo,
            "grounds": dock.grounds_combo,
        }
        for combo in (dock.standing_combo, *self._lists.values()):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(_LETTERS)
            combo.setMaxVisibleItems(24)
        for combo in self._lists.values():
            combo.currentIndexChanged.connect(self._apply)
        self._name_standings()
        dock.standing_combo.currentIndexChanged.connect(self._other_standing)
        dock.search_edit.textChanged.connect(self._apply)
        dock.clear_button.clicked.connect(self.clear)

    def show_rows(self, rows: pd.DataFrame | None) -> None:
        """Show other rows, keeping the filters that still have some."""
        self._rows = EMPTY if rows is None else rows
        self._name_standings()
        self._table.show_rows(self._rows)
        self._other_standing()

    def reset(self) -> None:
        """Begin anew: 待会商, nothing filtered."""
        with QSignalBlocker(self._dock.standing_combo):
            self._dock.standing_combo.setCurrentIndex(0)
        self.show_rows(None)
        self.clear()

    def clear(self) -> None:
        """Take all filters away but the standing."""
        for combo in self._lists.values():
            with QSignalBlocker(combo):
                combo.setCurrentIndex(0)
        with QSignalBlocker(self._dock.search_edit):
            self._dock.search_edit.clear()
        self._apply()

    def _name_standings(self) -> None:
        combo = self._dock.standing_combo
        counts = dict(counted(self._rows, "standing"))
        with QSignalBlocker(combo):
            for number, standing in enumerate(_STANDINGS):
                text = tr("{name}（{count}）").format(name=standing.value, count=counts.get(standing, 0))
                if number < combo.count():
                    combo.setItemText(number, text)
                else:
                    combo.addItem(text, standing.value)

    def _other_standing(self) -> None:
        self._table.set_filter(Filter(self._dock.standing_combo.currentData()))
        rows = self._table.of_standing()
        for column, combo in self._lists.items():
            self._refill(combo, column, rows)
        self._apply()

    def _refill(self, combo: QComboBox, column: str, rows: pd.DataFrame) -> None:
        chosen = combo.currentData()
        with QSignalBlocker(combo):
            combo.clear()
            combo.addItem(tr("全部（{count}）").format(count=len(rows)), None)
            for value, count in counted(rows, column):
                name = value or tr("（不明）")
                combo.addItem(tr("{name}（{count}）").format(name=name, count=count), value)
            combo.setCurrentIndex(max(combo.findData(chosen), 0))

    def _apply(self) -> None:
        dock = self._dock
        self._table.set_filter(
            Filter(
                standing=dock.standing_combo.currentData(),
                claimants=dock.claimants_combo.currentData(),
                grounds=dock.grounds_combo.currentData(),
                town=dock.town_combo.currentData(),
                text=dock.search_edit.text().strip(),
            )
        )
        self.changed.emit()
