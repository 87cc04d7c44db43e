"""Keys of the review dock: single keys while no text is typed, with Alt anywhere.

Not QShortcut: QGIS has shortcuts of its own on the same keys, and two that could both be meant do nothing.
The keys are taken before QGIS looks at them, and only while the focus is inside the dock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qgis.PyQt.QtCore import QEvent, QObject, Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

_NONE, _ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
_CTRL, _PAD = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.KeypadModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Shortcut:
    """One thing that a key does."""

    key: Qt.Key
    label: str
    """The key as people read it."""
    text: str
    """What it does, in few words."""
    run: Callable[[], None]

    @property
    def hint(self) -> str:
        """What the tooltip of its button says of it."""
        return f"{self.label} / Alt+{self.label}"


class Shortcuts(QObject):
    """Hears the keys that are pressed inside one window."""

    def __init__(self, parent: QWidget, shortcuts: Sequence[Shortcut], save: Callable[[], None]) -> None:
        """Run the shortcut of a key; `save` on Ctrl+Enter, wherever the focus is."""
        super().__init__(parent)
        self._by_key: Mapping[int, Shortcut] = {_number(item.key): item for item in shortcuts}
        self._save = save
        self.watch(parent)

    def watch(self, widget: QWidget) -> None:
        """Hear the keys of a widget and of all in it."""
        for one in (widget, *widget.findChildren(QWidget)):
            one.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        """Take a key of ours before anybody else does."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        run = self._meant(event, takes_text(watched))
        if run is None:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            run()
        return True

    def _meant(self, event: QKeyEvent, in_text: bool) -> Callable[[], None] | None:
        modifiers = event.modifiers() & ~_PAD
        if event.key() in _ENTER and modifiers == _CTRL:
            return self._save
        found = self._by_key.get(_number(event.key()))
        if found is None or modifiers not in (_NONE, _ALT) or (in_text and modifiers == _NONE):
            return None
        return found.run


def takes_text(widget: QWidget) -> bool:
    """Return whether a key pressed in a widget is meant to be written there."""
    if isinstance(widget, QComboBox):
        return bool(widget.isEditable())
    if isinstance(widget, QTextEdit | QPlainTextEdit | QLineEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QAbstractSpinBox)


def _number(key: Qt.Key | int) -> int:
    return int(getattr(key, "value", key))
