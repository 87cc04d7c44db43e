"""One patch: its claims side by side, its duties as they stand, and what was said last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QFrame, QTreeWidgetItem, QVBoxLayout

from weipian_plugin.domain.decisions import Action
from weipian_plugin.domain.decisions.values import SINGLE
from weipian_plugin.domain.duties import DutyName
from weipian_plugin.gui import colours
from weipian_plugin.gui.charts.paint import ink, look_of
from weipian_plugin.gui.conflict.claim_cards import ClaimCards
from weipian_plugin.texts import tr
from weipian_plugin.workflow.conflicts import ConflictCase, DutyLine
from weipian_plugin.workflow.settle_conflicts import SETTLE

_DUTY, _UNIT = 0, 1


class CasePage(QObject):
    """Fills the dock's page of one patch."""

    proposed = pyqtSignal(str, str, str)
    """Action, duty and unit that the person means to decide."""

    def __init__(self, dock: Any) -> None:
        """Take over the dock's page."""
        super().__init__(dock)
        self._dock = dock
        self.coordination = ""
        self.cards = ClaimCards()
        self.cards.chosen.connect(lambda unit: self.proposed.emit(SETTLE, DutyName.LEAD.value, unit))
        layout = QVBoxLayout(dock.claims_holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.cards)
        dock.claims_area.setFrameShape(QFrame.Shape.NoFrame)
        dock.claims_area.setMinimumHeight(dock.fontMetrics().height() * 8)
        dock.duty_tree.setMinimumHeight(dock.fontMetrics().height() * 4)
        dock.duty_tree.itemDoubleClicked.connect(self._propose_row)
        font = dock.title_label.font()
        font.setBold(True)
        dock.title_label.setFont(font)
        for label in (dock.title_label, dock.summary_label, dock.said_label):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.say("")

    def show_case(self, case: ConflictCase) -> None:
        """Show a patch."""
        dock = self._dock
        dock.title_label.setText(f"{case.patch_no}　{case.state}　{case.facts}")
        dock.summary_label.setText(case.summary)
        dock.summary_label.setToolTip("\n".join(filter(None, (*case.notes, self.coordination))))
        self.cards.show_claims(case.claims)
        self._show_duties(case.duties)

    def _show_duties(self, duties: Iterable[DutyLine]) -> None:
        tree = self._dock.duty_tree
        tree.clear()
        for line in duties:
            state = tr("已定") if line.is_decided else tr("建议")
            said = f"{line.note}　{line.sentence}" if line.note else line.sentence
            item = QTreeWidgetItem([line.duty, line.unit, state, said])
            item.setToolTip(3, said)
            tree.addTopLevelItem(item)
        for column in range(3):
            tree.resizeColumnToContents(column)

    def _propose_row(self, item: QTreeWidgetItem) -> None:
        """Fill the form from a row: a duty that one unit has is settled anew, another one struck."""
        duty = item.text(_DUTY)
        action = SETTLE if duty in SINGLE else Action.STRIKE.value
        self.proposed.emit(action, duty, item.text(_UNIT))

    def say(self, text: str, bad: bool = False) -> None:
        """Say what was recorded or is missing, where the person looks."""
        label = self._dock.said_label
        palette = label.palette()
        look = look_of(colours.palette_of(self._dock.reason_edit), label.font())
        palette.setColor(QPalette.ColorRole.WindowText, ink(colours.ILLEGAL if bad else colours.LEGAL, look))
        label.setPalette(palette)
        label.setText(text)
        label.setVisible(bool(text))
