"""The shapes of what features and patches have in common, where figures alone do not do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from weipian_plugin.domain.geodesy import Floats, Geometries
from weipian_plugin.domain.numbers import Ints
from weipian_plugin.domain.overlay.common_ground import Check

_AT_ONCE = 4000
"""Pairs cut between two looks at the cancel button; some tenths of a second."""
_MANY_VERTICES = 10_000
"""In a patch of more, each feature is spared the holes that it has nothing to do with."""


@dataclass(frozen=True)
class Pieces:
    """The parts of features inside patches: parallel arrays, by patch, then feature; every area > 0."""

    patch: Ints
    feature: Ints
    geometry: Geometries
    area: Floats
    """m² of the piece itself, whatever other pieces cover it too."""


def cut(patches: Geometries, features: Geometries, patch: Ints, feature: Ints, check: Check) -> Pieces:
    """Return what of `feature[i]` lies in `patch[i]`, for all pairs; geometries in the compute plane.

    `check` is called between chunks and may raise to stop.
    """
    order = np.lexsort((feature, patch))
    patch, feature = patch[order], feature[order]
    geometry = np.empty(len(order), dtype=object)
    for start in range(0, len(order), _AT_ONCE):
        check()
        part = slice(start, start + _AT_ONCE)
        tools = features[feature[part]]
        geometry[part] = _intersection(tools, _near(patches, patch[part], tools))
    area = shapely.area(geometry)
    real = area > 0
    return Pieces(patch[real], feature[real], geometry[real], area[real])


def _near(patches: Geometries, patch: Ints, tools: Geometries) -> Geometries:
    """Return `patches[patch]` without the holes that lie apart from the tools, where there are very many."""
    near = patches[patch]
    for large in np.flatnonzero(shapely.get_num_coordinates(patches) > _MANY_VERTICES).tolist():
        rows = np.flatnonzero(patch == large)
        near[rows] = _without_far_holes(patches[large], shapely.box(*shapely.bounds(tools[rows]).T))
    return near


def _without_far_holes(shape: shapely.Geometry, boxes: Geometries) -> Geometries:
    parts = [shapely.get_rings(part) for part in shapely.get_parts(shape)]
    trees = [shapely.STRtree(rings[1:]) for rings in parts]
    return np.array(
        [
            shapely.multipolygons(
                [
                    shapely.polygons(rings[0], rings[1:][tree.query(box)])
                    for rings, tree in zip(parts, trees, strict=True)
                ]
            )
            for box in boxes
        ],
        dtype=object,
    )


def _intersection(features: Geometries, patches: Geometries) -> Geometries:
    try:
        return shapely.intersection(features, patches)
    except shapely.errors.GEOSException:
        # Vertices that nearly touch can cross once moved into the plane; only then is repair worth its time.
        return shapely.intersection(shapely.make_valid(features), shapely.make_valid(patches))
