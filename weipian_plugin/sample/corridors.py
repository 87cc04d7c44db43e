"""Invented rivers and roads: their axes, the seeds that give them parcels, their managed ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
import shapely.ops

from weipian_plugin.sample.config import Bools, Floats, Ints, district_facts, stream
from weipian_plugin.sample.extent import District

AXIS_STEP = 18.0
"""Metres between the vertices of an axis."""
SEED_SHARE = 0.27
"""At most so much of all parcels belongs to corridors and the strips beside them."""
SECTION = 6_000.0
"""Length (m) of one feature of a managed range; neighbours overlap at the ends."""


@dataclass(frozen=True)
class Corridor:
    """A river or a road."""

    name: str
    grade: str
    """河流 or the road's grade."""
    land_class: str
    width: float
    """Metres of water or road land."""
    range_width: float
    """Metres of the managed range beyond the edge on either side."""
    axis: shapely.LineString

    @property
    def is_river(self) -> bool:
        """Whether it is a river."""
        return self.grade == "河流"


@dataclass(frozen=True)
class CorridorSeeds:
    """Seeds of corridor cells and of the cells on either side, with the corridor each belongs to."""

    points: Floats
    corridor: Ints
    side: Ints
    """0 in the corridor, -1 and 1 beside it."""
    clear: float
    """Spacing along the axes in metres."""


def lay_corridors(district: District, seed: int) -> list[Corridor]:
    """Return rivers, valley roads, roads with a course of their own, country roads, in this order."""
    facts = district_facts()
    rng = stream(seed, "corridors")
    rivers = [_river(entry, district, rng) for entry in facts["rivers"]]
    roads = [_valley_road(entry, rivers) for entry in facts["valley_roads"]]
    roads += [_road(entry, district, rng) for entry in facts["cross_roads"]]
    roads += [_road(entry, district, rng) for entry in _extra_roads(facts["extra_roads"], district, rng)]
    return rivers + roads


def corridor_seeds(
    corridors: Sequence[Corridor], district: District, parcels: int, seed: int
) -> CorridorSeeds:
    """Place seeds along the axes: a row in the middle, a row on either side one width away.

    The cells of the middle row are then exactly as wide as the corridor.
    """
    rng = stream(seed, "corridor seeds")
    length = sum(corridor.axis.length for corridor in corridors)
    spacing = max(70.0, 3 * length * 0.8 / (SEED_SHARE * parcels))
    rows = [_rows(corridor, spacing, rng) for corridor in corridors]
    points = np.concatenate([row.reshape(-1, 2) for row in rows])
    owner = np.repeat(np.arange(len(corridors)), [3 * row.shape[1] for row in rows])
    side = np.concatenate([np.repeat([0, 1, -1], row.shape[1]) for row in rows])
    widths = np.array([corridor.width for corridor in corridors])
    keep = ~_too_close(points, 0.55 * widths[owner]) & (district.depth(points) < 1.2)
    return CorridorSeeds(points[keep], owner[keep], side[keep], spacing)


def clear_of_corridors(points: Floats, corridors: Sequence[Corridor], spacing: float) -> Bools:
    """Return which points are so far from every axis that their cells leave the corridors as they are."""
    clear = np.ones(len(points), dtype=bool)
    for corridor in corridors:
        zone = corridor.axis.simplify(4).buffer(
            max(spacing, corridor.width) / 2 + corridor.width, quad_segs=3
        )
        shapely.prepare(zone)
        clear &= ~shapely.contains_xy(zone, points)
    return clear


def managed_sections(corridor: Corridor) -> list[shapely.Polygon]:
    """Return the managed range as long buffers with round ends, one per section: neighbours overlap."""
    reach = corridor.width / 2 + corridor.range_width
    return [section.buffer(reach, quad_segs=6) for section in axis_sections(corridor)]


def axis_sections(corridor: Corridor) -> list[shapely.LineString]:
    """Return the axis in sections of about SECTION metres."""
    axis = corridor.axis
    ends = np.linspace(0, axis.length, max(1, round(axis.length / SECTION)) + 1)
    return [shapely.ops.substring(axis, a, b) for a, b in pairwise(ends)]


def _river(entry: dict[str, Any], district: District, rng: np.random.Generator) -> Corridor:
    line = _smooth(district.place(entry["course"]))
    axis = _meander(line, entry["meander"] * district.half_axes[1], rng)
    return Corridor(entry["name"], "河流", "1101", entry["width"], entry["range"], axis)


