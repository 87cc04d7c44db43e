"""Finish a document of Qt's writer: A4 page, page numbers, and the fonts of Chinese text.

The writer knows no page layout, names fonts for western letters only, and writes a fixed line height under a
name that ODF does not have. All of it is text of the package, so it is set right there.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_ENTRY = ' <manifest:file-entry manifest:media-type="text/xml" manifest:full-path="styles.xml"/>\n'
_TEXT_PROPERTIES = re.compile(r"<style:text-properties [^>]*>")
_ASIAN = re.compile(r'fo:(font-family|font-size|font-weight)="([^"]*)"')
_SANS = ' fo:font-family="Sans"'
"""What the writer puts where no font is set."""
_HEAD_ROW = re.compile(
    r"(<table:table [^>]*>\s*(?:<table:table-column[^>]*/>\s*)*)"
    r"(<table:table-row [^>]*>.*?</table:table-row>)",
    re.DOTALL,
)
_ROW_STYLE = (
    '<style:style style:name="WholeRow" style:family="table-row">'
    '<style:table-row-properties fo:keep-together="always"/></style:style>'
)
"""No row is torn by a page break."""
_PARAGRAPH_STYLE = re.compile(
    r'<style:style style:name="(p\d+)" style:family="paragraph">.*?</style:style>', re.DOTALL
)
_HEADING_STYLE = re.compile(
    r'<style:style style:name="(c\d+)" style:family="text">\s*'
    r'<style:text-properties [^>]*fo:font-family="黑体"[^>]*fo:font-size="16pt"'
)
_KEEP = 'fo:keep-with-next="always"'
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""Equal letters give equal bytes."""


def finish_document(path: Path, styles: str) -> None:
    """Set page, Chinese fonts, line heights and repeated table heads in an .odt of Qt's writer, in place.

    `styles` is the text of styles.xml.
    """
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[_CONTENT] = finished_content(parts[_CONTENT].decode("utf-8")).encode("utf-8")
    manifest = parts[_MANIFEST].decode("utf-8")
    if _STYLES not in parts:
        manifest = manifest.replace("</manifest:manifest>", f"{_ENTRY}</manifest:manifest>")
    parts[_MANIFEST], parts[_STYLES] = manifest.encode("utf-8"), styles.encode("utf-8")
    _write(path, parts)


def finished_content(content: str) -> str:
    """Return content.xml with Chinese fonts, real line heights, whole rows and repeated table heads.

    A heading stays with what follows it, and so does the paragraph above a table.
    """
    content = content.replace(_SANS, "").replace(" style:line-height=", " fo:line-height=")
    content = _TEXT_PROPERTIES.sub(lambda found: _ASIAN.sub(r'\g<0> style:\1-asian="\2"', found[0]), content)
    content = content.replace("</office:automatic-styles>", f"{_ROW_STYLE}</office:automatic-styles>")
    content = content.replace("<table:table-row>", '<table:table-row table:style-name="WholeRow">')
    content = _kept_together(content)
    if "<table:table-header-rows>" in content:
        return content
    head = r"\1<table:table-header-rows>\2</table:table-header-rows>"
    return _HEAD_ROW.sub(head, content)


def _kept_together(content: str) -> str:
    """Return the content with styles of their own for paragraphs that stay on the page of the next one."""
    headings = "|".join(map(re.escape, _HEADING_STYLE.findall(content)))
    before_table = r'<text:p text:style-name="(p\d+)">(?=(?:(?!</text:p>).)*</text:p>\s*<table:table )'
    heading = rf'<text:p text:style-name="(p\d+)">(?=<text:span text:style-name="(?:{headings})">)'
    for pattern in (before_table, heading) if headings else (before_table,):
        content = re.sub(pattern, r'<text:p text:style-name="\1kept">', content, flags=re.DOTALL)
    used = set(re.findall(r'text:style-name="(p\d+)kept"', content))
    return _PARAGRAPH_STYLE.sub(lambda found: _with_kept(found) if found[1] in used else found[0], content)


def _with_kept(style: re.Match[str]) -> str:
    kept = style[0].replace(f'"{style[1]}"', f'"{style[1]}kept"')
    return style[0] + kept.replace("<style:paragraph-properties ", f"<style:paragraph-properties {_KEEP} ", 1)


def _write(path: Path, parts: dict[str, bytes]) -> None:
    """Write the package; the type comes first and unpacked, by which others know the file."""
    names = ["mimetype", *(name for name in parts if name != "mimetype")]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, _MOMENT)
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts[name], packing)
