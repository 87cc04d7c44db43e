"""The queue on the left: search, filters with their counts, and the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from qgis.PyQt.QtCore import QModelIndex, QSignalBlocker, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QToolButton,
    QWidget,
)

from weipian_plugin.domain.deadline_buckets import Bucket
from weipian_plugin.domain.stages import Stage
from weipian_plugin.gui.forms import load_form
from weipian_plugin.gui.review import queue_filter, queue_model
from weipian_plugin.gui.review.queue_columns import QueueColumns
from weipian_plugin.gui.review.queue_filter import NOTHING_ASKED, UNJUDGED, QueueFilter
from weipian_plugin.gui.review.queue_model import QueueModel
from weipian_plugin.texts import tr

SEARCH_MS = 200
"""What is typed into the search is looked for when the typing pauses."""
_SAMPLES = {
    queue_model.DAYS: "-1938",
    queue_model.STATE: "违法 · 已判定",
    queue_model.TOWN: "仙女山街道",
    queue_model.UNIT: "区规划自然资源局",
    queue_model.AREA: "1234.56",
}
"""What each column must have room for, in the order in which they are given up last."""


class QueuePanel(QWidget):
    """Shows which patches there are; says which one the person points at."""

    chosen = pyqtSignal(str)
    """A patch was pointed at in the list."""
    filter_changed = pyqtSignal()

    search_edit: QLineEdit
    reset_button: QToolButton
    stage_combo: QComboBox
    days_combo: QComboBox
    town_combo: QComboBox
    unit_combo: QComboBox
    conflict_button: QToolButton
    not_evaluated_button: QToolButton
    doubt_button: QToolButton
    queue_view: QTableView
    count_label: QLabel

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty, showing what waits for a determination."""
        super().__init__(parent)
        load_form("review_queue.ui", self)
        self._columns: QueueColumns | None = None
        self._filter = QueueFilter()
        self._model = QueueModel(self.queue_view)
        self._combos = {
            "stage": self.stage_combo,
            "days": self.days_combo,
            "town": self.town_combo,
            "unit": self.unit_combo,
        }
        self._flags = {
            "conflict": self.conflict_button,
            "not_evaluated": self.not_evaluated_button,
            "doubt": self.doubt_button,
        }
        self._all_texts = {
            "stage": tr("阶段不限"),
            "days": tr("期限不限"),
            "town": tr("全部乡镇"),
            "unit": tr("全部单位"),
        }
        self._prepare_view()
        self._connect()

    def _prepare_view(self) -> None:
        view = self.queue_view
        view.setModel(self._model)
        view.verticalHeader().setVisible(False)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 4)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(30)
        header.setSectionResizeMode(queue_model.NUMBER, QHeaderView.ResizeMode.Stretch)
        wide = view.fontMetrics().horizontalAdvance
        for column, sample in _SAMPLES.items():
            view.setColumnWidth(column, wide(sample) + 14)
        header.resizeSection(queue_model.NUMBER, wide("500156SJBG21000000") + 30)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Show as many columns as there is room for; the number goes first."""
        super().resizeEvent(event)
        wide = self.fontMetrics().horizontalAdvance
        space = self.width() - wide("500156SJBG210") - 30
        for column, sample in _SAMPLES.items():
            space -= wide(sample) + 14
            self.queue_view.setColumnHidden(column, space < 0)
            if column == queue_model.DAYS:  # further columns only beside the whole number
                space -= wide("00000")

    def _connect(self) -> None:
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_MS)
        self._timer.timeout.connect(self._ask)
        self.search_edit.textChanged.connect(lambda _text: self._timer.start())
        self.reset_button.clicked.connect(lambda: self.set_filter(NOTHING_ASKED))
        for combo in self._combos.values():
            combo.activated.connect(lambda _index: self._ask())
        for button in self._flags.values():
            button.clicked.connect(lambda _checked: self._ask())
        self.queue_view.selectionModel().currentRowChanged.connect(self._pointed)

    @property
    def model(self) -> QueueModel:
        """The list."""
        return self._model

    @property
    def columns(self) -> QueueColumns | None:
        """The queue itself; None before it was read."""
        return self._columns

    @property
    def filter(self) -> QueueFilter:
        """What is asked for."""
        return self._filter

    def show_queue(self, frame: pd.DataFrame, current: str) -> None:
        """Take a queue that was read, and point at the same patch as before."""
        self._columns = QueueColumns.of(frame)
        self._refresh(current)

    def clear(self) -> None:
        """Show no queue."""
        self._columns = None
        self._model.clear()
        self.count_label.clear()

    def set_filter(self, wanted: QueueFilter) -> None:
        """Ask for certain patches, and show so."""
        self._timer.stop()
        self._filter = wanted
        with QSignalBlocker(self.search_edit):
            self.search_edit.setText(wanted.text)
        for name, button in self._flags.items():
            button.setChecked(getattr(wanted, name))
        self._refresh(self.current())
        self.filter_changed.emit()

    def current(self) -> str:
        """Return the patch that the list points at; '' for none."""
        index = self.queue_view.currentIndex()
        return self._model.number_at(index.row()) if index.isValid() else ""

    def point_at(self, patch_no: str) -> bool:
        """Point at a patch without saying so; return whether the list shows it."""
        line = self._model.line_of(patch_no)
        selection = self.queue_view.selectionModel()
        with QSignalBlocker(selection):
            if line < 0:
                selection.clear()
                self.queue_view.setCurrentIndex(QModelIndex())
            else:
                index = self._model.index(line, 0)
                selection.setCurrentIndex(
                    index,
                    selection.SelectionFlag.ClearAndSelect | selection.SelectionFlag.Rows,
                )
                self.queue_view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        # The blocked signal would have repainted it.
        self.queue_view.viewport().update()
        return line >= 0

    def neighbour(self, patch_no: str, forward: bool = True) -> str:
        """Return the next of the patches shown that wait for a determination, round the end; '' for none."""
        if self._columns is None or not len(self._model.shown):
            return ""
        shown = self._model.shown[self._columns.is_open[self._model.shown]]
        row = self._columns.row_of.get(patch_no, -1)
        shown = shown[shown != row]
        if not len(shown):
            return ""
        place = int(np.searchsorted(shown, row)) if forward else int(np.searchsorted(shown, row)) - 1
        return self._columns.number(int(shown[place % len(shown)]))

    def judged(self, patch_no: str, changes: Mapping[str, str], is_doubt: bool) -> None:
        """Take over what became of one patch, without reading the queue again."""
        row = self._columns.row_of.get(patch_no) if self._columns is not None else None
        if self._columns is not None and row is not None:
            self._columns.judged(row, changes, is_doubt)
            self._refresh(self.current())

    def _ask(self) -> None:
        self.set_filter(
            QueueFilter(
                stage=str(self.stage_combo.currentData() or ""),
                days=str(self.days_combo.currentData() or ""),
                town=str(self.town_combo.currentData() or ""),
                unit=str(self.unit_combo.currentData() or ""),
                text=self.search_edit.text(),
                conflict=self.conflict_button.isChecked(),
                not_evaluated=self.not_evaluated_button.isChecked(),
                doubt=self.doubt_button.isChecked(),
            )
        )

    def _refresh(self, current: str) -> None:
        if self._columns is None:
            return
        mask = queue_filter.chosen(self._columns, self._filter)
        self._model.show_rows(self._columns, mask)
        self._show_counts(self._columns)
        self.point_at(current)

    def _show_counts(self, columns: QueueColumns) -> None:
        found = queue_filter.counts(columns, self._filter)
        orders = {"stage": [UNJUDGED, *(stage.value for stage in Stage)], "days": [b.value for b in Bucket]}
        for name, combo in self._combos.items():
            listed = orders.get(name) or sorted(set(found[name]) - {""})
            self._fill(combo, self._all_texts[name], listed, found[name], getattr(self._filter, name))
        labels = (tr("待会商"), tr("未评估"), tr("存疑"))
        for (name, button), label in zip(self._flags.items(), labels, strict=True):
            button.setText(f"{label} {found[name]['on']}")
        text = tr("显示 {shown} / 共 {all} · 未判定 {open}")
        numbers = {"shown": len(self._model.shown), "open": int(columns.is_open.sum()), "all": len(columns)}
        self.count_label.setText(text.format(**numbers))

    @staticmethod
    def _fill(
        combo: QComboBox, any_text: str, listed: Sequence[str], found: Mapping[str, int], asked: str
    ) -> None:
        """Offer the choices that would show something, and the one that is asked for."""
        with QSignalBlocker(combo):
            combo.clear()
            combo.addItem(any_text, "")
            for choice in listed:
                if found.get(choice) or choice == asked:
                    combo.addItem(f"{choice} {found.get(choice, 0)}", choice)
            combo.setCurrentIndex(max(combo.findData(asked), 0))

    def _pointed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._model.number_at(current.row()))
