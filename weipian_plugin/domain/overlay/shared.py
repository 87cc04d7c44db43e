"""The ground that shapes share, pair by pair, where they are not patches among layers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.geodesy import Floats, Geometries
from weipian_plugin.domain.numbers import Ints
from weipian_plugin.domain.overlay.common_ground import Check
from weipian_plugin.domain.overlay.measure import Wanted, common_ground, total_by
from weipian_plugin.domain.overlay.outlines import outlines
from weipian_plugin.domain.overlay.patch_ground import patch_ground
from weipian_plugin.domain.overlay.rings import rings_of


@dataclass(frozen=True)
class Shared:
    """Pairs that share ground: parallel arrays, by row of the one array, then of the other."""

    one: Ints
    other: Ints
    area: Floats
    """m² of the compute plane, > 0."""

    def keep(self, mask: NDArray[np.bool_]) -> Shared:
        """Return the pairs of the mask."""
        return Shared(self.one[mask], self.other[mask], self.area[mask])


def shared(one: Geometries, other: Geometries, wanted: Wanted, check: Check) -> Shared:
    """Return which of two arrays of valid polygons and multipolygons (EPSG:4490 degrees) share how much.

    From their edges alone, so that shapes of any number of vertices can be stopped halfway: `check` is called
    every now and then and may raise.
    """
    near, far = shapely.STRtree(other).query(one)
    asked = wanted(near, far)
    rows, others = np.unique(near[asked]), np.unique(far[asked])
    drawn, ground = outlines(rings_of(one[rows])), patch_ground(other[others])
    check()
    common = common_ground(ground, drawn, lambda patch, feature: wanted(rows[feature], others[patch]), check)
    pairs = np.array([rows[common.feature], others[common.patch]])
    named, at = np.unique(pairs, axis=1, return_inverse=True)
    return Shared(named[0], named[1], total_by(at.ravel(), common.area, named.shape[1]))
