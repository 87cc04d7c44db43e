"""What the pieces in a patch cover together: union areas, and one owner for doubly covered ground."""

from __future__ import annotations

import numpy as np
import shapely

from weipian_plugin.domain.geodesy import Floats, Geometries
from weipian_plugin.domain.overlay import Check, Ints, Pieces, total_by

DOUBLE_COVER = 1e-7
"""Share of the covered area up to which overlap between pieces counts as rounding of shared edges."""
_GROUPS_AT_ONCE = 500


def union_areas(pieces: Pieces, patch_count: int, check: Check) -> Floats:
    """Return for each patch the m² that its pieces cover, overlapping ground counted once."""
    areas = total_by(pieces.patch, pieces.area, patch_count)
    several, union = _unions(pieces, patch_count, check)
    doubled = union < areas[several] * (1 - DOUBLE_COVER)
    areas[several[doubled]] = union[doubled]
    return areas


def own_areas(pieces: Pieces, rank: Ints, patch_count: int, check: Check) -> tuple[Floats, Ints]:
    """Return the m² of each piece without the ground that a piece of lower rank in the same patch covers.

    `rank` orders the pieces (distinct numbers); without overlap the result is `pieces.area` itself. Also
    returns the indices of the patches where pieces do overlap. The own areas of a patch sum to its union.
    """
    owned = pieces.area.copy()
    total = total_by(pieces.patch, pieces.area, patch_count)
    several, union = _unions(pieces, patch_count, check)
    doubled = several[union < total[several] * (1 - DOUBLE_COVER)]
    for patch in doubled:
        check()
        members = np.flatnonzero(pieces.patch == patch)
        members = members[np.argsort(rank[members])]
        owned[members] = _without_earlier(pieces.geometry[members])
    return owned, doubled


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
