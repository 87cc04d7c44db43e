"""What is where: looks up, for places and shapes, which layers they meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from weipian_plugin.sample.config import Bools, Floats, Objects
from weipian_plugin.sample.corridors import Corridor, axis_sections

FEW = 2_000
"""Layers with fewer features than this have large ones."""


@dataclass(frozen=True)
class Ground:
    """The base layers by role, ready for look-ups, and the places where patches can be put."""

    trees: Mapping[str, shapely.STRtree]
    parcels: gpd.GeoDataFrame
    parcel_tree: shapely.STRtree
    seeds: Floats
    """A point in every parcel."""
    seed_flags: Mapping[str, Bools]
    """By role: whether the seed lies in the layer."""
    road_axes: Objects
    """Sections of the axes of all roads."""
    road_widths: Floats
    """Metres of road land of each section."""
    road_tree: shapely.STRtree
    pools: Mapping[str, Floats]
    """Places by name: borders of townships, of committees, of the district."""
    outlines: Mapping[str, Objects]
    """Polygons by name, for patches made inside or at the corner of one."""

    def meets(self, role: str, shapes: Objects) -> Bools:
        """Return which shapes meet the layer of `role`."""
        found = np.zeros(len(shapes), dtype=bool)
        tree = self.trees[role]
        if len(tree) < FEW:
            # The tree prepares what it is asked for: that should be the large features of the layer.
            found[shapely.STRtree(shapes).query(tree.geometries, predicate="intersects")[1]] = True
        else:
            found[tree.query(shapes, predicate="intersects")[0]] = True
        return found

    def nearest_road(self, place: Floats) -> tuple[shapely.LineString, float]:
        """Return the section of an axis nearest to `place` and the width of the road."""
        index = int(self.road_tree.nearest(shapely.Point(place)))
        return self.road_axes[index], float(self.road_widths[index])

    def parcel_at(self, shapes: Objects) -> Objects:
        """Return the position of the parcel under a point of each shape, -1 outside the district."""
        found = np.full(len(shapes), -1)
        shape, parcel = self.parcel_tree.query(shapely.point_on_surface(shapes), predicate="intersects")
        found[shape[::-1]] = parcel[::-1]
        return found


def survey_ground(
    layers: Mapping[str, gpd.GeoDataFrame],
    seeds: Floats,
    corridors: Sequence[Corridor],
    pools: Mapping[str, Floats],
    outlines: Mapping[str, Objects],
) -> Ground:
    """Index the layers and note for every parcel seed which of them it lies in."""
    places = shapely.STRtree(shapely.points(seeds))
    flags, trees = {}, {}
    for role, layer in layers.items():
        shapes = layer.geometry.to_numpy()
        trees[role] = shapely.STRtree(shapes)
        if role not in ("land_class", "township"):
            flags[role] = np.zeros(len(seeds), dtype=bool)
            flags[role][places.query(shapes, predicate="contains")[1]] = True
    roads = [
        (section, item.width) for item in corridors if not item.is_river for section in axis_sections(item)
    ]
    axes = np.array([section for section, _ in roads], dtype=object)
    return Ground(
        trees=trees,
        parcels=layers["land_class"],
        parcel_tree=trees["land_class"],
        seeds=seeds,
        seed_flags=flags,
        road_axes=axes,
        road_widths=np.array([width for _, width in roads]),
        road_tree=shapely.STRtree(axes),
        pools=pools,
        outlines=outlines,
    )
