"""The form of a decision: what to do about which duty of which unit, why, on what grounds, by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from qgis.PyQt.QtCore import QDate, QObject, Qt
from qgis.PyQt.QtWidgets import QComboBox, QCompleter, QWidget

from weipian_plugin.domain.decisions import Action
from weipian_plugin.domain.decisions.values import SINGLE
from weipian_plugin.domain.duties import DutyName
from weipian_plugin.texts import tr
from weipian_plugin.workflow.settle_conflicts import SETTLE, Wish

ONE, SELECTED, LISTED = "one", "selected", "listed"
_NARROWEST, _SHORT = 7, 4
"""Letters that lists show at least: units, and short words."""


def action_texts() -> dict[str, tuple[str, str]]:
    """Return what can be done and what it means, the usual first."""
    return {
        SETTLE: (tr("定为"), tr("由这一个单位承担，不论现在是谁")),
        Action.CONFIRM.value: (tr("确认"), tr("维持现在的单位")),
        Action.REASSIGN.value: (tr("改派"), tr("从一个单位改给另一个单位")),
        Action.ADD.value: (tr("增加"), tr("另外再加一个单位")),
        Action.STRIKE.value: (tr("撤销"), tr("不再由该单位承担")),
    }


def duties_for(action: str) -> tuple[str, ...]:
    """Return the duties to which an action applies."""
    if action == SETTLE:
        return tuple(duty.value for duty in SINGLE)
    if action in (Action.ADD, Action.STRIKE):
        return tuple(duty.value for duty in DutyName if duty is not DutyName.LEAD)
    return tuple(duty.value for duty in DutyName)


class DecideForm(QObject):
    """Keeps the fields of the form in step; they belong to the dock, whose attributes they are."""

    def __init__(self, dock: Any) -> None:
        """Fill the lists of the dock's form."""
        super().__init__(dock)
        self._dock = dock
        for action, (text, meaning) in action_texts().items():
            dock.action_combo.addItem(text, action)
            place = dock.action_combo.count() - 1
            dock.action_combo.setItemData(place, meaning, Qt.ItemDataRole.ToolTipRole)
        for combo in (dock.unit_combo, dock.new_unit_combo):
            _prepare(combo)
        for combo in (dock.action_combo, dock.duty_combo, dock.scope_combo):
            _narrow(combo, _SHORT)
        for key in (ONE, SELECTED, LISTED):
            dock.scope_combo.addItem("", key)
        dock.day_edit.setDate(QDate.currentDate())
        dock.day_edit.setMaximumDate(QDate.currentDate())
        dock.action_combo.currentIndexChanged.connect(self._offer_duties)
        dock.scope_combo.currentIndexChanged.connect(self._name_button)
        self._offer_duties()
        self.count(0, 0)

    def _offer_duties(self) -> None:
        dock = self._dock
        dock.action_combo.setToolTip(action_texts()[dock.action_combo.currentData()][1])
        chosen, action = dock.duty_combo.currentText(), dock.action_combo.currentData()
        dock.duty_combo.clear()
        dock.duty_combo.addItems(duties_for(action))
        dock.duty_combo.setCurrentIndex(max(dock.duty_combo.findText(chosen), 0))
        moves = action == Action.REASSIGN.value
        for widget in (dock.new_unit_label, dock.new_unit_combo):
            widget.setVisible(moves)
        dock.unit_label.setText(tr("原单位(&N)") if moves else tr("单位(&N)"))
        hint = tr("只有一个单位时可不填") if action != SETTLE else ""
        dock.unit_combo.lineEdit().setPlaceholderText(hint)

    def offer_units(self, units: Sequence[str]) -> None:
        """Offer these units, keeping what is written."""
        for combo in (self._dock.unit_combo, self._dock.new_unit_combo):
            written = combo.currentText()
            combo.clear()
            combo.addItems(units)
            combo.setEditText(written)

    def fill(self, action: str, duty: str, unit: str) -> None:
        """Write a decision into the form, ready for its reason."""
        dock = self._dock
        dock.action_combo.setCurrentIndex(dock.action_combo.findData(action))
        dock.duty_combo.setCurrentIndex(max(dock.duty_combo.findText(duty), 0))
        dock.unit_combo.setEditText(unit)
        dock.reason_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget_units(self) -> None:
        """Take the units out of the form: the next patch must not get them by a second stroke of the key."""
        for combo in (self._dock.unit_combo, self._dock.new_unit_combo):
            combo.setEditText("")

    def count(self, selected: int, listed: int) -> None:
        """Say how many patches each scope has."""
        texts = {
            ONE: tr("正在看的图斑"),
            SELECTED: tr("选中的{count}个图斑").format(count=selected),
            LISTED: tr("列出的{count}个图斑").format(count=listed),
        }
        combo = self._dock.scope_combo
        for index in range(combo.count()):
            combo.setItemText(index, texts[combo.itemData(index)])
        self._name_button()

    @property
    def scope(self) -> str:
        """ONE, SELECTED or LISTED."""
        return str(self._dock.scope_combo.currentData())

    def _name_button(self) -> None:
        one = self.scope == ONE
        self._dock.decide_button.setText(tr("记录") if one else tr("预览变化…"))
        # Setting the text takes the shortcut away.
        self._dock.decide_button.setShortcut("Ctrl+Return")

    @property
    def person(self) -> str:
        """Who decided."""
        return str(self._dock.person_edit.text()).strip()

    @property
    def day(self) -> date:
        """When."""
        return self._dock.day_edit.date().toPyDate()

    def wish(self) -> Wish:
        """Return what is written."""
        dock = self._dock
        action = str(dock.action_combo.currentData())
        moves = action == Action.REASSIGN.value
        return Wish(
            action=action,
            duty=dock.duty_combo.currentText(),
            unit=dock.unit_combo.currentText().strip(),
            new_unit=dock.new_unit_combo.currentText().strip() if moves else "",
            reason=dock.reason_edit.text().strip(),
            reference=dock.reference_edit.text().strip(),
            decided_on=self.day.isoformat(),
        )

    def lacking(self) -> tuple[str, QWidget | None]:
        """Return what must be filled in first, and where; ('', None) when nothing is missing."""
        dock, wish = self._dock, self.wish()
        if wish.action in (SETTLE, Action.ADD.value) and not wish.unit:
            return tr("请填写单位。"), dock.unit_combo
        if wish.action == Action.REASSIGN.value and not wish.new_unit:
            return tr("请填写改派给哪个单位。"), dock.new_unit_combo
        if not self.person:
            return tr("请填写决定人。"), dock.person_edit
        if not wish.reason and wish.action != Action.CONFIRM.value:
            return tr("请填写理由。"), dock.reason_edit
        return "", None


def _narrow(combo: QComboBox, letters: int) -> None:
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(letters)


def _prepare(combo: QComboBox) -> None:
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    _narrow(combo, _NARROWEST)
    completer = combo.completer()
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)


def described(wish: Wish, count: int) -> str:
    """Return in one line what is wished for so many patches."""
    who = {
        SETTLE: tr("{duty}单位定为{unit}"),
        Action.CONFIRM.value: tr("确认{unit}的{duty}职责"),
        Action.REASSIGN.value: tr("{duty}由{unit}改派{new_unit}"),
        Action.ADD.value: tr("增加{unit}{duty}"),
        Action.STRIKE.value: tr("撤销{unit}的{duty}职责"),
    }[wish.action]
    named = who.format(duty=wish.duty, unit=wish.unit or tr("现单位"), new_unit=wish.new_unit)
    return tr("{count}个图斑，{what}").format(count=count, what=named)
