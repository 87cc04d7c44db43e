"""What is read rather than worked in: claims with their sentences, issued fields, history, as rich text."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from qgis.PyQt.QtGui import QColor, QPalette

from weipian_plugin.domain.duties import PROPOSED, DutyState
from weipian_plugin.gui import colours
from weipian_plugin.texts import tr
from weipian_plugin.workflow.review.dossier import Dossier, DutyLine

_FAINT = 0.6


def faint(palette: QPalette) -> str:
    """Return the colour of what stands back, as HTML has it."""
    text, base = (palette.color(role) for role in (QPalette.ColorRole.Text, QPalette.ColorRole.Base))
    mixed = [round(b + (t - b) * _FAINT) for t, b in zip(text.getRgb()[:3], base.getRgb()[:3], strict=True)]
    return str(QColor(*mixed).name())


def chip(text: str, colour: str) -> str:
    """Return a word on a coloured ground."""
    ink = colours.on(colour).name()
    return f'<span style="background-color:{colour}; color:{ink};">&nbsp;{escape(text)}&nbsp;</span>'


def claims_page(dossier: Dossier, palette: QPalette) -> str:
    """Return the claims: the state in one sentence, every duty with its sentence, and what to note."""
    grey = faint(palette)
    state = chip(dossier.duty_state, colours.DUTY_STATES[DutyState(dossier.duty_state)])
    parts = [f"<p>{state} {escape(dossier.summary)}</p>"]
    red = colours.readable(colours.OVERDUE, palette).name()
    parts += [_duty(line, grey, red) for line in dossier.duties]
    if dossier.notes:
        notes = "".join(f"<li>{escape(note)}</li>" for note in dossier.notes)
        parts.append(f'<p style="color:{grey};">{escape(tr("另须留意"))}</p><ul>{notes}</ul>')
    return _page(parts)


def _duty(line: DutyLine, grey: str, red: str) -> str:
    status = "" if line.status == PROPOSED else f" {chip(line.status, colours.LEGAL)}"
    decided = f'<br><span style="color:{grey};">{escape(line.decided)}</span>' if line.decided else ""
    note = f'<br><span style="color:{red};">{escape(line.note)}</span>' if line.note else ""
    head = f"<b>{escape(line.duty)}</b> {escape(line.unit)}{status}"
    return f'<p>{head}<br><span style="color:{grey};">{escape(line.sentence)}</span>{decided}{note}</p>'


def fields_page(dossier: Dossier, palette: QPalette) -> str:
    """Return every issued field under the name it came with."""
    return _page([_table(dossier.attributes, faint(palette))])


def history_page(dossier: Dossier, palette: QPalette) -> str:
    """Return what happened to the patch, the latest first."""
    grey = faint(palette)
    return _page(
        f'<p><span style="color:{grey};">{escape(line.at)}　{escape(line.actor)}</span>'
        f"　<b>{escape(line.action)}</b><br>{escape(line.text)}</p>"
        for line in dossier.history
    )


def _table(rows: Iterable[tuple[str, str]], grey: str) -> str:
    cells = "".join(
        f'<tr><td style="color:{grey}; padding-right:10px;">{escape(name)}</td><td>{escape(value)}</td></tr>'
        for name, value in rows
    )
    return f"<table>{cells}</table>"


def _page(parts: Iterable[str]) -> str:
    style = "<style>p{margin:0 0 6px 0;} ul{margin:0 0 6px -22px;} td{padding-bottom:2px;}</style>"
    return style + "".join(parts)
