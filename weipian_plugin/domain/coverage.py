"""What the pieces in a patch cover together: union areas, and one owner for doubly covered ground."""

from __future__ import annotations

import numpy as np
import shapely

from weipian_plugin.domain.extent import Bools
from weipian_plugin.domain.geodesy import Floats, Geometries
from weipian_plugin.domain.moments import moments
from weipian_plugin.domain.overlay import Check, Ints, Pieces, total_by

DOUBLE_COVER = 1e-7
"""Share of the covered area up to which overlap between pieces counts as rounding of shared edges."""
TINY_M = 1e-6
"""Metres; keeps the scale of a degenerate patch from being zero."""
_GROUPS_AT_ONCE = 500


def union_areas(pieces: Pieces, patch_count: int, check: Check) -> Floats:
    """Return for each patch the m² that its pieces cover, overlapping ground counted once."""
    areas = total_by(pieces.patch, pieces.area, patch_count)
    several, union = _unions(pieces, patch_count, check)
    doubled = union < areas[several] * (1 - DOUBLE_COVER)
    areas[several[doubled]] = union[doubled]
    return areas


def own_areas(pieces: Pieces, rank: Ints, patches: Geometries, check: Check) -> tuple[Floats, Ints]:
    """Return the m² of each piece without the ground that a piece of lower rank in the same patch covers.

    `rank` orders the pieces; without overlap the result is `pieces.area` itself. Also returns the indices of
    the patches where pieces do overlap. The own areas of a patch sum to its union.
    """
    owned = pieces.area.copy()
    doubtful = _take(pieces, ~_tile(pieces, patches)[pieces.patch])
    total = total_by(doubtful.patch, doubtful.area, len(patches))
    several, union = _unions(doubtful, len(patches), check)
    doubled = several[union < total[several] * (1 - DOUBLE_COVER)]
    first, last = np.searchsorted(pieces.patch, doubled), np.searchsorted(pieces.patch, doubled, side="right")
    for start, end in zip(first, last, strict=True):
        check()
        members = start + np.argsort(rank[start:end], kind="stable")
        owned[members] = _without_earlier(pieces.geometry[members])
    return owned, doubled


def _tile(pieces: Pieces, patches: Geometries) -> Bools:
    """Return for each patch whether its pieces tile it: no gap and no overlap, sparing the union.

    Gap and overlap that make up for each other in area differ in their moments: where area, centre and
    inertia all add up to the patch's own, what is gap at one place cannot be overlap at another.
    """
    bounds = shapely.bounds(patches)
    origin = (bounds[:, :2] + bounds[:, 2:]) / 2
    scale = np.maximum((bounds[:, 2:] - bounds[:, :2]).max(axis=1), TINY_M)
    of_pieces = moments(pieces.geometry, origin[pieces.patch], scale[pieces.patch])
    sums = np.stack([total_by(pieces.patch, column, len(patches)) for column in of_pieces.T], axis=1)
    whole = moments(patches, origin, scale)
    return (np.abs(sums - whole) <= DOUBLE_COVER * whole[:, :1]).all(axis=1)


def _take(pieces: Pieces, chosen: Bools) -> Pieces:
    return Pieces(pieces.patch[chosen], pieces.feature[chosen], pieces.geometry[chosen], pieces.area[chosen])


def _without_earlier(geometries: Geometries) -> list[float]:
    """Return the area that each geometry adds to those before it."""
    areas, seen = [], shapely.Polygon()
    for geometry in geometries:
        areas.append(shapely.difference(geometry, seen).area)
        seen = shapely.union(seen, geometry)
    return areas


def _unions(pieces: Pieces, patch_count: int, check: Check) -> tuple[Ints, Floats]:
    """Return the patches with several pieces, and the area of the union of each one's pieces."""
    counts = np.bincount(pieces.patch, minlength=patch_count)
    several = np.flatnonzero(counts > 1)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    areas = np.empty(len(several))
    for first in range(0, len(several), _GROUPS_AT_ONCE):
        check()
        group = several[first : first + _GROUPS_AT_ONCE]
        table = _padded_table(pieces.geometry, starts[group], counts[group])
        areas[first : first + len(group)] = shapely.area(shapely.union_all(table, axis=1))
    return several, areas


def _padded_table(geometries: Geometries, starts: Ints, counts: Ints) -> Geometries:
    """Return runs of an array as the rows of a table, short rows filled with None."""
    table = np.full((len(starts), counts.max()), None, dtype=object)
    row = np.repeat(np.arange(len(starts)), counts)
    column = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    table[row, column] = geometries[np.repeat(starts, counts) + column]
    return table
