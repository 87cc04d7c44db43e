"""What is where: looks up, for places and shapes, which layers they meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from scripts.sample.config import Bools, Floats, Objects
from scripts.sample.corridors import Corridor


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
    corridors: Sequence[Corridor]
    pools: Mapping[str, Floats]
    """Places by name: borders of townships, of committees, of the district."""
    outlines: Mapping[str, Objects]
    """Polygons by name, for patches made inside or at the corner of one."""

    def meets(self, role: str, shapes: Objects) -> Bools:
        """Return which shapes meet the layer of `role`."""
        found = np.zeros(len(shapes), dtype=bool)
        found[self.trees[role].query(shapes, predicate="intersects")[0]] = True
        return found

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
    parcels = layers["land_class"]
    return Ground(trees, parcels, trees["land_class"], seeds, flags, corridors, pools, outlines)
