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
_DITTO = re.compile(
    r"(〃|′′|同|(同|如|见|详见|参见|参照)(上|前|下|左|右|第?[0-9一二三四五六七八九十]+[行号条]).{0,3})"
)
"""Words that say what another row says: whoever sorts the table makes them say something else."""
_SAID_IN_WORDS = frozenset({Use.VERDICT, Use.RETURN, Use.DETERMINATION, Use.FACT, Use.NOTE})
_REFUSAL = re.compile(r"(不|未|没有?|尚未|暂不|不予)予?(通过|同意|合格|符合|满足)")
_PASSING = re.compile(r"通过|同意|合格|无误|符合要求|无意见|没有问题|准予")
_RETURNING = re.compile(r"退|打回|驳回|补|缺|请|需|应|须|不|未|没|错|误|重新|核实|修改|整改|完善|问题|存疑")
_BOXES = re.compile(r"[□☐■☑☒✓✔√]")
_SHORTEST_CUT = 250
"""Programs cut texts at 254, 255, 1,023 … characters."""


def why_unread(cell: Cell, column: FeedbackColumn, layout: FeedbackLayout, known: Sequence[str]) -> str:
    """Return why a cell is not read, in Chinese; '' for one that is. `known` went out, or stands now."""
    if cell.kind in (CellKind.FORMULA, CellKind.ERROR):
        return f"单元格是{cell.kind.value}，没有采用，请粘贴为数值后再导入"
    if cell.kind is CellKind.STRUCK and spelling(cell.text) not in map(spelling, known):
        return "单元格画了删除线，看不出是改是删，没有采用"
    if column.use in _SAID_IN_WORDS and _DITTO.fullmatch(spelling(cell.text)) and cell.text not in known:
        return f"“{cell.text}”说的是哪一行看不出来，表可能排过序，没有采用，请写明"
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
    if layout.verdict(cell.text):
        return False
    return not _WORDS.search(cell.text) or _may_be_passed(cell.text, column)


def _may_be_passed(text: str, column: FeedbackColumn) -> bool:
    """Return whether words may mean that the patch passed: 基本通过, ☑通过 □退回, 同意上报."""
    passing = _REFUSAL.sub("退回", text)
    if not _PASSING.search(passing):
        return False
    others = _PASSING.sub("", passing)
    if column.use is Use.VERDICT:
        return bool(_BOXES.search(text)) or not re.match(r"退|打回|驳回", passing)
    is_form = _BOXES.search(text) or not _WORDS.search(others.replace("退回", ""))
    return bool(is_form) or not _RETURNING.search(others)


def _why_changed_by_a_program(cell: Cell, column: FeedbackColumn, known: Sequence[str]) -> str:
    if lost_digits(cell) and not _code(cell, known):
        return "长编号成了数字，末尾的数位已经丢失，没有采用，请改为文本后重新填写"
    if cell.kind is CellKind.DATE and column.key in _JUDGED_TEXTS:
        return "单元格成了日期，可能是程序把编号改成的，没有采用，请改为文本后重新填写"
    return ""


def _code(cell: Cell, known: Sequence[str]) -> str:
    return next((code for code in known if went_out_as(cell, code)), "")
