"""Cut a district into areas by which spatial claims to 查处 meet there, before any patch arrives.

Pure functions over arrays of polygons in the compute plane (`domain.geodesy`), so that the areas are
official areas and add up to the district.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.geodesy import Geometries, from_plane

Check = Callable[[], None]
Claimed = tuple[str, Geometries]
"""A rule and polygons under which it claims."""

CELL_VERTICES = 30_000
"""A cell that more vertices than this meet is halved: small parts are cut faster, and stopped sooner."""
_LARGE_FEATURE = 200
"""Vertices from which a feature is clipped to the cell's box first."""
_SMALLEST_SIDE_M = 100.0
_GRID_M = 1e-6
"""Where plain arithmetic cannot tell edges apart that nearly coincide, vertices are put on a grid so fine."""
_SPECK_M2 = 1e-6
"""Polygons and holes this small are what rounding leaves: a part of a square millimetre."""
_EDGE_M = 1e-3
"""Nearer than this to the edge of its part, a polygon may go on in the next."""
_PADDING = np.array([-1.0, -1.0, 1.0, 1.0])
ROUNDING_M2 = 1e-4
"""Below this an area is what rounding leaves between two edges that should be one."""


@dataclass(frozen=True)
class ClaimLayer:
    """The features under which one rule claims: polygons in the compute plane, ready to be searched."""

    rule_id: str
    polygons: Geometries
    tree: shapely.STRtree

    @classmethod
    def of(cls, rule_id: str, features: Geometries) -> ClaimLayer:
        """Return the layer of a rule's features, any polygons or multipolygons."""
        polygons = shapely.get_parts(np.asarray(features, dtype=object))
        tree = shapely.STRtree(polygons)
        # The tree is built at the first question, which must not come from two threads at once.
        tree.query(shapely.Point(0, 0))
        return cls(rule_id, polygons, tree)

    def near(self, cell: shapely.Geometry) -> Geometries:
        """Return the polygons whose boxes meet the cell's box."""
        return self.polygons[np.sort(self.tree.query(shapely.box(*cell.bounds)))]


@dataclass(frozen=True)
class DutyArea:
    """A part of the district where the same rules claim."""

    rules: tuple[str, ...]
    """Ids of the rules that claim here, in the order of the layers."""
    geometry: shapely.MultiPolygon
    box: tuple[float, float, float, float] | None = None
    """Bounds of the part of a cell that it was cut from: only along these can another part go on."""

    @property
    def area_m2(self) -> float:
        """Official area."""
        return float(self.geometry.area)


def disjoint(cells: Geometries) -> Geometries:
    """Return the cells without the ground that an earlier one has: doubly drawn borders count once."""
    result = cells.copy()
    tree = shapely.STRtree(cells)
    for index, cell in enumerate(cells):
        earlier = [other for other in tree.query(cell, predicate="intersects") if other < index]
        if earlier:
            result[index] = _cut(cell, _union(cells[np.sort(earlier)]))[1]
    return result


def duty_areas(cell: shapely.Geometry, layers: Sequence[ClaimLayer], check: Check) -> Iterator[DutyArea]:
    """Yield the areas of one cell by the rules that claim there; together they are the cell.

    A very full cell comes in several parts. `check` may raise to stop.
    """
    if not shapely.is_empty(cell):
        yield from _areas(cell, [(layer.rule_id, layer.near(cell)) for layer in layers], check)


def dissolve(areas: Iterable[DutyArea], check: Check) -> list[DutyArea]:
    """Return one area for all parts of the same rules, without the edges along which a cell was halved."""
    parts: defaultdict[tuple[str, ...], list[DutyArea]] = defaultdict(list)
    for area in areas:
        parts[area.rules].append(area)
    result = []
    for rules, own in parts.items():
        check()
        result.append(own[0] if len(own) == 1 else DutyArea(rules, _joined(own)))
    return result


def _joined(parts: Sequence[DutyArea]) -> shapely.MultiPolygon:
    """Return the ground of several parts as one; only polygons at the edge of their part need a union."""
    inner: list[shapely.Geometry] = []
    outer: list[shapely.Geometry] = []
    for part in parts:
        polygons = shapely.get_parts(part.geometry)
        apart = _inside(polygons, part.box)
        inner.extend(polygons[apart])
        outer.extend(polygons[~apart])
    joined = _polygons(_union(np.array(outer, dtype=object)))
    return shapely.MultiPolygon([*inner, *joined.geoms])


def _inside(polygons: Geometries, box: Sequence[float] | None) -> NDArray[np.bool_]:
    """Return which polygons keep clear of the edges of the box."""
    if box is None:
        return np.zeros(len(polygons), dtype=bool)
    bounds, edge = shapely.bounds(polygons), np.array(box)
    low = (bounds[:, :2] > edge[:2] + _EDGE_M).all(axis=1)
    high = (bounds[:, 2:] < edge[2:] - _EDGE_M).all(axis=1)
    clear: NDArray[np.bool_] = low & high
    return clear


def in_degrees(areas: Sequence[DutyArea]) -> Geometries:
    """Return the geometries in EPSG:4490, valid; what rounding collapses there has no area here either."""
    moved = from_plane(np.array([area.geometry for area in areas], dtype=object))
    for index in np.flatnonzero(~shapely.is_valid(moved)):
        moved[index] = _mended(areas[index].geometry)
    return moved


