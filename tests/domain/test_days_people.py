"""Days and names as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weipian_plugin.domain.days import day_of, minute_of, period_of
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.people import person_name


@pytest.mark.parametrize(
    ("text", "iso", "first", "last"),
    [
        ("2021-10-09", "2021-10-09", (2021, 10, 9), (2021, 10, 9)),
        ("2021/1/5", "2021-01-05", (2021, 1, 5), (2021, 1, 5)),
        ("2021.1.5", "2021-01-05", (2021, 1, 5), (2021, 1, 5)),
        ("20210715.0", "2021-07-15", (2021, 7, 15), (2021, 7, 15)),
        ("2021 年 1 月 5 日", "2021-01-05", (2021, 1, 5), (2021, 1, 5)),
        ("2021年1月5号", "2021-01-05", (2021, 1, 5), (2021, 1, 5)),
        ("2021-10-09 08:30:00", "2021-10-09", (2021, 10, 9), (2021, 10, 9)),
        ("2024-02", "2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2021年12月", "2021-12", (2021, 12, 1), (2021, 12, 31)),
        ("202102", "2021-02", (2021, 2, 1), (2021, 2, 28)),
        ("2021", "2021", (2021, 1, 1), (2021, 12, 31)),
    ],
)
def test_what_a_text_names(text, iso, first, last):
    period = period_of(text)
    assert (period.text, period.first, period.last) == (iso, date(*first), date(*last))
    assert day_of(text) == (period.first if period.first == period.last else None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021-13",
        "2021-00-01",
        "2021-02-29",
        "20211",
        "2021-123",
        "昨天",
        "10月9日",
        "44444",
        "2021-10-09x",
    ],
)
def test_what_names_no_day(text):
    assert period_of(text) is None
    assert day_of(text) is None


def test_a_moment_is_read_to_the_minute():
    assert minute_of("2026-11-28T22:51:54.935+08:00") == "2026-11-28 22:51"


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_comes_back(day):
    forms = (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
    )
    assert {day_of(form) for form in forms} == {day}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张　三", "张三"),
        (" 张 三 ", "张三"),
        ("Ａｎｎ  Li", "Ann Li"),
        ("阿 卜 · 杜", "阿卜·杜"),
        ("张三 (代)", "张三 (代)"),
    ],
)
def test_one_person_is_one_text(written, name):
    assert person_name(written, "判定人") == name


@pytest.mark.parametrize("written", ["", " ", "　"])
def test_nobody(written):
    with pytest.raises(WeipianError, match="没有填写“判定人”，请写明姓名"):
        person_name(written, "判定人")
