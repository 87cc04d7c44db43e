"""A batch held against the batches before it: what is new, what was issued again, what lies over what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.geodesy import Geometries, official_area
from weipian_plugin.domain.overlay.common_ground import Check
from weipian_plugin.domain.overlay.measure import total_by
from weipian_plugin.domain.overlay.shared import shared
from weipian_plugin.domain.split import CHILD, SPLIT
from weipian_plugin.intake.catalogue import finding
from weipian_plugin.intake.context import check_against_earlier
from weipian_plugin.intake.issued_splits import find_splits
from weipian_plugin.intake.patches import PatchIntake
from weipian_plugin.store import batches, patches, reissue
from weipian_plugin.store.frames import plain
from weipian_plugin.store.reissue import Renewal
from weipian_plugin.store.workspace import Workspace

_SAME_SHAPE_M2 = 1.0
"""Shapes that differ by less are the same shape issued in another coordinate system or precision."""
_EXAMPLES = 5
_KEPT_WHEN_BLANK = ("town_code", "town_name")
"""What the program fills in where the issue says nothing."""
_OF_THE_SHAPE = ("area_m2", "area_mu")


@dataclass(frozen=True)
class Comparison:
    """What a batch means for the workspace."""

    fresh: gpd.GeoDataFrame
    """Patches that the workspace does not have."""
    renewals: tuple[Renewal, ...]
    findings: tuple[Finding, ...]
    splits: Mapping[str, tuple[str, ...]]
    """Fresh pieces by the number of the patch in whose place they stand from now on."""


def compare(work: Workspace, intake: PatchIntake, update: bool, check: Check) -> Comparison:
    """Hold what was read against the workspace; `update` allows patches that it has already.

    Pieces of patches that came earlier stand in their place, where nothing was decided about these. Raises
    WeipianError when it has some and `update` is not set, or when one of them has been split here.
    """
    frame, stored = intake.frame, patches.read(work)
    known = frame["patch_no"].isin(set(stored["patch_no"]))
    if known.any() and not update:
        raise WeipianError(_refusal(work, frame.loc[known, "patch_no"], stored))
    issued_again = frame[known]
    before = stored.set_index("patch_no", drop=False).loc[issued_again["patch_no"]]
    renewals = _renewals(before, issued_again, check)
    _refuse_split(before, renewals, stored)
    decided = reissue.decided(work)
    found = _findings(renewals, len(issued_again), decided)
    others = patches.read(work, view=patches.View.ISSUED)
    others = others[~others["patch_no"].isin(set(frame["patch_no"]))]
    untouched = others[(others["split_state"] == "") & ~others["patch_no"].isin(decided)]
    later = find_splits(frame[~known], untouched, check)
    found += [item for item in later.findings if item.code == "split-issued"]
    found += check_against_earlier(frame, others, later.children, check)
    is_split = set(stored.loc[stored["split_state"] == SPLIT, "patch_no"])
    new = {number: pieces for number, pieces in intake.splits.items() if number not in is_split}
    beside = {number: pieces for number, pieces in new.items() if number in decided}
    found += _beside(beside, frame)
    together = {number: pieces for number, pieces in new.items() if number not in beside}
    return Comparison(frame[~known], renewals, tuple(found), {**together, **later.children})


def _beside(families: Mapping[str, Sequence[str]], frame: gpd.GeoDataFrame) -> list[Finding]:
    """Return the finding about pieces of patches that were decided about: both are counted."""
    pieces = [piece for own in families.values() for piece in own]
    mu = f"{frame.loc[frame['patch_no'].isin(pieces), 'area_mu'].sum():.2f}"
    return [finding("split-beside-parent", pieces, mu=mu, examples=_listed(families))] if pieces else []


def _refusal(work: Workspace, numbers: pd.Series[str], stored: gpd.GeoDataFrame) -> str:
    names = batches.read(work).set_index("batch_id")["name"]
    ids = stored.loc[stored["patch_no"].isin(set(numbers)), "batch_id"].unique()
    earlier = "、".join(f"“{names[batch_id]}”" for batch_id in ids[:_EXAMPLES])
    return (
        f"有 {len(numbers)} 个图斑编号已在以前的批次{earlier}里（{_listed(numbers)}），没有导入；"
        "若是更正后重新下发，请选“更新已有图斑”（UPDATE）再导入：只更新下发字段和图形，已作的判定和确认的职责不改。"
    )


def _renewals(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, check: Check) -> tuple[Renewal, ...]:
    is_reshaped = _differs(before.geometry.to_numpy(), after.geometry.to_numpy(), check)
    olds, news = before.to_dict("records"), after.to_dict("records")
    renewals = [_renewal(*item) for item in zip(olds, news, is_reshaped, strict=True)]
    return tuple(renewal for renewal in renewals if renewal is not None)


def _differs(one: Geometries, other: Geometries, check: Check) -> list[bool]:
    if not len(one):
        return []
    common = shared(one, other, np.equal, check)
    apart = official_area(one) + official_area(other) - 2 * total_by(common.one, common.area, len(one))
    return [bool(area >= _SAME_SHAPE_M2) for area in apart]


def _renewal(old: dict[str, Any], new: dict[str, Any], is_reshaped: bool) -> Renewal | None:
    """Return what changes on one patch, None when nothing does."""
    names = [
        name
        for name in reissue.FIELDS
        if not (name in _KEPT_WHEN_BLANK and not new[name])
        and not (name in _OF_THE_SHAPE and not is_reshaped)
        and not (name == "parent_no" and old["split_state"])
        and plain(old[name]) != plain(new[name])
    ]
    if not names and not is_reshaped:
        return None
    before, after = ({name: plain(row[name]) for name in names} for row in (old, new))
    return Renewal(old["patch_no"], before, after, new["geom"] if is_reshaped else None)


def _refuse_split(before: gpd.GeoDataFrame, renewals: Sequence[Renewal], stored: gpd.GeoDataFrame) -> None:
    """Raise WeipianError where a new shape would not fit the pieces that a patch was split into here."""
    here = set(stored.loc[stored["split_on"] != "", "patch_no"])
    states = before["split_state"].where(before["patch_no"].isin(here) | before["parent_no"].isin(here), "")
    own = states.index[states == CHILD]
    if len(own):
        raise WeipianError(
            f"图斑编号 {_listed(own)} 是在本工作库里拆分出来的，与下发文件中的编号相同，没有导入；"
            "请先撤销拆分，再导入。"
        )
    cut = [item.patch_no for item in renewals if item.shape is not None and states[item.patch_no]]
    if cut:
        raise WeipianError(
            f"图斑 {_listed(cut)} 已经拆分，而重新下发的图形与原来不同，没有导入；请先撤销拆分，再导入。"
        )


def _findings(renewals: Sequence[Renewal], issued_again: int, decided: frozenset[str]) -> list[Finding]:
    reshaped = [item.patch_no for item in renewals if item.shape is not None]
    touched = [item.patch_no for item in renewals if item.patch_no in decided]
    rows = {
        "patches-updated": [item.patch_no for item in renewals],
        "patches-reshaped": reshaped,
        "patches-updated-decided": touched,
    }
    found = [finding(code, numbers, examples=_listed(numbers)) for code, numbers in rows.items() if numbers]
    same = issued_again - len(renewals)
    return [*found, finding("patches-unchanged", rows=same)] if same else found


def _listed(numbers: Iterable[str]) -> str:
    numbers = list(numbers)
    return "、".join(numbers[:_EXAMPLES]) + (" 等" if len(numbers) > _EXAMPLES else "")
