"""Townships and villages: which parcel belongs to which, and the layer of the 26 townships."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from weipian_plugin.sample.boundaries import Boundaries
from weipian_plugin.sample.config import BASE_CRS, Floats, Ints, Objects, district_facts, stream
from weipian_plugin.sample.extent import District, Waves


@dataclass(frozen=True)
class Townships:
    """The township and the village of every parcel, as indices."""

    codes: list[str]
    names: list[str]
    of_parcel: Ints
    village: Ints
    """1, 2, … within the township."""


def divide(district: District, parcels: Floats, seed: int) -> Townships:
    """Give every parcel (by its seed) to the nearest township seat, over wavy ground."""
    entries = district_facts()["townships"]
    seats = district.place(np.array([entry[2:4] for entry in entries], dtype=float))
    rng = stream(seed, "townships")
    size = np.sqrt(district.area / len(entries))
    warp = [Waves.random(rng, size) for _ in range(2)]
    moved = parcels + 0.10 * size * np.column_stack([wave.at(parcels) for wave in warp])
    owner = _nearest(moved, seats)
    for index in np.setdiff1d(np.arange(len(seats)), owner):
        # So few parcels that a township got none: it takes the one nearest to its seat.
        owner[np.argmin(((moved - seats[index]) ** 2).sum(axis=1))] = index
    return Townships(
        [entry[0] for entry in entries], [entry[1] for entry in entries], owner, _villages(moved, owner, rng)
    )


def township_layer(boundaries: Boundaries, parcels: Objects, townships: Townships) -> gpd.GeoDataFrame:
    """Return the townships as polygons whose borders are parcel borders, vertex by vertex."""
    tessellation = boundaries.tessellation
    owner = np.full(len(tessellation.seeds), -1)
    owner[tessellation.kept] = townships.of_parcel
    border = np.flatnonzero(owner[tessellation.left] != owner[tessellation.right])
    faces = shapely.get_parts(shapely.polygonize(boundaries.edge_lines(border)))
    face_owner = _owners(faces, parcels, townships.of_parcel)
    shapes = [_joined(faces[face_owner == index]) for index in range(len(townships.codes))]
    frame = {
        "XZQDM": townships.codes,
        "XZQMC": townships.names,
        "SJNF": 2020,
        "BZ": district_facts()["note"],
    }
    layer = gpd.GeoDataFrame(frame, geometry=shapes, crs=BASE_CRS)
    return layer[~layer.geometry.is_empty].reset_index(drop=True)


def _villages(points: Floats, owner: Ints, rng: np.random.Generator) -> Ints:
    """Divide each township among villages around random parcels of it."""
    village = np.ones(len(points), dtype=np.int64)
    for index in np.unique(owner):
        members = np.flatnonzero(owner == index)
        count = min(district_facts()["villages_per_township"], len(members))
        seats = points[rng.choice(members, count, replace=False)]
        village[members] = _nearest(points[members], seats) + 1
    return village


def _nearest(points: Floats, seats: Floats) -> Ints:
    """Return the index of the nearest seat for every point."""
    best = np.full(len(points), np.inf)
    owner = np.zeros(len(points), dtype=np.int64)
    for index, seat in enumerate(seats):
        distance = ((points - seat) ** 2).sum(axis=1)
        nearer = distance < best
        owner[nearer], best[nearer] = index, distance[nearer]
    return owner


def _owners(faces: Objects, parcels: Objects, of_parcel: Ints) -> Ints:
    """Return the township of every face, from a parcel in it; -1 for a hole in the district."""
    owner = np.full(len(faces), -1)
    inner = shapely.point_on_surface(faces)
    face, parcel = shapely.STRtree(parcels).query(inner, predicate="intersects")
    owner[face] = of_parcel[parcel]
    return owner


def _joined(faces: Objects) -> shapely.Geometry:
    return faces[0] if len(faces) == 1 else shapely.multipolygons(faces)
