"""Row heights that show wrapped text whole: not every program works them out on opening."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LINE_POINTS = 17.0
HEADER_POINTS = 60.0
"""Four lines of bold titles, as LibreOffice 26 sets them."""
_PADDING_POINTS = 5.0
_HIGHEST = 409.0
"""The limit of the format, in points."""
_PADDING_CHARACTERS = 1.2
_MOST_LINES = int((_HIGHEST - _PADDING_POINTS) // LINE_POINTS)
_SHORT = 100
"""Texts up to here fit any column of a template."""
_WORDS = re.compile(r"[!-~]+|.")
"""What stays on one line: a run of Latin letters, digits and signs, or one Chinese character."""
_WIDER, _WIDEST = 1.25, 150.0


def row_height(cells: Iterable[tuple[str, float]], least: float = 0.0) -> float:
    """Return the height in points of a row of (text, column width in characters)."""
    lines = max((line_count(text, width) for text, width in cells), default=1)
    return min(max(lines * LINE_POINTS + _PADDING_POINTS, least), _HIGHEST)


def width_showing(texts: Iterable[str], width: float) -> float:
    """Return the width at which the highest row still shows each text whole, `width` at least."""
    for text in texts:
        while len(text) > _SHORT and width < _WIDEST and line_count(text, width) > _MOST_LINES:
            width = min(width * _WIDER, _WIDEST)
    return width


@lru_cache(maxsize=1 << 16)
def line_count(text: str, width: float) -> int:
    """Return how many lines the text takes in a column of `width` characters, wrapped."""
    room = max(width - _PADDING_CHARACTERS, 1.0)
    return sum(_wrapped(part, room) for part in text.split("\n"))


def _wrapped(text: str, room: float) -> int:
    """Return how many lines a text without line breaks takes; words and numbers stay whole where they can."""
    if _width(text) <= room:
        return 1
    lines, used = 1, 0.0
    for word in _WORDS.findall(text):
        width = _width(word) if len(word) > 1 else _SIGNS[word]
        if used + width <= room:
            used += width
            continue
        if used:
            lines, used = lines + 1, 0.0
        over = max(math.ceil(width / room) - 1, 0)
        lines, used = lines + over, width - over * room
    return lines


class _SignWidths(dict[str, float]):
    """The width of each sign in characters: Chinese characters and full-width signs take two."""

    def __missing__(self, sign: str) -> float:
        width = self[sign] = 2.1 if unicodedata.east_asian_width(sign) in "WFA" else 1.15
        return width


_SIGNS = _SignWidths()


def _width(text: str) -> float:
    return sum(map(_SIGNS.__getitem__, text))
