"""Write the map of duties: a GeoPackage of its own that appears whole under its name, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.geodesy import Geometries
from weipian_plugin.store import files, geopackage, sql
from weipian_plugin.store.connection import connect, told
from weipian_plugin.store.frames import insert_many

_INSERT_AREA = (
    "INSERT INTO duty_area (fid, geom, town_name, claims, kind, units, rule_ids, clauses, layers,"
    " not_evaluated, area_m2, area_km2) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_COMBINATION = (
    "INSERT INTO duty_combination (claims, kind, units, rule_ids, clauses, layers, not_evaluated, area_m2,"
    " area_km2, share) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_INFO = "INSERT INTO duty_map_info (key, value) VALUES (?, ?)"

Rows = Sequence[tuple[Any, ...]]


def check_target(path: Path) -> None:
    """Raise WeipianError, before the work, where the map cannot or must not be written."""
    if path.suffix.lower() != ".gpkg":
        raise WeipianError(f"输出文件“{path.name}”的扩展名应为 .gpkg，请改名后重试。")
    if not path.parent.is_dir():
        raise WeipianError(f"文件夹“{path.parent}”不存在，请先建立文件夹或换一个位置。")
    if path.is_dir():
        raise WeipianError(f"“{path}”是一个文件夹，请换一个文件名。")
    if path.exists() and not _is_map(path):
        raise WeipianError(f"“{path}”已经存在，而且不是职责分布图，不会覆盖，请换一个文件名。")


def _is_map(path: Path) -> bool:
    with told(path), closing(connect(path, "ro")) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    return "duty_map_info" in tables


def write(
    path: Path, geometries: Geometries, areas: Rows, combinations: Rows, info: Mapping[str, str]
) -> None:
    """Write the layer (degrees, EPSG:4490; rows of `duty_area` after its geometry), the table and the notes.

    An earlier map at the path is replaced. Raises WeipianError when that fails; the earlier one then stays.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        unfinished.unlink(missing_ok=True)
        with told(path), closing(connect(unfinished, "rwc")) as connection:
            connection.execute("BEGIN IMMEDIATE")
            geopackage.create_core_tables(connection)
            geopackage.run(connection, sql.script("duty_map"))
            geopackage.register_feature_table(connection, "duty_area", "职责分布")
            insert_many(connection, _INSERT_AREA, _with_geometry(geometries, areas))
            fids = np.arange(1, len(areas) + 1)
            geopackage.fill_rtree(connection, "duty_area", fids, shapely.bounds(geometries))
            geopackage.create_rtree_triggers(connection, "duty_area")
            geopackage.touch_contents(connection, "duty_area")
            insert_many(connection, _INSERT_COMBINATION, combinations)
            insert_many(connection, _INSERT_INFO, info.items())
            connection.execute("COMMIT")
        unfinished.replace(path)
    except OSError as error:
        raise WeipianError(
            f"写不了“{path}”（{files.reason_of(error)}），可能正在 QGIS 里打开，请移除图层或另选位置。"
        ) from error
    finally:
        files.remove_unfinished(unfinished)


def _with_geometry(geometries: Geometries, rows: Rows) -> Iterable[tuple[Any, ...]]:
    blobs = geopackage.encode(geometries)
    return ((fid, blob, *row) for fid, (blob, row) in enumerate(zip(blobs, rows, strict=True), 1))
