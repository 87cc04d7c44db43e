"""Patches sorted by how soon their term ends: 逾期, 今日到期, 7日内, 8至15日, 15日以后."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.deadline_queue import TermState


class Bucket(StrEnum):
    """How soon something must be done; the order is the order of urgency."""

    OVERDUE = "逾期"
    TODAY = "今日到期"
    WEEK = "7日内"
    FORTNIGHT = "8至15日"
    LATER = "15日以后"
    PAUSED = "暂停计时"
    """With the city."""


NOT_WAITING = ""
"""What stands for a patch that has been judged."""


def buckets(standings: pd.DataFrame, as_of: date) -> NDArray[np.object_]:
    """Return for each row of `deadline_queue.standing` its Bucket, or NOT_WAITING.

    Days are calendar days from the day to `due_on`, however the term itself is counted: the same 7 and 15
    days as in the workbook of deadlines, today not counted.
    """
    state = standings["state"].to_numpy(object)
    left = (standings["due_on"].to_numpy("datetime64[D]") - np.datetime64(as_of, "D")).astype(np.int64)
    found = np.full(len(standings), NOT_WAITING, dtype=object)
    open_ = state == TermState.OPEN
    found[open_] = Bucket.LATER
    found[open_ & (left <= 15)] = Bucket.FORTNIGHT
    found[open_ & (left <= 7)] = Bucket.WEEK
    for term, bucket in (
        (TermState.OVERDUE, Bucket.OVERDUE),
        (TermState.TODAY, Bucket.TODAY),
        (TermState.PAUSED, Bucket.PAUSED),
    ):
        found[state == term] = bucket
    return found


def count_buckets(standings: pd.DataFrame, as_of: date) -> Mapping[Bucket, int]:
    """Return how many patches are in each bucket."""
    counted = pd.Series(buckets(standings, as_of)).value_counts()
    return {bucket: int(counted.get(bucket, 0)) for bucket in Bucket}
