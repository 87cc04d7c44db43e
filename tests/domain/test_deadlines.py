from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weipian_plugin.domain.deadlines import (
    Counting,
    FirstDay,
    LastDay,
    Pauses,
    Term,
    days_left,
    due_dates,
    due_on,
)
from weipian_plugin.domain.holidays import Holidays
from weipian_plugin.paths import plan_file

HOLIDAYS = Holidays.parse(plan_file("holidays.yaml").read_text(encoding="utf-8"))
WORKING = Term(15, Counting.WORKING)


def days(*texts):
    return np.array(texts, dtype="datetime64[D]")


def pauses(*rows):
    return Pauses(
        np.array([row[0] for row in rows]), days(*(row[1] for row in rows)), days(*(row[2] for row in rows))
    )


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        (date(2021, 10, 9), 15, date(2021, 10, 24)),
        (date(2021, 12, 20), 15, date(2022, 1, 4)),
        (date(2024, 2, 15), 15, date(2024, 3, 1)),  # leap day on the way
        (date(2024, 2, 14), 15, date(2024, 2, 29)),  # ends on the leap day
        (date(2023, 2, 15), 15, date(2023, 3, 2)),
        (date(2024, 2, 29), 15, date(2024, 3, 15)),
        (date(2021, 10, 9), 1, date(2021, 10, 10)),
    ],
)
def test_day_one_is_the_day_after_receipt(received, days, due):
    assert due_on(received, Term(days)) == due
    assert due_on(received, Term(days, first_day=FirstDay.SAME)) == due - timedelta(days=1)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        # 2021-09-17 is a Friday. Working: 18 (Sat), 22, 23, 24, 26 (Sun), 27, 28, 29, 30 = 9;
        # October: 8, 9 (Sat), 11, 12, 13, 14 = 15.
        (date(2021, 9, 17), date(2021, 10, 14)),
        # 2021-12-24 (Fri): 27-31 = 5; January 4-7 = 9, 10-14 = 14, 17 = 15.
        (date(2021, 12, 24), date(2022, 1, 17)),
        # 2022-01-21 (Fri): 24-28 = 5, 29 and 30 worked = 7; February 7-11 = 12, 14-16 = 15.
        (date(2022, 1, 21), date(2022, 2, 16)),
        # 2024-02-08 (Thu): 9 = 1; 18 (Sun) = 2; 19-23 = 7; 26, 27, 28, 29, March 1 = 12; 4, 5, 6 = 15.
        (date(2024, 2, 8), date(2024, 3, 6)),
        # 2023-12-22 (Fri): 25-29 = 5; 2024-01-02 to 05 = 9; 8-12 = 14; 15 = 15.
        (date(2023, 12, 22), date(2024, 1, 15)),
        # 2025-09-24 (Wed): 25, 26 = 2; 28 (Sun) = 3; 29, 30 = 5; October 9, 10, 11 (Sat) = 8; 13-17 = 13;
        # 20, 21 = 15: 中秋 falls into the eight days of 国庆.
        (date(2025, 9, 24), date(2025, 10, 21)),
        # 2026-02-10 (Tue): 11-13 = 3; 14 (Sat) = 4; 24-27 = 8; 28 (Sat) = 9; March 2-6 = 14; 9 = 15.
        (date(2026, 2, 10), date(2026, 3, 9)),
        # 2025-12-26 (Fri): 29-31 = 3; 2026-01-04 (Sun) = 4; 5-9 = 9; 12-16 = 14; 19 = 15.
        (date(2025, 12, 26), date(2026, 1, 19)),
        # Received on a worked Sunday, 2021-02-07: 8, 9, 10 = 3; 18, 19, 20 (Sat) = 6; 22-26 = 11; 1-4 = 15.
        (date(2021, 2, 7), date(2021, 3, 4)),
    ],
)
def test_working_days_over_shifted_holidays(received, due):
    assert due_on(received, WORKING, HOLIDAYS) == due


def test_the_first_day_may_be_the_day_of_receipt_itself():
    same = Term(15, Counting.WORKING, FirstDay.SAME)
    assert due_on(date(2021, 9, 17), same, HOLIDAYS) == date(2021, 10, 13)
    assert due_on(date(2021, 10, 3), same, HOLIDAYS) == due_on(date(2021, 10, 3), WORKING, HOLIDAYS)


def test_a_term_that_ends_on_a_day_off_rolls_on_if_the_plan_says_so():
    rolled = Term(15, last_day=LastDay.ROLLED)
    assert due_on(date(2021, 9, 16), rolled, HOLIDAYS) == date(2021, 10, 8)  # 10-01, holiday week
    assert due_on(date(2021, 9, 11), rolled, HOLIDAYS) == date(2021, 9, 26)  # a Sunday that is worked
    assert due_on(date(2021, 10, 9), rolled, HOLIDAYS) == date(2021, 10, 25)  # 10-24 is a Sunday
    assert due_on(date(2021, 10, 9), Term(15), HOLIDAYS) == date(2021, 10, 24)
    assert due_on(date(2026, 2, 1), rolled, HOLIDAYS) == date(2026, 2, 24)  # 02-16, in the nine days of 春节
    assert due_on(date(2025, 12, 18), rolled, HOLIDAYS) == date(2026, 1, 4)  # 01-02; Sunday 01-04 is worked
    assert due_on(date(2024, 2, 14), rolled, HOLIDAYS) == date(2024, 2, 29)  # a Thursday


