"""Ground that several features cover: counted once, or given to one of them."""

from __future__ import annotations

import numpy as np
import shapely

from weipian_plugin.domain.geodesy import Floats, Geometries, to_plane
from weipian_plugin.domain.numbers import Ints, spans
from weipian_plugin.domain.overlay.clipping import clip, windows
from weipian_plugin.domain.overlay.common_ground import Check, Index, common_areas
from weipian_plugin.domain.overlay.cutting import Pieces, cut
from weipian_plugin.domain.overlay.measure import Common, parts_of, total_by, touch
from weipian_plugin.domain.overlay.outlines import Outlines, shapes
from weipian_plugin.domain.overlay.patch_ground import PatchGround

DOUBLE_COVER = 1e-7
"""Share of the covered area up to which overlap between polygons counts as rounding of shared edges."""
_GROUPS_AT_ONCE = 500


def union_areas(common: Common, patches: PatchGround, drawn: Outlines, check: Check) -> Floats:
    """Return for each patch the m² that polygons cover, ground that several cover counted once."""
    doubled, pieces = _doubled(common, patches, drawn, check)
    return _covered(common, len(patches.area), doubled, pieces, check)


def own_areas(
    common: Common, rank: Ints, patches: PatchGround, drawn: Outlines, check: Check
) -> tuple[Floats, Ints]:
    """Return the m² that each row of `common` has to itself, and the patches where polygons overlap.

    Where several cover the same ground it belongs to the one of the lowest `rank` (one number a row). The own
    areas of a patch sum to its union; without overlap they are `common.area` itself.
    """
    owned = common.area.copy()
    rows_of_doubled, pieces = _doubled(common, patches, drawn, check)
    total = total_by(common.patch, common.area, len(patches.area))
    union = _covered(common, len(total), rows_of_doubled, pieces, check)
    doubled = np.flatnonzero(union < total * (1 - DOUBLE_COVER))
    for patch in doubled.tolist():
        check()
        rows = rows_of_doubled[common.patch[rows_of_doubled] == patch]
        rows = rows[np.argsort(rank[rows], kind="stable")]
        shape = dict(zip(*_of_patch(pieces, patch), strict=True))
        owned[rows] = _without_earlier([shape.get(polygon) for polygon in common.polygon[rows].tolist()])
    return owned, doubled


def _doubled(common: Common, patches: PatchGround, drawn: Outlines, check: Check) -> tuple[Ints, Pieces]:
    """Return the rows that overlap others, in patches where that is more than rounding, and their shapes."""
    one, other = _neighbours(common, patches, drawn)
    shared = _shared(common, one, other, patches, drawn, check)
    total = total_by(common.patch, common.area, len(patches.area))
    overlap = total_by(common.patch[one], shared, len(patches.area))
    counts = overlap > DOUBLE_COVER * total
    real = counts[common.patch[one]] & (shared > touch(patches)[common.patch[one]])
    rows = np.unique(np.concatenate([one[real], other[real]]))
    return rows, _cut(patches, drawn, common.patch[rows], common.polygon[rows], check)


def _covered(common: Common, patches: int, doubled: Ints, pieces: Pieces, check: Check) -> Floats:
    """Return the m² of each patch that polygons cover; `pieces` are the shapes of the rows that overlap."""
    areas = total_by(common.patch, common.area, patches)
    some, twice = np.unique(pieces.patch), total_by(common.patch[doubled], common.area[doubled], patches)
    areas[some] -= np.maximum(twice[some] - _unions(pieces, some, check), 0.0)
    return areas


