"""The compute plane: where a straight planar area is the official area of the national land survey.

The cylindrical equal-area projection of the CGCS2000 ellipsoid. The survey's own formula (TD/T 1055:
trapezoids between the edge and a meridian, a series with the coefficients A to E) integrates every edge
as a straight line in this very plane, so its figure and the shoelace area here agree to rounding. True for
areas only: lengths, distances and buffers are distorted.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

SEMI_MAJOR_AXIS = 6378137.0
"""a of CGCS2000 in metres."""
FLATTENING = 1 / 298.257222101
"""f of CGCS2000."""
ORIGIN_LONGITUDE = 108.0
"""Degrees; x counts from here. Any meridian gives the same areas, a near one keeps more digits."""

_E2 = FLATTENING * (2 - FLATTENING)
_Q_SERIES = tuple((1 - _E2) * _E2**k * (1 + 1 / (2 * k + 1)) for k in range(8))
"""Coefficients of sin^(2k+1)φ in q."""
_NEWTON_STEPS = 6

Floats = NDArray[np.float64]
Geometries = NDArray[np.object_]


def to_plane(geometries: Geometries) -> Geometries:
    """Return geometries in EPSG:4490 degrees (lon, lat) in the compute plane, vertex by vertex, in metres."""
    return _move(geometries, plane_xy)


def from_plane(geometries: Geometries) -> Geometries:
    """Return geometries of the compute plane in EPSG:4490 degrees, vertex by vertex."""
    return _move(geometries, _lonlat)


def official_area(geometries: Geometries) -> Floats:
    """Return official areas in m² of geometries in EPSG:4490 degrees; 0 for None and empty ones."""
    return np.nan_to_num(shapely.area(to_plane(geometries)))


def plane_xy(lonlat: Floats) -> Floats:
    """Return plane coordinates in metres, shape (n, 2), of degrees, shape (n, 2)."""
    return np.column_stack([plane_x(lonlat[:, 0]), plane_y(lonlat[:, 1])])


def plane_x(longitude: Floats) -> Floats:
    """Return x in metres of longitudes in degrees; greater for greater ones."""
    return SEMI_MAJOR_AXIS * np.radians(longitude - ORIGIN_LONGITUDE)


def plane_y(latitude: Floats) -> Floats:
    """Return y in metres of latitudes in degrees; greater for greater ones."""
    return SEMI_MAJOR_AXIS / 2 * _q(np.sin(np.radians(latitude)))


def _q(sine: Floats) -> Floats:
    """Return the authalic q for sines of latitude: q·a²/2 is the area per radian north of the equator.

    (1-e²)·[ sinφ/(1-e²sin²φ) + artanh(e·sinφ)/e ] as a series in e²sin²φ, whose terms past the last are
    below the rounding of a double: a third of the time of the closed form.
    """
    square = sine * sine
    total = np.full_like(sine, _Q_SERIES[-1])
    for coefficient in _Q_SERIES[-2::-1]:
        total *= square
        total += coefficient
    total *= sine
    return total


def _lonlat(xy: Floats) -> Floats:
    """Return degrees of plane coordinates; Newton's method on q, exact to rounding after a few steps."""
    target = xy[:, 1] * 2 / SEMI_MAJOR_AXIS
    latitude = np.arcsin(np.clip(target / 2, -1, 1))
    for _ in range(_NEWTON_STEPS):
        sine = np.sin(latitude)
        slope = 2 * (1 - _E2) * np.cos(latitude) / (1 - _E2 * sine**2) ** 2
        latitude -= (_q(sine) - target) / slope
    longitude = np.degrees(xy[:, 0] / SEMI_MAJOR_AXIS) + ORIGIN_LONGITUDE
    return np.column_stack([longitude, np.degrees(latitude)])


def _move(geometries: Geometries, formula: object) -> Geometries:
    return shapely.transform(np.asarray(geometries, dtype=object), formula)
