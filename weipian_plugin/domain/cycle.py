"""月清, 季核, 年度评估: the periods of a year and the days by which each must be settled."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class CycleKind(StrEnum):
    """A rhythm of the plan's 月清、季核、年度评估."""

    MONTH = "月清"
    QUARTER = "季核"
    YEAR = "年度评估"


@dataclass(frozen=True)
class CutOff:
    """A cut-off counted from the last month of a period. The plan names no such days: 非文件规定."""

    months_later: int
    day: int
    """31 stands for the last day of any month."""

    def after(self, end: date) -> date:
        """Return the cut-off of a period that ends on `end`."""
        months = end.year * 12 + end.month - 1 + self.months_later
        year, month = divmod(months, 12)
        return date(year, month + 1, min(self.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class CutOffs:
    """The cut-offs of all rhythms."""

    monthly: CutOff = field(default_factory=lambda: CutOff(1, 31))
    quarterly: CutOff = field(default_factory=lambda: CutOff(1, 10))
    yearly: CutOff = field(default_factory=lambda: CutOff(0, 31))
    origin: str = "非文件规定"


@dataclass(frozen=True)
class Period:
    """A month, quarter or year whose patches must be settled by a day."""

    kind: CycleKind
    name: str
    first: date
    last: date
    due: date


def periods(year: int, cut_offs: CutOffs) -> list[Period]:
    """Return the 12 months, 4 quarters and the year, each with its cut-off."""
    months = [_period(CycleKind.MONTH, f"{year}年{m}月", year, m, 1, cut_offs.monthly) for m in range(1, 13)]
    quarters = [
        _period(CycleKind.QUARTER, f"{year}年第{q}季度", year, 3 * q - 2, 3, cut_offs.quarterly)
        for q in range(1, 5)
    ]
    return [*months, *quarters, _period(CycleKind.YEAR, f"{year}年度", year, 1, 12, cut_offs.yearly)]


def _period(kind: CycleKind, name: str, year: int, month: int, length: int, rule: CutOff) -> Period:
    last_month = month + length - 1
    last = date(year, last_month, calendar.monthrange(year, last_month)[1])
    return Period(kind, name, date(year, month, 1), last, rule.after(last))
