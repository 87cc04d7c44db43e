"""Loads the forms of forms/ under Qt 5 and Qt 6 alike."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any

from qgis.PyQt import uic
from qgis.PyQt.QtCore import PYQT_VERSION, Qt
from qgis.PyQt.QtWidgets import QFrame, QScrollArea, QSplitter, QWidget

from weipian_plugin import paths

_QT_6 = 0x060000
_SCOPED = re.compile(r"(\w+)::\w+::(\w+)")


def load_form(name: str, into: QWidget) -> None:
    """Build the form `name` (such as `about.ui`) inside a widget, whose attributes its parts become."""
    form = read_form(name)()
    form.setupUi(into)
    for part, widget in vars(form).items():
        setattr(into, part, widget)


def read_forms() -> None:
    """Read all forms ahead of time."""
    for file in paths.form_folder().glob("*.ui"):
        read_form(file.name)


@cache
def read_form(name: str) -> Any:
    """Return what builds a form. Any thread may read it, and does once: that takes longer than to build it.

    Forms are written with fully scoped enums, as Qt 6 has them; uic of PyQt 5 knows only the short spelling.
    """
    text = (paths.form_folder() / name).read_text(encoding="utf-8")
    if PYQT_VERSION < _QT_6:
        text = _SCOPED.sub(r"\1::\2", text)
    form, _base = uic.loadUiType(io.StringIO(text))
    return form


def scrolled(panel: QWidget) -> QScrollArea:
    """Return a panel that scrolls where a screen is too low for it, not pushing QGIS off it."""
    area = QScrollArea()
    area.setObjectName(f"{panel.objectName()}_area")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setMinimumWidth(panel.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width())
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    # Qt scrolls a panel with labels that wrap where it has less than it would like, but what is in a splitter
    # only where it has less than it needs.
    held = QSplitter(Qt.Orientation.Vertical)
    held.addWidget(panel)
    area.setWidget(held)
    return area


def fit_to_screen(window: QWidget) -> None:
    """Make a window no larger than the screen has room for: at 150 % a laptop shows 910 × 512 points."""
    screen = window.screen()
    if screen is not None:
        room = screen.availableSize()
        window.resize(min(window.width(), room.width() - 40), min(window.height(), room.height() - 60))
