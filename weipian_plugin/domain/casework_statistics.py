"""Statistics in the two views: 原始下发, what was issued, and 核实后, what split patches became.

All areas are printed hundredths of 亩 of each patch, the digits of the ledger, as integers: every sum over
them is exact, and breakdowns of one whole agree to the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.units import apportion_rows, to_mu

UNDECIDED = "未判定"
RESULTS = ("合法", "违法", "其他", UNDECIDED)
ISSUED, VERIFIED, DONE, OPEN = "原始下发", "核实后", "已整改", "未整改"
MEASURES = ("count", "area", "farmland", "basic")
"""What is added up: patches, and printed hundredths of 亩 of area, farmland, 永久基本农田."""
BLOCKS = (ISSUED, VERIFIED, *RESULTS, DONE, OPEN)
"""The column groups of a breakdown."""
_SPLIT = "被拆分"
_BALANCE_MU = 0.01
_PARTS = ("farmland", "ridge", "agricultural", "construction", "unused", "unclassified", "uncovered")
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class PrintedAreas:
    """Printed hundredths of 亩 of each patch, and where nobody knows the farmland."""

    area: Ints
    farmland: Ints
    """0 where it is unknown."""
    unknown: NDArray[np.bool_]


def printed_areas(patches: pd.DataFrame) -> PrintedAreas:
    """Return what the ledger prints for each patch: columns area_m2, the land parts and without_net, m².

    NaN in the parts stands for a patch whose land classes were not evaluated. 田坎 that is unknown makes the
    farmland unknown; so does uncovered ground where no farmland was met.
    """
    whole = to_mu(patches["area_m2"].to_numpy(float))
    land = patches[list(_PARTS)].to_numpy(float)
    evaluated = ~np.isnan(land).any(axis=1)
    parts = to_mu(np.nan_to_num(land))
    balanced = evaluated & (np.abs(parts.sum(axis=1) - whole) <= _BALANCE_MU)
    farmland = np.rint(parts[:, 0] * 100).astype(np.int64)
    farmland[balanced] = apportion_rows(parts[balanced], whole[balanced])[:, 0]
    gap = np.rint(parts[:, -1] * 100) > 0
    unknown = ~evaluated | (patches["without_net"].to_numpy(float) > 0) | (gap & (parts[:, 0] <= 0))
    return PrintedAreas(np.rint(whole * 100).astype(np.int64), np.where(unknown, 0, farmland), unknown)


def with_views(patches: pd.DataFrame) -> pd.DataFrame:
    """Return the patches with the flags `issued` and `verified`.

    A child of a split patch (split_state 被拆分) is no issued one; a split patch is no verified one. A child
    whose parent is not in the workspace was issued as it is.
    """
    split = set(patches.loc[patches["split_state"] == _SPLIT, "patch_no"])
    issued = ~patches["parent_no"].isin(split) if split else True
    return patches.assign(issued=issued, verified=patches["split_state"] != _SPLIT)


def breakdown(patches: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return one row for each value of `by`: columns are pairs of BLOCKS and MEASURES, sums as integers.

    `patches` has issued, verified, result (one of RESULTS), rectified (bool), area, farmland, basic
    (hundredths of 亩) and unknown. One more pair is (核实后, unknown): patches without a known farmland.
    """
    columns = _columns(patches)
    codes, keys = pd.factorize(patches[by], sort=True)
    # Whole numbers far below 2**53 stay exact as weights.
    sums = {name: np.bincount(codes, values, len(keys)).astype(np.int64) for name, values in columns.items()}
    return pd.DataFrame(sums, index=pd.Index(keys, name=by))


def whole(patches: pd.DataFrame) -> Mapping[tuple[str, str], int]:
    """Return the same sums over all patches, added up on their own: what breakdowns are checked against."""
    return {key: int(values.sum()) for key, values in _columns(patches).items()}


def _columns(patches: pd.DataFrame) -> dict[tuple[str, str], Ints]:
    verified = patches["verified"].to_numpy(bool)
    result, rectified = patches["result"].to_numpy(object), patches["rectified"].to_numpy(bool)
    illegal = verified & (result == "违法")
    masks = {
        ISSUED: patches["issued"].to_numpy(bool),
        VERIFIED: verified,
        **{name: verified & (result == name) for name in RESULTS},
        DONE: illegal & rectified,
        OPEN: illegal & ~rectified,
    }
    values = {"count": np.ones(len(patches), dtype=np.int64)}
    values |= {name: patches[name].to_numpy(np.int64) for name in MEASURES[1:]}
    columns = {(block, name): mask * values[name] for block, mask in masks.items() for name in MEASURES}
    columns[VERIFIED, "unknown"] = verified * patches["unknown"].to_numpy(np.int64)
    return columns
