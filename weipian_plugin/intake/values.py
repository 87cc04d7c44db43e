"""Issued values as the workspace keeps them: codes and names as text, dates in one spelling."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_YEAR = r"(?P<year>(?:19|20)\d{2})"
_SPACED = re.compile(
    rf"(?<!\d){_YEAR}\s*[-/.年]\s*(?P<month>\d{{1,2}})(?:\s*[-/.月]\s*(?P<day>\d{{1,2}}))?(?!\d)"
)
_PACKED = re.compile(rf"(?<!\d){_YEAR}(?P<month>\d{{2}})(?P<day>\d{{2}})?(?!\d)")
_FLOAT_TAIL = re.compile(r"^(\d+)\.0+$")
_UNIT = re.compile(r"\s*(平方米|平米|市亩|亩|公顷|m2|m²|㎡|hm2|ha)?\s*$", re.IGNORECASE)
_NOTHING = frozenset(("null", "<null>", "none", "nan", "<空>"))
_FIRST_SERIAL_DAY = date(1899, 12, 30)
_SERIAL = re.compile(r"[345]\d{4}(\.0+)?")
"""Day numbers of spreadsheets, 1982 to 2064."""
_EXACT_FLOAT = 2.0**53
_LONGEST_WHOLE = 1e18

Series: TypeAlias = "pd.Series[Any]"


def text_of(value: Any) -> str:
    """Return a value as text: '' for nothing, whole numbers without a decimal tail, no padding."""
    if value is None:
        return ""
    if isinstance(value, float | np.floating):
        return _figure_text(float(value))
    return "" if value is pd.NaT else str(value).strip()


def _figure_text(value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < _LONGEST_WHOLE else repr(value)


def texts(column: Series) -> list[str]:
    """Return a column as text, by distinct values."""
    codes, values = pd.factorize(column, use_na_sentinel=True)
    known = [text_of(value) for value in values]
    return [known[code] if code >= 0 else "" for code in codes]


def issued_texts(column: Series) -> list[str]:
    """Return a column as text, with '' for the words that programs write where there is nothing."""
    return ["" if text.casefold() in _NOTHING else text for text in texts(column)]


def code_text(text: str) -> str:
    """Return a number or code in half-width characters, without spaces and without a decimal tail."""
    compact = "".join(unicodedata.normalize("NFKC", text).split())
    return _FLOAT_TAIL.sub(r"\1", compact)


def is_rounded(column: Series) -> bool:
    """Return whether the column holds floats too large to be exact: long numbers lost their last digits."""
    if not pd.api.types.is_float_dtype(column):
        return False
    return bool((column.abs() >= _EXACT_FLOAT).any())


def figures(column: Series) -> NDArray[np.float64]:
    """Return a column as floats, NaN where it is no number; thousands separators and units may be there."""
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    cleaned = [_UNIT.sub("", unicodedata.normalize("NFKC", text).replace(",", "")) for text in texts(column)]
    return pd.to_numeric(pd.Series(cleaned, dtype=object), errors="coerce").to_numpy(dtype=np.float64)


def serial_date(text: str) -> str:
    """Return the date of a spreadsheet's day number, such as 44270 for 2021-03-15; '' for anything else."""
    if not _SERIAL.fullmatch(text):
        return ""
    return (_FIRST_SERIAL_DAY + timedelta(days=int(float(text)))).isoformat()


def iso_date(text: str) -> str:
    """Return a date as `2021-03-15` or `2021-03`, from any usual spelling; other text as it is."""
    clean = unicodedata.normalize("NFKC", text)
    found = {_iso(match) for pattern in (_SPACED, _PACKED) for match in pattern.finditer(clean)} - {""}
    return found.pop() if len(found) == 1 else text.strip()


def is_iso_date(text: str) -> bool:
    """Return whether the text is a date or month in ISO spelling."""
    return re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", text) is not None


def _iso(match: re.Match[str]) -> str:
    year, month, day = int(match["year"]), int(match["month"]), match["day"]
    if not 1 <= month <= 12:
        return ""
    if day is None:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, int(day)).isoformat()
    except ValueError:
        return ""


def attributes_json(frame: pd.DataFrame) -> list[str]:
    """Return every row as JSON text of all its issued fields, unchanged; nothing is null."""
    names = [str(name) for name in frame.columns]
    columns = [_plain(frame[name]) for name in frame.columns]
    if not columns:
        return ["{}"] * len(frame)
    return [
        json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)
        for row in zip(*columns, strict=True)
    ]


def _plain(column: Series) -> Sequence[object]:
    """Return a column's values as JSON knows them."""
    return [_json_value(value) for value in column.tolist()]


def _json_value(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | int | bool):
        return value
    return value.hex() if isinstance(value, bytes) else str(value)
