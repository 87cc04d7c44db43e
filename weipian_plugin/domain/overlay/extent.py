"""Whether a patch lies in the area that a layer's delivery covers."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.geodesy import Geometries

OUTSIDE_M2 = 10.0
OUTSIDE_SHARE = 0.01
"""A patch leaves the coverage when more than both lies outside: borders are drawn with some freedom."""


Bools = NDArray[np.bool_]


def inside(patches: Geometries, coverage: shapely.Geometry) -> Bools:
    """Return which patches lie in a coverage, both in the compute plane.

    The coverage is prepared in place, so it belongs to one thread.
    """
    result = np.ones(len(patches), dtype=bool)
    shapely.prepare(coverage)
    doubtful = np.flatnonzero(~shapely.covers(coverage, patches))
    area = shapely.area(patches[doubtful])
    outside = shapely.area(shapely.difference(patches[doubtful], coverage))
    result[doubtful] = (outside <= OUTSIDE_M2) | (outside <= area * OUTSIDE_SHARE)
    return result
