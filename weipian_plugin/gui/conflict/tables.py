"""How the tables of the conflict desk look: whole rows, even heights, set widths."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QAbstractItemModel
from qgis.PyQt.QtGui import QFontInfo
from qgis.PyQt.QtWidgets import QAbstractItemView, QTableView

_ROOM = 6


def prepare_table(view: QTableView, model: QAbstractItemModel, widths: Sequence[int]) -> None:
    """Show a model; nothing is measured row by row, so that thousands of rows show at once."""
    view.setModel(model)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + _ROOM)
    view.horizontalHeader().setStretchLastSection(True)
    view.horizontalHeader().setHighlightSections(False)
    scale = QFontInfo(view.font()).pixelSize() / 12
    for column, width in enumerate(widths):
        view.setColumnWidth(column, round(width * scale))
