"""Write a letter as .odt, which WPS, Word and LibreOffice open and edit.

The page is that of plans/letters/styles.xml. Fonts are named twice, for western letters and for Chinese ones.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import zip_longest
from pathlib import Path

from weipian_plugin.domain.letters import Block, LetterTable, Part
from weipian_plugin.exchange.saving import replacing
from weipian_plugin.paths import plan_file

_FANG, _HEI, _SONG = "仿宋", "黑体", "宋体"
_TITLE_PT, _BODY_PT, _TABLE_PT = 22, 16, 9
"""GB/T 9704: 2号 title, 3号 body; tables in 小5号."""
_LINE_PT = 28
_TEXT_WIDTH = (210 - 28 - 26) / 25.4 * 72
"""Points between the margins of plans/letters/styles.xml."""
_CELL_PADDING = 2.75
"""Points that the two sides of a cell take, border included."""
_DIGIT_EM, _LATIN_EM = 0.64, 0.7
"""Widths of the widest of the fonts that stand in for the standard one, in letters of Chinese."""
_CHINESE = 0x2E80
_LONGEST = 26.0 * _TABLE_PT
_PIECES = re.compile(r"(?<=[、；，。])|(?=[（(])")
"""Where a line of a cell may well end."""
_MIME = "application/vnd.oasis.opendocument.text"
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""Equal letters give equal bytes."""
_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"
    for name, path in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
}
_MANIFEST = (
    f"{_HEADER}"
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    ' manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{_MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_FIXED_STYLES = (
    '<style:style style:name="Table" style:family="table"><style:table-properties'
    f' style:width="{_TEXT_WIDTH:.2f}pt" table:align="center" table:border-model="collapsing"'
    ' fo:margin-top="6pt" fo:margin-bottom="6pt"/></style:style>'
    # No row is torn by a page break.
    '<style:style style:name="Row" style:family="table-row">'
    '<style:table-row-properties fo:keep-together="always"/></style:style>'
    '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties'
    ' fo:padding="1.5pt" fo:padding-left="1pt" fo:padding-right="1pt" fo:border="0.75pt solid #000000"'
    ' style:vertical-align="middle"/></style:style>'
)


@dataclass(frozen=True)
class _Look:
    """How a paragraph looks; lengths in points."""

    font: str = _FANG
    size: float = _BODY_PT
    is_bold: bool = False
    align: str = "justify"
    line: float = _LINE_PT
    """Fixed height of a line; 0 for what the font needs."""
    indent: float = 0
    above: float = 0
    below: float = 0
    right: float = 0
    keeps: bool = False
    """Stays on the page of the next paragraph."""


_INDENT = 2 * _BODY_PT
_LOOKS = {
    Part.TITLE: _Look(_SONG, _TITLE_PT, True, "center", _LINE_PT + 8, below=_BODY_PT),
    Part.NUMBER: _Look(align="center", below=_BODY_PT),
    Part.ADDRESSEE: _Look(),
    Part.HEADING: _Look(_HEI, indent=_INDENT, keeps=True),
    Part.BODY: _Look(indent=_INDENT),
    Part.ATTACHMENT: _Look(indent=_INDENT),
    Part.SIGNATURE: _Look(align="end", above=_INDENT, right=_INDENT),
    Part.DAY: _Look(align="end", right=_INDENT),
}
_HOLDING = frozenset({Part.TABLE, Part.SIGNATURE, Part.DAY})
"""Parts that keep the paragraph above them on their page."""
_CELL_LOOKS = {
    "Head": _Look(_HEI, _TABLE_PT, align="center", line=0),
    "Figure": _Look(_FANG, _TABLE_PT, align="center", line=0),
}


def write_letter(path: Path, blocks: Iterable[Block]) -> None:
    """Write the letter to `path`, whole or not at all; raise WeipianError when that fails."""
    parts = {
        "mimetype": _MIME,
        "content.xml": content_of(tuple(blocks)),
        "styles.xml": plan_file("letters/styles.xml").read_text(encoding="utf-8"),
        "META-INF/manifest.xml": _MANIFEST,
    }
    with replacing(path, ".odt") as temporary, zipfile.ZipFile(temporary, "w") as archive:
        for name, text in parts.items():
            # The type comes first and unpacked: others know the file by it.
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), text.encode("utf-8"), packing)


def content_of(blocks: Sequence[Block]) -> str:
    """Return content.xml of a letter.

    A heading stays with what follows it, the paragraph above a table with the table, and the end of the text
    with signature and day.
    """
    spaces = "".join(f' xmlns:{name}="{space}"' for name, space in _SPACES.items())
    fonts = "".join(
        f'<style:font-face style:name="{name}" svg:font-family="{name}"/>' for name in (_FANG, _HEI, _SONG)
    )
    return (
        f'{_HEADER}<office:document-content{spaces} office:version="1.2">'
        f"<office:font-face-decls>{fonts}</office:font-face-decls>"
        f"<office:automatic-styles>{''.join(_styles(blocks))}</office:automatic-styles>"
        f"<office:body><office:text>{''.join(_body(blocks))}</office:text></office:body>"
        "</office:document-content>"
    )


