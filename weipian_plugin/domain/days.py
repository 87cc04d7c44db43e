"""Days as people write them, the month or year alone included."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_YEAR = r"(?P<year>[1-9]\d{3})"
_OUR_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
"""Where nothing but digits stand, only these are a year."""
_TIME = r"(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?"
_WRITTEN = (
    re.compile(rf"^{_OUR_YEAR}(?:(?P<month>\d\d)(?P<day>\d\d)?)?(?:\.0+)?$"),
    re.compile(rf"^{_YEAR}[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?{_TIME}$"),
    re.compile(rf"^{_YEAR}年(?:(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})[日号])?)?$"),
)


@dataclass(frozen=True)
class Period:
    """The day, month or year that a text names."""

    text: str
    """ISO: 2021-10-20, 2021-10 or 2021."""
    first: date
    last: date


def period_of(text: str) -> Period | None:
    """Return what a text such as 2021-10-20, 20211020, 2021/10, 2021年10月 or 2021 names; None if nothing."""
    squeezed = "".join(text.split()) if "年" in text else text.strip()
    match = next(filter(None, (form.match(squeezed) for form in _WRITTEN)), None)
    if match is None:
        return None
    year, month, day = (int(match[name] or 0) for name in ("year", "month", "day"))
    try:
        if match["day"]:
            only = date(year, month, day)
            return Period(only.isoformat(), only, only)
        if match["month"]:
            last = calendar.monthrange(year, month)[1]
            return Period(f"{year:04d}-{month:02d}", date(year, month, 1), date(year, month, last))
    except (ValueError, calendar.IllegalMonthError):
        return None
    return Period(f"{year:04d}", date(year, 1, 1), date(year, 12, 31))


def day_of(text: str) -> date | None:
    """Return the day that a text names; None when it names none, or only a month or year."""
    period = period_of(text)
    return period.first if period is not None and period.first == period.last else None


def minute_of(moment: str) -> str:
    """Return an ISO date and time as the office reads it: 2021-07-20 14:05."""
    return moment[:16].replace("T", " ")