def _mended(geometry: shapely.MultiPolygon) -> shapely.MultiPolygon:
    """Return a geometry of the compute plane in degrees, made valid.

    Most of what is not is specks whose corners fall together: dropping them is far cheaper than a repair.
    """
    polygons = shapely.get_parts(geometry)
    polygons = polygons[shapely.area(polygons) > _SPECK_M2]
    moved = from_plane(np.array([_without_specks(polygon) for polygon in polygons], dtype=object))
    broken = ~shapely.is_valid(moved)
    parts = [part for polygon in shapely.make_valid(moved[broken]) for part in _polygons(polygon).geoms]
    whole = shapely.MultiPolygon([*moved[~broken], *parts])
    return whole if shapely.is_valid(whole) else _polygons(shapely.make_valid(whole))


def _without_specks(polygon: shapely.Polygon) -> shapely.Polygon:
    shell, *holes = shapely.get_rings(polygon)
    if not holes:
        return polygon
    kept = shapely.area(shapely.polygons(np.array(holes, dtype=object))) > _SPECK_M2
    return polygon if kept.all() else shapely.polygons(shell, np.array(holes, dtype=object)[kept])


def _areas(cell: shapely.Geometry, layers: Sequence[Claimed], check: Check) -> Iterator[DutyArea]:
    check()
    around = [(rule_id, _around(polygons, cell)) for rule_id, polygons in layers]
    vertices = sum(int(shapely.get_num_coordinates(polygons).sum()) for _, polygons in around)
    halves = _halves(cell) if vertices > CELL_VERTICES else ()
    if halves:
        for half in halves:
            yield from _areas(half, around, check)
        return
    parts: dict[tuple[str, ...], shapely.Geometry] = {(): cell}
    for rule_id, polygons in around:
        if len(polygons):
            parts = _split(parts, rule_id, _union(polygons), check)
    for rules, part in parts.items():
        if part.area > ROUNDING_M2:
            yield DutyArea(rules, _polygons(part), cell.bounds)


def _around(polygons: Geometries, cell: shapely.Geometry) -> Geometries:
    """Return the polygons that meet the cell's box, large ones clipped to a slightly larger box.

    Not to the cell itself: an edge cut there would not fit the cell's own edge to the last bit.
    """
    box = np.array(cell.bounds)
    bounds = shapely.bounds(polygons)
    meets = (bounds[:, :2] <= box[2:]).all(axis=1) & (bounds[:, 2:] >= box[:2]).all(axis=1)
    near = polygons[meets]
    large = np.flatnonzero(shapely.get_num_coordinates(near) > _LARGE_FEATURE)
    for index in large:
        clipped = shapely.clip_by_rect(near[index], *(box + _PADDING))
        if shapely.is_valid(clipped):
            near[index] = clipped
    parts: Geometries = shapely.get_parts(near)
    return parts


def _split(
    parts: Mapping[tuple[str, ...], shapely.Geometry], rule_id: str, region: shapely.Geometry, check: Check
) -> dict[tuple[str, ...], shapely.Geometry]:
    """Cut every part into what lies in the region of a rule and what does not."""
    result = {}
    for rules, part in parts.items():
        check()
        inside, outside = _cut(part, region)
        if not shapely.is_empty(inside):
            result[*rules, rule_id] = inside
        if not shapely.is_empty(outside):
            result[rules] = outside
    return result


def _cut(part: shapely.Geometry, region: shapely.Geometry) -> tuple[shapely.Geometry, shapely.Geometry]:
    """Return what of a part lies in a region and what does not, both noded alike so that nothing is lost."""
    try:
        return _polygons(shapely.intersection(part, region)), _polygons(shapely.difference(part, region))
    except shapely.errors.GEOSException:
        part, region = (_polygons(shapely.make_valid(item)) for item in (part, region))
        inside = shapely.intersection(part, region, grid_size=_GRID_M)
        return _polygons(inside), _polygons(shapely.difference(part, region, grid_size=_GRID_M))


def _union(polygons: Geometries) -> shapely.Geometry:
    """Return the ground under some polygons, doubly covered ground once."""
    try:
        return shapely.union_all(polygons)
    except shapely.errors.GEOSException:
        repaired = [_polygons(item) for item in shapely.make_valid(polygons)]
        return shapely.union_all(repaired, grid_size=_GRID_M)


def _halves(cell: shapely.Geometry) -> tuple[shapely.Geometry, ...]:
    """Return a cell cut across its longer side; nothing when it is too small to cut."""
    west, south, east, north = cell.bounds
    if max(east - west, north - south) < _SMALLEST_SIDE_M:
        return ()
    if east - west >= north - south:
        middle = (west + east) / 2
        boxes = [shapely.box(west, south, middle, north), shapely.box(middle, south, east, north)]
    else:
        middle = (south + north) / 2
        boxes = [shapely.box(west, south, east, middle), shapely.box(west, middle, east, north)]
    return tuple(_cut(cell, box)[0] for box in boxes)


def _polygons(geometry: shapely.Geometry) -> shapely.MultiPolygon:
    """Return the polygons of a geometry; lines and points where edges meet are no ground."""
    if geometry.geom_type == "MultiPolygon":
        return geometry
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])
