"""Statistics in the two views: 原始下发, what was issued, and 核实后, what split patches became.

All areas are printed hundredths of 亩 of each patch, the digits of the ledger, as integers: every sum over
them is exact, and breakdowns of one whole agree to the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.ranking import Ranking
from weipian_plugin.domain.ratio import RatioFigures

UNDECIDED = "未判定"
RESULTS = ("合法", "违法", "其他", UNDECIDED)
ISSUED, VERIFIED, DONE, OPEN = "原始下发", "核实后", "已整改", "未整改"
MEASURES = ("count", "area", "farmland", "basic")
"""What is added up: patches, and printed hundredths of 亩 of area, farmland, 永久基本农田."""
UNKNOWN = ("unknown", "unknown_basic")
"""Counted 核实后: patches of which nobody knows the farmland, the 永久基本农田."""
BLOCKS = (ISSUED, VERIFIED, *RESULTS, DONE, OPEN)
"""The column groups of a breakdown."""
Floats = NDArray[np.float64]
Sums = Mapping[tuple[str, str], int]
"""Sums by pairs of BLOCKS and MEASURES, areas in printed hundredths of 亩."""


@dataclass(frozen=True)
class Breakdown:
    """Statistics by one property of the patches."""

    name: str
    """Such as 按乡镇."""
    label: str
    """What the property is called, such as 乡镇街道."""
    rows: pd.DataFrame
    """As `Tally.by` makes it."""


@dataclass(frozen=True)
class Statistics:
    """All figures of a day."""

    as_of: date
    formula: str
    """The formula of the ratio, in Chinese."""
    limit: float
    """Which the ratio must stay below."""
    ratio: RatioFigures
    by_town: Mapping[str, RatioFigures]
    by_month: Mapping[str, RatioFigures]
    """By the month of receipt."""
    running: Mapping[str, RatioFigures]
    """By the last day (ISO) of each month until `as_of`: what was there by then, as it was judged then."""
    movers: pd.DataFrame
    """Columns of `ratio.movers`, and town."""
    breakdowns: Mapping[str, Breakdown]
    """By town, unit, class (result and category), stage, month, quarter."""
    whole: Sums
    """The sums of the breakdowns over all patches, added up on their own."""
    assessed: pd.DataFrame
    """By township what it is ranked by, columns `ranking.KEYS`; NaN where there is no figure."""
    ranking: pd.DataFrame
    """As `ranking.rank` makes it of that."""
    criteria: Ranking


_STATES = (2, 2, 2, len(RESULTS))
"""How many values each of issued, verified, rectified and result has."""


def _in_blocks() -> dict[str, Floats]:
    """Return by block which states of a patch belong to it, 1 or 0."""
    states = np.unravel_index(np.arange(np.prod(_STATES)), _STATES)
    issued, verified, rectified = (flag.astype(bool) for flag in states[:3])
    judged = {name: verified & (states[3] == place) for place, name in enumerate(RESULTS)}
    blocks = {
        ISSUED: issued,
        VERIFIED: verified,
        **judged,
        DONE: judged["违法"] & rectified,
        OPEN: judged["违法"] & ~rectified,
    }
    return {name: chosen.astype(float) for name, chosen in blocks.items()}


_IN_BLOCK = _in_blocks()
_SUMMED = (*MEASURES[1:], *UNKNOWN)
_SHOWN = [(block, name) for block in BLOCKS for name in MEASURES] + [(VERIFIED, name) for name in UNKNOWN]


class Tally:
    """The sums of some patches, ready to be broken down by anything.

    `patches` has issued, verified, result (one of RESULTS), rectified (bool), area, farmland, basic
    (hundredths of 亩) and those of UNKNOWN. Beside pairs of BLOCKS and MEASURES there are 核实后 and UNKNOWN.
    """

    def __init__(self, patches: pd.DataFrame) -> None:
        # Patches alike in all that blocks look at are added up first: one in so many states.
        flags = [
            patches[name].to_numpy(bool).astype(np.int64) for name in ("issued", "verified", "rectified")
        ]
        result = pd.Index(RESULTS).get_indexer(patches["result"])  # type: ignore[no-untyped-call]
        self._state = np.ravel_multi_index((*flags, result), _STATES)
        self._values = [np.ones(len(patches)), *(patches[name].to_numpy(float) for name in _SUMMED)]

    def by(self, keys: pd.Series[str]) -> pd.DataFrame:
        """Return one row for each different key, in order, and the sums as integers in pairs of columns."""
        codes, names = pd.factorize(keys, sort=True)
        count = int(np.prod(_STATES))
        cells = codes * count + self._state
        # Whole numbers far below 2**53 stay exact as weights.
        sums = [np.bincount(cells, values, len(names) * count).reshape(-1, count) for values in self._values]
        made = dict(zip(("count", *_SUMMED), sums, strict=True))
        columns = {(block, name): (made[name] @ _IN_BLOCK[block]).astype(np.int64) for block, name in _SHOWN}
        return pd.DataFrame(columns, index=pd.Index(names, name=keys.name))

    def whole(self) -> Sums:
        """Return the sums over all patches, added up on their own: what breakdowns are checked against."""
        inside = {block: chosen[self._state] > 0 for block, chosen in _IN_BLOCK.items()}
        values = dict(zip(("count", *_SUMMED), self._values, strict=True))
        return {(block, name): int(values[name][inside[block]].sum()) for block, name in _SHOWN}
