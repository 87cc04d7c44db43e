"""Which column of the file serves as what: a row of combo boxes that can be corrected."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QSizePolicy, QWidget

from weipian_plugin.texts import tr


class FieldForm(QWidget):
    """One combo box for each thing looked for."""

    changed = pyqtSignal(str, str)
    """Canonical name, and the column chosen ('' for none)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setObjectName("field_form")
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.boxes: dict[str, QComboBox] = {}
        self._shape: tuple[object, ...] = ()

    def show_fields(self, fields: Sequence[tuple[str, str, str]], columns: Sequence[str]) -> None:
        """Show canonical name, label and column of each; the boxes are made anew only for another file."""
        shape = (tuple(name for name, _, _ in fields), tuple(columns))
        if shape != self._shape:
            self._build(fields, columns)
            self._shape = shape
        for name, _, column in fields:
            box = self.boxes[name]
            box.blockSignals(True)
            box.setCurrentIndex(max(box.findData(column), 0))
            box.blockSignals(False)

    def _build(self, fields: Sequence[tuple[str, str, str]], columns: Sequence[str]) -> None:
        while self._rows.rowCount():
            self._rows.removeRow(0)
        self.boxes = {}
        for name, label, _ in fields:
            box = QComboBox(self)
            box.setObjectName(f"field_{name}_combo")
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.addItem(tr("（不用）"), "")
            for column in columns:
                box.addItem(column, column)
            box.activated.connect(lambda _index, name=name, box=box: self._choose(name, box))
            self._rows.addRow(label, box)
            self.boxes[name] = box

    def _choose(self, name: str, box: QComboBox) -> None:
        self.changed.emit(name, str(box.currentData() or ""))
