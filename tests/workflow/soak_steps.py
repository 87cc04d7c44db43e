"""Every writing step of the casework, killed at a random moment: all of it is in the file, or nothing."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geopandas as gpd
import shapely
from casework_samples import QUIET, halving, number_of, patch_frame, workspace_with
from decision_samples import write_table

from weipian_plugin.domain.roles import Role
from weipian_plugin.store import backup
from weipian_plugin.store.verification import verify
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.advance import StepSource, advance
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.backup import restore_workspace
from weipian_plugin.workflow.decide_duties import decide_duties
from weipian_plugin.workflow.determine import determine
from weipian_plugin.workflow.import_base import BaseSource, import_base
from weipian_plugin.workflow.import_patches import PatchSource, import_patches
from weipian_plugin.workflow.rectify import rectify
from weipian_plugin.workflow.row_outcomes import TableSource
from weipian_plugin.workflow.run_overlay import run_overlay
from weipian_plugin.workflow.split import split_patch, unsplit_patch

COUNT = 60
SPLIT = number_of(2)
VOLATILE = ("imported_at", "recorded_at", "adopted_at")


@dataclass(frozen=True)
class Desk:
    """Files that the steps read, and the workspace that each of them starts from."""

    folder: Path
    start: Path

    @property
    def library(self) -> Path:
        return self.folder / "底图库.gpkg"


def make_desk(folder: Path) -> Desk:
    """Make a workspace in the middle of its casework, with everything the steps need."""
    work = workspace_with(folder, COUNT)
    towns = gpd.GeoDataFrame(
        {"XZQMC": ["白马镇"], "XZQDM": ["500156101"]},
        geometry=[shapely.box(107.4, 29.2, 107.8, 29.4)],
        crs=4490,
    )
    towns.to_file(folder / "乡镇.gpkg")
    import_base(folder / "底图库.gpkg", BaseSource(str(folder / "乡镇.gpkg"), Role.TOWNSHIP, "示例"), QUIET)
    frame = patch_frame(COUNT, first=200)
    issued = gpd.GeoDataFrame(
        {"JCBH": frame["patch_no"], "JCMJ": frame["issued_area"]},
        geometry=frame.geometry.to_numpy(),
        crs=4490,
    )
    issued.to_file(folder / "八月.gpkg")
    backup.back_up(work.path)
    copy = backup.copies_of(work.path)[0].rename(folder / "备份.gpkg")
    desk = Desk(folder, work.path)
    write_tables(desk)
    assign_duties(work.path, "甲", QUIET)
    split_patch(work.path, SPLIT, halving(2), "乙", QUIET)
    determine(work.path, TableSource(folder / "判定一.xlsx", "丙", folder / "r.html"), "甲", QUIET)
    assert copy.exists()
    return desk


def write_tables(desk: Desk) -> None:
    """Write the tables that a person would have filled in."""
    head = ["图斑编号", "判定结果", "类别", "判定依据", "文号"]
    judged = [[number_of(n), "违法", "未报即用", "现场", ""] for n in range(10, COUNT + 1)]
    write_table(desk.folder / "判定一.xlsx", head, *judged[:25])
    write_table(desk.folder / "判定二.xlsx", head, *judged[25:])
    done = [[number_of(n), "复耕", 1.5, "2021-10-20", "白马镇"] for n in range(10, 35)]
    write_table(desk.folder / "整改.xlsx", ["图斑编号", "措施", "面积（亩）", "日期", "单位"], *done)
    kept = [[number_of(n), "确认", "查处", "未评估，经会商确定"] for n in range(40, 60)]
    write_table(desk.folder / "决定.xlsx", ["图斑编号", "决定", "职责", "理由"], *kept)


STEPS: dict[str, Callable[[Path, Desk], object]] = {
    "importpatches": lambda path, desk: import_patches(
        path, PatchSource(str(desk.folder / "八月.gpkg"), date(2021, 8, 1)), "甲", QUIET
    ),
    "overlay": lambda path, desk: run_overlay(path, desk.library, "", "甲", QUIET),
    "assign": lambda path, desk: assign_duties(path, "甲", QUIET),
    "decide": lambda path, desk: decide_duties(
        path, TableSource(desk.folder / "决定.xlsx", "丙", path.with_suffix(".html")), "甲", QUIET
    ),
    "determine": lambda path, desk: determine(
        path, TableSource(desk.folder / "判定二.xlsx", "丙", path.with_suffix(".html")), "甲", QUIET
    ),
    "advance": lambda path, desk: advance(
        path, StepSource("复核", "丁", path.with_suffix(".html"), stage="已判定"), "甲", QUIET
    ),
    "rectify": lambda path, desk: rectify(
        path, TableSource(desk.folder / "整改.xlsx", "丙", path.with_suffix(".html")), "甲", QUIET
    ),
    "split": lambda path, desk: split_patch(path, number_of(1), halving(1), "乙", QUIET),
    "unsplit": lambda path, desk: unsplit_patch(path, SPLIT, "乙", QUIET),
    "restore": lambda path, desk: restore_workspace(path, desk.folder / "备份.gpkg", "乙", QUIET),
}
"""Every algorithm that writes into a workspace which is there already."""


def content(path: Path) -> dict[str, list[tuple]]:
    """Return the casework of a file without the times at which it was written."""
    with closing(sqlite3.connect(path)) as connection:
        listed = connection.execute("SELECT table_name FROM gpkg_contents").fetchall()
        tables = {row[0] for row in listed} - {"history", "setting"}
        return {table: _rows(connection, table) for table in sorted(tables)}


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple]:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in VOLATILE]
    return connection.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY rowid").fetchall()


@dataclass
class Trial:
    """One step, what it starts from, what it leads to, and how long it takes."""

    name: str
    desk: Desk
    folder: Path

    def __post_init__(self) -> None:
        self.before = content(self.desk.start)
        path = self.fresh("全程")
        child = _forked(lambda: STEPS[self.name](path, self.desk))
        started = time.perf_counter()
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, self.name
        self.seconds = time.perf_counter() - started
        self.after = content(path)
        assert self.after != self.before, self.name

    def fresh(self, name: str) -> Path:
        place = self.folder / name
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        return Path(shutil.copy(self.desk.start, place / "工作库.gpkg"))

    def kill_once(self, chance: random.Random) -> bool:
        """Kill the step at a random moment and check the file; return whether the step is in it."""
        path = self.fresh("中断")
        child = _forked(lambda: STEPS[self.name](path, self.desk))
        time.sleep(chance.uniform(0, 1.05 * self.seconds))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        work = Workspace.open(path)
        found = verify(work)
        assert found.ok, (self.name, found.problems)
        now = content(path)
        assert now in (self.before, self.after), self.name
        with work.writing("甲", "之后"):
            pass
        return now == self.after


def _forked(work: Callable[[], object]) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child
