"""Numbers as people write them, and what is no number."""

from __future__ import annotations

import pytest

from weipian_plugin.domain.amounts import amount_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12.0),
        (" 12.50 ", 12.5),
        ("１２．５亩", 12.5),
        ("1,234.5", 1234.5),
        ("12,345,678", 12345678.0),
        ("-0.1", -0.1),
        ("2.5E-3", 0.0025),
        ("1，234", 1234.0),
    ],
)
def test_numbers(text, number):
    assert amount_of(text, ("亩",)) == number


@pytest.mark.parametrize(
    "text", ["", "3,05", "3.000,5", "12,34", "1,2345", "12.5%", "nan", "inf", "约3", "3米"]
)
def test_what_is_no_number(text):
    """3,05 may be three and a bit, or three hundred and five: nobody guesses."""
    assert amount_of(text, ("亩",)) is None
