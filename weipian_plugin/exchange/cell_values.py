"""Values of cells as they are compared: a day, a figure or a word, in whatever spelling it came back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from weipian_plugin.domain.amounts import amount_of
from weipian_plugin.domain.days import period_of
from weipian_plugin.exchange.cell_text import cell_text
from weipian_plugin.exchange.feedback_layout import ValueKind
from weipian_plugin.exchange.sheet_cells import Cell, CellKind

_DAY_ZERO = date(1899, 12, 30)
_SERIALS = (20_000, 80_000)
"""Days from 1954 to 2119: what a spreadsheet shows for a date that became a number."""
_MU = ("亩",)
_SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")
_UNSEEN = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08]+")
_BRACKETS = str.maketrans("〔〕【】[]{}", "()()()()")
"""渝府地〔2021〕3号 is typed with whatever bracket the keyboard has."""
_FIGURE = 1e-6
_KEPT_DIGITS = 15
"""Of a number, by a spreadsheet."""
_CODE = re.compile(r"\d+")
_SCIENTIFIC = re.compile(r"^(\d)\.?(\d*)E\+?\d{1,3}$", re.IGNORECASE)


def went_out_as(cell: Cell, known: str) -> bool:
    """Return whether a cell is what a spreadsheet makes of a code that went out as text.

    A click on "convert to number" drops leading zeros and all digits beyond the fifteenth; a detour by csv
    leaves no more of a long code than 5.00156E+17.
    """
    code, shown = unicodedata.normalize("NFKC", known).strip(), _SCIENTIFIC.match(cell.text)
    if not _CODE.fullmatch(code) or (cell.kind is not CellKind.NUMBER and not shown):
        return False
    if cell.kind is not CellKind.NUMBER and shown:
        return _shortened(code, len(shown[1]) + len(shown[2])) == Decimal(cell.text)
    theirs = Decimal(cell.text)
    if len(code) <= _KEPT_DIGITS:
        return theirs == Decimal(code)
    # Of the digits kept the last may have been rounded.
    return _begins(theirs) == _begins(Decimal(code)) and theirs.adjusted() == Decimal(code).adjusted()


def _shortened(code: str, digits: int) -> Decimal:
    return Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(code)


def _begins(value: Decimal) -> tuple[int, ...]:
    return (*value.as_tuple().digits, *[0] * _KEPT_DIGITS)[: _KEPT_DIGITS - 1]


def lost_digits(cell: Cell) -> bool:
    """Return whether a cell is a number of more digits than a spreadsheet keeps, or the text of one."""
    if cell.kind is CellKind.NUMBER:
        return abs(cell.number) >= 10**_KEPT_DIGITS
    return bool(_SCIENTIFIC.match(cell.text))


def value_text(cell: Cell, kind: ValueKind) -> str:
    """Return a cell's value as text that can be compared: days as ISO text, whatever became of them.

    A figure that a cell shows as a day of 1900, because it was pasted into a column of days, is the figure.
    """
    if kind is ValueKind.NUMBER and cell.kind is CellKind.DATE and 0 < cell.number < _SERIALS[0]:
        return cell_text(cell.number)
    if kind is not ValueKind.DATE:
        return cell.text
    if cell.kind is CellKind.NUMBER and _SERIALS[0] <= cell.number <= _SERIALS[1]:
        return (_DAY_ZERO + timedelta(days=int(cell.number))).isoformat()
    if _SERIAL.match(cell.text) and _SERIALS[0] <= float(cell.text) <= _SERIALS[1]:
        return (_DAY_ZERO + timedelta(days=int(float(cell.text)))).isoformat()
    period = period_of(unicodedata.normalize("NFKC", cell.text))
    return period.text if period is not None else cell.text


def amount(text: str) -> float | None:
    """Return the number that a text means, with or without its unit; None for a word."""
    return amount_of(text, _MU)


@lru_cache(maxsize=8192)
def spelling(text: str) -> str:
    """Return a text as it is compared, whatever its width, brackets, blanks, unseen marks and capitals."""
    plain = unicodedata.normalize("NFKC", text).translate(_BRACKETS)
    return "".join(_UNSEEN.sub("", plain).split()).upper()


def same_by(kind: ValueKind) -> Callable[[str, str], bool]:
    """Return how two values of a kind are compared."""
    return _same_number if kind is ValueKind.NUMBER else _same_text


def comparable(text: str, kind: ValueKind) -> str:
    """Return a key that is the same for what `same_by` calls the same, but for the last digits of figures."""
    value = amount(text) if kind is ValueKind.NUMBER else None
    return f"{value:.4f}" if value is not None else spelling(text)


def _same_text(one: str, other: str) -> bool:
    return spelling(one) == spelling(other)


def _same_number(one: str, other: str) -> bool:
    left, right = amount(one), amount(other)
    if left is None or right is None:
        return _same_text(one, other)
    return abs(left - right) <= _FIGURE
