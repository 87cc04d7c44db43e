"""Colours under QGIS's themes, which are style sheets: hints, and what sentences lie on."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from weipian_plugin.gui import colours

THEME = """
QWidget {{ background: transparent; }}
QWidget#window, QPlainTextEdit {{ background-color: {ground}; }}
QLabel, QPlainTextEdit {{ color: {ink}; }}
"""


@pytest.fixture(params=[("#b2b2b2", "#0e0e0e"), ("#202020", "#aaaaaa")], ids=["grey", "dark"])
def window(qtbot, request):
    ground, ink = request.param
    made = QWidget()
    qtbot.addWidget(made)
    made.setObjectName("window")
    layout = QVBoxLayout(made)
    layout.addWidget(QPlainTextEdit(made))
    layout.addWidget(QLabel("一句话", made))
    made.setStyleSheet(THEME.format(ground=ground, ink=ink))
    made.show()
    return made


def test_a_hint_is_fainter_than_what_is_typed(window):
    field = window.findChild(QPlainTextEdit)
    opaque = colours.palette_of(field)  # as Qt 5.15.8 has it; later ones fade the hint themselves
    opaque.setColor(QPalette.ColorRole.PlaceholderText, opaque.color(QPalette.ColorRole.Text))
    field.setPalette(opaque)
    colours.fade_hint(field)
    palette = colours.palette_of(field)
    hint, ink = (
        palette.color(role) for role in (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Text)
    )
    assert (hint.alpha(), ink.alpha(), hint.rgb() & 0xFFFFFF) == (128, 255, ink.rgb() & 0xFFFFFF)


def test_a_sentence_lies_on_a_tint_of_what_is_behind_it(window, request):
    """82 parts of the ground and 18 of #C62828, not of the black that a label without ground has."""
    label = window.findChild(QLabel)
    colours.lay_under(label, "#C62828")
    grounds = {"#b2b2b2": ("#b69999", "#000000"), "#202020": ("#3e2121", "#ffffff")}
    behind = colours.palette_of(window).color(QPalette.ColorRole.Window).name()
    ground, ink = grounds[behind]
    assert label.styleSheet() == f"background-color: {ground}; color: {ink};"
