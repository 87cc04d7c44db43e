"""The overlay kernel: how much of base features lies in which patches.

Pure functions over polygons in EPSG:4490 degrees; what they give are official areas, since all is measured
in the compute plane (`domain.geodesy`). No file is read here and nothing is known of QGIS.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from weipian_plugin.domain.geodesy import Floats
from weipian_plugin.domain.numbers import Ints
from weipian_plugin.domain.overlay.clipping import clip
from weipian_plugin.domain.overlay.common_ground import Check, common_areas
from weipian_plugin.domain.overlay.outlines import Outlines, outlines
from weipian_plugin.domain.overlay.patch_ground import PatchGround
from weipian_plugin.domain.overlay.rings import read_rings

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

    `check` is called every now and then and may raise to stop.
    """
    drawn = outlines(read_rings(features))
    check()
    # Polygon by polygon: the box of a red line of far-flung parts would meet every patch between them.
    polygon, patch = patches.tree.query(shapely.box(*drawn.box))
    feature = drawn.rings.feature[polygon]
    order = np.lexsort((polygon, feature, patch))
    patch, feature, polygon = patch[order], feature[order], polygon[order]
    parts = [
        common_areas(
            clip(drawn, polygon[part], patches.boxes, patch[part]), patches.edges, patch[part], check
        )
        for part in parts_of(drawn, polygon)
    ]
    area = np.concatenate([np.empty(0), *parts])
    real = np.flatnonzero(area > TOUCH * (patches.boxes.width * patches.boxes.height)[patch])
    return Common(patch[real], feature[real], polygon[real], area[real]), drawn


def total_by(index: Ints, values: Floats, count: int) -> Floats:
    """Return the sum of `values` for each index 0 to count - 1."""
    return np.bincount(index, values, minlength=count).astype(np.float64)


def parts_of(drawn: Outlines, polygon: Ints) -> Iterator[slice]:
    """Return runs of pairs whose polygons have together about as many edges as are looked at at once."""
    total = np.cumsum(drawn.blocks.count[polygon])
    start = 0
    while start < len(total):
        done = total[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(total, done + _BLOCKS_AT_ONCE, side="right")))
        yield slice(start, end)
        start = end
