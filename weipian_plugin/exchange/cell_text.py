"""The value of a cell as the text that a person would write."""

from __future__ import annotations

import re
from datetime import date, datetime, time

_EXACT = 1e15
"""A spreadsheet keeps 15 digits of a number: a longer code typed as a number has lost its end."""
_FORMULA_TEXT = re.compile(r'^="([^"]*)"$')
_MARKS = frozenset("=\ufeff'")
"""With which a text begins that is more than itself."""


def cell_text(value: object) -> str:
    """Return a cell's value as a person would write it: `12` for 12.0, days as ISO text, nothing around it.

    ="text" and 'text, the ways to keep a spreadsheet from reading a code as a number, are the text.
    """
    if isinstance(value, str):
        text = value.strip()
        return _unmarked(text) if text[:1] in _MARKS else text
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else _unmarked(str(value).strip())


def _unmarked(text: str) -> str:
    text = text.lstrip("\ufeff")
    quoted = _FORMULA_TEXT.match(text)
    return quoted[1].strip() if quoted else text.removeprefix("'").strip()
