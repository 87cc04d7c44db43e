"""The parts of many patches by land class, and what is printed of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.units import apportion_rows, to_mu

PARTS = ("farmland", "ridge", "agricultural", "construction", "unused", "unclassified", "uncovered")
"""Parts of a patch by land class; 田坎 under farmland is `ridge`."""
_FARMLAND, _RIDGE, _AGRICULTURAL, _UNCOVERED = (PARTS.index(part) for part in (*PARTS[:3], PARTS[-1]))
_MET = "命中"
_BALANCE_MU = 0.01
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class LandParts:
    """Parts of each patch by land class, m²: those of PARTS make up its area."""

    parts: Floats
    """Shape (patches, PARTS); NaN for a patch that was not evaluated at all."""
    net: Floats
    """Farmland after 田坎, where that is known."""
    without_net: Floats
    """Farmland whose 田坎 is unknown."""

    def of(self, part: str) -> Floats:
        """Return one of PARTS, 0 where nothing was evaluated."""
        return np.nan_to_num(self.parts[:, PARTS.index(part)])

    @property
    def evaluated(self) -> NDArray[np.bool_]:
        """Which patches were evaluated, if only in part."""
        return ~np.isnan(self.parts[:, 0])


def land_parts(land: pd.DataFrame, at: Ints, count: int, part_of: Callable[[str], str]) -> LandParts:
    """Return the parts of `count` patches from their evaluated rows of land classes.

    `land`: class_code, status (other than 命中: ground that the layer leaves open), area_m2, net_m2 (NaN
    where the 田坎 is unknown); `at` is the position of each row's patch; `part_of` names the part that a
    class code belongs to. 田坎 is a part of its own under farmland, 其他农用地 under any other class.
    """
    codes, names = pd.factorize(land["class_code"])
    part = np.array([PARTS.index(part_of(name)) for name in names], dtype=np.int64)[codes]
    part[(land["status"] != _MET).to_numpy(bool)] = _UNCOVERED
    area, net = land["area_m2"].to_numpy(float), land["net_m2"].to_numpy(float)
    is_farmland, unknown = part == _FARMLAND, np.isnan(net)
    taken = np.where(unknown | (part == _UNCOVERED), 0.0, np.clip(area - net, 0.0, area))
    taken_as = np.where(is_farmland, _RIDGE, _AGRICULTURAL)
    width = len(PARTS)
    sums = _sums(at * width + part, area - taken, count * width)
    sums += _sums(at * width + taken_as, taken, count * width)
    parts = sums.reshape(count, width)
    parts[np.bincount(at, minlength=count) == 0] = np.nan
    return LandParts(
        parts,
        _sums(at, np.where(is_farmland & ~unknown, net, 0.0), count),
        _sums(at, np.where(is_farmland & unknown, area, 0.0), count),
    )


def _sums(at: Ints, values: Floats, count: int) -> Floats:
    return np.bincount(at, values, count).astype(float)


@dataclass(frozen=True)
class PrintedAreas:
    """Printed hundredths of 亩 of each patch, and where nobody knows the farmland."""

    area: Ints
    farmland: Ints
    """0 where it is unknown."""
    unknown: NDArray[np.bool_]


def printed_areas(area_m2: Floats, land: LandParts) -> PrintedAreas:
    """Return what the ledger prints for each patch.

    田坎 that is unknown makes the farmland unknown; so does uncovered ground where no farmland was met.
    """
    whole, parts = to_mu(area_m2), to_mu(np.nan_to_num(land.parts))
    balanced = land.evaluated & (np.abs(parts.sum(axis=1) - whole) <= _BALANCE_MU)
    farmland = np.rint(parts[:, _FARMLAND] * 100).astype(np.int64)
    farmland[balanced] = apportion_rows(parts[balanced], whole[balanced])[:, _FARMLAND]
    gap = np.rint(parts[:, _UNCOVERED] * 100) > 0
    unknown = ~land.evaluated | (land.without_net > 0) | (gap & (parts[:, _FARMLAND] <= 0))
    return PrintedAreas(np.rint(whole * 100).astype(np.int64), np.where(unknown, 0, farmland), unknown)
