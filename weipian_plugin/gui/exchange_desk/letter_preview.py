"""A letter on the screen before it is written: its words, with what was filled in on a tint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from weipian_plugin.domain.letters import Block, LetterTable, Part

_SHAPES = {
    Part.TITLE: "text-align:center; font-weight:bold; font-size:large; margin:8px 0 10px 0",
    Part.NUMBER: "text-align:center; margin:0 0 8px 0",
    Part.ADDRESSEE: "margin:0 0 4px 0",
    Part.HEADING: "font-weight:bold; margin:8px 0 4px 0",
    Part.SIGNATURE: "text-align:right; margin:16px 24px 2px 0",
    Part.DAY: "text-align:right; margin:0 24px 8px 0",
}
_PARAGRAPH = "text-indent:26px; margin:0 0 4px 0"


def preview_html(blocks: Iterable[Block], tint: str) -> str:
    """Return a letter as HTML for Qt; figures lie on the colour `tint` and tell their names as tooltips."""
    return "".join(_block(block, tint) for block in blocks)


def _block(block: Block, tint: str) -> str:
    if block.table is not None:
        return _table(block.table, tint)
    return f'<p style="{_SHAPES.get(block.part, _PARAGRAPH)}">{"".join(_marked(block, tint))}</p>'


def _marked(block: Block, tint: str) -> Iterator[str]:
    at = 0
    for figure in block.figures:
        yield escape(block.text[at : figure.start])
        shown = escape(block.text[figure.start : figure.end])
        yield f'<span title="{escape(figure.name)}" style="background-color:{tint}">{shown}</span>'
        at = figure.end
    yield escape(block.text[at:])


def _table(table: LetterTable, tint: str) -> str:
    head = _row(table.head, "th", "")
    rows = "".join(_row(row, "td", f' bgcolor="{tint}"') for row in table.rows)
    return f'<table border="1" cellspacing="0" cellpadding="3" width="100%">{head}{rows}</table>'


def _row(texts: Iterable[str], cell: str, shade: str) -> str:
    cells = "".join(f'<{cell}{shade} align="center">{escape(text)}</{cell}>' for text in texts)
    return f"<tr>{cells}</tr>"
