"""GeoJSON may give its coordinate system as an address, which GDAL would fetch: no such file is opened.

Source: GeoJSON 2008, 3.2 Linked CRS; GDAL takes the types `link` and `url`, in any case of letters, in the
whole and in each geometry. Where the whole is one feature, it also takes single quotes and comments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress

_BLOCK = 1 << 16
_NAME = re.compile(
    rb"""["'](?:c|\\u00[46]3)(?:r|\\u00[57]2)(?:s|\\u00[57]3)(?:["']|\\u0000)""", re.IGNORECASE
)
"""The member that holds it, also with letters written as numbers; for C a name ends at the first zero."""
_LONGEST_NAME = 32
_VALUE_SIZES = (1 << 10, 1 << 16)
"""Bytes in which the value must end; few are tried first, since every geometry may have one."""
_LINKED = {"link", "url"}
_DECODER = json.JSONDecoder(object_pairs_hook=list)


def refuse_linked_crs(path: Path, progress: Progress) -> None:
    """Raise WeipianError when a GeoJSON file gives its coordinate system as an address.

    The file is looked through for the name alone: read whole, a large one would stop the window.
    """
    try:
        with path.open("rb") as file:
            is_linked = any(_is_linked(file, place) for place in _names(file, progress))
    except (ValueError, RecursionError) as error:
        raise WeipianError(f"{path.name} 读不出来：不是完整的 GeoJSON，请重新索取。") from error
    if is_linked:
        raise WeipianError(
            f"{path.name} 的坐标系写成了网址，本插件不联网，不读这样的文件；"
            "请在导出软件里改用坐标系代号后重新导出。"
        )


def _names(file: BinaryIO, progress: Progress) -> Iterator[int]:
    """Yield where in the file the name ends, once at least; raise ValueError for a zero in it."""
    at, kept = 0, b""
    while True:
        progress.check()
        file.seek(at)
        block = file.read(_BLOCK)
        if not block:
            return
        text = kept + block
        for match in _NAME.finditer(text) if _may_hold_name(text.lower()) else ():
            if match[0].endswith(b"0"):
                raise ValueError
            yield at - len(kept) + match.end()
        at += len(block)
        kept = text[-_LONGEST_NAME:]


def _may_hold_name(text: bytes) -> bool:
    """Return whether a closer look is worth while; it takes fifty times as long."""
    return b"crs" in text or b"\\u00" in text


def _is_linked(file: BinaryIO, place: int) -> bool:
    """Return whether what stands behind the name is an address; raise ValueError for what is no JSON."""
    for size in _VALUE_SIZES:
        file.seek(place)
        text = file.read(size).decode("utf-8", "replace")
        try:
            return any(
                _until_zero(name) == "type" and _until_zero(value) in _LINKED
                for name, value in _members(text)
            )
        except ValueError:
            if size == _VALUE_SIZES[-1]:
                raise
    return False


def _members(text: str) -> list[tuple[str, object]]:
    """Return the members of the object that a text begins with, none where it is no member's value."""
    text = text.lstrip()
    if text.startswith(":"):
        text = text[1:].lstrip()
        if text and text[0] not in "{/":
            return []
        return list(_DECODER.raw_decode(text)[0])
    if not text or text.startswith("/"):
        raise ValueError
    return []


def _until_zero(text: object) -> str:
    return str(text).casefold().partition("\0")[0]
