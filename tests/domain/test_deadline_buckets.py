"""Patches by how soon their term ends: the same 7 and 15 days as the workbook of deadlines."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weipian_plugin.domain.deadline_buckets import Bucket, buckets, count_buckets
from weipian_plugin.domain.deadline_queue import TermState, forecast

DAY = date(2021, 8, 10)


def standings(*rows):
    """Each row is a state and the days until the term ends."""
    due = [pd.Timestamp(DAY + timedelta(days=days)) for _state, days in rows]
    return pd.DataFrame({"state": [state.value for state, _days in rows], "due_on": pd.to_datetime(due)})


@pytest.mark.parametrize(
    ("state", "days", "bucket"),
    [
        (TermState.OVERDUE, -1, Bucket.OVERDUE),
        (TermState.TODAY, 0, Bucket.TODAY),
        (TermState.OPEN, 1, Bucket.WEEK),
        (TermState.OPEN, 7, Bucket.WEEK),
        (TermState.OPEN, 8, Bucket.FORTNIGHT),
        (TermState.OPEN, 15, Bucket.FORTNIGHT),
        (TermState.OPEN, 16, Bucket.LATER),
        (TermState.PAUSED, -5, Bucket.PAUSED),
        (TermState.DONE, 3, ""),
        (TermState.LATE, -3, ""),
    ],
)
def test_each_state_has_its_bucket(state, days, bucket):
    assert list(buckets(standings((state, days)), DAY)) == [bucket]


def test_nothing_gives_zeros():
    assert set(count_buckets(standings(), DAY).values()) == {0}


@given(st.lists(st.integers(1, 40), max_size=30))
def test_counts_agree_with_the_forecast(days):
    table = standings(*((TermState.OPEN, n) for n in days))
    counted, ahead = count_buckets(table, DAY), forecast(table, DAY)["so_far"]
    assert counted[Bucket.WEEK] == ahead.iloc[6]
    assert counted[Bucket.WEEK] + counted[Bucket.FORTNIGHT] == ahead.iloc[14]
    assert sum(counted.values()) == len(days)
