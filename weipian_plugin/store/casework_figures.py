"""What statistics and deadlines are made of: one row a patch, added up by SQLite."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from weipian_plugin.store.frames import insert_many, read_frame
from weipian_plugin.store.workspace import Workspace

PARTS = (
    "farmland",
    "ridge",
    "agricultural",
    "construction",
    "unused",
    "unclassified",
    "uncovered",
)
"""Parts of a patch by land class, m², that make up its area; 田坎 under farmland is `ridge`."""

_PATCHES = (
    "SELECT patch.patch_no, parent_no, split_state, kind, town_name AS town, patch.area_m2, batch_id,"
    " COALESCE(unit, '') AS unit, status <> '建议' AS decided FROM patch"
    " LEFT JOIN duty AS lead ON lead.patch_no = patch.patch_no AND duty = '查处' ORDER BY patch.fid, lead.fid"
)
_BATCHES = "SELECT batch_id, substr(received_on, 1, 10) AS received_on FROM batch"
_CODES = "SELECT DISTINCT class_code FROM overlay_area WHERE role = 'land_class'"
_LAND = (
    "WITH land AS (SELECT patch_no, part, status, area_m2 AS area, net_area_m2 AS net,"
    " COALESCE(MIN(MAX(area_m2 - net_area_m2, 0), area_m2), 0) AS taken"
    " FROM overlay_area JOIN temp.class_part USING (class_code)"
    " WHERE role = 'land_class' AND area_m2 IS NOT NULL)"
    " SELECT patch_no,"
    " SUM(CASE WHEN part = 'farmland' AND status = '命中' THEN area - taken ELSE 0 END) AS farmland,"
    " SUM(CASE WHEN part = 'farmland' AND status = '命中' THEN taken ELSE 0 END) AS ridge,"
    " SUM(CASE WHEN status <> '命中' THEN 0 WHEN part = 'agricultural' THEN area"
    "  WHEN part = 'farmland' THEN 0 ELSE taken END) AS agricultural,"
    " SUM(CASE WHEN part = 'construction' AND status = '命中' THEN area - taken ELSE 0 END) AS construction,"
    " SUM(CASE WHEN part = 'unused' AND status = '命中' THEN area - taken ELSE 0 END) AS unused,"
    " SUM(CASE WHEN part = 'unclassified' AND status = '命中' THEN area - taken ELSE 0 END) AS unclassified,"
    " SUM(CASE WHEN status <> '命中' THEN area ELSE 0 END) AS uncovered,"
    " SUM(CASE WHEN part = 'farmland' AND status = '命中' THEN COALESCE(net, 0) ELSE 0 END) AS net,"
    " SUM(CASE WHEN part = 'farmland' AND status = '命中' AND net IS NULL THEN area ELSE 0 END)"
    " AS without_net"
    " FROM land GROUP BY patch_no"
)
_BASIC = (
    "SELECT patch_no, area_m2 AS basic_m2 FROM overlay_area WHERE role = 'basic_farmland' AND area_m2 > 0"
)
_DETERMINATIONS = "SELECT patch_no, result, category, decided_on, revision FROM determination"
_UNSTEPPED = (
    "SELECT patch_no, MIN(decided_on) AS decided_on FROM determination AS own"
    " WHERE NOT EXISTS (SELECT 1 FROM stage_event WHERE patch_no = own.patch_no) GROUP BY patch_no"
)
_EVENTS = (
    "SELECT patch_no, to_stage, taken_on FROM stage_event WHERE to_stage NOT IN ('已复核', '已审定')"
    " ORDER BY fid"
)
_REVIEWED = (
    "SELECT patch_no, to_stage FROM (SELECT patch_no, to_stage, MAX(fid) FROM stage_event"
    " WHERE substr(taken_on, 1, 10) <= ? GROUP BY patch_no) WHERE to_stage IN ('已复核', '已审定')"
)
_EXTENSIONS = "SELECT patch_no, days, approved_on FROM extension"


def read_patches(workspace: Workspace, as_of: str) -> pd.DataFrame:
    """Return the patches received by a day (ISO), with received_on and the unit that leads, '' if none."""
    with workspace.reading() as connection:
        patches = read_frame(connection, _PATCHES)
        received = read_frame(connection, _BATCHES).set_index("batch_id")["received_on"]
    if not patches["patch_no"].is_unique:  # several lead: a person's decision goes before a proposal
        order = patches.sort_values("decided", kind="stable", na_position="first")
        patches = order.drop_duplicates("patch_no", keep="last").sort_index()
    patches["received_on"] = patches["batch_id"].map(received)
    return patches[patches["received_on"] <= as_of].reset_index(drop=True)


def read_land(workspace: Workspace, part_of: Callable[[str], str]) -> pd.DataFrame:
    """Return for each evaluated patch its PARTS, and farmland `net` of 田坎 and `without_net` (unknown), m².

    `part_of` names the part that a class code belongs to. A patch without a row was not evaluated at all.
    """
    with workspace.reading() as connection:
        codes = [row[0] for row in connection.execute(_CODES)]
        connection.execute("CREATE TEMP TABLE class_part (class_code TEXT PRIMARY KEY, part TEXT)")
        rows = ((code, part_of(code)) for code in codes)
        insert_many(connection, "INSERT INTO temp.class_part VALUES (?, ?)", rows)
        return read_frame(connection, _LAND, numbers=(*PARTS, "net", "without_net"))


def read_basic_farmland(workspace: Workspace) -> pd.DataFrame:
    """Return patch_no and basic_m2 of the patches that take 永久基本农田."""
    with workspace.reading() as connection:
        return read_frame(connection, _BASIC, numbers=("basic_m2",))


def read_determinations(workspace: Workspace) -> pd.DataFrame:
    """Return every revision of every determination: patch_no, result, category, decided_on, revision."""
    with workspace.reading() as connection:
        return read_frame(connection, _DETERMINATIONS)


def read_terms(workspace: Workspace) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return what terms depend on: steps, determinations of patches without a step, extensions.

    Steps (patch_no, to_stage, taken_on) come in order; 复核 and 审定 are left out, they change no term.
    """
    with workspace.reading() as connection:
        statements = (_EVENTS, _UNSTEPPED, _EXTENSIONS)
        steps, determinations, extensions = (read_frame(connection, text) for text in statements)
    return steps, determinations, extensions


def read_reviewed(workspace: Workspace, as_of: str) -> pd.DataFrame:
    """Return patch_no and to_stage (已复核 or 已审定) of the patches that stood there on a day (ISO)."""
    with workspace.reading() as connection:
        return read_frame(connection, _REVIEWED, (as_of,))