def _neighbours(common: Common, patches: PatchGround, drawn: Outlines) -> tuple[Ints, Ints]:
    """Return each two rows of one patch whose boxes overlap in it, the polygons being of two features."""
    box = _boxes(common, patches, drawn)
    # One line of numbers, patch after patch, from west to east: each row's rivals follow it directly.
    west, east = ((side + 180.0) / 720.0 + common.patch for side in (box[0], box[2]))
    order = np.argsort(west, kind="stable")
    ends = np.searchsorted(west[order], east[order], side="left")
    count = np.maximum(ends - np.arange(1, len(order) + 1), 0)
    first, second = spans(np.arange(1, len(order) + 1), count)
    one, other = order[first], order[second]
    apart = (box[3, one] <= box[1, other]) | (box[3, other] <= box[1, one])
    apart |= common.feature[one] == common.feature[other]
    return one[~apart], other[~apart]


def _boxes(common: Common, patches: PatchGround, drawn: Outlines) -> Floats:
    """Return the box in degrees that each row's polygon and patch have in common, shape (4, rows)."""
    return _shared_box(drawn.box[:, common.polygon], patches.boxes.degrees[:, common.patch])


def _shared_box(one: Floats, other: Floats) -> Floats:
    return np.concatenate([np.maximum(one[:2], other[:2]), np.minimum(one[2:], other[2:])])


def _shared(
    common: Common, one: Ints, other: Ints, patches: PatchGround, drawn: Outlines, check: Check
) -> Floats:
    """Return the m² that two rows' polygons share in the box that both have in common with the patch."""
    box = _boxes(common, patches, drawn)
    shared = windows(_shared_box(box[:, one], box[:, other]))
    first, second = common.polygon[one], common.polygon[other]
    areas = [np.empty(0)]
    for part in parts_of(drawn, first):
        window = np.arange(part.start, part.stop)
        against = Index(clip(drawn, second[part], shared, window), window, shared.width)
        areas.append(common_areas(clip(drawn, first[part], shared, window), against, window, check))
    return np.concatenate(areas)


def _cut(patches: PatchGround, drawn: Outlines, patch: Ints, polygon: Ints, check: Check) -> Pieces:
    some_patches, patch_at = np.unique(patch, return_inverse=True)
    some_polygons, polygon_at = np.unique(polygon, return_inverse=True)
    plane = to_plane(patches.geometry[some_patches]), shapes(drawn, some_polygons)
    pieces = cut(*plane, patch_at, polygon_at, check)
    return Pieces(some_patches[pieces.patch], some_polygons[pieces.feature], pieces.geometry, pieces.area)


def _of_patch(pieces: Pieces, patch: int) -> tuple[list[int], Geometries]:
    rows = slice(*np.searchsorted(pieces.patch, [patch, patch + 1]))
    return pieces.feature[rows].tolist(), pieces.geometry[rows]


def _without_earlier(geometries: list[shapely.Geometry | None]) -> list[float]:
    """Return the area that each geometry adds to those before it."""
    areas, seen = [], shapely.Polygon()
    for geometry in geometries:
        areas.append(shapely.difference(geometry, seen).area if geometry is not None else 0.0)
        seen = shapely.union(seen, geometry) if geometry is not None else seen
    return areas


def _unions(pieces: Pieces, patches: Ints, check: Check) -> Floats:
    """Return the area of the union of the pieces of each of these patches."""
    starts = np.searchsorted(pieces.patch, patches)
    counts = np.searchsorted(pieces.patch, patches, side="right") - starts
    areas = np.empty(len(patches))
    for first in range(0, len(patches), _GROUPS_AT_ONCE):
        check()
        group = slice(first, first + _GROUPS_AT_ONCE)
        table = _padded_table(pieces.geometry, starts[group], counts[group])
        areas[group] = shapely.area(shapely.union_all(table, axis=1))
    return areas


def _padded_table(geometries: Geometries, starts: Ints, counts: Ints) -> Geometries:
    """Return runs of an array as the rows of a table, short rows filled with None."""
    table = np.full((len(starts), counts.max(initial=1)), None, dtype=object)
    row, place = spans(starts, counts)
    table[row, place - starts[row]] = geometries[place]
    return table
