"""The rows of the tables overlay_area and overlay_hit, built from the kernel's arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.geodesy import Floats
from weipian_plugin.domain.overlay.extent import OUTSIDE_M2, OUTSIDE_SHARE, Bools
from weipian_plugin.domain.overlay.result import Features, RoleOverlay, Texts
from weipian_plugin.domain.roles import Role, Status
from weipian_plugin.domain.units import to_mu

AREA_COLUMNS = (
    "patch_no",
    "role",
    "class_code",
    "class_name",
    "status",
    "area_m2",
    "area_mu",
    "net_area_m2",
    "net_area_mu",
    "share",
    "edition",
)
HIT_COLUMNS = ("patch_no", "role", "source_fid", "label", "class_code", "area_m2", "share")
UNCOVERED = "未覆盖"
"""class_name of the ground of a patch that the land-class layer leaves open."""

Rows = Mapping[str, NDArray[Any]]
"""Rows as parallel arrays by column: a frame for each role and block would take longer than the overlay."""


def union_rows(
    patch_no: Texts, patch_area: Floats, role: Role, overlay: RoleOverlay, inside: Bools, edition: str
) -> Rows:
    """Return one row a patch for a role that is a range.

    `inside` tells which patches lie in the layer's coverage. One that leaves it is 未评估; area found all
    the same is kept, and stays empty where none was found, for that is not a no.
    """
    area = np.zeros(len(patch_no))
    area[overlay.areas.patch] = overlay.areas.area
    status = np.where(area > 0, Status.HIT.value, Status.MISS.value).astype(object)
    status[~inside] = Status.NOT_EVALUATED.value
    known = inside | (area > 0)
    return _area_rows(patch_no, role, edition, status, np.where(known, area, np.nan), patch_area)


def class_rows(
    patch_no: Texts,
    patch_area: Floats,
    overlay: RoleOverlay,
    edition: str,
    name_of: Callable[[str], str],
) -> Rows:
    """Return one row a patch and land class, and one 未覆盖 (未评估) for ground that no parcel covers."""
    rows = overlay.areas
    names = {code: name_of(code) for code in set(rows.class_code)}
    hit = np.full(len(rows.patch), Status.HIT.value, dtype=object)
    met = {
        **_area_rows(patch_no[rows.patch], Role.LAND_CLASS, edition, hit, rows.area, patch_area[rows.patch]),
        "class_code": rows.class_code,
        "class_name": np.array([names[code] for code in rows.class_code], dtype=object),
        "net_area_m2": rows.net_area,
        "net_area_mu": to_mu(rows.net_area),
    }
    return _stack([met, _uncovered_rows(patch_no, patch_area, overlay.uncovered, edition)], AREA_COLUMNS)


def _uncovered_rows(patch_no: Texts, patch_area: Floats, uncovered: Floats, edition: str) -> Rows:
    patch = np.flatnonzero(uncovered)
    unknown = np.full(len(patch), Status.NOT_EVALUATED.value, dtype=object)
    rest = _area_rows(patch_no[patch], Role.LAND_CLASS, edition, unknown, uncovered[patch], patch_area[patch])
    return {**rest, "class_name": np.full(len(patch), UNCOVERED, dtype=object)}


def missing_rows(patch_no: Texts, role: Role) -> Rows:
    """Return one 未评估 row a patch for a role of which the library holds no layer."""
    nothing = np.full(len(patch_no), np.nan)
    status = np.full(len(patch_no), Status.NOT_EVALUATED.value, dtype=object)
    return _area_rows(patch_no, role, "", status, nothing, np.ones(len(patch_no)))


def hit_rows(
    patch_no: Texts, patch_area: Floats, role: Role, overlay: RoleOverlay, features: Features
) -> Rows:
    """Return one row a patch and feature met."""
    hits = overlay.hits
    return {
        "patch_no": patch_no[hits.patch],
        "role": np.full(len(hits.patch), role.value, dtype=object),
        "source_fid": features.source_fid[hits.feature],
        "label": features.label[hits.feature],
        "class_code": features.class_code[hits.feature],
        "area_m2": hits.area,
        "share": hits.area / patch_area[hits.patch],
    }


def beyond_survey(areas: pd.DataFrame, roles: Sequence[Role]) -> pd.DataFrame:
    """Return overlay_area with no 未命中 of these roles for patches that leave the land-class layer.

    Where no parcel lies, nobody knows whether a range was drawn either: 未评估, as for a patch that leaves a
    layer's coverage; area that was found is kept.
    """
    open_ground = areas[(areas["role"] == Role.LAND_CLASS.value) & (areas["class_name"] == UNCOVERED)]
    outside = (open_ground["area_m2"] > OUTSIDE_M2) & (open_ground["share"] > OUTSIDE_SHARE)
    if not (roles and outside.any()):
        return areas
    doubtful = areas["patch_no"].isin(open_ground.loc[outside, "patch_no"])
    doubtful &= areas["role"].isin([role.value for role in roles])
    nothing = doubtful & (areas["area_m2"] == 0)
    areas.loc[doubtful, "status"] = Status.NOT_EVALUATED.value
    areas.loc[nothing, ["area_m2", "area_mu", "share"]] = np.nan
    return areas


def frame(parts: Sequence[Rows], columns: Sequence[str]) -> pd.DataFrame:
    """Return all rows under one another as a DataFrame."""
    return pd.DataFrame(_stack(parts, columns))


def _stack(parts: Sequence[Rows], columns: Sequence[str]) -> Rows:
    # What has no rows has no say in the type of a column either.
    filled = [part for part in parts if len(part["patch_no"])] or parts[:1]
    return {name: np.concatenate([part[name] for part in filled]) for name in columns}


def _area_rows(
    patch_no: Texts, role: Role, edition: str, status: Texts, area: Floats, share_of: Floats
) -> Rows:
    count = len(patch_no)
    nothing, none = np.full(count, "", dtype=object), np.full(count, np.nan)
    return {
        "patch_no": patch_no,
        "role": np.full(count, role.value, dtype=object),
        "class_code": nothing,
        "class_name": nothing,
        "status": status,
        "area_m2": area,
        "area_mu": to_mu(area),
        "net_area_m2": none,
        "net_area_mu": none,
        "share": area / share_of,
        "edition": np.full(count, edition, dtype=object),
    }
