"""What kind of numbers coordinates are: degrees or metres, with or without zone prefix, which way round."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Family(StrEnum):
    """A kind of coordinates; the value is shown to the clerk."""

    DEGREES = "经纬度"
    ZONE = "带带号的投影坐标"
    PLAIN = "不带带号的投影坐标"
    MERCATOR = "像 Web 墨卡托的投影坐标"
    UNKNOWN = "看不出种类的坐标"


# Limits that hold for all of China: longitude 72 to 136, latitude 3 to 54.
_MOST_LATITUDE = 60
_NORTHING = (300_000.0, 6_200_000.0)
_EASTING = (0.0, 1_000_000.0)
_ZONE_EASTING = (13_000_000.0, 46_000_000.0)
_MERCATOR_EASTING = (7_900_000.0, 13_000_000.0)
_FAMILIES: list[Family] = list(Family)


def families(x: Floats, y: Floats) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return for every point the index of its family in `Family`, and whether x and y are swapped."""
    straight, crossed = _family(x, y), _family(y, x)
    unknown = _FAMILIES.index(Family.UNKNOWN)
    degrees = _FAMILIES.index(Family.DEGREES)
    # 29, 107 passes for degrees as it stands when only limits of the globe are asked; China says otherwise.
    swapped_degrees = (np.abs(x) <= _MOST_LATITUDE) & (y > _MOST_LATITUDE) & (y <= 180)
    swapped = swapped_degrees | ((straight == unknown) & (crossed != unknown))
    family = np.where(swapped, crossed, straight)
    return np.where(swapped_degrees, degrees, family), swapped


def family_of(index: int) -> Family:
    """Return the family for an index of `families`."""
    return _FAMILIES[index]


def _family(x: Floats, y: Floats) -> NDArray[np.int64]:
    north = (y >= _NORTHING[0]) & (y <= _NORTHING[1])
    cases = {
        Family.DEGREES: (np.abs(x) <= 180) & (np.abs(y) <= 90),
        Family.ZONE: north & (x >= _ZONE_EASTING[0]) & (x < _ZONE_EASTING[1]),
        Family.PLAIN: north & (x > _EASTING[0]) & (x < _EASTING[1]),
        Family.MERCATOR: (x >= _MERCATOR_EASTING[0]) & (x < _MERCATOR_EASTING[1]) & (y > 0) & (y < 7.4e6),
    }
    return np.select(list(cases.values()), [_FAMILIES.index(family) for family in cases], len(_FAMILIES) - 1)
