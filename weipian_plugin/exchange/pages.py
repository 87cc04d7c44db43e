"""HTML reports that can be read in a browser, printed on A4 and filed: one file, nothing beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.text_files import write_text

_EXTENSIONS = (".html", ".htm")
"""Nothing else is replaced by a page, such as a workspace whose name was given by mistake."""
_FOOTER = "本报告由卫片执法插件生成。1 亩 = 2000/3 平方米，面积为 CGCS2000 椭球面积。"
# What stands in “@media all” is for browsers: a word processor takes body and cell margins for paragraphs'.
_STYLE = """
@page { size: A4; margin: 15mm 14mm; }
body { font: 10.5pt "Microsoft YaHei", "微软雅黑", "Noto Sans CJK SC", sans-serif; color: #1c2733; }
h1 { font-size: 17pt; margin: 0 0 2mm; }
h2 { font-size: 12.5pt; margin: 5mm 0 2mm; border-bottom: 1.5pt solid #4472c4; padding-bottom: 1mm; }
h3 { font-size: 11pt; margin: 4mm 0 1mm; }
p { margin: 1.2mm 0; }
@media all {
  * { box-sizing: border-box; }
  body { line-height: 1.6; max-width: 190mm; margin: 8mm auto; padding: 0 4mm; }
  table { border: none; border-collapse: collapse; width: 100%; margin: 2mm 0; }
  th, td { border: 0.5pt solid #b9c2cc; padding: 1.2mm 2mm; text-align: left; vertical-align: top;
           overflow-wrap: anywhere; }
  /* Chinese breaks between any two characters: a column would shrink to one of them. */
  th, td { min-width: 4em; }
  th { font-weight: 600; }
}
thead { display: table-header-group; }
tr { break-inside: avoid; }
.verdict { font-size: 11.5pt; padding: 2mm 3mm; background: #f4f6f9; border-left: 3pt solid #4472c4; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.good { background: #c6efce; color: #1e5c2a; }
.bad { background: #ffc7ce; color: #9c0006; }
.doubtful { background: #ffeb9c; color: #6b4e00; }
.quiet { color: #55606c; font-size: 9pt; }
footer { margin-top: 8mm; color: #55606c; font-size: 9pt; }
@media print { body { margin: 0; padding: 0; max-width: none; }
  .good, .bad, .doubtful, th { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


class Look(StrEnum):
    """How a cell or paragraph stands out; the value is its CSS class."""

    PLAIN = ""
    NUMBER = "number"
    GOOD = "good"
    BAD = "bad"
    DOUBTFUL = "doubtful"
    QUIET = "quiet"
    VERDICT = "verdict"


_HEAD_COLOUR = "#eef2f8"
_COLOURS = {Look.GOOD: "#c6efce", Look.BAD: "#ffc7ce", Look.DOUBTFUL: "#ffeb9c"}


@dataclass(frozen=True)
class Cell:
    """One cell of a table that does not look plain."""

    text: str
    look: Look = Look.PLAIN


def number(value: float, decimals: int = 0, sign: bool = False) -> Cell:
    """Return a right-aligned figure; with `sign` also + is written, and nothing for zero change."""
    if sign and round(value, decimals) == 0:
        return Cell("—", Look.NUMBER)
    return Cell(f"{value:{'+' if sign else ''},.{decimals}f}", Look.NUMBER)


def paragraph(text: str, look: Look = Look.PLAIN) -> str:
    """Return a paragraph; line breaks of the text are kept."""
    return f"<p{_class(look)}>{_escaped(text)}</p>"


def section(heading: str, *content: str, new_page: bool = False) -> str:
    """Return a section under a heading; `new_page` begins it on a page of its own when printed."""
    style = ' style="page-break-before: always"' if new_page else ""
    return f"<section><h2{style}>{escape(heading)}</h2>\n{''.join(content)}</section>\n"


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[str | Cell]],
    empty: str = "无。",
    widths: Sequence[int] = (),
) -> str:
    """Return a table with its head; a paragraph with `empty` when there is no row.

    `widths` are percent of the page, one a column; without them the columns follow their contents. Borders
    and colours are attributes too: a word processor, in which some print the page, knows no style for cells.
    """
    body = "".join(f'<tr valign="top">{"".join(map(_cell, row))}</tr>\n' for row in rows)
    if not body:
        return paragraph(empty)
    wide = [f' width="{width}%"' for width in widths] or [""] * len(head)
    names = "".join(
        f'<th{width} bgcolor="{_HEAD_COLOUR}">{escape(name)}</th>'
        for name, width in zip(head, wide, strict=True)
    )
    start = '<table border="1" cellspacing="0" cellpadding="3" width="100%">'
    return f"{start}<thead><tr>{names}</tr></thead>\n<tbody>{body}</tbody></table>\n"


def page(title: str, *content: str) -> str:
    """Return a whole page."""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
        f"{''.join(content)}<footer>{_FOOTER}</footer>\n</body>\n</html>\n"
    )


def write_page(path: Path, html: str) -> None:
    """Write a page, replacing an earlier one whole or not at all; raise WeipianError when that fails."""
    if path.suffix.lower() not in _EXTENSIONS:
        raise WeipianError(f"报告“{path.name}”的扩展名应为 .html，请改名后重试。")
    write_text(path, html, "报告")


def _cell(value: str | Cell) -> str:
    cell = value if isinstance(value, Cell) else Cell(value)
    colour = f' bgcolor="{_COLOURS[cell.look]}"' if cell.look in _COLOURS else ""
    return f"<td{_class(cell.look)}{colour}>{_escaped(cell.text)}</td>"


def _class(look: Look) -> str:
    return f' class="{look.value}"' if look else ""


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>")
