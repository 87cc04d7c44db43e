"""Outlines of patches: buildings with right angles, blobs of moved earth, strips along roads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
import shapely.ops

from weipian_plugin.sample.config import Floats, Objects
from weipian_plugin.sample.shapes import blob, building

SMALLEST = 133.4
"""0.2 亩 in m²."""


def patch_area(limits: Sequence[float] | None, shrink: float, rng: np.random.Generator) -> float:
    """Return an area in m²: log-uniform within `limits`; else mostly 1 to 10 亩, one in fifty huge."""
    if limits:
        area = float(np.exp(rng.uniform(*np.log(limits))))
        return max(area * shrink, min(limits[0], SMALLEST))
    if rng.random() < 0.02:
        return float(rng.uniform(40_000, 130_000)) * shrink
    return float(np.clip(rng.lognormal(np.log(1_700), 1.0) * shrink, SMALLEST, 40_000))


def free_shape(kind: str, place: Floats, area: float, rng: np.random.Generator) -> shapely.Polygon:
    """Return a building or a blob of `area` m²; `any` is one or the other, large ones always a blob."""
    if kind == "building" or (kind != "blob" and area < 6_000 and rng.random() < 0.55):
        return building(place, area, rng)
    outline = blob(place, 10.0, int(np.clip(np.sqrt(area) / 2.2, 14, 90)), rng)
    grown = np.sqrt(area / outline.area)
    scaled: shapely.Polygon = shapely.transform(outline, lambda xy: (xy - place) * grown + place)
    return scaled


def strip(
    axis: shapely.LineString, road_width: float, place: Floats, area: float, rng: np.random.Generator
) -> shapely.Polygon:
    """Return a strip of about `area` m² near `place` that runs beside a road."""
    width = float(np.clip(np.sqrt(area) / 5, 4.0, 16.0))
    length = float(np.clip(area / width, 25.0, 900.0))
    middle = axis.project(shapely.Point(place))
    section = shapely.ops.substring(axis, max(middle - length / 2, 0.0), middle + length / 2)
    beside = section.offset_curve(
        float(rng.choice([-1, 1])) * (road_width / 2 + width * rng.uniform(0.2, 0.6))
    )
    if beside.is_empty or beside.geom_type != "LineString":
        beside = section
    outline = beside.simplify(0.3).buffer(width / 2, cap_style="flat", quad_segs=2)
    return max(shapely.get_parts(outline), key=lambda part: part.area)


def inside(outline: shapely.Polygon, rng: np.random.Generator) -> shapely.Polygon:
    """Return `outline` drawn towards a point in its middle: wholly covered by it."""
    return _scaled(outline.buffer(-0.5, join_style="mitre"), float(rng.uniform(0.75, 0.97)))


def at_corner(outline: shapely.Polygon, rng: np.random.Generator) -> shapely.Polygon:
    """Return a building across a corner of `outline`: partly covered by it."""
    corners = shapely.get_coordinates(outline.exterior)[:-1]
    corner = corners[int(rng.integers(len(corners)))]
    return building(corner, outline.area * float(rng.uniform(0.3, 0.8)), rng)


def core(shapes: Objects) -> Objects:
    """Return the middle of each shape: what meets it is met by more than a sliver of the shape."""
    return np.array([_scaled(shape, 0.6) for shape in shapes], dtype=object)


def _scaled(shape: shapely.Polygon, factor: float) -> shapely.Polygon:
    middle = shapely.get_coordinates(shape.centroid)[0]
    scaled: shapely.Polygon = shapely.transform(shape, lambda xy: (xy - middle) * factor + middle)
    return scaled
