"""The overlay kernel: how much of base features lies in which patches.

Pure functions over polygons in EPSG:4490 degrees; what they give are official areas, since all is measured
in the compute plane (`domain.geodesy`). No file is read here and nothing is known of QGIS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.geodesy import Floats
from weipian_plugin.domain.numbers import Ints, portions
from weipian_plugin.domain.overlay.clipping import clip
from weipian_plugin.domain.overlay.common_ground import Check, common_areas
from weipian_plugin.domain.overlay.outlines import Outlines, by_ring, outlines
from weipian_plugin.domain.overlay.patch_ground import PatchGround
from weipian_plugin.domain.overlay.rings import read_rings

Wanted = Callable[[Ints, Ints], NDArray[Any]]
"""Of patches and features: which pairs are asked for; np.less and the like."""
TOUCH = 1e-12
"""Of a patch's box: common ground that is no more than the rounding of coordinates, where outlines touch."""
_BLOCKS_AT_ONCE = 1 << 14
"""Blocks of edges looked at between two looks at the cancel button; some tenths of a second, some 100 MB."""


@dataclass(frozen=True)
class Common:
    """Ground that patches and polygons have in common: parallel arrays, by patch, then feature; area > 0."""

    patch: Ints
    feature: Ints
    """The feature that the polygon is a part of."""
    polygon: Ints
    area: Floats
    """m², whatever other polygons cover the ground too."""


def measure(patches: PatchGround, features: Sequence[bytes], check: Check) -> tuple[Common, Outlines]:
    """Return what the polygons of each feature (WKB) have in common with each patch, and their outlines.

    `check` is called every now and then and may raise to stop. Raises ValueError for features without a shape
    and for NaN and infinity: they would meet nothing, and what cannot be measured must not count as a no.
    """
    drawn = outlines(read_rings(features))
    if not np.isfinite(drawn.rings.lonlat).all():
        raise ValueError("coordinates that are no numbers")
    if not np.bincount(drawn.rings.feature, minlength=len(features)).all():
        raise ValueError("a feature without a shape")
    check()
    return common_ground(patches, drawn, every_pair, check), drawn


def every_pair(patch: Ints, _feature: Ints) -> NDArray[np.bool_]:
    """Ask for all pairs."""
    return np.ones(len(patch), dtype=bool)


def common_ground(patches: PatchGround, drawn: Outlines, wanted: Wanted, check: Check) -> Common:
    """Return what the polygons have in common with those patches for which they are asked."""
    # Ring by ring: the box of a red line of far-flung parts would meet every patch between them.
    rings = by_ring(drawn)
    ring, tile = patches.tree.query(shapely.box(*rings.box))
    polygon, patch = drawn.rings.polygon[ring], patches.tile_of[tile]
    asked = np.flatnonzero(wanted(patch, drawn.rings.feature[polygon]))
    asked = asked[np.lexsort((tile[asked], ring[asked], patch[asked]))]
    area = _measured(patches, rings, ring[asked], tile[asked], check)
    patch, polygon = patch[asked], polygon[asked]
    first = np.flatnonzero((np.diff(patch, prepend=-1) != 0) | (np.diff(polygon, prepend=-1) != 0))
    patch, polygon = patch[first], polygon[first]
    area = np.add.reduceat(area, first) if len(first) else area
    real = np.flatnonzero(area > touch(patches)[patch])
    return Common(patch[real], drawn.rings.feature[polygon[real]], polygon[real], area[real])


def _measured(patches: PatchGround, rings: Outlines, ring: Ints, tile: Ints, check: Check) -> Floats:
    """Return the m² under each `ring[i]` in its `tile[i]` of a patch: below 0 for a hole."""
    parts = [
        common_areas(clip(rings, ring[part], patches.tiles, tile[part]), patches.edges, tile[part], check)
        for part in parts_of(rings, ring)
    ]
    return np.concatenate([np.empty(0), *parts])


def touch(patches: PatchGround) -> Floats:
    """Return for each patch the m² of common ground that are a touch."""
    return TOUCH * patches.boxes.width * patches.boxes.height


def total_by(index: Ints, values: Floats, count: int) -> Floats:
    """Return the sum of `values` for each index 0 to count - 1."""
    return np.bincount(index, values, minlength=count).astype(np.float64)


def parts_of(drawn: Outlines, polygon: Ints) -> Iterator[slice]:
    """Return runs of pairs whose polygons have together about as many edges as are looked at at once."""
    return portions(drawn.blocks.count[polygon], _BLOCKS_AT_ONCE)
