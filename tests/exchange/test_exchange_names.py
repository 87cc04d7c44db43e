"""Sheet names: legal, unique, recognisable."""

from __future__ import annotations

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import quote_sheetname

from weipian_plugin.exchange.sheet_names import SheetNames, quoted


@pytest.mark.parametrize(
    ("wanted", "given_name"),
    [
        ("区林业局", "区林业局"),
        ("区林业局/草原局", "区林业局／草原局"),
        ("[a]:b*c?d\\e", "［a］：b＊c？d＼e"),
        ("'引号'", "引号"),
        ("", "未命名"),
        ("   ", "未命名"),
        ("a\nb\x00c", "abc"),
        ("History", "History（2）"),
        ("字" * 40, "字" * 31),
        ("𠮷" * 20, "𠮷" * 15),
    ],
)
def test_names_are_made_legal(wanted, given_name):
    assert SheetNames().take(wanted) == given_name


def test_second_of_a_name_gets_a_number_within_the_limit():
    names = SheetNames()
    assert [names.take("白马镇") for _ in range(3)] == ["白马镇", "白马镇（2）", "白马镇（3）"]
    names.take("字" * 31)
    assert names.take("字" * 35) == "字" * 28 + "（2）"
    assert names.take("ABC") == "ABC"
    assert names.take("abc") == "abc（2）"


def test_quotes_in_formulas():
    assert quoted("区's 表") == quote_sheetname("区's 表") == "'区''s 表'"


@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_names_make_a_workbook(wanted):
    names = SheetNames()
    taken = [names.take(text) for text in wanted]
    book = openpyxl.Workbook(write_only=True)
    for name in taken:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert book.create_sheet(name).title == name
    assert len({name.casefold() for name in taken}) == len(taken)
