"""Whether a patch lies in the area that a layer's delivery covers."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.geodesy import Geometries

OUTSIDE_M2 = 10.0
OUTSIDE_SHARE = 0.01
"""A patch leaves the coverage when more than both lies outside: borders are drawn with some freedom."""


def inside(patches: Geometries, coverage: shapely.Geometry | None) -> NDArray[np.bool_]:
    """Return which patches lie in a coverage (both in the compute plane); all of them when it is None."""
    result = np.ones(len(patches), dtype=bool)
    if coverage is None:
        return result
    shapely.prepare(coverage)
    doubtful = np.flatnonzero(~shapely.covers(coverage, patches))
    area = shapely.area(patches[doubtful])
    outside = shapely.area(shapely.difference(patches[doubtful], coverage))
    result[doubtful] = (outside <= OUTSIDE_M2) | (outside <= area * OUTSIDE_SHARE)
    return result
