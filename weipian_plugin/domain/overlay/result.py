"""From pieces to figures: area by role or land class for each patch, and the features hit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from weipian_plugin.domain.geodesy import Floats
from weipian_plugin.domain.numbers import Ints
from weipian_plugin.domain.overlay.common_ground import Check
from weipian_plugin.domain.overlay.coverage import own_areas, union_areas
from weipian_plugin.domain.overlay.measure import Common, measure, total_by
from weipian_plugin.domain.overlay.patch_ground import PatchGround

UNCOVERED_M2 = 1e-3
"""m² from which ground without a land class is reported; less is rounding of the pieces' corners."""

Texts = NDArray[np.object_]


@dataclass(frozen=True)
class Features:
    """Base features near the patches, parallel arrays."""

    wkb: Sequence[bytes]
    """Polygons and multipolygons in EPSG:4490 degrees."""
    source_fid: Ints
    label: Texts
    class_code: Texts
    net_ratio: Floats
    """m² after deduction of 田坎 for each m² of the feature; 1 where nothing is deducted."""


@dataclass(frozen=True)
class AreaRows:
    """One row a patch and class met (class '' for roles without classes), parallel arrays, areas in m²."""

    patch: Ints
    class_code: Texts
    area: Floats
    net_area: Floats


@dataclass(frozen=True)
class HitRows:
    """One row a patch and feature met, parallel arrays; `feature` counts in the Features, area in m²."""

    patch: Ints
    feature: Ints
    area: Floats


@dataclass(frozen=True)
class RoleOverlay:
    """What one layer gives for all patches of a block."""

    areas: AreaRows
    hits: HitRows
    uncovered: Floats
    """m² of each patch outside every feature, shape (patches,)."""
    doubled: Ints
    """Patches in which features of a land-class layer overlap each other."""


def overlay_union(patches: PatchGround, features: Features, check: Check) -> RoleOverlay:
    """Return for each patch the area of the union of all features, for roles that are ranges."""
    common, drawn = measure(patches, features.wkb, check)
    union = union_areas(common, patches, drawn, check)
    met = np.flatnonzero(union)
    rows = AreaRows(met, np.full(len(met), "", dtype=object), union[met], np.full(len(met), np.nan))
    return RoleOverlay(rows, _hits(common), _uncovered(patches, union), np.empty(0, dtype=np.int64))


def overlay_classes(
    patches: PatchGround,
    features: Features,
    is_farmland: Callable[[str], bool],
    check: Check,
) -> RoleOverlay:
    """Return for each patch the area by class code, each place counted once.

    Where features overlap, the place goes to farmland first (a mistake of the layer must not hide farmland),
    then to the lower class code, then to the lower feature id.
    """
    common, drawn = measure(patches, features.wkb, check)
    feature = common.feature
    rank = _rank(features, is_farmland)[feature]
    owned, doubled = own_areas(common, rank, patches, drawn, check)
    codes, code_of = np.unique(features.class_code[feature].astype(str), return_inverse=True)
    key = common.patch * max(len(codes), 1) + code_of
    groups, group_of = np.unique(key, return_inverse=True)
    area = total_by(group_of, owned, len(groups))
    net = total_by(group_of, owned * features.net_ratio[feature], len(groups))
    met = area > 0
    patch, code = np.divmod(groups[met], max(len(codes), 1))
    rows = AreaRows(patch, codes[code].astype(object), area[met], net[met])
    covered = total_by(common.patch, owned, len(patches.area))
    return RoleOverlay(rows, _hits(common), _uncovered(patches, covered), doubled)


def _hits(common: Common) -> HitRows:
    """Return what features have in common with patches, the polygons of one feature put together."""
    starts = np.flatnonzero(np.diff(common.patch, prepend=-1) | np.diff(common.feature, prepend=-1))
    area = np.add.reduceat(common.area, starts) if len(starts) else common.area
    return HitRows(common.patch[starts], common.feature[starts], area)


def _rank(features: Features, is_farmland: Callable[[str], bool]) -> Ints:
    """Return the order in which features own ground that several cover."""
    codes, code_of = np.unique(features.class_code.astype(str), return_inverse=True)
    is_other = np.array([not is_farmland(code) for code in codes], dtype=bool)
    order = np.lexsort((features.source_fid, code_of, is_other[code_of]))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank


def _uncovered(patches: PatchGround, covered: Floats) -> Floats:
    rest = patches.area - covered
    return np.where(rest > UNCOVERED_M2, rest, 0.0)
