"""The land survey's area formula in its own form, trapezoid by trapezoid, without any code of the plug-in."""

from __future__ import annotations

import math
from itertools import pairwise

import shapely

AXIS, FLATTENING = 6378137.0, 1 / 298.257222101
E2 = FLATTENING * (2 - FLATTENING)
SERIES = (
    1 + E2 / 2 + 3 / 8 * E2**2 + 5 / 16 * E2**3 + 35 / 128 * E2**4,
    E2 / 6 + 3 / 16 * E2**2 + 3 / 16 * E2**3 + 35 / 192 * E2**4,
    3 / 80 * E2**2 + 1 / 16 * E2**3 + 5 / 64 * E2**4,
    E2**3 / 112 + 5 / 256 * E2**4,
    5 / 2304 * E2**4,
)
"""A to E of the survey's rules, fractions reduced."""


def of_wkb(blob: bytes) -> float:
    """Return m² of polygons in degrees."""
    total = 0.0
    for polygon in shapely.get_parts(shapely.from_wkb(blob)):
        total += _ring(polygon.exterior) - math.fsum(map(_ring, polygon.interiors))
    return total


def _ring(ring) -> float:
    points = [(math.radians(x), math.radians(y)) for x, y in ring.coords]
    origin = points[0][0]
    trapezoids = (((x1 + x2) / 2 - origin) * _zone(y1, y2) for (x1, y1), (x2, y2) in pairwise(points))
    return abs(math.fsum(trapezoids))


def _zone(south: float, north: float) -> float:
    terms = (
        sign * value * math.sin(odd * (north - south) / 2) * math.cos(odd * (north + south) / 2)
        for sign, odd, value in zip((1, -1, 1, -1, 1), (1, 3, 5, 7, 9), SERIES, strict=True)
    )
    return 2 * (AXIS * (1 - FLATTENING)) ** 2 * math.fsum(terms)
