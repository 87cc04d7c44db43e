"""Overlay a block of patches with layers of the library: the work of one thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from weipian_plugin.domain.extent import Bools
from weipian_plugin.domain.geodesy import Floats, Geometries, to_plane
from weipian_plugin.domain.land_class import LandClasses
from weipian_plugin.domain.layers import LayerEdition
from weipian_plugin.domain.overlay import Check, Ints
from weipian_plugin.domain.overlay_frames import (
    class_rows,
    hit_rows,
    missing_rows,
    union_rows,
)
from weipian_plugin.domain.overlay_result import Features, Texts, overlay_classes, overlay_union
from weipian_plugin.domain.roles import Role
from weipian_plugin.store.library import Library, StoredFeatures


@dataclass(frozen=True)
class Patches:
    """Patches to overlay: parallel arrays."""

    patch_no: Texts
    geometry: Geometries
    """In the compute plane."""
    area: Floats
    """m²."""
    boxes: Floats
    """Degrees: min lon, min lat, max lon, max lat; shape (n, 4)."""
    inside: Mapping[Role, Bools]
    """For each layer in the library: which patches lie in what it covers."""

    def copies(self, index: Ints) -> Patches:
        """Return copies of the patches at these indices, for one thread to prepare as it likes."""
        return Patches(
            self.patch_no[index],
            shapely.from_wkb(shapely.to_wkb(self.geometry[index])),
            self.area[index],
            self.boxes[index],
            {role: mask[index] for role, mask in self.inside.items()},
        )


@dataclass(frozen=True)
class RoleRows:
    """Rows of one role for overlay_area and overlay_hit, and the patches whose parcels overlap."""

    areas: pd.DataFrame
    hits: pd.DataFrame
    doubled: tuple[str, ...] = ()


@dataclass(frozen=True)
class Base:
    """What all blocks share; nothing of it is prepared, for that would belong to one thread."""

    library: str
    editions: Mapping[Role, LayerEdition]
    classes: LandClasses


def overlay_block(
    patches: Patches, roles: Sequence[Role], base: Base, check: Check, done: Callable[[], None]
) -> list[RoleRows]:
    """Return the rows of these patches for some roles; `done` is called after each role.

    The patches are prepared in place, so they belong to the calling thread.
    """
    rows = []
    with Library.open(base.library).around(patches.boxes) as near:
        for role in roles:
            check()
            if role in base.editions:
                rows.append(_overlay_role(patches, role, base, near(role), check))
            else:
                rows.append(RoleRows(missing_rows(patches.patch_no, role), pd.DataFrame()))
            done()
    return rows


def _overlay_role(patches: Patches, role: Role, base: Base, found: StoredFeatures, check: Check) -> RoleRows:
    edition = base.editions[role].edition
    features = features_of(found)
    if role is Role.LAND_CLASS:
        result = overlay_classes(patches.geometry, features, base.classes.is_farmland, check)
        areas = class_rows(patches.patch_no, patches.area, result, edition, base.classes.name)
    else:
        result = overlay_union(patches.geometry, features, check)
        areas = union_rows(patches.patch_no, patches.area, role, result, patches.inside[role], edition)
    hits = hit_rows(patches.patch_no, patches.area, role, result, features)
    return RoleRows(areas, hits, tuple(patches.patch_no[result.doubled]))


def features_of(found: StoredFeatures) -> Features:
    """Return stored features in the compute plane."""
    net_ratio = np.ones(len(found.wkb))
    deducted = (found.deducted_class != "") & np.isfinite(found.net_parcel_area_m2) & (found.geom_area_m2 > 0)
    # A cut parcel scales TBDLMJ by clip area over geometry area (survey practice): a ratio per clipped m².
    net_ratio[deducted] = found.net_parcel_area_m2[deducted] / found.geom_area_m2[deducted]
    geometry = to_plane(shapely.from_wkb(found.wkb))
    return Features(geometry, found.source_fid, found.label, found.class_code, net_ratio)