def _valley_road(entry: dict[str, Any], rivers: Sequence[Corridor]) -> Corridor:
    """Run a road beside a river; where the river bends sharply the road comes close or crosses."""
    river = rivers[entry["river"]].axis.simplify(25)
    points = shapely.get_coordinates(_resampled(river, 60.0))
    smooth = _moving_average(points, 9)
    direction = np.gradient(smooth, axis=0)
    normal = np.column_stack([-direction[:, 1], direction[:, 0]]) / np.hypot(*direction.T)[:, None]
    axis = _resampled(shapely.LineString(_moving_average(smooth + entry["offset"] * normal, 5)), AXIS_STEP)
    return _graded(entry["name"], entry["grade"], axis)


def _road(entry: dict[str, Any], district: District, rng: np.random.Generator) -> Corridor:
    line = _smooth(district.place(entry["course"]))
    return _graded(entry["name"], entry["grade"], _meander(line, 0.02 * district.half_axes[1], rng))


def _graded(name: str, grade: str, axis: shapely.LineString) -> Corridor:
    facts = district_facts()["road_grades"][grade]
    return Corridor(name, grade, facts["land_class"], facts["width"], facts["range"], axis)


def _extra_roads(facts: dict[str, Any], district: District, rng: np.random.Generator) -> list[dict[str, Any]]:
    """Return country roads between places inside the district; fewer in a small one."""
    count = facts["least"] + round((facts["full"] - facts["least"]) * district.scale)
    roads = []
    for number in range(1, count + 1):
        angle, reach = rng.uniform(0, 2 * np.pi), rng.uniform(0.25, 0.55, 3)
        turns = angle + np.array([0, 0.7, 1.4]) * rng.choice([-1, 1])
        course = np.column_stack([np.cos(turns), np.sin(turns)]) * (0.25 + reach)[:, None]
        grade = str(rng.choice(facts["grades"]))
        roads.append({"name": f"示例{grade}{number + 10}线", "grade": grade, "course": course})
    return roads


def _rows(corridor: Corridor, spacing: float, rng: np.random.Generator) -> Floats:
    """Return seeds (3, n, 2): the middle row, the left one and the right one."""
    step = max(spacing, corridor.width)
    count = max(2, int(corridor.axis.length / step))
    along = (np.arange(count) + rng.uniform(0.45, 0.55, count)) * corridor.axis.length / count
    middle, ahead, behind = (_points_along(corridor.axis, along + shift) for shift in (0.0, 5.0, -5.0))
    direction = ahead - behind
    normal = np.column_stack([-direction[:, 1], direction[:, 0]]) / np.hypot(*direction.T)[:, None]
    return np.stack([middle, middle + corridor.width * normal, middle - corridor.width * normal])


def _too_close(points: Floats, distance: Floats) -> Bools:
    """Return which points have an earlier one within their distance."""
    shapes = shapely.points(points)
    late, early = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=distance)
    close = np.zeros(len(points), dtype=bool)
    close[late[early < late]] = True
    return close


def _meander(line: shapely.LineString, amplitude: float, rng: np.random.Generator) -> shapely.LineString:
    """Swing a line to both sides, by up to `amplitude` metres, in bends of different lengths."""
    points = shapely.get_coordinates(_resampled(line, max(amplitude / 12, 6.0)))
    way = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    direction = np.gradient(points, axis=0)
    normal = np.column_stack([-direction[:, 1], direction[:, 0]]) / np.hypot(*direction.T)[:, None]
    swing = np.zeros(len(points))
    for bend, share in ((9.0, 0.5), (4.3, 0.35), (2.1, 0.15)):
        swing += share * np.sin(2 * np.pi * way / (bend * amplitude) + rng.uniform(0, 2 * np.pi))
    return _resampled(shapely.LineString(points + amplitude * swing[:, None] * normal), AXIS_STEP)


def _smooth(points: Floats) -> shapely.LineString:
    """Cut the corners of a course four times (Chaikin)."""
    for _ in range(4):
        inner = np.empty((2 * len(points) - 2, 2))
        inner[0::2] = 0.75 * points[:-1] + 0.25 * points[1:]
        inner[1::2] = 0.25 * points[:-1] + 0.75 * points[1:]
        points = np.concatenate([points[:1], inner, points[-1:]])
    return shapely.LineString(points)


def _resampled(line: shapely.LineString, step: float) -> shapely.LineString:
    count = max(2, int(line.length / step) + 1)
    return shapely.LineString(_points_along(line, np.linspace(0, line.length, count)))


def _points_along(line: shapely.LineString, along: Floats) -> Floats:
    """Return the points at distances `along` (m) from the start of a line, all in one pass."""
    corners = shapely.get_coordinates(line)
    way = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    return np.column_stack([np.interp(along, way, corners[:, k]) for k in range(2)])


def _moving_average(points: Floats, window: int) -> Floats:
    pad = window // 2
    padded = np.pad(points, ((pad, pad), (0, 0)), mode="edge")
    kernel = np.ones(window) / window
    smooth = [np.convolve(padded[:, k], kernel, mode="valid") for k in range(2)]
    return np.column_stack(smooth)
