"""Geometries made fit for overlay: polygons only, 2-D, valid, MultiPolygon, with what was repaired.

A repair takes every ring as the ground it encloses, joins the parts and takes the holes out. So both lobes of
a bow tie stay, a doubled ring counts once, and parts that overlap are joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.geodesy import official_area

Geometries = NDArray[np.object_]
Flags = NDArray[np.bool_]
_MOST_CROSSINGS = 500
"""A repair takes ever longer with the crossings: half a second for these, a minute for 5,000."""
_EDGES_AT_ONCE = 2_000
_FEWEST_VERTICES = 4
"""Of a closed ring; one of fewer is no ring to GEOS."""
_POLYGON, _MULTI_POLYGON, _COLLECTION = 3, 6, 7
_REASONS = {
    "Self-intersection": "自相交",
    "Ring Self-intersection": "环自相交",
    "Duplicate Rings": "环重复",
    "Hole lies outside shell": "洞在外环之外",
    "Holes are nested": "洞中有洞",
    "Nested shells": "外环互相包含",
    "Interior is disconnected": "内部被切断",
    "Too few points in geometry component": "环的节点太少",
    "Invalid Coordinate": "坐标值异常",
}


@dataclass(frozen=True)
class Cleaned:
    """Clean geometries and what was done to them; everything goes row by row."""

    geometries: Geometries
    """MultiPolygon; None where there is nothing to use."""
    area_m2: NDArray[np.float64]
    """Official area; 0 where None."""
    missing: Flags
    """There was no geometry, or an empty one."""
    not_polygon: Flags
    zero_area: Flags
    mixed_parts: Flags
    """Points or lines beside polygons were left out."""
    repeated_vertices: Flags
    tangled: Flags
    """The outline crosses itself so often that it stands for no ground."""
    repaired: dict[int, tuple[str, float]]
    """Row -> what was wrong, official area before in m²."""


def join(pieces: Sequence[Cleaned]) -> Cleaned:
    """Return the pieces of one layer as one."""
    starts = np.cumsum([0, *(len(piece.geometries) for piece in pieces)])
    repaired = {
        int(start) + row: what
        for start, piece in zip(starts, pieces, strict=False)
        for row, what in piece.repaired.items()
    }
    columns = [field.name for field in fields(Cleaned) if field.name != "repaired"]
    arrays = {name: np.concatenate([getattr(piece, name) for piece in pieces]) for name in columns}
    return Cleaned(repaired=repaired, **arrays)


def clean(geometries: Geometries) -> Cleaned:
    """Return the geometries (EPSG:4490 degrees, 2-D) made valid; the array is changed in place."""
    missing = shapely.is_missing(geometries) | shapely.is_empty(geometries)
    not_polygon, mixed = _keep_polygons(geometries, missing)
    unusable = missing | not_polygon
    geometries[unusable] = None
    repeated = _remove_repeated(geometries)
    broken = np.flatnonzero(~shapely.is_valid(geometries) & ~unusable)
    tangled = np.zeros(len(geometries), dtype=bool)
    tangled[[row for row in broken if _is_tangled(geometries[row])]] = True
    geometries[tangled] = None
    unusable |= tangled
    broken = broken[~tangled[broken]]
    repaired = _repair(geometries, broken)
    area = official_area(geometries)
    zero_area = ~unusable & ~(area > 0)
    geometries[zero_area] = None
    return Cleaned(
        _multi(geometries),
        np.where(zero_area, 0.0, area),
        missing,
        not_polygon,
        zero_area,
        mixed,
        repeated,
        tangled,
        {row: what for row, what in repaired.items() if not zero_area[row]},
    )


def _keep_polygons(geometries: Geometries, missing: Flags) -> tuple[Flags, Flags]:
    """Take polygons out of collections; return which rows have none, and which had other things beside."""
    kinds = shapely.get_type_id(geometries)
    mixed = np.zeros(len(geometries), dtype=bool)
    for row in np.flatnonzero(kinds == _COLLECTION):
        polygons = polygons_of(geometries[row])
        mixed[row] = bool(polygons)
        geometries[row] = shapely.MultiPolygon(polygons) if polygons else None
    usable = np.isin(shapely.get_type_id(geometries), (_POLYGON, _MULTI_POLYGON))
    return ~usable & ~missing, mixed


def polygons_of(geometry: shapely.Geometry) -> list[shapely.Polygon]:
    """Return the polygons in a geometry of any kind, collections taken apart."""
    parts = shapely.get_parts(geometry)
    while any(part.geom_type in ("GeometryCollection", "MultiPolygon") for part in parts):
        parts = shapely.get_parts(parts)
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def _remove_repeated(geometries: Geometries) -> Flags:
    """Take out consecutive equal vertices in place; return which rows had them."""
    coordinates, owner = shapely.get_coordinates(geometries, return_index=True)
    same = (coordinates[1:] == coordinates[:-1]).all(axis=1) & (owner[1:] == owner[:-1])
    suspects = np.unique(owner[1:][same])
    found = np.zeros(len(geometries), dtype=bool)
    for row in suspects:
        thinner = _thinner(geometries[row])
        if shapely.get_num_coordinates(thinner) < shapely.get_num_coordinates(geometries[row]):
            found[row] = True
            geometries[row] = thinner
    return found


def _thinner(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return polygons without consecutive equal vertices.

    Not by shapely.remove_repeated_points: what that leaves of a ring of too few vertices depends on GEOS.
    """
    polygons = [
        shapely.Polygon(_thinner_ring(part.exterior), [_thinner_ring(hole) for hole in part.interiors])
        for part in polygons_of(geometry)
    ]
    return shapely.MultiPolygon(polygons) if len(polygons) > 1 else polygons[0]


