"""What is wrong in a YAML file that the office wrote, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtWidgets import QTableView

from weipian_plugin.domain.plan import PlanProblem
from weipian_plugin.gui.text_table import TextTable, put_into, wrap_rows
from weipian_plugin.texts import tr


def show_problems(view: QTableView, problems: Sequence[PlanProblem]) -> TextTable:
    """Show in a view what is wrong, where, and what may stand there instead; return the table."""
    table = TextTable((tr("行号"), tr("问题"), tr("允许的写法")), view)
    put_into(view, table, wide=(1, 2))
    wrap_rows(view)
    table.show([(str(one.line), one.message, one.allowed) for one in problems])
    return table
