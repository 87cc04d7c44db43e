"""The evidence fields of a category, made from the dictionary: exactly those that it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import (
    QCalendarWidget,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from weipian_plugin.domain.categories import EvidenceField, FieldKind
from weipian_plugin.gui import colours
from weipian_plugin.texts import tr

TWO_COLUMNS = 430
"""Width from which two fields stand side by side, in units of 96 dots an inch."""


class FieldEdit(QWidget):
    """One field with its label, and the place where a refusal of it is said."""

    def __init__(
        self, field: EvidenceField, changed: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        """Make the field for what the dictionary says of it."""
        super().__init__(parent)
        self.setObjectName(f"field_{field.name}")
        self.field = field
        self.edit = QLineEdit(self)
        self.edit.setObjectName(f"edit_{field.name}")
        self.edit.setAccessibleName(field.name)
        self.edit.setPlaceholderText(_hint(field.kind))
        self.edit.textEdited.connect(lambda _text: changed())
        self.label = QLabel(field.name, self)
        self.label.setBuddy(self.edit)
        self.error = QLabel(self)
        self.error.setWordWrap(True)
        self.error.setVisible(False)
        self.error.setStyleSheet(
            f"color: {colours.readable(colours.OVERDUE, colours.palette_of(self.error)).name()};"
        )
        if field.choices:
            self.edit.setCompleter(_completer(field.choices, self.edit))
        self._arrange(changed)

    def _arrange(self, changed: Callable[[], None]) -> None:
        line = QHBoxLayout()
        line.setSpacing(2)
        line.addWidget(self.edit, 1)
        if self.field.kind in (FieldKind.DAY, FieldKind.EXPIRY):
            line.addWidget(_calendar_button(self.edit, changed))
        if self.field.choices:
            line.addWidget(_choice_button(self.edit, self.field.choices, changed))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addLayout(line)
        layout.addWidget(self.error)


class EvidenceFields(QWidget):
    """The fields of one category, in one column or two."""

    def __init__(self, changed: Callable[[], None], watch: Callable[[QWidget], None]) -> None:
        """Call `changed` when a person types; `watch` hears the keys of new fields."""
        super().__init__()
        self._changed, self._watch = changed, watch
        self._fields: dict[str, FieldEdit] = {}
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(6)
        self._layout.setVerticalSpacing(3)
        self._columns = 0

    def ask_for(self, fields: Sequence[EvidenceField], last: QWidget) -> None:
        """Show these fields; what was typed under the same name stays. Tab comes here after `last`."""
        if [field.name for field in fields] != list(self._fields):
            typed = self.values()
            self._rebuild(fields)
            self.fill(typed)
        for one in self._fields.values():
            QWidget.setTabOrder(last, one.edit)
            last = one.edit

    def _rebuild(self, fields: Sequence[EvidenceField]) -> None:
        for old in self._fields.values():
            for widget in (old.label, old):
                self._layout.removeWidget(widget)
                widget.setParent(None)
                widget.deleteLater()
        self._fields = {field.name: FieldEdit(field, self._changed, self) for field in fields}
        for one in self._fields.values():
            self._watch(one)
            one.label.setParent(self)
        self._columns = 0
        self._place()

    def values(self) -> dict[str, str]:
        """Return what is written, by field; empty ones left out."""
        return {
            name: one.edit.text().strip() for name, one in self._fields.items() if one.edit.text().strip()
        }

    def fill(self, values: Mapping[str, object]) -> None:
        """Write values into the fields; fields that are not named become empty."""
        for name, one in self._fields.items():
            value = values.get(name, "")
            one.edit.setText(f"{value:g}" if isinstance(value, float) else str(value))

    def edit_of(self, name: str) -> QLineEdit | None:
        """Return the field of a name."""
        one = self._fields.get(name)
        return one.edit if one is not None else None

    def refuse(self, name: str, said: str) -> bool:
        """Say beside a field why it is refused; return whether there is such a field."""
        one = self._fields.get(name)
        if one is None:
            return False
        one.error.setText(said)
        one.error.setVisible(True)
        return True

    def clear_errors(self) -> None:
        """Take the refusals away."""
        for one in self._fields.values():
            one.error.setVisible(False)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Stand in one column or two."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        columns = 2 if self.width() * 96 >= TWO_COLUMNS * self.logicalDpiX() else 1
        if columns == self._columns:
            return
        self._columns = columns
        for number, one in enumerate(self._fields.values()):
            row, column = divmod(number, columns)
            self._layout.addWidget(one.label, row, column * 2)
            self._layout.addWidget(one, row, column * 2 + 1)
        for column in range(4):
            self._layout.setColumnStretch(column, column % 2 if column < columns * 2 else 0)


def _hint(kind: FieldKind) -> str:
    hints = {
        FieldKind.DAY: tr("年-月-日"),
        FieldKind.EXPIRY: tr("年-月-日"),
        FieldKind.AREA: tr("亩"),
        FieldKind.NUMBER: tr("数字"),
    }
    return hints.get(kind, "")


def _completer(choices: Sequence[str], parent: QWidget) -> QCompleter:
    completer = QCompleter(list(choices), parent)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    return completer


def _choice_button(edit: QLineEdit, choices: Sequence[str], changed: Callable[[], None]) -> QToolButton:
    button, menu = _menu_button(edit, tr("常用填法"))

    def take(choice: str) -> None:
        edit.setText(choice)
        changed()

    for choice in choices:
        menu.addAction(choice).triggered.connect(lambda _checked=False, choice=choice: take(choice))
    return button


def _calendar_button(edit: QLineEdit, changed: Callable[[], None]) -> QToolButton:
    button, menu = _menu_button(edit, tr("从日历选择"))

    def take(day: QDate) -> None:
        edit.setText(day.toString(Qt.DateFormat.ISODate))
        menu.close()
        changed()

    def fill() -> None:
        # Made when it is opened: a calendar takes longer to make than all other fields together.
        menu.clear()
        calendar = QCalendarWidget(menu)
        day = QDate.fromString(edit.text().strip(), Qt.DateFormat.ISODate)
        calendar.setSelectedDate(day if day.isValid() else QDate.currentDate())
        calendar.clicked.connect(take)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)

    menu.aboutToShow.connect(fill)
    return button


def _menu_button(edit: QLineEdit, tip: str) -> tuple[QToolButton, QMenu]:
    button = QToolButton(edit)
    button.setText("▾")
    button.setToolTip(tip)
    button.setAutoRaise(True)
    button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    button.setMenu(menu)
    return button, menu
