"""The overlay kernel: which parts of base features lie in which patches.

Pure functions over arrays of geometries in the compute plane (`domain.geodesy`), so that the areas of the
pieces are official areas and add up to the whole. No file is read here and nothing is known of QGIS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.geodesy import Floats, Geometries

Ints = NDArray[np.int64]
Check = Callable[[], None]

LARGE_FEATURE = 200
"""Vertices from which a polygon is prepared; others are faster without."""
_CHUNK = 4000
"""Pairs cut between two looks at the cancel button; some tenths of a second."""


@dataclass(frozen=True)
class Pieces:
    """The parts of features inside patches: parallel arrays, by patch, then feature; every area > 0.

    A feature of several polygons can have several pieces in one patch.
    """

    patch: Ints
    feature: Ints
    geometry: Geometries
    area: Floats
    """m² of the piece itself, whatever other pieces cover it too."""


def cut(patches: Geometries, features: Geometries, check: Check) -> Pieces:
    """Return what of each feature lies in each patch.

    `check` is called between chunks and may raise to stop. The patches are prepared in place, so the array
    belongs to one thread.
    """
    # Polygon by polygon: the box of a red line of far-flung parts would meet every patch between them.
    polygons, feature_of = shapely.get_parts(features, return_index=True)
    patch, polygon = shapely.STRtree(polygons).query(patches)
    order = np.lexsort((polygon, patch))
    patch, polygon = patch[order], polygon[order]
    shapely.prepare(patches)
    shapely.prepare(polygons[_is_large(polygons)])
    chunks = []
    for start in range(0, len(patch), _CHUNK):
        check()
        chunk = slice(start, start + _CHUNK)
        chunks.append(_cut_chunk(patches, polygons, patch[chunk], polygon[chunk]))
    pieces = _concatenate(chunks)
    return replace(pieces, feature=feature_of[pieces.feature])


def total_by(index: Ints, values: Floats, count: int) -> Floats:
    """Return the sum of `values` for each index 0 to count - 1."""
    return np.bincount(index, values, minlength=count).astype(np.float64)


def _cut_chunk(patches: Geometries, features: Geometries, patch: Ints, feature: Ints) -> Pieces:
    touching = _touching(patches[patch], features[feature])
    patch, feature = patch[touching], feature[touching]
    geometry = _pieces(patches[patch], features[feature])
    area = shapely.area(geometry)
    real = area > 0
    return Pieces(patch[real], feature[real], geometry[real], area[real])


def _is_large(features: Geometries) -> NDArray[np.bool_]:
    return shapely.get_num_coordinates(features) > LARGE_FEATURE


def _touching(patches: Geometries, features: Geometries) -> NDArray[np.bool_]:
    """Return which pairs intersect; asks the prepared patch, or the prepared feature where that is large."""
    large = _is_large(features)
    touching = np.empty(len(patches), dtype=bool)
    touching[~large] = shapely.intersects(patches[~large], features[~large])
    touching[large] = shapely.intersects(features[large], patches[large])
    return touching


def _pieces(patches: Geometries, features: Geometries) -> Geometries:
    """Return the common part pair by pair, cutting only where neither lies wholly in the other."""
    patch_box, feature_box = shapely.bounds(patches), shapely.bounds(features)
    pieces = np.full(len(patches), None, dtype=object)
    inside = np.flatnonzero(_box_in(patch_box, feature_box))
    shapely.prepare(features[inside])
    inside = inside[shapely.covers(features[inside], patches[inside])]
    pieces[inside] = patches[inside]
    around = np.flatnonzero(_box_in(feature_box, patch_box))
    around = around[shapely.covers(patches[around], features[around]) & shapely.is_valid(features[around])]
    pieces[around] = features[around]
    crossing = np.flatnonzero(shapely.is_missing(pieces))
    pieces[crossing] = _intersection(features[crossing], patches[crossing])
    return pieces


def _box_in(inner: Floats, outer: Floats) -> NDArray[np.bool_]:
    """Return which boxes (min x, min y, max x, max y; shape (n, 4)) lie in their counterpart."""
    lower = (inner[:, :2] >= outer[:, :2]).all(axis=1)
    return lower & (inner[:, 2:] <= outer[:, 2:]).all(axis=1)


def _intersection(features: Geometries, patches: Geometries) -> Geometries:
    """Return the intersections pair by pair.

    Clipping large features to the patch's box first would save a third of their time, but feature by
    feature in Python: the threads would wait for one another's interpreter longer than that.
    """
    try:
        return shapely.intersection(features, patches)
    except shapely.errors.GEOSException:
        # Vertices that nearly touch can cross once moved into the plane; only then is repair worth its time.
        return shapely.intersection(shapely.make_valid(features), shapely.make_valid(patches))


def _concatenate(chunks: list[Pieces]) -> Pieces:
    if not chunks:
        none = np.empty(0, dtype=np.int64)
        return Pieces(none, none, np.empty(0, dtype=object), np.empty(0))
    return Pieces(
        np.concatenate([chunk.patch for chunk in chunks]),
        np.concatenate([chunk.feature for chunk in chunks]),
        np.concatenate([chunk.geometry for chunk in chunks]),
        np.concatenate([chunk.area for chunk in chunks]),
    )