def _thinner_ring(ring: shapely.LinearRing) -> NDArray[np.float64]:
    points: NDArray[np.float64] = shapely.get_coordinates(ring)
    differs = (points[1:] != points[:-1]).any(axis=1)
    thinner = points[np.concatenate([[True], differs])]
    lacking = max(_FEWEST_VERTICES - len(thinner), 0)
    return np.concatenate([thinner, np.repeat(points[-1:], lacking, axis=0)])


def _is_tangled(geometry: shapely.Geometry) -> bool:
    """Return whether a boundary crosses itself more often than can be repaired in reasonable time."""
    points, owner = shapely.get_coordinates(_rings(geometry), return_index=True)
    finite = np.isfinite(points).all(axis=1)
    inside = (owner[1:] == owner[:-1]) & finite[1:] & finite[:-1]
    edges = shapely.linestrings(np.stack([points[:-1][inside], points[1:][inside]], axis=1))
    tree = shapely.STRtree(edges)
    crossings = 0
    for start in range(0, len(edges), _EDGES_AT_ONCE):
        crossings += tree.query(edges[start : start + _EDGES_AT_ONCE], predicate="crosses").shape[1] // 2
        if crossings > _MOST_CROSSINGS:
            return True
    return False


def _rings(geometry: shapely.Geometry) -> Geometries:
    rings: Geometries = shapely.get_rings(np.array([*polygons_of(geometry), None], dtype=object)[:-1])
    return rings


def _repair(geometries: Geometries, rows: NDArray[np.int64]) -> dict[int, tuple[str, float]]:
    """Repair the given rows in place; return what was wrong with each and its official area before."""
    before = official_area(geometries[rows])
    repaired = {}
    for row, area in zip(rows, before, strict=True):
        repaired[int(row)] = (_reason(geometries[row]), float(area))
        geometries[row] = repair(geometries[row])
    return repaired


def repair(geometry: shapely.Geometry) -> shapely.Geometry | None:
    """Return the valid polygon that a broken one stands for, None when no ground is left."""
    parts = [_solid(part) for part in polygons_of(geometry)]
    whole = shapely.union_all([part for part in parts if part is not None])
    polygons = polygons_of(whole)
    return shapely.MultiPolygon(polygons) if polygons else None


def _solid(polygon: shapely.Polygon) -> shapely.Geometry | None:
    """Return the ground of one polygon: its shell's less its holes'."""
    shell = _ground(polygon.exterior)
    holes = [_ground(ring) for ring in polygon.interiors]
    return shapely.difference(shell, shapely.union_all(holes)) if holes else shell


def _ground(ring: shapely.LinearRing) -> shapely.Geometry:
    """Return the area inside a ring, however it crosses itself."""
    finite = np.isfinite(shapely.get_coordinates(ring)).all()
    polygon = shapely.Polygon(ring) if finite else shapely.Polygon()
    made = polygon if polygon.is_valid else shapely.make_valid(polygon)
    return shapely.MultiPolygon(polygons_of(made))


def _reason(geometry: shapely.Geometry) -> str:
    text = shapely.is_valid_reason(geometry).split("[")[0].strip()
    return _REASONS.get(text, text)


def _multi(geometries: Geometries) -> Geometries:
    """Return every polygon as a MultiPolygon; None stays None."""
    single = np.flatnonzero(shapely.get_type_id(geometries) == _POLYGON)
    geometries[single] = shapely.multipolygons(geometries[single], indices=np.arange(len(single)))
    return geometries
