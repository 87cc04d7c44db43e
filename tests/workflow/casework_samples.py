"""A small workspace with patches and without layers, for the casework (示例数据)."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from weipian_plugin.domain.geodesy import official_area
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.units import to_mu
from weipian_plugin.paths import plan_file
from weipian_plugin.store import batches
from weipian_plugin.store.workspace import Workspace

QUIET = Progress()
BATCH = {
    "name": "七月一批",
    "source_file": "示例.shp",
    "source_sha256": "ab" * 32,
    "received_on": "2021-07-01",
    "due_on": "2021-07-16",
    "crs": "EPSG:4490",
    "encoding": "UTF-8",
    "area_unit": "亩",
}


def number_of(count: int) -> str:
    """Return the patch number of the n-th sample patch."""
    return f"500156SJBG21{count:06d}"


def patch_frame(count: int, first: int = 1, side: float = 0.001) -> gpd.GeoDataFrame:
    """Return squares of about 16 mu in a row, as intake makes them."""
    west = 107.5 + 0.002 * np.arange(first, first + count)
    shapes = shapely.multipolygons(shapely.box(west, 29.3, west + side, 29.3 + side).reshape(-1, 1))
    area = official_area(shapes)
    frame = pd.DataFrame({"patch_no": [number_of(n) for n in range(first, first + count)]}).assign(
        parent_no="",
        kind="土地",
        county_code="500156",
        town_code="500156101",
        town_name="白马镇",
        patch_type="20",
        date_before="2021-03",
        date_after="2021-06-15",
        area_m2=area,
        area_mu=to_mu(area),
        issued_area=np.round(to_mu(area), 2),
        attributes=json.dumps({"BZ": "示例"}, ensure_ascii=False),
    )
    return gpd.GeoDataFrame(frame.assign(geom=shapes), geometry="geom", crs=4490)


def workspace_with(folder: Path, count: int) -> Workspace:
    """Make a workspace under the shipped plan with that many patches in one batch."""
    text = plan_file("wulong_2021.yaml").read_text(encoding="utf-8")
    work = Workspace.create(folder / "工作库 2021（示例）.gpkg", 2021, "wulong_2021.yaml", text, "甲")
    add_patches(work, count)
    return work


def add_patches(work: Workspace, count: int, first: int = 1) -> int:
    """Import a batch of sample patches."""
    with work.writing("甲", "导入图斑") as change:
        return batches.add(change, BATCH, patch_frame(count, first), [])


def line(*points: tuple[float, float]) -> np.ndarray:
    """Return one cutting line as an array."""
    return np.array([shapely.LineString(points)], dtype=object)


def halving(number: int) -> np.ndarray:
    """Return a line that cuts the n-th sample patch from west to east through its middle."""
    west = 107.5 + 0.002 * number
    return line((west - 0.0005, 29.3005), (west + 0.0015, 29.3005))
