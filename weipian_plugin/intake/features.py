"""What GDAL gives of a layer, whichever way it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
ARC_STEP = 0.1
"""Degrees of the chords that arcs are broken into: GDAL's own four lose 0.08 % of a circle."""


@dataclass(frozen=True)
class Wanted:
    """What is to be read of a layer; coordinates are 2-D and dates are text in any case."""

    layer: str = ""
    """'' for the first."""
    attributes: bool = True
    encoding: str | None = None
    """Of a shapefile's texts and field names; None for what the file says."""


class Features(NamedTuple):
    """All features; `fids`, `blobs` and every array of `values` go feature by feature."""

    fields: list[str]
    crs: str
    """Code or WKT; '' when the file says nothing."""
    geometry_type: str
    """As pyogrio calls it; Z and M may be told or not."""
    fids: Ids
    blobs: NDArray[np.object_] | None
    """Well-known binary; None where the layer has no geometry at all."""
    values: list[NDArray[np.generic]]
    """One array a field."""
