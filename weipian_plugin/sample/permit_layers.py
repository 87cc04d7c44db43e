"""What was allowed (审批, 备案, 临时用地) and the managed ranges of rivers and roads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import shapely

from weipian_plugin.sample.config import BASE_CRS, Floats, district_facts, stream
from weipian_plugin.sample.corridors import Corridor, managed_sections
from weipian_plugin.sample.shapes import yard

PROJECTS = (
    "示例学校",
    "示例卫生院",
    "示例农产品加工厂",
    "示例变电站",
    "示例安置点",
    "示例停车场",
    "示例客运站",
)
USES = (
    "教育用地",
    "医疗卫生用地",
    "工业用地",
    "公用设施用地",
    "城镇住宅用地",
    "交通服务场站用地",
    "交通服务场站用地",
)


def range_layer(corridors: Sequence[Corridor]) -> gpd.GeoDataFrame:
    """Return the managed ranges of some corridors as overlapping sections."""
    rows, shapes = [], []
    for corridor in corridors:
        for number, section in enumerate(managed_sections(corridor), 1):
            rows.append((corridor.name, corridor.grade, number, corridor.range_width))
            shapes.append(section)
    columns = list(zip(*rows, strict=True))
    frame = dict(zip(("MC", "JB", "DH", "FWKD"), columns, strict=True))
    return gpd.GeoDataFrame(frame | {"BZ": district_facts()["note"]}, geometry=shapes, crs=BASE_CRS)


def approval_layer(places: Floats, seed: int) -> gpd.GeoDataFrame:
    """Return building land approvals at `places`: 2 to 60 亩, of the years 2017 to 2021."""
    rng = stream(seed, "approvals")
    shapes = [yard(place, area, rng) for place, area in zip(places, _areas(len(places), rng), strict=True)]
    kind = rng.integers(len(PROJECTS), size=len(shapes))
    dates = _dates(len(shapes), date(2017, 3, 1), 1_500, rng)
    frame = {
        "TBBH": [f"{number:06d}" for number in range(1, len(shapes) + 1)],
        "XMBH": [f"SL{number:06d}" for number in range(1, len(shapes) + 1)],
        "XMMC": [f"{PROJECTS[k]}{number}号项目" for number, k in enumerate(kind, 1)],
        "PZWH": [f"示例地〔{day.year}〕{number}号" for number, day in enumerate(dates, 1)],
        "PZRQ": [f"{day:%Y%m%d}" for day in dates],
        "PZYT": [USES[k] for k in kind],
        "PZMJ": np.round(shapely.area(np.array(shapes, dtype=object)), 2),
        "BZ": district_facts()["note"],
    }
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=BASE_CRS)


def facility_farm_layer(places: Floats, seed: int) -> gpd.GeoDataFrame:
    """Return filed 设施农用地: 1 to 20 亩."""
    rng = stream(seed, "facility farms")
    areas = np.clip(_areas(len(places), rng) * 0.4, 700, 13_000)
    shapes = [yard(place, area, rng) for place, area in zip(places, areas, strict=True)]
    dates = _dates(len(shapes), date(2019, 1, 10), 850, rng)
    frame = {
        "BABH": [f"武设农备示例〔{day.year}〕{number}号" for number, day in enumerate(dates, 1)],
        "XMMC": [f"示例养殖场{number}" for number in range(1, len(shapes) + 1)],
        "PZYT": rng.choice(["畜禽养殖", "作物种植", "水产养殖"], len(shapes)),
        "BARQ": [f"{day:%Y%m%d}" for day in dates],
        "PZMJ": np.round(shapely.area(np.array(shapes, dtype=object)), 2),
        "BZ": district_facts()["note"],
    }
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=BASE_CRS)


def temporary_land_layer(places: Floats, seed: int) -> gpd.GeoDataFrame:
    """Return approved 临时用地, at most two years each; every third had run out by July 2021."""
    rng = stream(seed, "temporary land")
    shapes = [yard(place, area, rng) for place, area in zip(places, _areas(len(places), rng), strict=True)]
    begin = _dates(len(shapes), date(2020, 9, 1), 280, rng)
    begin = [day - timedelta(days=730) if n % 3 == 0 else day for n, day in enumerate(begin)]
    until = [day + timedelta(days=700) for day in begin]
    frame = {
        "PZWJMC": [f"示例工程{number}临时用地批复" for number in range(1, len(shapes) + 1)],
        "PZWH": [f"示例临地〔{day.year}〕{number}号" for number, day in enumerate(begin, 1)],
        "PZYT": rng.choice(["施工便道", "材料堆场", "弃渣场", "工棚"], len(shapes)),
        "PZRQ": [f"{day:%Y%m%d}" for day in begin],
        "DQRQ": [f"{day:%Y%m%d}" for day in until],
        "PZMJ": np.round(shapely.area(np.array(shapes, dtype=object)), 2),
        "BZ": district_facts()["note"],
    }
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=BASE_CRS)


def _areas(count: int, rng: np.random.Generator) -> Floats:
    """Return areas in m², 2 to 60 亩, mostly small."""
    return np.asarray(np.clip(rng.lognormal(np.log(5_000), 0.8, count), 1_400, 40_000))


def _dates(count: int, first: date, days: int, rng: np.random.Generator) -> list[date]:
    return [first + timedelta(days=int(day)) for day in rng.integers(days, size=count)]
