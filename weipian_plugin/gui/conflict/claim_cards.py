"""The claims to one patch: a card a unit, side by side where there is room, the proposed one marked."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QPalette, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from weipian_plugin.domain.duties import DutyState
from weipian_plugin.gui import colours
from weipian_plugin.gui.charts.paint import look_of
from weipian_plugin.texts import tr
from weipian_plugin.workflow.conflicts import Ground, UnitClaim

_READABLE = 14
"""Heights of a line across that a card beside others must have: some twenty Chinese characters."""
_PROPOSED = colours.DUTY_STATES[DutyState.DEFAULT]
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse


class ClaimCards(QWidget):
    """One card for each unit that claims the patch."""

    chosen = pyqtSignal(str)
    """The unit that shall lead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without claims."""
        super().__init__(parent)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.cards: list[ClaimCard] = []

    def show_claims(self, claims: Iterable[UnitClaim]) -> None:
        """Show other claims."""
        for card in self.cards:
            self._row.removeWidget(card)
            card.setParent(None)
            card.deleteLater()
        self.cards = [ClaimCard(claim) for claim in claims]
        for card in self.cards:
            card.lead_button.clicked.connect(lambda _=False, unit=card.claim.unit: self.chosen.emit(unit))
            self._row.addWidget(card, 1)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards side by side or one below the other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.fontMetrics().height() * _READABLE * len(self.cards)
        is_narrow = self.width() < room
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        for card in self.cards:
            card.set_short(is_narrow)


class ClaimCard(QFrame):
    """Unit, grounds with the plan's own words, figures, and the sentence."""

    def __init__(self, claim: UnitClaim, parent: QWidget | None = None) -> None:
        """Show one unit's claims."""
        super().__init__(parent)
        self.claim = claim
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addLayout(self._head())
        for ground in claim.grounds:
            column.addWidget(_text(self._ground(ground)))
        self._sentence = _quiet(claim.sentence)
        column.addWidget(self._sentence)
        column.addStretch(1)
        self.set_short(False)
        self.setAccessibleName(claim.unit)
        self.setAccessibleDescription(claim.sentence)

    def set_short(self, is_short: bool) -> None:
        """Show the sentence, which says again what stands above it, or leave it to the tooltip."""
        self._sentence.setVisible(bool(self.claim.sentence) and not is_short)
        self.setToolTip(self.claim.sentence if is_short else "")

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(self._name(), 1)
        head.addWidget(self._button())
        return head

    def _name(self) -> QLabel:
        tags = []
        if self.claim.is_proposed:
            tags.append((tr("建议"), _PROPOSED))
        if self.claim.leads and not self.claim.is_proposed:
            tags.append((tr("现查处"), colours.LEGAL))
        if not self.claim.counts:
            tags.append((tr("边角，不计"), colours.OTHER))
        marks = "".join(
            f'&nbsp; <span style="background-color:{colour};color:{colours.on(colour).name()};">'
            f"&nbsp;{text}&nbsp;</span>"
            for text, colour in tags
        )
        label = QLabel(
            f'<span style="font-size:large;font-weight:600;">{escape(self.claim.unit)}</span>{marks}'
        )
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        return label

    def _ground(self, ground: Ground) -> str:
        """Return layer and edition, figures, clause and the plan's own words as rich text."""
        layer = f"{ground.name}（{ground.edition}）" if ground.edition else ground.name
        figures = tr("及于整个图斑")
        if ground.area_mu is not None:
            figures = tr("{mu:.2f}亩，占{share:.1%}").format(mu=ground.area_mu, share=ground.share or 0.0)
        small = "" if ground.counted else tr("（边角，不计）")
        quoted = tr("{clause}“{words}”").format(clause=ground.clause, words=ground.words)
        met = f"<br>{escape(ground.met)}" if ground.met else ""
        return f"<b>{escape(layer)}</b>{met}<br><b>{figures}</b>{small}<br>{escape(quoted)}"

    def _button(self) -> QPushButton:
        self.lead_button = QPushButton(tr("由该单位查处"), self)
        self.lead_button.setToolTip(tr("在下面填入：查处单位定为{unit}").format(unit=self.claim.unit))
        return self.lead_button


def _quiet(text: str) -> QLabel:
    """Return the printed sentence, smaller: it says again what stands above it, as it will be read."""
    label = _text(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 0.92)
    label.setFont(font)
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, look_of(palette, font).quiet)
    label.setPalette(palette)
    return label


def _text(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(_SELECTABLE)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label
