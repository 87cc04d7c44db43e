"""When a patch's determination is due: counting of days, pauses, extensions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from weipian_plugin.domain.holidays import Holidays

Days = NDArray[np.datetime64]
"""Dates as datetime64[D]; NaT where there is none."""
Ints = NDArray[np.int64]

_WEEK = 7
_SLACK_DAYS = 60
"""Longer than any run of days off, at both ends of a span."""


class Counting(StrEnum):
    """Which days count towards a term."""

    CALENDAR = "自然日"
    WORKING = "工作日"


class FirstDay(StrEnum):
    """Which day is day one of a term."""

    NEXT = "收到次日"
    SAME = "收到当日"


class LastDay(StrEnum):
    """What happens to a term that ends on a day off."""

    KEPT = "不顺延"
    ROLLED = "遇节假日顺延"


class PauseStage(StrEnum):
    """Stages of the casework in which a term may stand still."""

    REPORTED = "已上报"
    """The patch is with the city."""
    RETURNED = "市级退回"
    """The city has given it back."""


@dataclass(frozen=True)
class Term:
    """A term in days and how they are counted. The plan names the 15 days; the rest is 非文件规定."""

    days: int
    counting: Counting = Counting.CALENDAR
    first_day: FirstDay = FirstDay.NEXT
    last_day: LastDay = LastDay.KEPT


@dataclass(frozen=True)
class Pauses:
    """Stretches in which terms stand still, by the position of the patch.

    A pause holds from the day after `start` to `end`: the day of reporting to the city is used up, the day
    of return is not yet counted. The rows of one patch follow each other in time.
    """

    patch: Ints
    start: Days
    end: Days
    """NaT while the pause lasts."""

    @classmethod
    def none(cls) -> Pauses:
        """Return no pauses at all."""
        nothing = np.empty(0, dtype="datetime64[D]")
        return cls(np.empty(0, dtype=np.int64), nothing, nothing)


class DayCount:
    """Counts the days of a kind, and finds the day that reaches a count; all in numpy.

    `first` and `last` bound the days that may be asked about.
    """

    def __init__(
        self, counting: Counting, holidays: Holidays, first: np.datetime64, last: np.datetime64
    ) -> None:
        self._origin = first
        days = np.arange(first, last + 1, dtype="datetime64[D]")
        counted = np.ones(len(days), dtype=bool)
        if counting is Counting.WORKING:
            counted = np.is_busday(days)
            counted[self._positions(holidays.off, len(days))] = False
            counted[self._positions(holidays.work, len(days))] = True
        self._count = np.cumsum(counted)

    def _positions(self, days: frozenset[date], length: int) -> Ints:
        positions = (np.array(sorted(days), dtype="datetime64[D]") - self._origin).astype(np.int64)
        return positions[(positions >= 0) & (positions < length)]

    def up_to(self, days: Days) -> Ints:
        """Return how many days count up to and including each day."""
        return self._count[(days - self._origin).astype(np.int64)]

    def reaching(self, counts: Ints) -> Days:
        """Return the first day at which each count is reached."""
        return self._origin + np.searchsorted(self._count, counts).astype("timedelta64[D]")


def due_on(received: date, term: Term, holidays: Holidays | None = None) -> date:
    """Return the last day of a term that began with a receipt, without pauses or extensions.

    The plan's 15日 of 三（一） run from receipt of the patches; it does not say how days are counted.
    """
    days = np.array([received], dtype="datetime64[D]")
    due: date = due_dates(days, term, holidays or Holidays())[0].item()
    return due


def due_dates(
    received: Days,
    term: Term,
    holidays: Holidays,
    extra: Ints | None = None,
    pauses: Pauses | None = None,
    as_of: date | None = None,
) -> Days:
    """Return the last day of each term.

    `extra` are the days granted on top. A pause counts only when it begins by the end of the term as it
    then stood; one that still lasts is taken to end on `as_of`, so that the days left stay the same.
    """
    extra = np.zeros(len(received), dtype=np.int64) if extra is None else extra
    pauses = pauses or Pauses.none()
    ends = np.where(np.isnat(pauses.end), np.datetime64(as_of or date.max, "D"), pauses.end)
    counts = _day_count(received, term, holidays, extra, np.append(ends, pauses.start))
    start = received if term.first_day is FirstDay.NEXT else received - 1
    reach = counts.up_to(start) + term.days + extra
    for row in _rounds(pauses.patch):
        patch, begin = pauses.patch[row], pauses.start[row]
        end, counted = np.maximum(ends[row], begin), counts.reaching(reach[patch])
        in_term = begin <= (counted if term.last_day is LastDay.KEPT else next_working(counted, holidays))
        begin = np.minimum(np.maximum(begin, start[patch]), counted)
        lost = counts.up_to(np.maximum(end, begin)) - counts.up_to(begin)
        reach[patch] += np.where(in_term, lost, 0)
    due = counts.reaching(reach)
    return due if term.last_day is LastDay.KEPT else next_working(due, holidays)


def next_working(days: Days, holidays: Holidays) -> Days:
    """Return each day, or the first working day after it when it is a day off."""
    if not len(days):
        return days
    first, last = days.min() - 1, days.max() + _SLACK_DAYS
    counts = DayCount(Counting.WORKING, holidays, first, last)
    return counts.reaching(counts.up_to(days - 1) + 1)


def days_left(due: Days, as_of: date, counting: Counting, holidays: Holidays) -> Ints:
    """Return the days of a kind from `as_of` to each due day: 0 on the due day, negative after it."""
    if not len(due):
        return np.empty(0, dtype=np.int64)
    today = np.datetime64(as_of, "D")
    first, last = min(due.min(), today), max(due.max(), today)
    counts = DayCount(counting, holidays, first, last)
    return counts.up_to(due) - counts.up_to(np.full(1, today))


def _day_count(received: Days, term: Term, holidays: Holidays, extra: Ints, other: Days) -> DayCount:
    """Return a count over every day that the terms can reach."""
    days = np.append(received, other)
    if not len(days):
        days = np.array(["2000-01-01"], dtype="datetime64[D]")
    lasting = int((days.max() - days.min()).astype(np.int64))
    longest = term.days + int(extra.max(initial=0)) + lasting
    weeks = longest // 5 + 1  # five working days a week, if no holiday falls in
    reach = (weeks * _WEEK if term.counting is Counting.WORKING else longest) + len(holidays.off)
    last = days.max() + np.timedelta64(reach + _SLACK_DAYS, "D")
    return DayCount(term.counting, holidays, days.min() - _SLACK_DAYS, last)


def _rounds(patch: Ints) -> list[NDArray[np.bool_]]:
    """Return which pauses are a patch's first, second …: each round holds a patch at most once."""
    if not len(patch):
        return []
    order = np.argsort(patch, kind="stable")
    ranked = patch[order]
    first = np.r_[True, ranked[1:] != ranked[:-1]]
    number = np.empty(len(patch), dtype=np.int64)
    number[order] = np.arange(len(patch)) - np.flatnonzero(first)[np.cumsum(first) - 1]
    return [number == turn for turn in range(int(number.max()) + 1)]
