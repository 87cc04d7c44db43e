"""A workspace with patches whose overlay is written by hand: shares by layer, as in the plan's examples."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import shapely

from weipian_plugin.domain.overlay.frames import AREA_COLUMNS, HIT_COLUMNS
from weipian_plugin.domain.roles import Role
from weipian_plugin.domain.units import to_mu
from weipian_plugin.paths import plan_file
from weipian_plugin.store import batches, decisions, duties, history, overlays, patches
from weipian_plugin.store.workspace import Workspace

BATCH = {
    "name": "七月一批",
    "source_file": "2021年7月.shp",
    "source_sha256": "ab" * 32,
    "received_on": "2021-07-01",
    "due_on": "2021-07-16",
    "crs": "EPSG:4490",
    "encoding": "GB18030",
    "area_unit": "亩",
}
AREA = 2000.0
"""m² of every patch: 3 亩."""
EDITION = "2021"
Shares = Mapping[str, object]


def number(index: int) -> str:
    return f"500156SJBG21{index:06d}"


def make_workspace(
    path: Path, cases: Mapping[str, Shares], plan: str = "wulong_2021.yaml", year: int = 2021
) -> Workspace:
    """Make a workspace whose patches (by number) meet the layers with these shares.

    A share is a number, or a mapping by feature name (class code for land_class); None is 未评估. Keys
    that are no role are attributes of the issued patch.
    """
    text = plan_file(plan).read_text(encoding="utf-8") if plan.endswith(".yaml") else plan
    work = Workspace.create(path, year, "方案.yaml", text, "甲")
    roles = set(Role)
    issued = [{k: v for k, v in case.items() if k not in roles and k != "kind"} for case in cases.values()]
    west = [107.5 + 0.002 * index for index in range(len(cases))]
    squares = shapely.multipolygons([[shapely.box(x, 29.3, x + 0.001, 29.301)] for x in west])
    frame = pd.DataFrame(
        {
            "patch_no": list(cases),
            "parent_no": "",
            "kind": [case.get("kind", "土地") for case in cases.values()],
            "county_code": "500156",
            "town_code": "",
            "town_name": "",
            "patch_type": "20",
            "date_before": "",
            "date_after": "",
            "area_m2": AREA,
            "area_mu": to_mu(AREA),
            "issued_area": float("nan"),
            "attributes": [json.dumps(item, ensure_ascii=False) for item in issued],
        }
    )
    with work.writing("甲", "导入图斑") as change:
        batches.add(change, BATCH, gpd.GeoDataFrame(frame, geometry=squares, crs=4490), [])
    overlay(work, cases)
    return work


def overlay(work: Workspace, cases: Mapping[str, Shares]) -> None:
    """Store the overlay of some patches."""
    rows = [(patch_no, role, case.get(role.value, 0.0)) for patch_no, case in cases.items() for role in Role]
    areas = [row for item in rows for row in _area_rows(*item)]
    hits = [row for item in rows for row in _hit_rows(*item)]
    with work.writing("甲", "套合分析") as change:
        overlays.replace(
            change,
            pd.DataFrame(areas, columns=list(AREA_COLUMNS)),
            pd.DataFrame(hits, columns=list(HIT_COLUMNS)),
        )


def _area_rows(patch_no: str, role: Role, share: object) -> list[tuple]:
    land = role is Role.LAND_CLASS
    if share is None or (land and not share):
        return [(patch_no, role.value, "", "", "未评估", None, None, None, None, None, "")]
    parts = share if isinstance(share, Mapping) else {"": share}
    if land:
        return [_area(patch_no, role, code, part, "命中", part * AREA) for code, part in parts.items()]
    whole = min(sum(parts.values()), 1.0)
    return [_area(patch_no, role, "", whole, "命中" if whole else "未命中", None)]


def _area(patch_no: str, role: Role, code: str, share: float, status: str, net: float | None) -> tuple:
    area = share * AREA
    net_mu = None if net is None else to_mu(net)
    return (patch_no, role.value, code, "", status, area, to_mu(area), net, net_mu, share, EDITION)


def _hit_rows(patch_no: str, role: Role, share: object) -> list[tuple]:
    if not share or role is Role.LAND_CLASS:
        return []
    parts = share if isinstance(share, Mapping) else {role.label: share}
    return [
        (patch_no, role.value, index, label, "", part * AREA, part)
        for index, (label, part) in enumerate(parts.items())
    ]


def write_table(path: Path, header: list[str], *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in (header, *rows):
        book.active.append(row)
    book.save(path)
    return path


def held(work: Workspace, patch_no: str) -> list[tuple[str, str, str]]:
    """Return duty, unit and status of a patch's rows, sorted."""
    frame = duties.read(work)
    own = frame[frame["patch_no"] == patch_no]
    return sorted(own[["duty", "unit", "status"]].itertuples(index=False, name=None))


def row_of(work: Workspace, patch_no: str, duty: str, unit: str) -> dict:
    frame = duties.read(work)
    own = frame[(frame["patch_no"] == patch_no) & (frame["duty"] == duty) & (frame["unit"] == unit)]
    assert len(own) == 1
    return own.iloc[0].to_dict()


def log_of(work: Workspace) -> dict[str, list[dict]]:
    """Return the decisions given so far, by patch, oldest first."""
    with work.reading() as connection:
        found = decisions.log(connection)
    named = partial(zip, decisions.LOG_COLUMNS, strict=True)
    return {number: [dict(named(row)) for row in rows] for number, rows in found.items()}


def state(work: Workspace, patch_no: str) -> str:
    frame = patches.read(work, with_geometry=False).set_index("patch_no")
    return frame.loc[patch_no, "duty_state"]


def actions(work: Workspace) -> list[tuple[str, str, str]]:
    """Return action, table and key of every history row; the chain must be sound."""
    with work.reading() as connection:
        assert history.verify(connection).ok
        return connection.execute(
            "SELECT action, table_name, record_key FROM history ORDER BY seq"
        ).fetchall()
