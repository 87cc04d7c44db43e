"""The attribute table of the issued shapefile (field set of the remote-sensing change patches)."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from weipian_plugin.domain.geodesy import official_area
from weipian_plugin.sample.config import BASE_CRS, PATCH_CRS, Objects, district_facts, stream
from weipian_plugin.sample.ground import Ground
from weipian_plugin.sample.patches import PlannedPatch, case_facts

BEFORE = ("20201015", "20201103", "20201212", "20210118", "20210226", "2021-03")
AFTER = ("20210412", "20210506", "20210523", "20210609", "20210617", "2021-06")


def issued_layer(planned: Sequence[PlannedPatch], ground: Ground, seed: int) -> gpd.GeoDataFrame:
    """Return the patches in EPSG:4490 with all issued fields."""
    rng = stream(seed, "issued table")
    count = len(planned)
    shapes = np.array([patch.shape for patch in planned], dtype=object)
    degrees = to_degrees(shapes)
    county = district_facts()["county"]
    table = pd.DataFrame({"OBJECTID": range(1, count + 1), "XZQDM": county["code"], "XMC": county["name"]})
    table["TBLX"], table["TZ"] = _types(planned, rng)
    table["QSX"], table["HSX"] = rng.choice(BEFORE, count), rng.choice(AFTER, count)
    table["DDTC"] = ""
    table["BZ"] = [f"{district_facts()['note']}：{patch.case.label}" for patch in planned]
    table["JCBH"] = [f"{county['code']}SJBG2107{number:04d}" for number in range(1, count + 1)]
    table = pd.concat([table, _former_use(shapes, ground)], axis=1)
    table["SFYN"] = np.where(ground.meets("basic_farmland", shapes), "永农", "")
    table["SFHX"] = np.where(ground.meets("redline", shapes), "红线", "")
    table["MJ"] = np.round(official_area(degrees), 2)
    table["JSYDXZ"] = [patch.case.nature for patch in planned]
    table["CREATE_AT"], table["UPDATE_AT"] = "2021-07-16 09:30:00", "2021-07-18 16:00:00"
    return gpd.GeoDataFrame(table, geometry=degrees, crs=PATCH_CRS)


def to_degrees(shapes: Objects) -> Objects:
    """Return shapes of the base CRS in EPSG:4490, vertex by vertex."""
    transformer = Transformer.from_crs(BASE_CRS, PATCH_CRS, always_xy=True)
    return np.asarray(
        shapely.transform(shapes, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))
    )


def _types(planned: Sequence[PlannedPatch], rng: np.random.Generator) -> tuple[list[str], list[str]]:
    """Return TBLX and TZ."""
    facts = case_facts()
    codes = []
    for patch in planned:
        table = facts["strip_types"] if patch.is_strip else facts["types"]
        choice = patch.case.types or tuple(table)
        weights = np.array([1.0 if patch.case.types else table[code][0] for code in choice])
        codes.append(str(rng.choice(choice, p=weights / weights.sum())))
    names = facts["strip_types"] | facts["types"]
    features = [p.case.feature or names[code][1] for p, code in zip(planned, codes, strict=True)]
    return codes, features


def _former_use(shapes: Objects, ground: Ground) -> pd.DataFrame:
    """Return the land class fields of the parcel under the middle of each patch, '' outside the district."""
    names = ["DLBM", "DLMC", "TBXHDM", "TBXHMC", "ZZSXDM", "ZZSXMC", "CZCSXM"]
    parcel = ground.parcel_at(shapes)
    former = ground.parcels[names].iloc[np.maximum(parcel, 0)].reset_index(drop=True)
    former[parcel < 0] = ""
    return former
