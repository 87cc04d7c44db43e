"""The rows of the tables overlay_area and overlay_hit, built from the kernel's arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.geodesy import Floats
from weipian_plugin.domain.overlay_result import Features, RoleOverlay, Texts
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

Bools = NDArray[np.bool_]


def union_rows(
    patch_no: Texts, patch_area: Floats, role: Role, overlay: RoleOverlay, inside: Bools, edition: str
) -> pd.DataFrame:
    """Return one row a patch for a role that is a range.

    `inside` tells which patches lie in the layer's coverage. One that leaves it is 未评估; area found all
    the same is kept, and stays empty where none was found, for that is not a no.
    """
    area = np.zeros(len(patch_no))
    area[overlay.areas.patch] = overlay.areas.area
    status = np.where(area > 0, Status.HIT.value, Status.MISS.value)
    status[~inside] = Status.NOT_EVALUATED.value
    known = inside | (area > 0)
    return _area_frame(patch_no, role, edition, status, np.where(known, area, np.nan), share_of=patch_area)


def class_rows(
    patch_no: Texts,
    patch_area: Floats,
    overlay: RoleOverlay,
    edition: str,
    name_of: Callable[[str], str],
) -> pd.DataFrame:
    """Return one row a patch and land class, and one 未覆盖 (未评估) for ground that no parcel covers."""
    rows = overlay.areas
    met = _area_frame(
        patch_no[rows.patch],
        Role.LAND_CLASS,
        edition,
        np.full(len(rows.patch), Status.HIT.value),
        rows.area,
        share_of=patch_area[rows.patch],
    )
    met["class_code"] = rows.class_code
    met["class_name"] = [name_of(code) for code in rows.class_code]
    met["net_area_m2"], met["net_area_mu"] = rows.net_area, to_mu(rows.net_area)
    open_ground = np.flatnonzero(overlay.uncovered)
    rest = _area_frame(
        patch_no[open_ground],
        Role.LAND_CLASS,
        edition,
        np.full(len(open_ground), Status.NOT_EVALUATED.value),
        overlay.uncovered[open_ground],
        share_of=patch_area[open_ground],
    )
    rest["class_name"] = UNCOVERED
    return join([met, rest], AREA_COLUMNS)


def missing_rows(patch_no: Texts, role: Role) -> pd.DataFrame:
    """Return one 未评估 row a patch for a role of which the library holds no layer."""
    nothing = np.full(len(patch_no), np.nan)
    status = np.full(len(patch_no), Status.NOT_EVALUATED.value)
    return _area_frame(patch_no, role, "", status, nothing, share_of=np.ones(len(patch_no)))


def hit_rows(
    patch_no: Texts, patch_area: Floats, role: Role, overlay: RoleOverlay, features: Features
) -> pd.DataFrame:
    """Return one row a patch and feature met."""
    hits = overlay.hits
    return pd.DataFrame(
        {
            "patch_no": patch_no[hits.patch],
            "role": role.value,
            "source_fid": features.source_fid[hits.feature],
            "label": features.label[hits.feature],
            "class_code": features.class_code[hits.feature],
            "area_m2": hits.area,
            "share": hits.area / patch_area[hits.patch],
        },
        columns=list(HIT_COLUMNS),
    )


def join(frames: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    """Return the rows of all frames, which have these columns, under one another."""
    filled = [frame for frame in frames if len(frame)]
    # Column by column: pandas would guess the type of columns that are empty in one of the frames.
    return pd.DataFrame({name: _stacked([frame[name] for frame in filled]) for name in columns})


def _stacked(columns: Sequence[pd.Series[Any]]) -> NDArray[np.generic]:
    return np.concatenate([column.to_numpy() for column in columns]) if columns else np.empty(0)


def _area_frame(
    patch_no: Texts,
    role: Role,
    edition: str,
    status: NDArray[np.str_],
    area: Floats,
    *,
    share_of: Floats,
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "patch_no": patch_no,
            "role": role.value,
            "class_code": "",
            "class_name": "",
            "status": status.astype(object),
            "area_m2": area,
            "area_mu": to_mu(area),
            "net_area_m2": np.nan,
            "net_area_mu": np.nan,
            "share": area / share_of,
            "edition": edition,
        },
        columns=list(AREA_COLUMNS),
    )
