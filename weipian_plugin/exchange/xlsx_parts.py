"""The parts of a workbook from outside that its cells need: sheets, shared texts, number formats.

Read by local names only and without the styles that other programs write in their own way, so that what
WPS, LibreOffice or a "strict" Excel saved is understood alike. No formula is worked out, no link followed.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from openpyxl.xml.functions import fromstring, iterparse

WORKBOOK = "xl/workbook.xml"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOCAL_DATES = (*range(27, 37), *range(50, 59))
"""Built-in formats that are dates in Chinese Excel, such as 2021年3月5日."""
_PERCENT = re.compile(r'%(?=(?:[^"]*"[^"]*")*[^"]*$)')


class Look(Enum):
    """What a number format makes of a number."""

    NUMBER = "number"
    DATE = "date"
    PERCENT = "percent"


@dataclass(frozen=True)
class XlsxParts:
    """A workbook's parts, while its archive is open."""

    archive: zipfile.ZipFile
    sheets: tuple[tuple[str, str], ...]
    """Title and part of each sheet of cells, in the order of the tabs."""
    strings: tuple[str, ...]
    looks: tuple[Look, ...]
    """By style index."""
    struck: frozenset[int]
    """Indices of the styles that strike a whole cell out."""
    epoch: datetime


def read_parts(archive: zipfile.ZipFile) -> XlsxParts:
    """Return the parts of a workbook that `check_package` found harmless; errors as the XML parser's."""
    root = fromstring(archive.read(WORKBOOK))
    targets = dict(_relations(archive, WORKBOOK))
    sheets = tuple(
        _sheets(root, {key: target for key, (kind, target) in targets.items() if kind == "worksheet"})
    )
    parts = dict(targets.values())
    old = any(_local(e) == "workbookPr" and e.get("date1904") in ("1", "true") for e in root.iter())
    return XlsxParts(
        archive,
        sheets,
        tuple(_strings(archive, parts["sharedStrings"])) if "sharedStrings" in parts else (),
        tuple(_looks(archive, parts["styles"])) if "styles" in parts else (),
        frozenset(_struck(archive, parts["styles"])) if "styles" in parts else frozenset(),
        MAC_EPOCH if old else WINDOWS_EPOCH,
    )


def texts_of(element: Any) -> str:
    """Return the text of a string item, rich text joined, reading aids and words struck out left out."""
    if len(element) == 1 and not len(element[0]):
        return unescaped(element[0].text or "") if _local(element[0]) == "t" else ""
    texts = (part for child in element if _is_said(child) for part in child.iter())
    return unescaped("".join(part.text or "" for part in texts if _local(part) == "t"))


def _is_said(part: Any) -> bool:
    """Return whether a part of a rich text is read: no reading aid, and not struck out."""
    return _local(part) != "rPh" and not _strikes(part)


def _strikes(element: Any) -> bool:
    marks = (mark.get("val", "1") for mark in element.iter() if _local(mark) == "strike")
    return next(marks, "0") not in ("0", "false")


def unescaped(text: str) -> str:
    """Return a text with _x000D_ and the like as the characters that they stand for."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def comments_of(archive: zipfile.ZipFile, sheet: str) -> Iterator[tuple[str, str]]:
    """Yield place and text of each comment on the cells of a sheet."""
    for _, (kind, part) in _relations(archive, sheet):
        if kind == "comments":
            for element in fromstring(archive.read(part)).iter():
                if _local(element) == "comment":
                    yield element.get("ref", "A1"), "".join(map(texts_of, element)).strip()


def drawn_on(archive: zipfile.ZipFile, sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the place and the words of each text box and picture that lies on a sheet."""
    for _, (kind, part) in _relations(archive, sheet):
        if kind == "drawing":
            for anchor in fromstring(archive.read(part)):
                words = _words_on(anchor)
                if words:
                    yield _corner(anchor), words


def _words_on(anchor: Any) -> str:
    """Return what a drawing says; '' for one that is neither text box nor picture."""
    words = "".join(element.text or "" for element in anchor.iter() if _local(element) == "t").strip()
    return words or ("（图片）" if any(_local(element) == "pic" for element in anchor.iter()) else "")


def _corner(anchor: Any) -> str:
    """Return the cell under the upper left corner of a drawing."""
    places = {_local(element): int(element.text or 0) for start in anchor[:1] for element in start}
    return f"{get_column_letter(places.get('col', 0) + 1)}{places.get('row', 0) + 1}"


def _relations(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield id, kind and part of everything that a part refers to inside the package."""
    folder, _, name = part.rpartition("/")
    listed = f"{folder}/_rels/{name}.rels"
    if listed not in archive.NameToInfo:
        return
    for entry in fromstring(archive.read(listed)):
        if entry.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join(f"/{folder}", entry.get("Target", "")))
            yield (
                entry.get("Id", ""),
                (
                    entry.get("Type", "").rpartition("/")[2],
                    _named(archive, target.lstrip("/")),
                ),
            )


def _named(archive: zipfile.ZipFile, part: str) -> str:
    """Return a part as the package spells it: capitals do not matter."""
    same = (name for name in archive.NameToInfo if name.lower() == part.lower())
    return part if part in archive.NameToInfo else next(same, part)


def _sheets(root: Any, targets: dict[str, str]) -> Iterator[tuple[str, str]]:
    for element in root.iter():
        if _local(element) == "sheet":
            key = next((value for name, value in element.items() if name.endswith("}id")), "")
            if key in targets:
                yield element.get("name", ""), targets[key]


def _strings(archive: zipfile.ZipFile, part: str) -> Iterator[str]:
    with archive.open(part) as source:
        elements: Any = iterparse(source)
        for _, element in elements:
            if element.tag.endswith("}si"):
                yield texts_of(element)
                element.clear()
        elements.root.clear()  # The parser hangs in a cycle and would keep its empty texts.


def _looks(archive: zipfile.ZipFile, part: str) -> Iterator[Look]:
    root = fromstring(archive.read(part))
    codes: dict[str, str] = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    codes |= {str(number): "yyyy-mm-dd" for number in _LOCAL_DATES}
    for element in root.iter():
        if _local(element) == "numFmt":
            codes[element.get("numFmtId", "")] = element.get("formatCode", "")
    for cells in root:
        if _local(cells) == "cellXfs":
            yield from (_look(codes.get(style.get("numFmtId", "0"), "General")) for style in cells)


def _struck(archive: zipfile.ZipFile, part: str) -> Iterator[int]:
    groups = {_local(group): group for group in fromstring(archive.read(part))}
    fonts = {str(place) for place, font in enumerate(groups.get("fonts", ())) if _strikes(font)}
    for place, style in enumerate(groups.get("cellXfs", ())):
        if style.get("fontId") in fonts:
            yield place


def _look(code: str) -> Look:
    if is_date_format(code):
        return Look.DATE
    return Look.PERCENT if _PERCENT.search(code) else Look.NUMBER


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
