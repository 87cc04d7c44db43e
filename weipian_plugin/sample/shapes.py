"""Outlines of invented things: blobs, buildings, yards."""

from __future__ import annotations

import numpy as np
import shapely

from weipian_plugin.sample.config import Floats


def blob(
    centre: Floats, radius: float, vertices: int, rng: np.random.Generator, roughness: float = 0.16
) -> shapely.Polygon:
    """Return a star-shaped outline around `centre` with the area of a circle of `radius`, about."""
    angles = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    waves = np.zeros(vertices)
    for order in range(2, max(3, min(24, vertices // 3)) + 1):
        waves += np.sin(order * angles + rng.uniform(0, 2 * np.pi)) * order**-1.1
    reach = radius * np.exp(roughness * waves)
    ring = np.column_stack([np.cos(angles), np.sin(angles)]) * reach[:, None]
    return shapely.Polygon(np.asarray(centre) + ring)


def building(centre: Floats, area: float, rng: np.random.Generator) -> shapely.Polygon:
    """Return a rectangle, an L or a U with right angles, of `area` m², turned at random."""
    corners = _FLOOR_PLANS[int(rng.integers(len(_FLOOR_PLANS)))]
    plan = shapely.Polygon(np.array(corners) * [1.0, rng.uniform(0.5, 0.95)])
    return place_plan(plan, centre, area, float(rng.uniform(0, np.pi)))


def yard(centre: Floats, area: float, rng: np.random.Generator) -> shapely.Polygon:
    """Return a plain rectangle of `area` m², turned at random."""
    plan = shapely.box(0, 0, 1, float(rng.uniform(0.45, 1.0)))
    return place_plan(plan, centre, area, float(rng.uniform(0, np.pi)))


def place_plan(plan: shapely.Polygon, centre: Floats, area: float, angle: float) -> shapely.Polygon:
    """Scale `plan` to `area` m², turn it by `angle` (radians) and put its centroid on `centre`."""
    middle = np.array([plan.centroid.x, plan.centroid.y])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    factor = np.sqrt(area / plan.area)
    placed: shapely.Polygon = shapely.transform(
        plan, lambda xy: (xy - middle) @ turn.T * factor + np.asarray(centre)
    )
    return placed


_FLOOR_PLANS = (
    ((0, 0), (2, 0), (2, 1), (0, 1)),
    ((0, 0), (3, 0), (3, 1), (1, 1), (1, 2), (0, 2)),
    ((0, 0), (3, 0), (3, 2), (2, 2), (2, 1), (1, 1), (1, 2), (0, 2)),
    ((0, 0), (4, 0), (4, 1), (2.5, 1), (2.5, 1.6), (1.2, 1.6), (1.2, 1), (0, 1)),
)
