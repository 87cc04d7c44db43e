"""A batch before it is recorded, and what became of it, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from weipian_plugin.gui.conflict.outcome_table import OutcomeTable
from weipian_plugin.gui.conflict.tables import prepare_table
from weipian_plugin.gui.refusal import allow
from weipian_plugin.texts import tr
from weipian_plugin.workflow.row_outcomes import RowOutcome
from weipian_plugin.workflow.settle_conflicts import Foreseen

_WIDTHS = (146, 230, 80, 400)


class BatchPage(QObject):
    """Fills the dock's page of a batch."""

    record_wanted = pyqtSignal()
    left = pyqtSignal()
    """The person goes back to the patch."""

    def __init__(self, dock: Any) -> None:
        """Take over the dock's page."""
        super().__init__(dock)
        self._dock = dock
        self.table = OutcomeTable(self)
        prepare_table(dock.batch_table, self.table, _WIDTHS)
        font = dock.batch_label.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.2)
        dock.batch_label.setFont(font)
        dock.record_button.clicked.connect(self.record_wanted.emit)
        dock.back_button.clicked.connect(self.left.emit)

    def show_foreseen(self, heading: str, note: str, foreseen: Sequence[Foreseen]) -> None:
        """Show what would change."""
        dock = self._dock
        self.table.show_foreseen(foreseen)
        will = sum(row.accepted and row.changes for row in foreseen)
        dock.batch_label.setText(heading)
        dock.batch_note_label.setText("\n".join(filter(None, (self._summary(foreseen), note))))
        dock.record_button.setText(tr("确定记录{count}个").format(count=will))
        dock.record_button.setVisible(True)
        allow(dock.record_button, "" if will else tr("没有一个图斑会因此改变，不用记录。"))
        dock.record_button.setFocus()
        dock.back_button.setText(tr("返回修改"))
        dock.batch_said_label.setText(tr("还没有记录。"))

    def _summary(self, foreseen: Sequence[Foreseen]) -> str:
        """Return how many patches change from whom to whom, how many stay, how many cannot be recorded."""
        moved = Counter(
            (f.before, f.after) for f in foreseen if f.accepted and f.changes and f.before != f.after
        )
        kept = sum(f.accepted and f.changes and f.before == f.after for f in foreseen)
        same = sum(f.accepted and not f.changes for f in foreseen)
        refused = sum(not f.accepted for f in foreseen)
        parts = [
            tr("{count}个由{before}改为{after}").format(count=n, before=b or "—", after=a or "—")
            for (b, a), n in moved.most_common()
        ]
        for text, count in (
            (tr("{count}个维持现单位"), kept),
            (tr("{count}个已有相同记录"), same),
            (tr("{count}个不能记录（列在最前，说明里有原因）"), refused),
        ):
            if count:
                parts.append(text.format(count=count))
        return tr("；").join(parts) + tr("。")

    def show_outcomes(self, outcomes: Sequence[RowOutcome]) -> None:
        """Show what was recorded."""
        dock = self._dock
        self.table.show_outcomes(outcomes)
        done = len(outcomes) - self.table.refused
        said = tr("已记录{done}个，未记录{refused}个。").format(done=done, refused=self.table.refused)
        dock.batch_note_label.setText(said)
        dock.batch_said_label.clear()
        dock.record_button.setVisible(False)
        dock.back_button.setText(tr("完成"))
        dock.back_button.setFocus()

    def set_busy(self, busy: bool) -> None:
        """Take no second click while the first is at work."""
        self._dock.record_button.setEnabled(not busy)
        self._dock.back_button.setEnabled(not busy)
        if busy:
            self._dock.batch_said_label.setText(tr("正在办理…"))
