"""A tiny district drawn by hand, and the workflow run on it with plain calls.

Two townships west and east of 107.60; the land-class layer leaves open what lies north of 29.46; a red line
and two river ranges that overlap each other. All convex, so that a plain clip can referee.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import geopandas as gpd
from shapely.geometry import Polygon

from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.workflow.create_workspace import create_workspace
from weipian_plugin.workflow.import_base import BaseSource, import_base
from weipian_plugin.workflow.import_patches import PatchSource, import_patches

TOWNS = {
    "西镇": [(107.50, 29.40), (107.60, 29.40), (107.60, 29.47), (107.50, 29.47)],
    "东乡": [(107.60, 29.40), (107.70, 29.40), (107.70, 29.47), (107.60, 29.47)],
}
# DLBM, KCXS: the west is terraced dry land, the middle paddy, the east forest.
PARCELS = {
    ("0103", 0.25): [(107.50, 29.40), (107.57, 29.40), (107.56, 29.46), (107.50, 29.46)],
    ("0101", 0.0): [(107.57, 29.40), (107.63, 29.40), (107.63, 29.46), (107.56, 29.46)],
    ("0301", 0.0): [(107.63, 29.40), (107.70, 29.40), (107.70, 29.46), (107.63, 29.46)],
}
REDLINE = [(107.64, 29.41), (107.68, 29.42), (107.67, 29.45), (107.64, 29.44)]
RIVERS = [
    [(107.52, 29.405), (107.58, 29.405), (107.58, 29.420), (107.52, 29.420)],
    [(107.55, 29.410), (107.62, 29.410), (107.62, 29.425), (107.55, 29.425)],
]
PATCHES = {
    "500156TEST21000001": [(107.555, 29.415), (107.575, 29.413), (107.578, 29.430), (107.557, 29.428)],
    "500156TEST21000002": [(107.650, 29.420), (107.660, 29.420), (107.655, 29.430)],
    "500156TEST21000003": [(107.595, 29.450), (107.605, 29.450), (107.605, 29.465), (107.595, 29.465)],
    "500156TEST21000004": [(107.690, 29.430), (107.710, 29.430), (107.710, 29.435), (107.690, 29.435)],
    "500156TEST21000005": [(107.530, 29.440), (107.531, 29.440), (107.531, 29.441), (107.530, 29.441)],
}
ROLES = (Role.LAND_CLASS, Role.REDLINE, Role.RIVER, Role.TOWNSHIP)


def write_layers(folder: Path) -> dict[Role, Path]:
    from official_formula import ring_area

    classes = [
        {
            "DLBM": code,
            "TBMJ": ring_area([*ring, ring[0]]),
            "TBDLMJ": ring_area([*ring, ring[0]]) * (1 - kcxs),
            "KCXS": kcxs,
            "KCDLBM": "1203" if kcxs else "",
            "geometry": Polygon(ring),
        }
        for (code, kcxs), ring in PARCELS.items()
    ]
    frames = {
        Role.LAND_CLASS: classes,
        Role.REDLINE: [{"HXMC": "示例红线", "geometry": Polygon(REDLINE)}],
        Role.RIVER: [{"MC": f"示例河{i}", "geometry": Polygon(ring)} for i, ring in enumerate(RIVERS)],
        Role.TOWNSHIP: [
            {"XZQDM": f"50015610{i}", "XZQMC": name, "geometry": Polygon(ring)}
            for i, (name, ring) in enumerate(TOWNS.items())
        ],
    }
    paths = {}
    for role, rows in frames.items():
        paths[role] = folder / f"{role.value}.gpkg"
        gpd.GeoDataFrame(rows, crs=4490).to_file(paths[role], layer=role.value)
    return paths


def write_patches(folder: Path, name: str = "下发图斑", rings=None) -> Path:
    rings = rings or PATCHES
    rows = [
        {
            "JCBH": number,
            "XZQDM": "500156",
            "TBLX": "20",
            "QSX": "202101",
            "HSX": "202106",
            "geometry": Polygon(ring),
        }
        for number, ring in rings.items()
    ]
    path = folder / f"{name}.shp"
    gpd.GeoDataFrame(rows, crs=4490).to_file(path, encoding="GBK")
    path.with_suffix(".cpg").unlink()
    return path


def make_library(folder: Path, layers: dict[Role, Path], roles=ROLES, name: str = "底图库") -> Path:
    library = folder / f"{name}.gpkg"
    for role in roles:
        import_base(library, BaseSource(str(layers[role]), role, f"{role.label}2021版"), Progress())
    return library


def make_workspace(folder: Path, patches: Path, name: str = "工作库") -> Path:
    workspace = folder / f"{name}.gpkg"
    create_workspace(workspace, 2021, None, "甲")
    import_patches(workspace, PatchSource(str(patches), date(2021, 7, 20), "七月"), "甲", Progress())
    return workspace


def rows(path: Path, statement: str, values=()) -> list[tuple]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(statement, values).fetchall()


def dump(path: Path) -> dict[str, list[tuple]]:
    """Return every row of every table of a GeoPackage, index tables included."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
