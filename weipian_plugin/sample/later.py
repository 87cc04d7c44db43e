"""Moves the sample, which tells of July 2021, to a later month: whoever tries it has days left."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

import geopandas as gpd

FIRST = date(2021, 7, 20)
"""When the patches are received in the sample as it is written; its own days are all before."""
_DAYS = ("QSX", "HSX", "CREATE_AT", "UPDATE_AT", "PZRQ", "BARQ", "DQRQ")
_NUMBERS = {"PZWH": "PZRQ", "BABH": "BARQ"}
"""Columns with numbers of papers that name the year, and the columns with their days."""
_DAY = re.compile(r"^(\d{4})(-?)(\d{2})(?:\2(\d{2}))?")
_MONTH_OF_TEXT = re.compile(r"(\d{4})年(\d{1,2})月")
_YEAR_OF_TEXT = re.compile(r"(\d{4})年(?!\d)")
_SERIES = re.compile(r"(SJBG)(\d{2})(\d{2})")


@dataclass(frozen=True)
class Later:
    """So many months after July 2021."""

    months: int = 0

    @staticmethod
    def for_received(received: date) -> Later:
        """Return how the sample is moved so that its last days are just before it is received."""
        whole = (received.year - FIRST.year) * 12 + received.month - FIRST.month
        return Later(whole - (received.day < FIRST.day))

    def day(self, text: str) -> str:
        """Return a day or month (20210412, 2021-03, 2021-07-16 09:30:00) moved, in its own spelling."""
        return _DAY.sub(self._moved_day, text)

    def words(self, text: str) -> str:
        """Return a text with its 2021年7月 and 2020年 moved, as in names of editions and files."""
        moved = _MONTH_OF_TEXT.sub(lambda found: "{}年{}月".format(*self._month(found[1], found[2])), text)
        return moved if moved != text else _YEAR_OF_TEXT.sub(self._year, text)

    def table(self, layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return a layer with its days, numbers of papers and numbers of patches moved."""
        if not self.months:
            return layer
        moved = layer.copy()
        for name in set(_DAYS) & set(layer):
            moved[name] = [self.day(text) for text in layer[name]]
        for name, day in _NUMBERS.items():
            if name in layer:
                rows = zip(layer[name], layer[day], moved[day], strict=True)
                moved[name] = [no.replace(f"〔{old[:4]}〕", f"〔{new[:4]}〕") for no, old, new in rows]
        if "JCBH" in layer:
            moved["JCBH"] = [_SERIES.sub(self._series, number) for number in layer["JCBH"]]
        if "SJNF" in layer:
            moved["SJNF"] = layer["SJNF"] + self._years
        return moved

    @property
    def _years(self) -> int:
        return self._month(str(FIRST.year), str(FIRST.month))[0] - FIRST.year

    def _month(self, year: str, month: str) -> tuple[int, int]:
        years, months = divmod(int(year) * 12 + int(month) - 1 + self.months, 12)
        return years, months + 1

    def _moved_day(self, found: re.Match[str]) -> str:
        year, month = self._month(found[1], found[3])
        parts = [f"{year:04d}", f"{month:02d}"]
        if found[4] is not None:
            parts.append(f"{min(int(found[4]), monthrange(year, month)[1]):02d}")
        return found[2].join(parts)

    def _series(self, found: re.Match[str]) -> str:
        year, month = self._month(f"20{found[2]}", found[3])
        return f"{found[1]}{year % 100:02d}{month:02d}"

    def _year(self, found: re.Match[str]) -> str:
        return f"{int(found[1]) + self._years}年"
