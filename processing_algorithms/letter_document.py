"""Write a letter as .odt with Qt's own document writer: it opens and edits in WPS, Word and LibreOffice."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextDocumentWriter,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.letters import Block, LetterTable, Part
from weipian_plugin.exchange.odt_finish import finish_document
from weipian_plugin.exchange.saving import replacing
from weipian_plugin.paths import plan_file
from weipian_plugin.processing_algorithms.base import tr

_FANG, _HEI, _SONG = "仿宋", "黑体", "宋体"
_TITLE_PT, _BODY_PT, _TABLE_PT = 22, 16, 9
"""GB/T 9704: 2号 title, 3号 body; tables in 小5号."""
_LINE_PT = 28
_PIXELS_PER_POINT = 96 / 72
"""The document writer takes lengths for pixels of 1/96 inch; font sizes stay points."""
_TEXT_WIDTH = (210 - 28 - 26) / 25.4 * 72
"""Points, as which the writer takes widths of tables, between the margins of plans/letters/styles.xml."""
_WIDE, _WIDEST_COLUMN = 1.3, 26
_CENTRED = frozenset({Part.TITLE, Part.NUMBER})
_RIGHT = frozenset({Part.SIGNATURE, Part.DAY})
_INDENTED = frozenset({Part.BODY, Part.HEADING, Part.ATTACHMENT})


def write_letter(path: Path, blocks: Iterable[Block]) -> None:
    """Write the letter to `path`, whole or not at all; raise WeipianError when that fails."""
    document = make_document(blocks)
    with replacing(path, ".odt") as temporary:
        writer = QTextDocumentWriter(str(temporary), b"odf")
        if not writer.write(document):
            raise WeipianError(tr("写不了“{}”，请检查磁盘空间和路径后重试。").format(path))
        finish_document(temporary, plan_file("letters/styles.xml").read_text(encoding="utf-8"))


def make_document(blocks: Iterable[Block]) -> QTextDocument:
    """Return the letter as a document; its page is set by plans/letters/styles.xml."""
    document = QTextDocument()
    document.setDefaultFont(QFont(_FANG, _BODY_PT))
    cursor = QTextCursor(document)
    is_first = True
    for block in blocks:
        if block.table is not None:
            _insert_table(cursor, block.table)
        else:
            _insert_paragraph(cursor, block, is_first)
        is_first = False
    return document


def _insert_paragraph(cursor: QTextCursor, block: Block, is_first: bool) -> None:
    paragraph, letters = _paragraph_format(block.part), _letter_format(block.part)
    if is_first:
        cursor.setBlockFormat(paragraph)
        cursor.setBlockCharFormat(letters)
    else:
        cursor.insertBlock(paragraph, letters)
    cursor.insertText(block.text, letters)


def _paragraph_format(part: Part) -> QTextBlockFormat:
    paragraph = QTextBlockFormat()
    paragraph.setLineHeight(_pixels(_LINE_PT), _fixed_height())
    if part in _CENTRED:
        paragraph.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        paragraph.setBottomMargin(_pixels(_BODY_PT))
    if part is Part.TITLE:
        paragraph.setLineHeight(_pixels(_LINE_PT + 8), _fixed_height())
    if part in _RIGHT:
        paragraph.setAlignment(Qt.AlignmentFlag.AlignRight)
        paragraph.setRightMargin(_pixels(2 * _BODY_PT))
    if part is Part.SIGNATURE:
        paragraph.setTopMargin(_pixels(2 * _BODY_PT))
    if part in _INDENTED:
        paragraph.setTextIndent(_pixels(2 * _BODY_PT))
    return paragraph


def _pixels(points: float) -> float:
    return points * _PIXELS_PER_POINT


def _fixed_height() -> int:
    """Return the kind of line height as the number that Qt takes; under Qt 5 it is one already."""
    kind = QTextBlockFormat.LineHeightTypes.FixedHeight
    return int(getattr(kind, "value", kind))


def _letter_format(part: Part) -> QTextCharFormat:
    family = {Part.TITLE: _SONG, Part.HEADING: _HEI}.get(part, _FANG)
    letters = _font(family, _TITLE_PT if part is Part.TITLE else _BODY_PT)
    if part is Part.TITLE:
        letters.setFontWeight(QFont.Weight.Bold)
    return letters


def _font(family: str, points: float) -> QTextCharFormat:
    letters = QTextCharFormat()
    letters.setFontFamilies([family])
    if hasattr(letters, "setFontFamily"):  # what the writer of Qt 5 asks for
        letters.setFontFamily(family)
    letters.setFontPointSize(points)
    return letters


def _insert_table(cursor: QTextCursor, table: LetterTable) -> None:
    """Insert a table with its head repeated on every page, and go on below it."""
    shape = QTextTableFormat()
    shape.setHeaderRowCount(1)
    shape.setBorder(0.75)
    shape.setBorderCollapse(True)
    shape.setCellPadding(2)
    shape.setCellSpacing(0)
    shape.setTopMargin(6)
    shape.setBottomMargin(6)
    shape.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    shape.setWidth(QTextLength(QTextLength.Type.FixedLength, _TEXT_WIDTH))
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(QBrush(QColor(0, 0, 0)))
    shape.setColumnWidthConstraints(_widths(table))
    placed = cursor.insertTable(len(table.rows) + 1, len(table.head), shape)
    for row, texts in enumerate((table.head, *table.rows)):
        for column, text in enumerate(texts):
            _insert_cell(placed.cellAt(row, column).firstCursorPosition(), text, row == 0)
    cursor.movePosition(QTextCursor.MoveOperation.End)


def _insert_cell(cursor: QTextCursor, text: str, is_head: bool) -> None:
    paragraph = QTextBlockFormat()
    paragraph.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    cursor.setBlockFormat(paragraph)
    cursor.insertText(text, _font(_HEI if is_head else _FANG, _TABLE_PT))


def _widths(table: LetterTable) -> list[QTextLength]:
    """Return column widths by the longest text of each, with room for the padding."""
    texts = (table.head, *table.rows)
    longest = [max(_width(row[column]) for row in texts) for column in range(len(table.head))]
    limited = [min(width + 2, _WIDEST_COLUMN) for width in longest]
    total = sum(limited)
    return [QTextLength(QTextLength.Type.FixedLength, _TEXT_WIDTH * width / total) for width in limited]


def _width(text: str) -> float:
    """Return how wide a text is; digits and capitals take more than half of a Chinese character."""
    return sum(_WIDE if ord(character) < 0x2E80 else 2 for character in text)
