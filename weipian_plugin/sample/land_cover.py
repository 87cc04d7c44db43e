"""The land class and all survey attributes of every parcel (DLTB, TD/T 1057 field names)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from weipian_plugin.sample.config import Bools, Floats, Ints, Objects, district_facts, stream
from weipian_plugin.sample.corridors import Corridor
from weipian_plugin.sample.extent import District, Waves
from weipian_plugin.sample.seeding import Seeding
from weipian_plugin.sample.townships import Townships

FARMLAND = ("0101", "0102", "0103")
ZONES = ("urban", "village", "valley", "slope", "mountain")
VILLAGE_LEVEL = 1.35
"""Standard deviations of the hamlet field above which a valley or slope is a hamlet."""


@dataclass(frozen=True)
class Cover:
    """What the parcels (rows) are, before their areas are known."""

    land_class: Objects
    slope: Ints
    """Slope class 1 to 5."""
    urban: Ints
    """Index of the urban cluster, -1 outside."""
    corridor: Ints


def cover_land(
    district: District,
    seeding: Seeding,
    corridors: Sequence[Corridor],
    clusters: Objects,
    seed: int,
) -> Cover:
    """Choose the land class and slope of every parcel inside the district from its seed's place."""
    rng = stream(seed, "land cover")
    points = seeding.points[seeding.inside]
    corridor = np.where(seeding.side == 0, seeding.corridor, -1)[seeding.inside]
    urban = _within(points, clusters)
    zone = _zones(district, points, urban, rng)
    land_class = _drawn_classes(zone, _clumped_ranks(points, rng))
    along = corridor >= 0
    land_class[along] = np.array([item.land_class for item in corridors], dtype=object)[corridor[along]]
    beside_river = _beside_rivers(seeding, corridors) & (rng.random(len(points)) < 0.3)
    land_class[beside_river] = "1106"
    return Cover(land_class, _slopes(zone, rng), urban, corridor)


def survey_table(
    cover: Cover, townships: Townships, corridors: Sequence[Corridor], areas: Floats, seed: int
) -> pd.DataFrame:
    """Return the DLTB attributes; `areas` are official areas in m² (TBMJ)."""
    rng = stream(seed, "survey")
    names = pd.Series(district_facts()["land_classes"])
    place = _places(townships, cover)
    table = pd.DataFrame({"BSM": _identifiers(len(areas)), "YSDM": "2001010100"})
    table["TBYBH"], table["TBBH"] = table["BSM"], _numbers_in_village(place["ZLDWDM"])
    table["DLBM"], table["DLMC"] = cover.land_class, names[cover.land_class].to_numpy()
    table = pd.concat([table, place], axis=1)
    table = pd.concat([table, _areas(cover, areas, rng), _farming(cover, rng)], axis=1)
    widths = np.array([item.width for item in corridors])
    table["XZDWKD"] = np.where(cover.corridor >= 0, widths[cover.corridor], 0.0)
    table["CZCSXM"] = _settlement_codes(cover)
    table["SJNF"], table["MSSM"], table["BZ"] = 2020, "00", district_facts()["note"]
    return table.assign(**dict.fromkeys(("TBXHDM", "TBXHMC", "FRDBS", "HDMC"), ""))


def is_farmland(codes: Objects | pd.Series[str]) -> Bools:
    """Return which DLBM codes are 耕地."""
    return np.isin(np.asarray(codes).astype(str), FARMLAND)


def is_forest(codes: Objects | pd.Series[str]) -> Bools:
    """Return which DLBM codes are 林地 (03)."""
    return np.char.startswith(np.asarray(codes).astype(str), "03")


def _within(points: Floats, shapes: Objects) -> Ints:
    found = np.full(len(points), -1)
    for index, shape in enumerate(shapes):
        shapely.prepare(shape)
        found[shapely.contains_xy(shape, points)] = index
    return found


def _zones(district: District, points: Floats, urban: Ints, rng: np.random.Generator) -> Objects:
    """Return the zone of every point, an index of ZONES."""
    units = np.stack(np.meshgrid(np.linspace(-1.2, 1.2, 120), np.linspace(-1.2, 1.2, 120)), axis=-1)
    grid = district.place(units.reshape(-1, 2))
    limits = np.quantile(district.mountains(grid[district.contains(grid)]), district_facts()["zone_limits"])
    zone = 2 + np.searchsorted(limits, district.mountains(points))
    hamlets = Waves.random(rng, 1_100.0).at(points)
    zone[(hamlets > VILLAGE_LEVEL) & (zone < 4)] = 1
    zone[urban >= 0] = 0
    return np.asarray(zone)


