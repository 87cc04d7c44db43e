"""Workspaces whose records another program altered, past the checks of the tables: told of."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hostile_watch import assert_refused_in_one_sentence, snapshot

from weipian_plugin.store import geopackage

ALTERED = {
    "text-for-area": ("UPDATE patch SET area_m2 = 'abc', area_mu = 'abc'", "exportcity"),
    "endless-area": ("UPDATE patch SET area_m2 = 9e999, area_mu = 9e999", "dispatch"),
    "half-a-shape": ("UPDATE patch SET geom = substr(geom, 1, 60)", "overlay"),
    "broken-json": ("UPDATE patch SET attributes = '{bad'", "assign"),
    "list-for-group": ("UPDATE patch SET attributes = '[1]'", "propose"),
    "no-day": ("UPDATE batch SET received_on = '昨天'", "statistics"),
    "year-0": ("UPDATE determination SET decided_on = '0000-00-00'", "statistics"),
    "unknown-status": ("UPDATE overlay_area SET status = '乱', area_m2 = 'x'", "determine"),
    "bytes-for-text": ("UPDATE patch SET town_name = x'ff00fe'", "whatif"),
    "no-year": ("DELETE FROM setting WHERE key = 'year'", "importpatches"),
    "own-parents": (
        "UPDATE patch SET split_state = '被拆分', parent_no ="
        " (SELECT patch_no FROM patch AS other WHERE other.fid = patch.fid % 7 + 1)",
        "deadlines",
    ),
}


def altered(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        geopackage.register_functions(connection)
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.executescript(statement)
        connection.commit()


@pytest.mark.parametrize("case", ALTERED)
def test_an_altered_workspace_is_said_to_be_one(desk, tmp_path, case):
    statement, name = ALTERED[case]
    here = desk.copy_to(tmp_path / "桌面")
    altered(here.folder / "工作库.gpkg", statement)
    before = snapshot(here.folder)
    done = here.run(name)
    assert snapshot(here.folder) == before
    assert_refused_in_one_sentence(done, here.folder)
    assert "被别的程序改动过" in done.errors[0]
