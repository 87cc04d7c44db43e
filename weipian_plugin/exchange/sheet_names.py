"""Names of sheets that every spreadsheet program accepts, made from names found in data."""

from __future__ import annotations

import re

LONGEST = 31
"""The limit of the format, in UTF-16 units."""

_FULL_WIDTH = str.maketrans("[]:*?/\\", "［］：＊？／＼")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_RESERVED = {"history"}


class SheetNames:
    """Gives out names, each once; capital and small letters count as the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set(_RESERVED)

    def reserve(self, name: str) -> None:
        """Keep a name from being given out."""
        self._taken.add(name.casefold())

    def take(self, wanted: str) -> str:
        """Return a legal name that nobody has taken yet, as close to `wanted` as can be."""
        clean = _CONTROL.sub("", wanted).translate(_FULL_WIDTH).strip().strip("'").strip() or "未命名"
        name, number = _cut(clean, ""), 2
        while name.casefold() in self._taken:
            name, number = _cut(clean, f"（{number}）"), number + 1
        self._taken.add(name.casefold())
        return name


def quoted(name: str) -> str:
    """Return the name as a formula writes it."""
    return "'" + name.replace("'", "''") + "'"


def _cut(name: str, suffix: str) -> str:
    """Return name and suffix within the limit, cutting the name between characters."""
    room = LONGEST - _units(suffix)
    while _units(name) > room:
        name = name[:-1]
    return name.rstrip().rstrip("'") + suffix


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