def _clumped_ranks(points: Floats, rng: np.random.Generator) -> Floats:
    """Return numbers evenly spread over (0, 1), alike for neighbours more often than not."""
    values = 0.7 * Waves.random(rng, 700.0, 30).at(points) + 0.7 * rng.normal(size=len(points))
    ranks = np.empty(len(points))
    ranks[np.argsort(values, kind="stable")] = (np.arange(len(points)) + 0.5) / len(points)
    return ranks


def _drawn_classes(zone: Objects, ranks: Floats) -> Objects:
    classes = np.empty(len(zone), dtype=object)
    for index, name in enumerate(ZONES):
        mix = district_facts()["zones"][name]
        limits = np.cumsum(list(mix.values())) / sum(mix.values())
        members = zone == index
        codes = np.array(list(mix), dtype=object)
        classes[members] = codes[np.searchsorted(limits[:-1], ranks[members])]
    return classes


def _beside_rivers(seeding: Seeding, corridors: Sequence[Corridor]) -> Bools:
    rivers = [index for index, item in enumerate(corridors) if item.is_river]
    beside = (seeding.side != 0) & np.isin(seeding.corridor, rivers)
    return np.asarray(beside[seeding.inside])


def _slopes(zone: Objects, rng: np.random.Generator) -> Ints:
    steep = np.array([1.2, 2.0, 2.3, 3.6, 4.6])[zone] + rng.normal(0, 0.8, len(zone))
    return np.clip(np.rint(steep), 1, 5).astype(np.int64)


def _identifiers(count: int) -> list[str]:
    return [f"5001562110{number:08d}" for number in range(1, count + 1)]


def _numbers_in_village(villages: pd.Series[str]) -> pd.Series[str]:
    return (villages.groupby(villages).cumcount() + 1).astype(str).str.zfill(5)


def _places(townships: Townships, cover: Cover) -> pd.DataFrame:
    """Return ownership and location units: ZLDWDM = township (9), village (3), 7 zeros."""
    codes = np.array(townships.codes, dtype=object)[townships.of_parcel]
    names = np.array(townships.names, dtype=object)[townships.of_parcel]
    village = townships.village
    location = pd.Series(codes) + pd.Series(200 + village).astype(str) + "0000000"
    location_name = pd.Series(names) + "示例" + pd.Series(village).astype(str) + "村"
    state = (cover.corridor >= 0) | (cover.urban >= 0)
    return pd.DataFrame(
        {
            "QSXZ": np.where(state, "20", "30"),
            "QSDWDM": np.where(state, pd.Series(codes) + "0000000000", location),
            "QSDWMC": np.where(state, pd.Series(names) + "（国有）", location_name),
            "ZLDWDM": location,
            "ZLDWMC": location_name,
        }
    )


def _areas(cover: Cover, areas: Floats, rng: np.random.Generator) -> pd.DataFrame:
    """Return TBMJ, the deduction of 田坎 (1203) on sloping fields, and TBDLMJ = TBMJ - KCMJ."""
    shares = {int(slope): share for slope, share in district_facts()["ridge_shares"].items()}
    share = np.array([shares.get(slope, 0.0) for slope in range(6)])[cover.slope]
    share = np.round(share * rng.uniform(0.85, 1.0, len(areas)), 4)
    share[~is_farmland(cover.land_class)] = 0.0
    total = np.round(areas, 2)
    deducted = np.round(total * share, 2)
    return pd.DataFrame(
        {
            "TBMJ": total,
            "KCDLBM": np.where(share > 0, "1203", ""),
            "KCXS": share,
            "KCMJ": deducted,
            "TBDLMJ": np.round(total - deducted, 2),
        }
    )


def _farming(cover: Cover, rng: np.random.Generator) -> pd.DataFrame:
    """Return kind and slope class of fields, and what they are planted with."""
    farmland = is_farmland(cover.land_class)
    terraced = (cover.land_class == "0101") | (rng.random(len(farmland)) < 0.45)
    planting = pd.Series(district_facts()["planting"])
    code = rng.choice(planting.index.to_numpy(), len(farmland), p=[0.72, 0.16, 0.08, 0.04])
    return pd.DataFrame(
        {
            "GDLX": np.where(farmland & (cover.slope > 1), np.where(terraced, "TT", "PD"), ""),
            "GDPDJB": np.where(farmland, cover.slope.astype(str), ""),
            "ZZSXDM": np.where(farmland, code, ""),
            "ZZSXMC": np.where(farmland, planting[code], ""),
            "GDDB": np.where(farmland, 10 + cover.slope, 0),
        }
    )


def _settlement_codes(cover: Cover) -> Objects:
    """Return CZCSXM: 201 in the central cluster, 202 in the others, 203 to 205 by class elsewhere."""
    by_class = {"0702": "203", "0602": "204", "09": "205", "0601": "203A"}
    codes = np.array([by_class.get(code, "") for code in cover.land_class], dtype=object)
    codes[cover.urban == 0] = "201"
    codes[cover.urban > 0] = "202"
    return codes