def test_extensions_add_days_of_the_same_kind():
    received = days("2021-10-09", "2021-10-09")
    assert list(due_dates(received, Term(15), HOLIDAYS, np.array([0, 5]))) == list(
        days("2021-10-24", "2021-10-29")
    )
    # 15 working days from 2021-09-17 end on 10-14 (Thu); two more are 15 and 18.
    assert due_dates(days("2021-09-17"), WORKING, HOLIDAYS, np.array([2]))[0] == np.datetime64("2021-10-18")


def test_the_term_stands_still_with_the_city():
    """Received 10-09, due 10-24. Reported on day 10 (10-19), returned 10-30: five days left, due 11-04."""
    received = days("2021-10-09", "2021-10-09", "2021-10-09")
    rows = pauses((0, "2021-10-19", "2021-10-30"), (1, "2021-10-25", "2021-11-05"))
    due = due_dates(received, Term(15), HOLIDAYS, pauses=rows)
    assert list(due) == list(days("2021-11-04", "2021-10-24", "2021-10-24"))


def test_who_reports_on_the_working_day_to_which_a_term_rolled_is_in_time():
    """Received 07-02, the 15 days end on Saturday 07-17, rolled to Monday 07-19.

    Reported that Monday and returned on Thursday 07-29: none left, due that Thursday. A day later, 07-20, the
    term was over.
    """
    rolled = Term(15, last_day=LastDay.ROLLED)
    rows = pauses((0, "2021-07-19", "2021-07-29"), (1, "2021-07-20", "2021-07-29"))
    due = due_dates(days("2021-07-02", "2021-07-02"), rolled, HOLIDAYS, pauses=rows)
    assert list(due) == list(days("2021-07-29", "2021-07-19"))


def test_several_returns_add_up_over_the_year_end():
    """Due 12-31. With the city 12-20 to 12-28 (8 days: 01-08), again 01-05 to 01-15 (10 days: 01-18)."""
    rows = pauses((0, "2021-12-20", "2021-12-28"), (0, "2022-01-05", "2022-01-15"))
    due = due_dates(days("2021-12-16"), Term(15), HOLIDAYS, pauses=rows)
    assert due[0] == np.datetime64("2022-01-18")


def test_while_it_lasts_a_pause_keeps_the_days_left():
    received, rows = days("2021-10-09"), pauses((0, "2021-10-19", "NaT"))
    for today in (date(2021, 10, 19), date(2021, 10, 20), date(2022, 3, 1)):
        due = due_dates(received, Term(15), HOLIDAYS, pauses=rows, as_of=today)
        assert days_left(due, today, Counting.CALENDAR, HOLIDAYS)[0] == 5


def test_pauses_take_only_the_days_that_would_count():
    # 15 working days from 2021-09-17 end on 10-14. Away 09-30 to 10-08: only 10-08 is a working day.
    rows = pauses((0, "2021-09-30", "2021-10-08"))
    assert due_dates(days("2021-09-17"), WORKING, HOLIDAYS, pauses=rows)[0] == np.datetime64("2021-10-15")


def test_days_left():
    due = days("2021-10-24", "2021-10-20", "2021-10-08")
    today = date(2021, 10, 20)
    assert list(days_left(due, today, Counting.CALENDAR, HOLIDAYS)) == [4, 0, -12]
    # 21 and 22 are left; 9, 11-15, 18-20 are over: 10-09 (Sat) was worked.
    assert list(days_left(due, today, Counting.WORKING, HOLIDAYS)) == [2, 0, -9]


def test_nothing_is_due_when_there_is_nothing():
    assert len(due_dates(days(), WORKING, HOLIDAYS)) == 0
    assert len(days_left(days(), date(2021, 1, 1), Counting.WORKING, HOLIDAYS)) == 0


def _counts(day, term):
    return term.counting is Counting.CALENDAR or HOLIDAYS.is_working(day)


def _by_hand(received, term, extra, away):
    """Walk day by day; who reports on the last day has until the day of return."""
    day = received if term.first_day is FirstDay.NEXT else received - timedelta(days=1)
    left = term.days + extra
    while left:
        day += timedelta(days=1)
        left -= _counts(day, term) and not any(start < day <= end for start, end in away)
    for start, end in away:
        if day <= start <= _rolled(day, term):
            span = [start + timedelta(days=n) for n in range((end - start).days + 1)]
            day = max([day, *(d for d in span if _counts(d, term))])
    return _rolled(day, term)


def _rolled(day, term):
    while term.last_day is LastDay.ROLLED and not HOLIDAYS.is_working(day):
        day += timedelta(days=1)
    return day


@settings(deadline=None)
@given(
    received=st.dates(date(2020, 12, 1), date(2024, 12, 31)),
    term=st.builds(
        Term,
        st.integers(1, 40),
        st.sampled_from(Counting),
        st.sampled_from(FirstDay),
        st.sampled_from(LastDay),
    ),
    extra=st.integers(0, 30),
    steps=st.lists(st.integers(0, 25), max_size=6),
)
def test_terms_are_what_walking_day_by_day_gives(received, term, extra, steps):
    marks = [received + timedelta(days=sum(steps[: i + 1])) for i in range(len(steps))]
    away = list(zip(marks[::2], marks[1::2], strict=False))
    rows = pauses(*((0, start.isoformat(), end.isoformat()) for start, end in away)) if away else None
    due = due_dates(days(received.isoformat()), term, HOLIDAYS, np.array([extra]), rows)
    assert due[0].item() == _by_hand(received, term, extra, away)
