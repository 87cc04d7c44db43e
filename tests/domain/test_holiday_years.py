"""The holiday table as people edit it: what is written is read back the same, and counts the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.holiday_years import HolidayPeriod, YearArrangement, format_years, parse_years
from weipian_plugin.domain.holidays import Holidays
from weipian_plugin.paths import plan_file

SHIPPED = plan_file("holidays.yaml").read_text(encoding="utf-8")


def test_shipped_table_is_read_year_by_year():
    first = parse_years(SHIPPED)[0]
    assert (first.year, first.source, first.verified) == (2021, "国办发明电〔2020〕27号", True)
    assert first.rest[1] == HolidayPeriod("春节", date(2021, 2, 11), date(2021, 2, 17))
    assert first.work[0] == date(2021, 2, 7)


def test_written_table_counts_as_the_shipped_one():
    assert Holidays.parse(format_years(parse_years(SHIPPED))) == Holidays.parse(SHIPPED)


words = st.text(st.characters(exclude_categories=("C", "Z")), max_size=8)
periods = st.builds(
    lambda name, day, length: HolidayPeriod(name, day, day + timedelta(days=length)),
    words,
    st.dates(date(2021, 1, 1), date(2021, 11, 30)),
    st.integers(0, 10),
)


@given(words, st.booleans(), st.lists(periods, max_size=4))
def test_what_is_written_is_read_back(source, verified, rest):
    year = YearArrangement(2021, source, verified, tuple(rest))
    assert parse_years(format_years([year])) == (year,)


@given(st.text(max_size=12))
def test_no_name_breaks_the_table(name):
    year = YearArrangement(2021, name, rest=(HolidayPeriod(name, date(2021, 1, 1), date(2021, 1, 1)),))
    assert parse_years(format_years([year]))[0].rest[0].first == date(2021, 1, 1)


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (YearArrangement(2021, work=(date(2022, 1, 8),)), "2021年的安排里有 2022-01-08"),
        (
            YearArrangement(2021, rest=(HolidayPeriod("元旦", date(2021, 1, 3), date(2021, 1, 1)),)),
            "一段放假从2021-01-03到2021-01-01，起止不对",
        ),
        (
            YearArrangement(
                2021,
                rest=(HolidayPeriod("元旦", date(2021, 1, 1), date(2021, 1, 3)),),
                work=(date(2021, 1, 2),),
            ),
            "2021-01-02 既写为放假又写为上班",
        ),
    ],
)
def test_an_unsound_year_is_refused(year, said):
    with pytest.raises(WeipianError, match=said):
        format_years([year])
