"""The table of public holidays and of weekends that are worked in exchange."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import yaml

from weipian_plugin.domain import yaml_text
from weipian_plugin.domain.errors import WeipianError

_YES, _NO = "是", "否"
_SATURDAY = 5


@dataclass(frozen=True)
class HolidayYear:
    """One year's arrangement, as the State Council announces it."""

    source: str
    """Document number of the announcement."""
    verified: bool
    """Whether somebody compared the dates with the announcement."""


@dataclass(frozen=True)
class Holidays:
    """Days off and weekend days that are worked; other days go by the week."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    years: Mapping[int, HolidayYear] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    @lru_cache(maxsize=4)
    def parse(cls, text: str) -> Holidays:
        """Return the table written in the YAML `text`; raise WeipianError saying what is wrong."""
        years: dict[int, HolidayYear] = {}
        off: set[date] = set()
        work: set[date] = set()
        for name, entry in _mapping(_mapping(_load(text), "节假日表").get("years"), "years").items():
            year = _year(name)
            fields = _mapping(entry, f"{year}年")
            years[year] = HolidayYear(str(fields.get("source", "")), _flag(fields, year))
            off |= _days_off(fields, year)
            work |= set(_days(fields.get("work", []), f"{year}年的 work"))
        _refuse_contradiction(off & work)
        return cls(frozenset(off), frozenset(work), MappingProxyType(years))

    def is_working(self, day: date) -> bool:
        """Return whether offices work on a day."""
        return day in self.work or (day.weekday() < _SATURDAY and day not in self.off)

    def missing(self, years: Iterable[int]) -> tuple[int, ...]:
        """Return the years that the table does not know; in them only the week counts."""
        return tuple(sorted({year for year in years if year not in self.years}))

    def unverified(self, years: Iterable[int]) -> tuple[int, ...]:
        """Return the years whose dates nobody has compared with the announcement."""
        return tuple(sorted({y for y in years if y in self.years and not self.years[y].verified}))


def _load(text: str) -> object:
    try:
        return yaml_text.load(text)
    except yaml.YAMLError as error:
        line, _ = yaml_text.fault_of(error)
        where = f"第 {line} 行" if line else "某处"
        raise WeipianError(f"节假日表{where}写得不对，请检查缩进、冒号和日期（如 2021-10-01）。") from error


def _mapping(value: object, what: str) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise WeipianError(f"节假日表的“{what}”应为一组“键: 值”，请参照随插件提供的 holidays.yaml。")
    return value


def _year(name: object) -> int:
    text = str(name)
    if not (text.isdigit() and len(text) == 4):
        raise WeipianError(f"节假日表的年份“{text}”不对，请写成四位年份。")
    return int(text)


def _flag(fields: Mapping[Any, Any], year: int) -> bool:
    value = fields.get("verified", _NO)
    if value not in (_YES, _NO):
        raise WeipianError(f"节假日表{year}年的 verified 写成了“{value}”，只能是“是”或“否”。")
    return bool(value == _YES)


def _days_off(fields: Mapping[Any, Any], year: int) -> set[date]:
    entries = fields.get("rest", [])
    if not isinstance(entries, list):
        raise WeipianError(f"节假日表{year}年的 rest 应为列表，每项写 name、from、to。")
    found: set[date] = set()
    for entry in entries:
        what = f"{year}年的 rest"
        first, last = _days([_mapping(entry, what).get("from"), entry.get("to")], what)
        if last < first or (last - first).days > 31:
            raise WeipianError(f"节假日表{year}年的一段放假从{first}到{last}，起止不对，请改正。")
        found |= {first + timedelta(days=offset) for offset in range((last - first).days + 1)}
    return found


def _days(values: object, what: str) -> list[date]:
    if not isinstance(values, list) or not all(type(value) is date for value in values):
        raise WeipianError(f"节假日表{what}里有一项不是日期，请写成 2021-10-01 的样子。")
    return values


def _refuse_contradiction(both: set[date]) -> None:
    if both:
        days = "、".join(str(day) for day in sorted(both))
        raise WeipianError(f"节假日表里 {days} 既写为放假又写为上班，请改正。")
