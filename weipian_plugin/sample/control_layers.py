"""The large control areas: red line, nature reserves, urban clusters, territories of the committees."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from weipian_plugin.sample.boundaries import Wiggle, draw
from weipian_plugin.sample.config import BASE_CRS, Bools, Ints, Objects, district_facts, stream
from weipian_plugin.sample.extent import District
from weipian_plugin.sample.shapes import blob
from weipian_plugin.sample.tessellation import Tessellation, tessellate

REDLINE_FEATURES = 108
PARTS_PER_FEATURE = 2.2
REDLINE_SHARE = 0.36
"""Share of the large cells that lie in the red line."""
VERTICES_PER_PART = 1_750


def urban_layer(district: District, seed: int) -> gpd.GeoDataFrame:
    """Return the three clusters of 一中心两组团, one feature each."""
    rng = stream(seed, "urban")
    entries = district_facts()["urban"]
    least = min(380.0 / district.half_axes[1], 0.15)
    shapes = [_blob_at(district, entry[1:3], max(entry[3], least), 240, rng) for entry in entries]
    names = [entry[0] for entry in entries]
    frame = {"MC": names, "LX": ["一中心", "两组团", "两组团"], "BZ": district_facts()["note"]}
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=BASE_CRS)


def committee_layer(district: District, seed: int) -> gpd.GeoDataFrame:
    """Return the territories of the three committees; they lie across townships."""
    rng = stream(seed, "committees")
    entries = district_facts()["committees"]
    shapes = [_blob_at(district, entry[2:4], entry[4], 160, rng) for entry in entries]
    frame = {
        "DM": [entry[0] for entry in entries],
        "MC": [entry[1] for entry in entries],
        "BZ": district_facts()["note"],
    }
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=BASE_CRS)


def redline_layer(district: District, clusters: Objects, seed: int) -> gpd.GeoDataFrame:
    """Return about a hundred multipolygons of some thousand vertices each, with holes."""
    rng = stream(seed, "redline")
    tessellation = _large_cells(district, rng)
    boundaries = draw(tessellation, Wiggle(VERTICES_PER_PART, amplitude=0.14, roughness=0.75), rng)
    chosen = _wild_cells(district, tessellation, clusters)
    cells = boundaries.polygons()[chosen]
    kept = np.flatnonzero(tessellation.kept)[chosen]
    parts = [
        _with_holes(cell, tessellation, int(index), rng) for cell, index in zip(cells, kept, strict=True)
    ]
    groups = _groups(tessellation, kept, rng)
    shapes = [
        shapely.multipolygons([parts[i] for i in np.flatnonzero(groups == g)]) for g in np.unique(groups)
    ]
    return _redline_frame(np.array(shapes, dtype=object), rng)


def nature_reserve_layer(district: District, redline: gpd.GeoDataFrame, seed: int) -> gpd.GeoDataFrame:
    """Return reserves made of whole red-line parts around a place, and a rim that reaches beyond them."""
    rng = stream(seed, "nature reserves")
    parts = shapely.get_parts(redline.geometry.to_numpy())
    entries = district_facts()["nature_reserves"]
    places = shapely.points(district.place(np.array([entry[3:5] for entry in entries], dtype=float)))
    rim = max(150.0 * district.scale, 60.0)
    shapes = []
    for place in places:
        nearest = parts[np.argsort(shapely.distance(parts, place), kind="stable")[: int(rng.integers(4, 9))]]
        solid = shapely.union_all(shapely.polygons(shapely.get_exterior_ring(nearest)))
        shapes.append(shapely.simplify(solid, 3.0).buffer(rim, quad_segs=4))
    frame = {
        "BHQMC": [entry[0] for entry in entries],
        "BHQLX": [entry[1] for entry in entries],
        "BHQJB": [entry[2] for entry in entries],
        "PZJG": "示例机关",
        "BHQMJ": np.round(shapely.area(np.array(shapes, dtype=object)) / 1e4, 2),
        "BZ": district_facts()["note"],
    }
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=BASE_CRS)


def _blob_at(
    district: District, units: list[float], reach: float, vertices: int, rng: np.random.Generator
) -> shapely.Polygon:
    centre = district.place(np.array([units], dtype=float))[0]
    return blob(centre, reach * district.half_axes[1], vertices, rng, roughness=0.12)


def _large_cells(district: District, rng: np.random.Generator) -> Tessellation:
    """Tessellate the district into cells of very different sizes, about three times as many as parts."""
    cells = REDLINE_FEATURES * PARTS_PER_FEATURE / REDLINE_SHARE
    box_cells = round(cells * 1.6 * 1.6 * 4 / np.pi)
    seeds = district.place(rng.uniform(-1.6, 1.6, (box_cells, 2)))
    return tessellate(seeds, district.depth(seeds) < 1.0)


def _wild_cells(district: District, tessellation: Tessellation, clusters: Objects) -> Ints:
    """Return which kept cells are red line: the most mountainous, inside the border, off the clusters."""
    seeds = tessellation.seeds[tessellation.kept]
    wild = district.mountains(seeds)
    reach = np.zeros(len(tessellation.seeds))
    for cell in (tessellation.left, tessellation.right):
        for end in (tessellation.start, tessellation.end):
            np.maximum.at(reach, cell, district.depth(tessellation.vertices[end]))
    near_town = shapely.distance(shapely.points(seeds)[:, None], clusters[None, :]).min(axis=1)
    usable = (reach[tessellation.kept] < 0.985) & (near_town > 0.02 * district.half_axes[1])
    count = min(round(REDLINE_FEATURES * PARTS_PER_FEATURE), int(usable.sum()))
    return np.sort(np.argsort(np.where(usable, -wild, np.inf), kind="stable")[:count])


def _with_holes(
    cell: shapely.Polygon, tessellation: Tessellation, index: int, rng: np.random.Generator
) -> shapely.Polygon:
    """Cut none, one or two holes near the seed, where no edge of the cell can come."""
    mine = (tessellation.left == index) | (tessellation.right == index)
    other = np.where(tessellation.left[mine] == index, tessellation.right[mine], tessellation.left[mine])
    seed = tessellation.seeds[index]
    free = 0.5 * 0.6 * float(np.hypot(*(tessellation.seeds[other] - seed).T).min())
    count = int(rng.choice([0, 1, 2], p=[0.25, 0.4, 0.35]))
    angle = rng.uniform(0, np.pi)
    offset = 0.5 * free * np.array([np.cos(angle), np.sin(angle)])
    centres = {0: [], 1: [seed], 2: [seed + offset, seed - offset]}[count]
    radius = free * (0.45 if count == 1 else 0.26)
    holes = [blob(centre, radius, 70, rng, roughness=0.10).exterior for centre in centres]
    return shapely.Polygon(cell.exterior, holes)


def _groups(tessellation: Tessellation, kept: Ints, rng: np.random.Generator) -> Ints:
    """Put the parts into features so that no two parts of a feature are neighbours."""
    adjacent = _adjacency(tessellation, kept)
    groups = np.full(len(kept), -1)
    members: list[list[int]] = [[] for _ in range(min(REDLINE_FEATURES, len(kept)))]
    for turn, part in enumerate(rng.permutation(len(kept))):
        for step in range(len(members)):
            group = (turn + step) % len(members)
            if not adjacent[part, members[group]].any():
                groups[part] = group
                members[group].append(int(part))
                break
    return groups


def _adjacency(tessellation: Tessellation, kept: Ints) -> Bools:
    position = np.full(len(tessellation.seeds), -1)
    position[kept] = np.arange(len(kept))
    a, b = position[tessellation.left], position[tessellation.right]
    both = (a >= 0) & (b >= 0)
    adjacent = np.zeros((len(kept), len(kept)), dtype=bool)
    adjacent[a[both], b[both]] = adjacent[b[both], a[both]] = True
    return adjacent


def _redline_frame(shapes: Objects, rng: np.random.Generator) -> gpd.GeoDataFrame:
    kinds = district_facts()["redline_kinds"]
    kind = rng.integers(len(kinds), size=len(shapes))
    frame = {
        "BSM": [f"5001562620{number:08d}" for number in range(1, len(shapes) + 1)],
        "HXMC": [f"示例{kinds[k][1]}生态保护红线{n:03d}" for n, k in enumerate(kind, 1)],
        "LHDM": [f"500156{kinds[k][0]}{n:04d}" for n, k in enumerate(kind, 1)],
        "LHLX": [kinds[k][1] for k in kind],
        "QYMJ": np.round(shapely.area(shapes) / 1e4, 2),
        "BZ": district_facts()["note"],
    }
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=BASE_CRS)
