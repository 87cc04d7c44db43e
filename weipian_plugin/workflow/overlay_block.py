"""Overlay a block of patches with layers of the library: the work of one thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from weipian_plugin.domain.land_class import LandClasses
from weipian_plugin.domain.layers import LayerEdition
from weipian_plugin.domain.overlay.common_ground import Check
from weipian_plugin.domain.overlay.extent import Bools
from weipian_plugin.domain.overlay.frames import (
    Rows,
    class_rows,
    hit_rows,
    missing_rows,
    union_rows,
)
from weipian_plugin.domain.overlay.patch_ground import PatchGround
from weipian_plugin.domain.overlay.result import Features, Texts, overlay_classes, overlay_union
from weipian_plugin.domain.roles import Role
from weipian_plugin.store.library import Library, StoredFeatures


@dataclass(frozen=True)
class Patches:
    """Patches to overlay: parallel arrays."""

    patch_no: Texts
    ground: PatchGround
    inside: Mapping[Role, Bools]
    """For each layer in the library: which patches lie in what it covers."""


@dataclass(frozen=True)
class RoleRows:
    """Rows of one role for overlay_area and overlay_hit, and the patches whose parcels overlap."""

    areas: Rows
    hits: Rows | None = None
    doubled: tuple[str, ...] = ()


@dataclass(frozen=True)
class Base:
    """What all blocks share."""

    library: Library
    editions: Mapping[Role, LayerEdition]
    told_by_survey: Sequence[Role]
    """The layers of which only the land classes show how far they reach."""
    classes: LandClasses


def overlay_block(
    patches: Patches, roles: Sequence[Role], base: Base, check: Check, done: Callable[[], None]
) -> list[RoleRows]:
    """Return the rows of these patches for some roles; `done` is called after each role."""
    rows = []
    with base.library.around(shapely.bounds(patches.ground.geometry)) as near:
        for role in roles:
            check()
            if role in base.editions:
                rows.append(_overlay_role(patches, role, base, near(role), check))
            else:
                rows.append(RoleRows(missing_rows(patches.patch_no, role)))
            done()
    return rows


def _overlay_role(patches: Patches, role: Role, base: Base, found: StoredFeatures, check: Check) -> RoleRows:
    edition, ground = base.editions[role].edition, patches.ground
    features = features_of(found)
    if role is Role.LAND_CLASS:
        result = overlay_classes(ground, features, base.classes.is_farmland, check)
        areas = class_rows(patches.patch_no, ground.area, result, edition, base.classes.name)
    else:
        result = overlay_union(ground, features, check)
        areas = union_rows(patches.patch_no, ground.area, role, result, patches.inside[role], edition)
    hits = hit_rows(patches.patch_no, ground.area, role, result, features)
    return RoleRows(areas, hits, tuple(patches.patch_no[result.doubled]))


def features_of(found: StoredFeatures) -> Features:
    """Return stored features for the kernel."""
    net_ratio = np.ones(len(found.wkb))
    # A cut parcel scales TBMJ and TBDLMJ alike, and 平差 brings TBMJ to the ground that was cut: what is left
    # of a clipped m² is TBDLMJ / TBMJ, also where the layer was clipped before and TBMJ is of the whole.
    whole = np.where(found.parcel_area_m2 > 0, found.parcel_area_m2, found.geom_area_m2)
    deducted = (found.deducted_class != "") & np.isfinite(found.net_parcel_area_m2) & (whole > 0)
    net_ratio[deducted] = np.minimum(found.net_parcel_area_m2[deducted] / whole[deducted], 1.0)
    return Features(found.wkb, found.source_fid, found.label, found.class_code, net_ratio)
