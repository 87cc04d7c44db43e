"""The holiday table year by year, as people edit it: read from YAML and written back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.holidays import Holidays

_HEAD = """# 节假日表：按工作日计算期限，或遇节假日顺延时用。由“设置”窗口写成，也可用记事本修改，保存为UTF-8。
# 没有写进表里的年份只按周六、周日休息计算，并给出提醒。
# rest 写放假的起止日（含周末），work 写调休上班的周末；verified: 是 表示已与公布的通知核对。
"""


@dataclass(frozen=True)
class HolidayPeriod:
    """One stretch of days off, first and last day included."""

    name: str
    first: date
    last: date


@dataclass(frozen=True)
class YearArrangement:
    """The days off of one year, and the weekend days that are worked in exchange."""

    year: int
    source: str = ""
    """Document number of the announcement."""
    verified: bool = False
    rest: tuple[HolidayPeriod, ...] = ()
    work: tuple[date, ...] = ()


def parse_years(text: str) -> tuple[YearArrangement, ...]:
    """Return the years of a table, in order; raise WeipianError saying what is wrong."""
    Holidays.parse(text)
    years = yaml.safe_load(text)["years"]
    return tuple(_arrangement(int(year), entry) for year, entry in sorted(years.items(), key=_year))


def format_years(years: Iterable[YearArrangement]) -> str:
    """Return the table as YAML; raise WeipianError where it would not be a sound one."""
    data = {
        str(one.year): {
            "source": _one_line(one.source),
            "verified": "是" if one.verified else "否",
            "rest": [
                {"name": _one_line(item.name), "from": item.first, "to": item.last} for item in one.rest
            ],
            "work": sorted(one.work),
        }
        for one in sorted(years, key=lambda one: one.year)
    }
    text = _HEAD + yaml.safe_dump({"years": data}, allow_unicode=True, sort_keys=False, width=100)
    Holidays.parse(text)
    for one in years:
        _refuse_other_years(one)
    return text


def _one_line(text: str) -> str:
    """Return a text as it may stand in a table: one line, nothing that nobody sees."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def _refuse_other_years(one: YearArrangement) -> None:
    """Raise WeipianError for days that are clearly a slip: a holiday may begin in the year before at most."""
    days = [*one.work, *(item.last for item in one.rest)]
    odd = [day for day in days if day.year != one.year]
    if odd:
        raise WeipianError(f"{one.year}年的安排里有 {odd[0]}，不是这一年的日期，请改正。")


def _arrangement(year: int, entry: dict[str, Any]) -> YearArrangement:
    rest = tuple(
        HolidayPeriod(str(item.get("name", "")), item["from"], item["to"]) for item in entry.get("rest", [])
    )
    work = tuple(entry.get("work", []))
    return YearArrangement(year, str(entry.get("source", "")), entry.get("verified") == "是", rest, work)


def _year(item: tuple[object, object]) -> int:
    return int(str(item[0]))
