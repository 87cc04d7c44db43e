"""Patches made ready to be measured against layer after layer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from weipian_plugin.domain.geodesy import Floats, Geometries, official_area
from weipian_plugin.domain.numbers import Ints
from weipian_plugin.domain.overlay.clipping import Windows, clip, windows
from weipian_plugin.domain.overlay.common_ground import Index
from weipian_plugin.domain.overlay.outlines import by_ring, outlines
from weipian_plugin.domain.overlay.rings import rings_of
from weipian_plugin.domain.overlay.tiles import tiles


@dataclass(frozen=True)
class PatchGround:
    """Patches, parallel arrays. Nothing in it changes, so threads may share it."""

    geometry: Geometries
    """Polygons and multipolygons in EPSG:4490 degrees."""
    area: Floats
    """m²."""
    boxes: Windows
    """Each patch's box; NaN for empty ones."""
    tiles: Windows
    """The boxes, those of patches of very many vertices cut up."""
    tile_of: Ints
    """The patch of each tile."""
    edges: Index
    """Each patch's edges in its tiles."""
    tree: shapely.STRtree
    """Of the tiles."""


def patch_ground(geometry: Geometries) -> PatchGround:
    """Return patches in EPSG:4490 degrees made ready."""
    boxes = shapely.bounds(geometry).T
    parts, owner = tiles(boxes, shapely.get_num_coordinates(geometry))
    cut = windows(parts)
    shapes = geometry[owner]
    is_part = np.bincount(owner)[owner] > 1
    shapes[is_part] = shapely.box(*parts[:, is_part])
    tree = shapely.STRtree(shapes)
    edges = _edges(geometry, cut, owner, tree)
    return PatchGround(geometry, official_area(geometry), windows(boxes), cut, owner, edges, tree)


def _edges(geometry: Geometries, cut: Windows, owner: Ints, tree: shapely.STRtree) -> Index:
    """Return the edges of patches in their tiles."""
    drawn = by_ring(outlines(rings_of(geometry)))
    ring, tile = tree.query(shapely.box(*drawn.box))
    own = drawn.rings.feature[drawn.rings.polygon[ring]] == owner[tile]
    ring, tile = ring[own], tile[own]
    return Index(clip(drawn, ring, cut, tile), tile, cut.width)
