"""The plug-in's colours: one fixed colour a stage, duty state, role and urgency, on light and dark alike.

Mid tones of one lightness, told apart also by people who see no red or green (after Okabe and Ito's palette).
`styles/*.qml` use the same values.
"""

from __future__ import annotations

from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QWidget

from weipian_plugin.domain.duties import DutyState
from weipian_plugin.domain.roles import Role
from weipian_plugin.domain.stages import Stage

STAGES = {
    Stage.UNCHECKED: "#8C8C8C",
    Stage.DETERMINED: "#E69F00",
    Stage.REVIEWED: "#56B4E9",
    Stage.APPROVED: "#0072B2",
    Stage.REPORTED: "#7A5BA6",
    Stage.RETURNED: "#D55E00",
    Stage.FINISHED: "#009E73",
}
DUTY_STATES = {
    DutyState.UNIQUE: "#009E73",
    DutyState.CONFLICT: "#D55E00",
    DutyState.DEFAULT: "#0072B2",
    DutyState.NOT_EVALUATED: "#B07AA1",
}
ROLES = {
    Role.LAND_CLASS: "#BDBDBD",
    Role.BASIC_FARMLAND: "#F0C000",
    Role.REDLINE: "#D7191C",
    Role.RIVER: "#2C7BB6",
    Role.TRAFFIC: "#7F7F7F",
    Role.FOREST: "#1A9641",
    Role.NATURE_RESERVE: "#66A61E",
    Role.URBAN: "#E7298A",
    Role.TOWNSHIP: "#5E4FA2",
    Role.COMMITTEE: "#8C510A",
    Role.APPROVAL: "#01665E",
    Role.FACILITY_FARM: "#B8860B",
    Role.TEMPORARY_LAND: "#35978F",
}
OVERDUE = "#C62828"
SOON = "#EF6C00"
IN_TIME = "#2E7D32"
NOT_EVALUATED = DUTY_STATES[DutyState.NOT_EVALUATED]
ILLEGAL = "#C62828"
LEGAL = "#2E7D32"
OTHER = "#6D6D6D"
_GREY = 215
_HALF = 128


def palette_of(widget: QWidget) -> QPalette:
    """Return the palette with which a widget is painted.

    QGIS's themes are style sheets: only labels, views and fields that are polished know their colours, the
    palettes of windows and of the application are those of another theme.
    """
    widget.ensurePolished()
    return widget.palette()


def is_dark(palette: QPalette) -> bool:
    """Return whether what has this palette shows light text on dark."""
    return bool(palette.color(QPalette.ColorRole.Text).lightness() > 128)


def on(colour: str) -> QColor:
    """Return black or white, whichever can be read on this colour."""
    shade = QColor(colour)
    luminance = 0.299 * shade.red() + 0.587 * shade.green() + 0.114 * shade.blue()
    return QColor("#000000" if luminance > 150 else "#FFFFFF")


def readable(colour: str, palette: QPalette) -> QColor:
    """Return a colour as text on this palette: lighter on dark, darker on grey."""
    if is_dark(palette):
        return QColor(colour).lighter(165)
    on_grey = palette.color(QPalette.ColorRole.Base).lightness() < _GREY
    return QColor(colour).darker(150) if on_grey else QColor(colour)


def tinted(colour: str, palette: QPalette, part: float = 0.18) -> QColor:
    """Return the base colour with `part` of a colour in it: a background that text stays readable on."""
    base, shade = palette.color(QPalette.ColorRole.Base), QColor(colour)
    mixed = [round(a + (b - a) * part) for a, b in zip(base.getRgb()[:3], shade.getRgb()[:3], strict=True)]
    return QColor(*mixed)


def lay_under(widget: QWidget, colour: str) -> None:
    """Give a widget a tint as its ground, and ink that is read on it.

    As a style sheet: QGIS's themes are such too, and take no palette.
    """
    widget.setStyleSheet("")
    ground = tinted(colour, _ground_of(widget)).name()
    widget.setStyleSheet(f"background-color: {ground}; color: {on(ground).name()};")


def _ground_of(widget: QWidget) -> QPalette:
    """Return the palette of what is seen behind a widget: in QGIS's themes labels have no ground."""
    behind: QWidget | None = widget
    while behind is not None:
        palette = palette_of(behind)
        if palette.color(QPalette.ColorRole.Base).alpha():
            return palette
        behind = behind.parentWidget()
    return widget.palette()


def fade_hint(field: QWidget) -> None:
    """Make the hint of an empty field fainter than what is typed: QGIS's themes paint both alike.

    Once the field is shown: a theme paints it anew then.
    """
    palette = palette_of(field)
    faint = QColor(palette.color(QPalette.ColorRole.Text))
    faint.setAlpha(_HALF)
    palette.setColor(QPalette.ColorRole.PlaceholderText, faint)
    field.setPalette(palette)
