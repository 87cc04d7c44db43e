from __future__ import annotations

from datetime import date, timedelta

import pytest

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.holidays import Holidays
from weipian_plugin.paths import plan_file

SHIPPED = Holidays.parse(plan_file("holidays.yaml").read_text(encoding="utf-8"))


def year(rest="", work="[]", verified="是"):
    fields = ("source: 示例", f"verified: {verified}", f"rest: [{rest}]", f"work: {work}")
    return "\n    ".join(['years:\n  "2021":', *fields])


def test_the_shipped_table():
    assert SHIPPED.years[2021].source == "国办发明电〔2020〕27号"
    assert SHIPPED.missing([2020, 2021, 2022, 2030]) == (2020, 2030)
    assert SHIPPED.unverified([2021, 2022, 2023, 2024, 2025, 2026]) == ()
    assert Holidays.parse(year(verified="否")).unverified([2020, 2021]) == (2021,)


@pytest.mark.parametrize(
    ("number", "holidays", "working"),
    [(2021, 11, 250), (2022, 11, 249), (2023, 11, 249), (2024, 11, 251), (2025, 13, 248), (2026, 13, 248)],
)
def test_working_days_of_a_year(number, holidays, working):
    """The law gives 11 days off, 13 since 2025; what is shifted around them is given back on weekends."""
    days = [date(number, 1, 1) + timedelta(days=offset) for offset in range(366)]
    days = [day for day in days if day.year == number]
    assert len(days) - sum(day.weekday() >= 5 for day in days) - holidays == working
    assert sum(map(SHIPPED.is_working, days)) == working


def test_days_worked_are_weekends_and_days_off_hold_weekdays():
    assert all(day.weekday() >= 5 for day in SHIPPED.work)
    assert not SHIPPED.is_working(date(2021, 10, 4))
    assert SHIPPED.is_working(date(2021, 10, 9))
    assert not SHIPPED.is_working(date(2021, 10, 10))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("years: [1]", "years"),
        ("years: {二零二一: {}}", "二零二一"),
        (year("{name: 甲, from: 2021-10-07, to: 2021-10-01}"), "起止不对"),
        (year("{name: 甲, from: 十月一日, to: 2021-10-01}"), "不是日期"),
        (year(work="[十月]"), "不是日期"),
        (year("{name: 甲, from: 2021-10-09, to: 2021-10-09}", "[2021-10-09]"), "既写为放假又写为上班"),
        (year(verified="也许"), "verified"),
        ("years: {", "第 1 行"),
        (year("{name: 甲, from: 2021-13-01, to: 2021-13-02}"), "写得不对"),
        ("years:\n  '2021': 无", "2021年"),
    ],
)
def test_faults_are_said(text, said):
    with pytest.raises(WeipianError, match=said):
        Holidays.parse(text)
