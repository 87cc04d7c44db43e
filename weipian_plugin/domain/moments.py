"""Area, first and second moments of polygons: a fingerprint that adds up over pieces that tile a whole."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.geodesy import Floats, Geometries

MOMENTS = 6
"""∫1, ∫x, ∫y, ∫x², ∫xy, ∫y² over the polygon."""


def moments(geometries: Geometries, origin: Floats, scale: Floats) -> Floats:
    """Return the moments of polygonal geometries, shape (n, 6).

    x and y count from each geometry's `origin` (shape (n, 2), metres) in units of its `scale` (shape
    (n,)), so that results near 1 keep their digits. Missing and empty geometries have none.
    """
    polygons, geometry_of = shapely.get_parts(geometries, return_index=True)
    rings, polygon_of = shapely.get_rings(polygons, return_index=True)
    xy, ring_of = shapely.get_coordinates(rings, return_index=True)
    owner = geometry_of[polygon_of[ring_of]]
    xy = (xy - origin[owner]) / scale[owner][:, None]
    by_ring = _ring_integrals(xy, ring_of, len(rings))
    # A shell counts as it stands, a hole against it, whichever way round they were drawn.
    is_shell = np.diff(polygon_of, prepend=-1) != 0
    by_ring *= (np.sign(by_ring[:, 0]) * np.where(is_shell, 1, -1))[:, None]
    owner_of_ring = geometry_of[polygon_of]
    sums = [np.bincount(owner_of_ring, column, minlength=len(geometries)) for column in by_ring.T]
    return np.stack(sums, axis=1)


def _ring_integrals(xy: Floats, ring_of: NDArray[np.int64], count: int) -> Floats:
    """Return the six integrals of each closed ring by Green's theorem, positive where counter-clockwise."""
    x0, y0, x1, y1 = xy[:-1, 0], xy[:-1, 1], xy[1:, 0], xy[1:, 1]
    # The step from one ring's last vertex to the next ring's first is no edge.
    cross = np.where(ring_of[:-1] == ring_of[1:], x0 * y1 - x1 * y0, 0.0)
    terms = (
        cross / 2,
        (x0 + x1) * cross / 6,
        (y0 + y1) * cross / 6,
        (x0 * x0 + x0 * x1 + x1 * x1) * cross / 12,
        (2 * x0 * y0 + x0 * y1 + x1 * y0 + 2 * x1 * y1) * cross / 24,
        (y0 * y0 + y0 * y1 + y1 * y1) * cross / 12,
    )
    return np.stack([np.bincount(ring_of[:-1], term, minlength=count) for term in terms], axis=1)
