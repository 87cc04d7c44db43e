"""Cells of a returned workbook that are not read, because nobody can say for sure what they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from weipian_plugin.exchange.cell_values import lost_digits, spelling, value_text, went_out_as
from weipian_plugin.exchange.feedback_layout import FeedbackColumn, FeedbackLayout, Use, ValueKind
from weipian_plugin.exchange.sheet_cells import Cell, CellKind

_YES_OR_NO = frozenset({"是", "否"})
"""Also what a cell of the truth values TRUE and FALSE reads as."""
_WORDS = re.compile(r"[\u3400-\u9fff].*[\u3400-\u9fff]|[A-Za-z]{4}", re.DOTALL)
"""The least that can say why a patch comes back; a lone sign may mean anything."""
_JUDGED_TEXTS = frozenset({"result", "category", "basis", "document_no"})
_SHORTEST_CUT = 250
"""Programs cut texts at 254, 255, 1,023 … characters."""


def why_unread(cell: Cell, column: FeedbackColumn, layout: FeedbackLayout, known: Sequence[str]) -> str:
    """Return why a cell is not read, in Chinese; '' for one that is. `known` went out, or stands now."""
    if cell.kind in (CellKind.FORMULA, CellKind.ERROR):
        return f"单元格是{cell.kind.value}，没有采用，请粘贴为数值后再导入"
    if cell.kind is CellKind.STRUCK and spelling(cell.text) not in map(spelling, known):
        return "单元格画了删除线，看不出是改是删，没有采用"
    if column.use in (Use.RETURN, Use.VERDICT) and _says_nothing(cell, column, layout):
        return f"“{cell.text}”看不出是通过还是退回，没有采用，请写明退回原因或审核结论"
    if column.kind is ValueKind.TEXT and column.use is Use.DETERMINATION:
        return _why_changed_by_a_program(cell, column, known)
    return ""


def read_value(cell: Cell, column: FeedbackColumn, known: Sequence[str]) -> str:
    """Return the value of a cell; the code that went out for what a spreadsheet made of it."""
    return (_code(cell, known) if column.kind is ValueKind.TEXT else "") or value_text(cell, column.kind)


def is_cut(theirs: str, ours: str) -> bool:
    """Return whether a text is the beginning of ours, as programs leave it that keep so many characters."""
    return _SHORTEST_CUT <= len(theirs) < len(ours) and ours.startswith(theirs.rstrip("…."))


def _says_nothing(cell: Cell, column: FeedbackColumn, layout: FeedbackLayout) -> bool:
    if column.use is Use.RETURN and cell.text in _YES_OR_NO:
        return True
    return not layout.verdict(cell.text) and not _WORDS.search(cell.text)


def _why_changed_by_a_program(cell: Cell, column: FeedbackColumn, known: Sequence[str]) -> str:
    if lost_digits(cell) and not _code(cell, known):
        return "长编号成了数字，末尾的数位已经丢失，没有采用，请改为文本后重新填写"
    if cell.kind is CellKind.DATE and column.key in _JUDGED_TEXTS:
        return "单元格成了日期，可能是程序把编号改成的，没有采用，请改为文本后重新填写"
    return ""


def _code(cell: Cell, known: Sequence[str]) -> str:
    return next((code for code in known if went_out_as(cell, code)), "")
