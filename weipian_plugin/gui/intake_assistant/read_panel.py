"""The left side of the assistant: how the chosen item is read, and what the person corrects of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from qgis.PyQt.QtCore import QDate, QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QLabel

from weipian_plugin.domain.roles import Role
from weipian_plugin.domain.units import AREA_UNITS
from weipian_plugin.gui.intake_assistant.field_form import FieldForm
from weipian_plugin.gui.intake_assistant.items import ImportItem, State
from weipian_plugin.texts import tr
from weipian_plugin.workflow.preview import Preview

ENCODINGS = ("UTF-8", "GBK", "GB18030", "BIG5")
_SHAPEFILE = "Shapefile"
_SHORTEST_WHY = 60


class ReadPanel(QObject):
    """Fills the form's fields from an item, and writes into the item what the person changes."""

    corrected = pyqtSignal()
    """The item must be looked at anew."""
    edited = pyqtSignal()
    """The item's words changed (batch, edition, day): the list must be shown anew."""

    def __init__(self, form: Any) -> None:
        """Work in the widgets of the dialog `form`."""
        super().__init__(form)
        self._form = form
        self._item: ImportItem | None = None
        self.fields = FieldForm(form.fields_box)
        form.fields_layout.addWidget(self.fields)
        self._fill_choices()
        self._connect()

    def show_item(self, item: ImportItem) -> None:
        """Show an item; what a look found comes with `show_preview`."""
        self._item = None
        form, wanted = self._form, item.corrections
        form.received_edit.setDate(QDate(item.received.year, item.received.month, item.received.day))
        form.batch_edit.setText(item.batch)
        form.batch_edit.setCursorPosition(0)
        form.update_check.setChecked(item.update)
        form.edition_edit.setText(item.edition)
        _choose(form.role_combo, item.kind)
        _choose(form.encoding_combo, wanted.encoding)
        _choose(form.unit_combo, wanted.area_unit)
        self._show_crs(wanted.crs)
        form.role_why_label.setText(item.scores)
        for label in (form.samples_label, form.crs_why_label, form.unit_why_label):
            label.clear()
        self._item = item
        if item.seen is not None:
            self.show_preview(item.seen.preview)

    def show_preview(self, preview: Preview) -> None:
        """Show what a look at the item found."""
        item, self._item = self._item, None
        form, look, made = self._form, preview.look, preview.decisions
        self._show_layers(preview, item)
        _choose(form.role_combo, preview.role)
        form.encoding_combo.setItemText(0, self._found(look.encoding))
        is_shapefile = look.kind == _SHAPEFILE
        form.encoding_combo.setEnabled(is_shapefile)
        form.encoding_combo.setToolTip(look.encoding_why)
        form.samples_label.setText("　".join(look.samples) or tr("（没有汉字可供核对）"))
        form.samples_label.setToolTip(tr("文件里的文字：看得懂就是编码对了，是乱码就改选编码"))
        self._show_crs_choices(preview, item)
        self._why(form.crs_why_label, made.crs_why if made else "")
        form.unit_combo.setItemText(0, self._found(made.area_unit if made else ""))
        self._why(form.unit_why_label, made.area_unit_why if made else "")
        form.fields_box.setVisible(bool(look.columns and preview.fields))
        self.fields.show_fields(preview.fields, look.columns)
        self._item = item

    def _fill_choices(self) -> None:
        form = self._form
        form.role_combo.addItem(tr("（请选择）"), None)
        for role in Role:
            form.role_combo.addItem(role.label, role)
        for box, choices in ((form.encoding_combo, ENCODINGS), (form.unit_combo, tuple(AREA_UNITS))):
            box.addItem(tr("自动识别"), "")
            for choice in choices:
                box.addItem(choice, choice)
        form.crs_combo.addItem(tr("自动识别"), "")
        form.received_edit.setMaximumDate(QDate.currentDate())

    def _connect(self) -> None:
        form = self._form
        form.layer_combo.activated.connect(
            lambda _: self._correct(layer=form.layer_combo.currentData() or "", fields={})
        )
        form.encoding_combo.activated.connect(
            lambda _: self._correct(encoding=form.encoding_combo.currentData() or "")
        )
        form.unit_combo.activated.connect(
            lambda _: self._correct(area_unit=form.unit_combo.currentData() or "")
        )
        form.crs_combo.activated.connect(lambda _: self._correct_crs())
        form.crs_combo.lineEdit().editingFinished.connect(self._correct_crs)
        form.role_combo.activated.connect(lambda _: self._choose_role())
        self.fields.changed.connect(self._correct_field)
        form.received_edit.dateChanged.connect(lambda _: self._write(self._write_day))
        form.batch_edit.textEdited.connect(lambda text: self._write(lambda item: _set(item, "batch", text)))
        form.edition_edit.textEdited.connect(
            lambda text: self._write(lambda item: _set(item, "edition", text))
        )
        form.update_check.toggled.connect(self._choose_update)

    def _correct(self, **changes: Any) -> None:
        item = self._item
        if item is None:
            return
        wanted = replace(item.corrections, **changes)
        if wanted != item.corrections:
            item.corrections = wanted
            self.corrected.emit()

    def _correct_crs(self) -> None:
        box = self._form.crs_combo
        text = box.currentText().strip()
        index = box.findText(text)
        self._correct(crs=str(box.itemData(index) or "") if index >= 0 else text)

    def _correct_field(self, name: str, column: str) -> None:
        if self._item is not None:
            self._correct(fields={**self._item.corrections.fields, name: column})

    def _choose_role(self) -> None:
        item, role = self._item, self._form.role_combo.currentData()
        if item is None or role is None or role is item.kind:
            return
        item.role = Role(role)
        item.wanted, item.state = True, State.WAITING
        self._correct(fields={})
        self.corrected.emit()

    def _choose_update(self, is_on: bool) -> None:
        if self._item is not None and self._item.update != is_on:
            self._item.update = is_on
            self.corrected.emit()

    def _write(self, change: Callable[[ImportItem], None]) -> None:
        if self._item is not None:
            change(self._item)
            self.edited.emit()

    def _write_day(self, item: ImportItem) -> None:
        day = self._form.received_edit.date()
        item.received = date(day.year(), day.month(), day.day())

    def _show_layers(self, preview: Preview, item: ImportItem | None) -> None:
        form, layers = self._form, preview.look.layers
        is_open = bool(layers) and item is not None and "|layername=" not in item.path
        form.layer_combo.setVisible(is_open)
        form.layer_label.setVisible(is_open)
        form.layer_combo.clear()
        form.layer_combo.addItem(tr("（请选择）"), "")
        for layer in layers:
            form.layer_combo.addItem(layer, layer)
        _choose(form.layer_combo, (item.corrections.layer if item else "") or preview.look.layer)

    def _show_crs_choices(self, preview: Preview, item: ImportItem | None) -> None:
        box, made = self._form.crs_combo, preview.decisions
        box.blockSignals(True)
        box.clear()
        box.addItem(self._found(made.crs if made else ""), "")
        for code, words in preview.crs_choices:
            box.addItem(f"{code}  {words}", code)
        box.blockSignals(False)
        self._show_crs(item.corrections.crs if item else "")

    def _show_crs(self, code: str) -> None:
        box = self._form.crs_combo
        box.blockSignals(True)
        index = box.findData(code)
        box.setCurrentIndex(index)
        if index < 0:
            box.setEditText(code)
        box.lineEdit().setCursorPosition(0)
        box.blockSignals(False)

    def _found(self, value: str) -> str:
        return tr("自动识别：{value}").format(value=value) if value else tr("自动识别")

    @staticmethod
    def _why(label: QLabel, why: str) -> None:
        """Show a reason, the end of a long one in the tooltip only."""
        label.setText(why if len(why) <= _SHORTEST_WHY else f"{why[:_SHORTEST_WHY]}…")
        label.setToolTip(why)
        label.setVisible(bool(why))


def _choose(box: QComboBox, value: object) -> None:
    index = next((row for row in range(box.count()) if box.itemData(row) == value), 0)
    box.setCurrentIndex(index)


def _set(item: ImportItem, name: str, text: str) -> None:
    setattr(item, name, text)
