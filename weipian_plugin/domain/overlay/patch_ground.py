"""Patches made ready to be measured against layer after layer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from weipian_plugin.domain.geodesy import Floats, Geometries, official_area
from weipian_plugin.domain.overlay.clipping import Windows, clip, windows
from weipian_plugin.domain.overlay.common_ground import Index
from weipian_plugin.domain.overlay.outlines import outlines
from weipian_plugin.domain.overlay.rings import rings_of


@dataclass(frozen=True)
class PatchGround:
    """Patches, parallel arrays. Nothing in it changes, so threads may share it."""

    geometry: Geometries
    """Polygons and multipolygons in EPSG:4490 degrees."""
    area: Floats
    """m²."""
    boxes: Windows
    """Each patch's box; NaN for empty ones."""
    edges: Index
    """Each patch's edges in its box."""
    tree: shapely.STRtree
    """Of the geometries."""


def patch_ground(geometry: Geometries) -> PatchGround:
    """Return patches in EPSG:4490 degrees made ready."""
    boxes = windows(shapely.bounds(geometry).T)
    drawn = outlines(rings_of(geometry))
    patch = drawn.rings.feature
    edges = clip(drawn, np.arange(len(patch)), boxes, patch)
    index = Index(edges, patch, boxes.width)
    return PatchGround(geometry, official_area(geometry), boxes, index, shapely.STRtree(geometry))
