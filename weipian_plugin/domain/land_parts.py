"""The parts of many patches by land class, and what is printed of them.

This is the one definition of the figures that anybody adds up: ledger, statistics, ratio, letters and windows
take their 亩 from here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.units import apportion, apportion_rows, printed_units, to_mu

PARTS = ("farmland", "ridge", "agricultural", "construction", "unused", "unclassified", "uncovered")
"""Parts of a patch by land class; 田坎 under farmland is `ridge`."""
BALANCE_MU = 0.01
"""Tolerance of the area identity in 亩 (地块面积 = 耕地 + 非耕农用地 + 未利用地 + 建设用地)."""
_FARMLAND, _RIDGE, _AGRICULTURAL, _UNCOVERED = (PARTS.index(part) for part in (*PARTS[:3], PARTS[-1]))
_PART_OF_GROUP = {
    "耕地": "farmland",
    "其他农用地": "agricultural",
    "农用地": "agricultural",
    "建设用地": "construction",
    "未利用地": "unused",
}
_MET = "命中"
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Farmland(StrEnum):
    """Which farmland counts."""

    NET = "扣除田坎"
    GROSS = "不扣田坎"


@dataclass(frozen=True)
class LandParts:
    """Parts of each patch by land class, m²: those of PARTS make up its area."""

    parts: Floats
    """Shape (patches, PARTS); NaN for a patch that was not evaluated at all."""
    without_net: Bools
    """Which patches have farmland whose 田坎 is unknown: all of it is `farmland` then, none `ridge`."""


def land_parts(land: pd.DataFrame, at: Ints, count: int, group_of: Callable[[str], str]) -> LandParts:
    """Return the parts of `count` patches from their evaluated rows of land classes.

    `land`: class_code, status (other than 命中: ground that the layer leaves open), area_m2, net_m2 (NaN
    where the 田坎 is unknown); `at` is the position of each row's patch; `group_of` names the group of a
    class code. 田坎 is a part of its own under farmland, 其他农用地 under any other class.
    """
    codes, names = pd.factorize(land["class_code"])
    part = np.array([_part_of(group_of(name)) for name in names], dtype=np.int64)[codes]
    part[(land["status"] != _MET).to_numpy(bool)] = _UNCOVERED
    area, net = land["area_m2"].to_numpy(float), land["net_m2"].to_numpy(float)
    is_farmland, unknown = part == _FARMLAND, np.isnan(net)
    taken = np.where(unknown | (part == _UNCOVERED), 0.0, np.clip(area - net, 0.0, area))
    taken_as = np.where(is_farmland, _RIDGE, _AGRICULTURAL)
    width = len(PARTS)
    sums = _sums(at * width + part, area - taken, count * width)
    sums += _sums(at * width + taken_as, taken, count * width)
    parts = sums.reshape(count, width)
    without_net = np.bincount(at, is_farmland & unknown, count) > 0
    parts[without_net, _FARMLAND] += parts[without_net, _RIDGE]
    parts[without_net, _RIDGE] = 0.0
    parts[np.bincount(at, minlength=count) == 0] = np.nan
    return LandParts(parts, without_net)


def _part_of(group: str) -> int:
    return PARTS.index(_PART_OF_GROUP.get(group, "unclassified"))


def _sums(at: Ints, values: Floats, count: int) -> Floats:
    return np.bincount(at, values, count).astype(float)


@dataclass(frozen=True)
class PrintedLand:
    """What is printed of each patch, as whole numbers of the last printed digit: hundredths of 亩 by default.

    `parts` make up `area`, exactly, unless what was evaluated does not make up the patch.
    """

    area: Ints
    parts: Ints
    """Shape (patches, PARTS); 0 for a patch that was not evaluated."""
    exact_mu: Floats
    """The parts before rounding."""
    evaluated: Bools
    """Which patches were evaluated, if only in part."""
    without_net: Bools
    """As in `LandParts`."""

    def sum_of(self, *parts: str) -> Ints:
        """Return the printed sum of some parts."""
        return self.parts[:, [PARTS.index(part) for part in parts]].sum(axis=1)

    def exact_of(self, *parts: str) -> Floats:
        """Return the exact sum of some parts, 亩."""
        return self.exact_mu[:, [PARTS.index(part) for part in parts]].sum(axis=1)

    def unknown(self, *parts: str) -> Bools:
        """Return of which patches nobody knows some parts: none of them was met, and ground is left open."""
        return ~self.evaluated | ((self.parts[:, _UNCOVERED] > 0) & (self.exact_of(*parts) <= 0))

    @property
    def net_unknown(self) -> Bools:
        """Of which patches nobody knows the farmland after 田坎."""
        return self.without_net | self.unknown("farmland")

    def farmland(self, which: Farmland) -> Ints:
        """Return the farmland that is known; 0 where it is not."""
        if which is Farmland.GROSS:
            return self.sum_of("farmland", "ridge")
        return np.where(self.without_net, 0, self.sum_of("farmland"))

    def doubtful(self, which: Farmland) -> Ints:
        """Return what may be farmland beside it: ground not evaluated, and farmland not yet net."""
        not_net = self.without_net & (which is Farmland.NET)
        beside = self.sum_of("uncovered") + np.where(not_net, self.sum_of("farmland"), 0)
        return np.where(self.evaluated, beside, self.area)


def printed_land(area_m2: Floats, land: LandParts, decimals: int = 2) -> PrintedLand:
    """Return what is printed of patches of `area_m2`: parts apportioned to the printed whole (平差).

    Parts that do not make up the whole are rounded one by one, so that the check on the sheet shows it.
    """
    whole, parts = to_mu(area_m2), to_mu(np.nan_to_num(land.parts))
    evaluated = ~np.isnan(land.parts[:, 0])
    balanced = np.abs(parts.sum(axis=1) - whole) <= BALANCE_MU
    apart = evaluated & ~balanced
    printed = np.zeros(parts.shape, dtype=np.int64)
    printed[evaluated & balanced] = apportion_rows(
        parts[evaluated & balanced], whole[evaluated & balanced], decimals
    )
    printed[apart] = printed_units(parts[apart].ravel(), decimals).reshape(-1, len(PARTS))
    return PrintedLand(printed_units(whole, decimals), printed, parts, evaluated, land.without_net)


@dataclass(frozen=True)
class ClassArea:
    """One land class of a patch, m²."""

    code: str
    status: str
    """Other than 命中: ground that the layer leaves open."""
    area_m2: float
    net_area_m2: float
    """After 田坎; NaN where that is unknown."""


def printed_classes(
    land: PrintedLand, at: int, rows: Sequence[ClassArea], group_of: Callable[[str], str], decimals: int = 2
) -> list[tuple[float, float]]:
    """Return the printed 亩 of each class of the patch at position `at`: whole, and after 田坎.

    They are shares of the printed parts, so classes of a group add up to what is printed of the group, their
    田坎 to its 田坎, and all of them to the patch. Where the 田坎 is unknown both are the whole.
    """
    cells = [cell for row in rows for cell in _cells(row, bool(land.without_net[at]), group_of)]
    units = [0] * len(cells)
    scale = 10**decimals
    for part in {part for part, _ in cells}:
        places = [place for place, (own, mu) in enumerate(cells) if own == part and mu > 0]
        whole = int(land.parts[at, part])
        shares = [whole / scale]
        if len(places) != 1:
            shares = apportion([cells[place][1] for place in places], whole / scale, decimals)
        for place, share in zip(places, shares, strict=True):
            units[place] = round(share * scale)
    pairs = zip(units[::2], units[1::2], strict=True)
    return [((net + taken) / scale, net / scale) for net, taken in pairs]


def _cells(
    row: ClassArea, without_net: bool, group_of: Callable[[str], str]
) -> tuple[tuple[int, float], tuple[int, float]]:
    """Return what of a class is counted in which part, 亩: the land itself, and its 田坎."""
    part = _UNCOVERED if row.status != _MET else _part_of(group_of(row.code))
    is_farmland = part == _FARMLAND
    unknown = np.isnan(row.net_area_m2) or part == _UNCOVERED or (is_farmland and without_net)
    taken = 0.0 if unknown else min(max(row.area_m2 - row.net_area_m2, 0.0), row.area_m2)
    return (part, to_mu(row.area_m2 - taken)), (_RIDGE if is_farmland else _AGRICULTURAL, to_mu(taken))
