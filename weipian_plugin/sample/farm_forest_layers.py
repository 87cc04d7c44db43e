"""永久基本农田 and 林地: taken from the parcels, but not quite agreeing with them."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from weipian_plugin.sample.config import BASE_CRS, Floats, Objects, district_facts, stream
from weipian_plugin.sample.extent import Waves
from weipian_plugin.sample.land_cover import is_farmland, is_forest

GENERALISED = 1.5
"""Metres by which the forest inventory's outlines may leave those of the survey."""


def basic_farmland_layer(parcels: gpd.GeoDataFrame, seeds: Floats, seed: int) -> gpd.GeoDataFrame:
    """Return about three quarters of the fields, in contiguous tracts, and a few orchards and ponds."""
    rng = stream(seed, "basic farmland")
    codes = parcels["DLBM"]
    tract = Waves.random(rng, 2_500.0).at(seeds) > -0.7
    other = np.isin(codes.to_numpy().astype(str), ["0201", "0201K", "1104"]) & (rng.random(len(codes)) < 0.15)
    chosen = parcels[tract & ((is_farmland(codes) & (rng.random(len(codes)) < 0.97)) | other)]
    numbers = pd.Series(range(1, len(chosen) + 1), index=chosen.index).astype(str)
    frame = {
        "BSM": "5001562530" + numbers.str.zfill(8),
        "YSDM": "2005010300",
        "JBNTTBBH": numbers.str.zfill(8),
        "DLBM": chosen["DLBM"],
        "GDLX": chosen["GDLX"],
        "JBNTLX": "10",
        "PDJB": chosen["GDPDJB"],
        "TKMJ": chosen["KCMJ"],
        "TBMJ": chosen["TBMJ"],
        "JBNTMJ": chosen["TBDLMJ"],
        "BZ": district_facts()["note"],
    }
    layer = gpd.GeoDataFrame(pd.DataFrame(frame), geometry=chosen.geometry, crs=BASE_CRS)
    return layer.reset_index(drop=True)


def forest_layer(parcels: gpd.GeoDataFrame, seed: int) -> gpd.GeoDataFrame:
    """Return generalised outlines of the woods; 5 % of them are missing, some grass and fields are added."""
    rng = stream(seed, "forest")
    codes = parcels["DLBM"]
    draw = rng.random(len(codes))
    grass = (codes == "0404").to_numpy()
    added = (grass & (draw < 0.35)) | (is_farmland(codes) & (draw < 0.02))
    chosen = parcels[(is_forest(codes) & (draw < 0.95)) | added]
    count = len(chosen)
    frame = {
        "XBH": [f"XB{number:07d}" for number in range(1, count + 1)],
        "DLMC": np.where(is_forest(chosen["DLBM"]), chosen["DLMC"], "宜林地"),
        "LZ": rng.choice(["防护林", "用材林", "特用林", "经济林"], count, p=[0.6, 0.25, 0.08, 0.07]),
        "BHDJ": rng.choice(["I", "II", "III", "IV"], count, p=[0.05, 0.3, 0.4, 0.25]),
        "ZLDWMC": chosen["ZLDWMC"].to_numpy(),
        "MJ": np.round(chosen["TBMJ"].to_numpy() / 1e4, 4),
        "BZ": district_facts()["note"],
    }
    outlines = _generalised(chosen.geometry.to_numpy())
    return gpd.GeoDataFrame(pd.DataFrame(frame), geometry=outlines, crs=BASE_CRS)


def _generalised(outlines: Objects) -> Objects:
    """Return simplified outlines; where that would spoil one, as it was."""
    simple = shapely.simplify(outlines, GENERALISED, preserve_topology=False)
    sound = shapely.is_valid(simple) & (shapely.get_type_id(simple) == 3) & ~shapely.is_empty(simple)
    return np.where(sound, simple, outlines)
