"""Areas worked out without any code of the plug-in: the survey's formula in its own form, and a plain clip.

The survey adds up trapezoids between each edge and a meridian; the coefficients A to E are a series in e².
The clip is Sutherland and Hodgman's, in exact fractions, for convex shapes.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

A_AXIS = 6378137.0
FLATTENING = 1 / 298.257222101
E2 = 2 * FLATTENING - FLATTENING**2
B_AXIS = A_AXIS * (1 - FLATTENING)

COEFFICIENTS = (
    1 + 3 / 6 * E2 + 30 / 80 * E2**2 + 35 / 112 * E2**3 + 630 / 2304 * E2**4,
    1 / 6 * E2 + 15 / 80 * E2**2 + 21 / 112 * E2**3 + 420 / 2304 * E2**4,
    3 / 80 * E2**2 + 7 / 112 * E2**3 + 180 / 2304 * E2**4,
    1 / 112 * E2**3 + 45 / 2304 * E2**4,
    5 / 2304 * E2**4,
)


def zone(south: float, north: float) -> float:
    """Return m² a radian of longitude between two latitudes in degrees, by the series A to E."""
    half, middle = math.radians(north - south) / 2, math.radians(north + south) / 2
    terms = (
        (-1) ** k * value * math.sin((2 * k + 1) * half) * math.cos((2 * k + 1) * middle)
        for k, value in enumerate(COEFFICIENTS)
    )
    return 2 * B_AXIS**2 * math.fsum(terms)


def ring_area(ring) -> float:
    """Return m² of a closed ring of (lon, lat): the sum of its trapezoids."""
    origin = ring[0][0]
    steps = pairwise(ring)
    return abs(math.fsum(math.radians((x1 + x2) / 2 - origin) * zone(y1, y2) for (x1, y1), (x2, y2) in steps))


def area(geometry) -> float:
    """Return m² of a shapely polygon or multipolygon in degrees."""
    polygons = getattr(geometry, "geoms", [geometry])
    return math.fsum(
        ring_area(list(polygon.exterior.coords))
        - math.fsum(ring_area(list(r.coords)) for r in polygon.interiors)
        for polygon in polygons
    )


def plane(lon: float, lat: float) -> tuple[Fraction, Fraction]:
    """Return where the survey's trapezoids have straight edges: metres east of 107.5°, m² a metre north."""
    return Fraction(A_AXIS * math.radians(lon - 107.5)), Fraction(zone(29.3, lat) / A_AXIS)


def clipped_area(subject, window) -> float:
    """Return m² of the common part of two convex polygons: (lon, lat), not closed, left turns only."""
    points = [plane(*point) for point in subject]
    corners = [plane(*point) for point in window]
    for start, end in zip(corners, corners[1:] + corners[:1], strict=True):
        points = _cut(points, start, end)
    steps = zip(points, points[1:] + points[:1], strict=True)
    return float(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in steps) / 2)


def _cut(points, start, end):
    def side(point):
        return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])

    kept = []
    for here, there in zip(points, points[1:] + points[:1], strict=True):
        a, b = side(here), side(there)
        if a >= 0:
            kept.append(here)
        if (a >= 0) != (b >= 0):
            share = a / (a - b)
            kept.append((here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])))
    return kept
