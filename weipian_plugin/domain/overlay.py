"""The overlay kernel: which parts of base features lie in which patches.

Pure functions over arrays of geometries in the compute plane (`domain.geodesy`), so that the areas of the
pieces are official areas and add up to the whole. No file is read here and nothing is known of QGIS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.geodesy import Floats, Geometries

Ints = NDArray[np.int64]
Check = Callable[[], None]

LARGE_FEATURE = 200
"""Vertices from which a feature is first clipped to the patch's box; smaller ones are faster without."""
_CHUNK = 4000
"""Pairs cut between two looks at the cancel button; some tenths of a second."""


@dataclass(frozen=True)
class Pieces:
    """The parts of features inside patches: parallel arrays, by patch, then feature; every area > 0."""

    patch: Ints
    feature: Ints
    geometry: Geometries
    area: Floats
    """m² of the piece itself, whatever other pieces cover it too."""


def cut(patches: Geometries, features: Geometries, pairs: tuple[Ints, Ints], check: Check) -> Pieces:
    """Return the pieces of the candidate pairs (patch index, feature index) that really overlap.

    `check` is called between chunks and may raise to stop. The features are prepared in place, so an array
    of them belongs to one thread.
    """
    order = np.lexsort((pairs[1], pairs[0]))
    patch, feature = pairs[0][order], pairs[1][order]
    shapely.prepare(features)
    chunks = []
    for start in range(0, len(patch), _CHUNK):
        check()
        chunk = slice(start, start + _CHUNK)
        chunks.append(_cut_chunk(patches, features, patch[chunk], feature[chunk]))
    return _concatenate(chunks)


def total_by(index: Ints, values: Floats, count: int) -> Floats:
    """Return the sum of `values` for each index 0 to count - 1."""
    return np.bincount(index, values, minlength=count).astype(np.float64)


def _cut_chunk(patches: Geometries, features: Geometries, patch: Ints, feature: Ints) -> Pieces:
    touching = shapely.intersects(features[feature], patches[patch])
    patch, feature = patch[touching], feature[touching]
    geometry = patches[patch]
    cut_needed = ~shapely.covers(features[feature], geometry)
    geometry[cut_needed] = _intersection(features[feature[cut_needed]], geometry[cut_needed])
    area = shapely.area(geometry)
    real = area > 0
    return Pieces(patch[real], feature[real], geometry[real], area[real])


def _intersection(features: Geometries, patches: Geometries) -> Geometries:
    """Return the intersections pair by pair; large features are clipped to the patch's box first."""
    clipped = features.copy()
    for index in np.flatnonzero(shapely.get_num_coordinates(features) > LARGE_FEATURE):
        clipped[index] = _clip(features[index], patches[index])
    try:
        return shapely.intersection(clipped, patches)
    except shapely.errors.GEOSException:
        # Vertices that nearly touch can cross once moved into the plane; only then is repair worth its time.
        return shapely.intersection(shapely.make_valid(clipped), shapely.make_valid(patches))


def _clip(feature: shapely.Geometry, patch: shapely.Geometry) -> shapely.Geometry:
    """Return the part of a feature in the box of a patch, or the whole where quick clipping goes wrong."""
    part = shapely.clip_by_rect(feature, *_padded(patch.bounds))
    return part if shapely.is_valid(part) else feature


def _padded(bounds: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return a box one metre wider, so that no edge of the clip lies on the patch's own boundary."""
    return bounds[0] - 1, bounds[1] - 1, bounds[2] + 1, bounds[3] + 1


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