def _styles(blocks: Sequence[Block]) -> Iterator[str]:
    yield _FIXED_STYLES
    for part, look in _LOOKS.items():
        yield _paragraph_style(part.name, look, look.keeps)
        yield _paragraph_style(f"{part.name}_kept", look, True)
    for name, look in _CELL_LOOKS.items():
        yield _paragraph_style(name, look, look.keeps)
    for number, table in enumerate(_tables(blocks)):
        for column, width in enumerate(_widths(table)):
            yield (
                f'<style:style style:name="Column{number}_{column}" style:family="table-column">'
                f'<style:table-column-properties style:column-width="{width:.2f}pt"/></style:style>'
            )


def _paragraph_style(name: str, look: _Look, keeps: bool) -> str:
    line = f' fo:line-height="{look.line}pt"' if look.line else ""
    kept = ' fo:keep-with-next="always"' if keeps else ""
    weight = "bold" if look.is_bold else "normal"
    letters = {"font-name": look.font, "font-size": f"{look.size}pt", "font-weight": weight}
    return (
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties'
        f'{kept}{line} fo:text-align="{look.align}" fo:text-indent="{look.indent}pt"'
        f' fo:margin-top="{look.above}pt" fo:margin-bottom="{look.below}pt"'
        f' fo:margin-right="{look.right}pt"/>'
        f"<style:text-properties{''.join(_twice(*letter) for letter in letters.items())}/></style:style>"
    )


def _twice(name: str, value: str) -> str:
    """Return a property of letters for western and for Chinese ones."""
    space = "style" if name == "font-name" else "fo"
    return f' {space}:{name}="{value}" style:{name}-asian="{value}"'


def _tables(blocks: Sequence[Block]) -> Iterator[LetterTable]:
    return (block.table for block in blocks if block.table is not None)


def _body(blocks: Sequence[Block]) -> Iterator[str]:
    number = 0
    for block, following in zip_longest(blocks, blocks[1:]):
        if block.table is not None:
            yield _table(block.table, number)
            number += 1
        else:
            is_kept = following is not None and following.part in _HOLDING
            yield _paragraph(f"{block.part.name}_kept" if is_kept else block.part.name, block.text)


def _paragraph(style: str, text: str) -> str:
    return f'<text:p text:style-name="{style}">{_escaped(text)}</text:p>'


def _escaped(text: str) -> str:
    """Return a text as XML: ODF folds spaces and breaks lines only where it is told to."""
    text = escape(_NOT_IN_XML.sub("", text), quote=False)
    text = re.sub(r"^ | {2,}", lambda found: f'<text:s text:c="{len(found[0])}"/>', text)
    return text.replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")


def _table(table: LetterTable, number: int) -> str:
    """Return a table whose head is repeated on every page."""
    columns = "".join(
        f'<table:table-column table:style-name="Column{number}_{column}"/>'
        for column in range(len(table.head))
    )
    head = f"<table:table-header-rows>{_row(table.head, 'Head')}</table:table-header-rows>"
    rows = "".join(_row(row, "Figure") for row in table.rows)
    return f'<table:table table:name="T{number}" table:style-name="Table">{columns}{head}{rows}</table:table>'


def _row(texts: Iterable[str], look: str) -> str:
    cells = "".join(
        f'<table:table-cell table:style-name="Cell" office:value-type="string">{_paragraph(look, text)}'
        "</table:table-cell>"
        for text in texts
    )
    return f'<table:table-row table:style-name="Row">{cells}</table:table-row>'


def _widths(table: LetterTable) -> list[float]:
    """Return column widths in points: first no piece of a text is torn, then texts stay on one line.

    What is missing is taken from the widest columns of words; numbers are never torn.
    """
    columns = list(zip(table.head, *table.rows, strict=True))
    needed = [max(map(_needed, column)) for column in columns]
    spare = _TEXT_WIDTH - sum(needed)
    if spare >= 0:
        return _spread(needed, [max(map(_on_one_line, column)) for column in columns], spare)
    words = [any(map(_is_words, column[1:])) for column in columns]
    level = _level([width for width, of_words in zip(needed, words, strict=True) if of_words], -spare)
    return [min(width, level) if of_words else width for width, of_words in zip(needed, words, strict=True)]


def _spread(needed: Sequence[float], wished: Sequence[float], spare: float) -> list[float]:
    """Return widths with what is spare: to who wishes more, then evenly."""
    more = [wish - need for need, wish in zip(needed, wished, strict=True)]
    part = min(spare / sum(more), 1.0) if sum(more) else 1.0
    rest = (spare - part * sum(more)) / len(needed)
    return [need + part * one + rest for need, one in zip(needed, more, strict=True)]


def _level(widths: Sequence[float], missing: float) -> float:
    """Return the width to which the widest are cut so that together they lose what is missing."""
    descending = sorted(widths, reverse=True)
    level = _LONGEST
    for count, next_one in enumerate([*descending[1:], 0.0], 1):
        level = (sum(descending[:count]) - missing) / count
        if level >= next_one:
            break
    return level


def _is_words(text: str) -> bool:
    return any(ord(letter) >= _CHINESE for letter in text)


def _needed(text: str) -> float:
    """Return how wide a cell must be, in points, for no piece of its text to be torn."""
    return max(map(_on_one_line, _PIECES.split(text)))


def _on_one_line(text: str) -> float:
    """Return how wide a cell must be, in points, for a text to stand on one line, unless it is long."""
    return min(sum(map(_em, text)) * _TABLE_PT, _LONGEST) + _CELL_PADDING


def _em(letter: str) -> float:
    """Return how wide a letter is beside a Chinese one."""
    if letter.isdigit() or letter in ".,":
        return _DIGIT_EM
    return _LATIN_EM if ord(letter) < _CHINESE else 1.0
