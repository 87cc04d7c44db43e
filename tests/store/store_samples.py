"""Frames as intake makes them, to put into workspaces and libraries."""

from __future__ import annotations

import json
import os
import pickle
import signal
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from weipian_plugin.domain.layers import LayerEdition
from weipian_plugin.domain.roles import Role
from weipian_plugin.store import batches, history
from weipian_plugin.store.workspace import Workspace

BATCH = {
    "name": "七月一批",
    "source_file": "2021年7月(3个).shp",
    "source_sha256": "ab" * 32,
    "received_on": "2021-07-01",
    "due_on": "2021-07-16",
    "crs": "EPSG:4490",
    "encoding": "GB18030",
    "area_unit": "亩",
}


def squares(count: int, size: float = 0.001, step: float = 0.002) -> np.ndarray:
    """Return `count` squares as multipolygons in a row from 107.5, 29.3 eastward."""
    west = 107.5 + step * np.arange(count)
    return shapely.multipolygons(shapely.box(west, 29.3, west + size, 29.3 + size).reshape(-1, 1))


def patch_frame(count: int, first: int = 1, **columns: object) -> gpd.GeoDataFrame:
    """Return a patches frame as intake makes it."""
    frame = pd.DataFrame(
        {"patch_no": [f"500156SJBG21{number:06d}" for number in range(first, first + count)]}
    )
    defaults = {
        "parent_no": "",
        "kind": "土地",
        "county_code": "500156",
        "town_code": "",
        "town_name": "",
        "patch_type": "20",
        "date_before": "2021-03",
        "date_after": "2021-06-15",
        "area_m2": 10765.5,
        "area_mu": 16.14825,
        "issued_area": np.nan,
        "attributes": '{"JCBH":"甲","MJ":16.15}',
    }
    frame = frame.assign(**(defaults | columns))
    return gpd.GeoDataFrame(frame.assign(geom=squares(count)), geometry="geom", crs=4490)


def layer_frame(count: int, **columns: object) -> gpd.GeoDataFrame:
    """Return a land_class frame as intake makes it."""
    defaults = {
        "source_fid": np.arange(10, 10 + count),
        "label": [f"图斑{number}" for number in range(count)],
        "class_code": "0103",
        "geom_area_m2": 1000.0,
        "parcel_area_m2": 999.0,
        "net_parcel_area_m2": 900.0,
        "deducted_class": "1203",
    }
    frame = pd.DataFrame(defaults | columns)
    return gpd.GeoDataFrame(frame.assign(geom=squares(count)), geometry="geom", crs=4490)


def edition_of(role: Role, edition: str = "2020年度变更调查") -> LayerEdition:
    """Return an edition as intake describes it."""
    return LayerEdition(role, edition, "地类图斑.shp", "cd" * 32, 0, "", "2021-07-01T08:00:00+08:00")


def add_batch(workspace: Workspace, frame: gpd.GeoDataFrame, **batch: object) -> int:
    """Import a batch."""
    with workspace.writing("甲", "导入图斑") as change:
        return batches.add(change, BATCH | batch, frame, [])


def history_of(workspace: Workspace, table: str) -> list[tuple[str, object, object]]:
    """Return key, before and after of a table's history rows; the chain must be sound."""
    with workspace.reading() as connection:
        assert history.verify(connection).ok
        rows = connection.execute(
            "SELECT record_key, before, after FROM history WHERE table_name = ? ORDER BY seq", (table,)
        ).fetchall()
    return [(key, json.loads(before or "null"), json.loads(after or "null")) for key, before, after in rows]


class Forked:
    """A child process that runs one function; its result or exception comes back pickled."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._reading)
            _run_and_tell(work, writing)
        os.close(writing)

    def kill(self) -> None:
        """End the child at once, as a power cut would."""
        os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def result(self) -> object:
        """Wait for the child; return what it returned, or the exception it raised."""
        with os.fdopen(self._reading, "rb") as pipe:
            told = pipe.read()
        os.waitpid(self.pid, 0)
        return pickle.loads(told)

    def wait(self) -> None:
        """Wait for a child that tells nothing."""
        os.close(self._reading)
        os.waitpid(self.pid, 0)


def forked(work: Callable[[], object]) -> Forked:
    """Run a function in a child process."""
    return Forked(work)


def _run_and_tell(work: Callable[[], object], writing: int) -> None:
    try:
        told = pickle.dumps(work())
    except BaseException as error:
        told = pickle.dumps(error)
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(told)
    os._exit(0)


def as_plain_user(work: Callable[[], object]) -> object:
    """Run `work` in a process that is not root, and return its result."""

    def drop_rights() -> object:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        return work()

    return forked(drop_rights).result()
