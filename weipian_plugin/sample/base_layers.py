"""All base layers of the sample district by role."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Transformer

from weipian_plugin.domain.geodesy import official_area
from weipian_plugin.sample.boundaries import Boundaries, Wiggle, draw
from weipian_plugin.sample.config import BASE_CRS, PATCH_CRS, Floats, Objects, stream
from weipian_plugin.sample.control_layers import (
    committee_layer,
    nature_reserve_layer,
    redline_layer,
    urban_layer,
)
from weipian_plugin.sample.corridors import Corridor, lay_corridors
from weipian_plugin.sample.extent import District
from weipian_plugin.sample.farm_forest_layers import basic_farmland_layer, forest_layer
from weipian_plugin.sample.ground import Ground, survey_ground
from weipian_plugin.sample.land_cover import cover_land, survey_table
from weipian_plugin.sample.permit_layers import (
    approval_layer,
    facility_farm_layer,
    range_layer,
    temporary_land_layer,
)
from weipian_plugin.sample.seeding import Seeding, place_seeds
from weipian_plugin.sample.tessellation import tessellate
from weipian_plugin.sample.townships import Townships, divide, township_layer

VERTICES_PER_PARCEL = 49
RECEIVED = "20210720"

Say = Callable[[str], None]


@dataclass(frozen=True)
class Groundwork:
    """What all layers rest on: outline, rivers and roads, seeds, parcel borders, townships."""

    district: District
    corridors: Sequence[Corridor]
    seeding: Seeding
    boundaries: Boundaries
    townships: Townships
    seed: int

    @property
    def seeds(self) -> Floats:
        """A point in every parcel."""
        return self.seeding.points[self.seeding.inside]


@dataclass(frozen=True)
class SampleDistrict:
    """The base layers (EPSG:4524) by role, and the ground for the patches."""

    layers: dict[str, gpd.GeoDataFrame]
    ground: Ground


def make_base_layers(parcels: int, patches: int, seed: int, say: Say) -> SampleDistrict:
    """Make the thirteen base layers; `patches` sets how many approvals there are to be used."""
    say(f"正在划分 {parcels} 个地类图斑")
    base = _groundwork(parcels, seed)
    layers = {"urban": urban_layer(base.district, seed)}
    say(f"正在计算每个图斑的地类和椭球面积，覆盖约 {base.district.area / 1e6:.0f} 平方公里")
    layers["land_class"] = _land_class(base, layers["urban"].geometry.to_numpy())
    say("正在生成乡镇街道、管委会和各类控制区")
    outlines = layers["land_class"].geometry.to_numpy()
    layers["township"] = township_layer(base.boundaries, outlines, base.townships)
    layers |= _control_layers(base, layers)
    layers |= _permit_layers(layers["land_class"], base.seeds, patches, seed)
    ground = survey_ground(layers, base.seeds, base.corridors, _pools(base, layers), _outlines(layers))
    return SampleDistrict(layers, ground)


def _groundwork(parcels: int, seed: int) -> Groundwork:
    district = District.for_parcels(parcels, seed)
    corridors = lay_corridors(district, seed)
    seeding = place_seeds(district, corridors, parcels, seed)
    cells = tessellate(seeding.points, seeding.inside)
    boundaries = draw(cells, Wiggle(VERTICES_PER_PARCEL), stream(seed, "edges"))
    townships = divide(district, seeding.points[seeding.inside], seed)
    return Groundwork(district, corridors, seeding, boundaries, townships, seed)


def _land_class(base: Groundwork, clusters: Objects) -> gpd.GeoDataFrame:
    """Return DLTB; TBMJ is the official ellipsoidal area."""
    cover = cover_land(base.district, base.seeding, base.corridors, clusters, base.seed)
    transformer = Transformer.from_crs(BASE_CRS, PATCH_CRS, always_xy=True)
    points = base.boundaries.points
    degrees = np.column_stack(transformer.transform(points[:, 0], points[:, 1]))
    areas = official_area(base.boundaries.polygons(degrees))
    table = survey_table(cover, base.townships, base.corridors, areas, base.seed)
    return gpd.GeoDataFrame(table, geometry=base.boundaries.polygons(), crs=BASE_CRS)


def _control_layers(base: Groundwork, layers: dict[str, gpd.GeoDataFrame]) -> dict[str, gpd.GeoDataFrame]:
    seed, clusters = base.seed, layers["urban"].geometry.to_numpy()
    redline = redline_layer(base.district, clusters, seed)
    return {
        "redline": redline,
        "nature_reserve": nature_reserve_layer(base.district, redline, seed),
        "committee": committee_layer(base.district, seed),
        "river": range_layer([item for item in base.corridors if item.is_river]),
        "traffic": range_layer([item for item in base.corridors if not item.is_river]),
        "basic_farmland": basic_farmland_layer(layers["land_class"], base.seeds, seed),
        "forest": forest_layer(layers["land_class"], seed),
    }


def _permit_layers(
    parcels: gpd.GeoDataFrame, seeds: Floats, patches: int, seed: int
) -> dict[str, gpd.GeoDataFrame]:
    """Put permits on settled land: enough of them for the patches that are to lie on one."""
    rng = stream(seed, "permits")
    settled = parcels["DLBM"].str[:2].isin(["01", "02", "05", "06", "07", "08"]).to_numpy()
    places = rng.permutation(np.flatnonzero(settled))

    def some(share: float, least: int, start: int) -> Floats:
        count = max(least, round(share * patches))
        return seeds[np.take(places, np.arange(start, start + count), mode="wrap")]

    return {
        "approval": approval_layer(some(0.25, 60, 0), seed),
        "facility_farm": facility_farm_layer(some(0.08, 24, 20_000), seed),
        "temporary_land": temporary_land_layer(some(0.12, 30, 40_000), seed),
    }


def _pools(base: Groundwork, layers: dict[str, gpd.GeoDataFrame]) -> dict[str, Floats]:
    """Return places on borders: the middles of edges, vertices of the committees' outlines."""
    boundaries, net = base.boundaries, base.boundaries.tessellation
    owner = np.full(len(net.seeds), -1)
    owner[net.kept] = base.townships.of_parcel
    left, right = owner[net.left], owner[net.right]
    middle = boundaries.points[(boundaries.first[:-1] + boundaries.first[1:]) // 2]
    outlines = shapely.get_coordinates(layers["committee"].geometry.to_numpy())
    district = shapely.union_all(layers["township"].geometry.to_numpy())
    shapely.prepare(district)
    return {
        "township_border": middle[(left != right) & (left >= 0) & (right >= 0)],
        "district_border": middle[(left < 0) | (right < 0)],
        "committee_border": outlines[shapely.contains_xy(district, outlines)],
    }


def _outlines(layers: dict[str, gpd.GeoDataFrame]) -> dict[str, Objects]:
    temporary = layers["temporary_land"]
    expired = (temporary["DQRQ"] < RECEIVED).to_numpy()
    shapes = temporary.geometry.to_numpy()
    return {
        "approval": layers["approval"].geometry.to_numpy(),
        "facility_farm": layers["facility_farm"].geometry.to_numpy(),
        "temporary_valid": shapes[~expired],
        "temporary_expired": shapes[expired],
    }
