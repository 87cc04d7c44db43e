"""Every algorithm that writes, killed at a random moment: all of its step is in the file, or nothing."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from casework_samples import QUIET, halving, number_of
from soak_desk import SPLIT, Desk

from weipian_plugin.domain.determination import Given
from weipian_plugin.domain.roles import Role
from weipian_plugin.store import backup, holder
from weipian_plugin.store.library import Library
from weipian_plugin.store.verification import verify
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.adopt_plan import adopt_plan
from weipian_plugin.workflow.advance import StepSource, advance
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.backup import back_up_workspace, restore_workspace
from weipian_plugin.workflow.casework_settings import change_casework_settings
from weipian_plugin.workflow.create_workspace import create_workspace
from weipian_plugin.workflow.decide_duties import decide_duties
from weipian_plugin.workflow.determine import determine
from weipian_plugin.workflow.duty_map import make_duty_map
from weipian_plugin.workflow.extend import ExtensionSource, extend
from weipian_plugin.workflow.import_base import BaseSource, import_base
from weipian_plugin.workflow.import_feedback import FeedbackSource, import_feedback
from weipian_plugin.workflow.import_patches import PatchSource, import_patches
from weipian_plugin.workflow.month import run_month
from weipian_plugin.workflow.rectify import rectify
from weipian_plugin.workflow.review.evidence_files import attach_files
from weipian_plugin.workflow.review.judge_patch import judge_patch, undo_judgement
from weipian_plugin.workflow.row_outcomes import TableSource
from weipian_plugin.workflow.run_overlay import run_overlay
from weipian_plugin.workflow.set_facts import set_facts
from weipian_plugin.workflow.split import split_patch, unsplit_patch

VOLATILE = ("imported_at", "recorded_at", "adopted_at", "last_change")
Run = Callable[[Path, Desk], object]
Content = dict[str, list[tuple[Any, ...]]]


def report_of(path: Path) -> Path:
    return path.with_suffix(".html")


def table(path: Path, desk: Desk, name: str) -> TableSource:
    return TableSource(desk.file(name), "丙", report_of(path))


def batch(desk: Desk, update: bool = False) -> PatchSource:
    return PatchSource(str(desk.file("八月.gpkg")), date(2021, 8, 1), update=update)


def content(path: Path) -> Content:
    """Return what a GeoPackage holds, without the times at which it was written; nothing where it is not."""
    if not path.exists():
        return {}
    with closing(sqlite3.connect(path)) as connection:
        listed = connection.execute("SELECT table_name FROM gpkg_contents").fetchall()
        tables = {row[0] for row in listed} - {"history", "setting"}
        return {name: _rows(connection, name) for name in sorted(tables)}


def _rows(connection: sqlite3.Connection, name: str) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})") if row[1] not in VOLATILE]
    return connection.execute(f"SELECT {', '.join(columns)} FROM {name} ORDER BY rowid").fetchall()


def settings(path: Path) -> Content:
    with closing(sqlite3.connect(path)) as connection:
        return {"setting": _rows(connection, "setting")}


def copies(path: Path) -> Content:
    """Return the copies of a workspace, all of which must be whole."""
    found = backup.copies_of(path)
    assert all(verify(Workspace.open(copy)).ok for copy in found)
    return {str(number): sorted(content(copy)) for number, copy in enumerate(found)}


def drawn(path: Path) -> Content:
    return content(path.with_name("职责分布图.gpkg"))


def require_workspace(path: Path) -> None:
    """Hold that a workspace, where there is one, opens, passes the verification and can be written."""
    if path.exists():
        work = Workspace.open(path)
        found = verify(work)
        assert found.ok, found.problems
        with work.writing("甲", "之后"):
            pass


def require_library(path: Path) -> None:
    if path.exists():
        Library.open(path).editions()
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@dataclass(frozen=True)
class Step:
    """One writing step: what it does to a file, from where, and what must hold of the file afterwards."""

    run: Run
    start: str = "工作库.gpkg"
    """The file of the desk that is copied first; '' where the step makes its own."""
    parts: tuple[Run, ...] = ()
    """For a step of several transactions: these; a kill between two of them is allowed."""
    look: Callable[[Path], Content] = field(default=content)
    sound: Callable[[Path], None] = field(default=require_workspace)


GIVEN = Given(number_of(5), "违法", "未报即用", "现场已建")
MONTH = (
    lambda path, desk: import_patches(path, batch(desk), "甲", QUIET),
    lambda path, desk: run_overlay(path, desk.library, "2", "甲", QUIET),
    lambda path, desk: assign_duties(path, "甲", QUIET),
)

STEPS: dict[str, Step] = {
    "createworkspace": Step(lambda path, desk: create_workspace(path, 2021, None, "甲"), start=""),
    "importbase": Step(
        lambda path, desk: import_base(
            path, BaseSource(str(desk.file("新乡镇.gpkg")), Role.TOWNSHIP, "新版"), QUIET
        ),
        start="底图库.gpkg",
        sound=require_library,
    ),
    "importbase, first": Step(
        lambda path, desk: import_base(
            path, BaseSource(str(desk.file("新乡镇.gpkg")), Role.TOWNSHIP, "新版"), QUIET
        ),
        start="",
        parts=(
            lambda path, desk: Library.create(path),
            lambda path, desk: import_base(
                path, BaseSource(str(desk.file("新乡镇.gpkg")), Role.TOWNSHIP, "新版"), QUIET
            ),
        ),
        sound=require_library,
    ),
    "importpatches": Step(MONTH[0]),
    "overlay": Step(lambda path, desk: run_overlay(path, desk.library, "", "甲", QUIET)),
    "assign": Step(lambda path, desk: assign_duties(path, "甲", QUIET), start="备份.gpkg"),
    "month": Step(
        lambda path, desk: run_month(
            path, desk.library, batch(desk), path.with_name("台账.xlsx"), "甲", QUIET
        ),
        parts=MONTH,
    ),
    "decide": Step(lambda path, desk: decide_duties(path, table(path, desk, "决定.xlsx"), "甲", QUIET)),
    "setfacts": Step(lambda path, desk: set_facts(path, table(path, desk, "事实.xlsx"), "甲", QUIET)),
    "adoptplan": Step(lambda path, desk: adopt_plan(path, desk.file("新方案.yaml"), "甲")),
    "dutymap": Step(
        lambda path, desk: make_duty_map(path, desk.library, path.with_name("职责分布图.gpkg"), QUIET),
        look=drawn,
    ),
    "determine": Step(lambda path, desk: determine(path, table(path, desk, "判定二.xlsx"), "甲", QUIET)),
    "advance": Step(
        lambda path, desk: advance(
            path, StepSource("复核", "丁", report_of(path), stage="已判定"), "甲", QUIET
        )
    ),
    "caseworksettings": Step(
        lambda path, desk: change_casework_settings(path, "甲", "categories_2026", "否"), look=settings
    ),
    "extend": Step(
        lambda path, desk: extend(
            path, ExtensionSource(report_of(path), table=desk.file("延期.xlsx")), "甲", QUIET
        )
    ),
    "rectify": Step(lambda path, desk: rectify(path, table(path, desk, "整改.xlsx"), "甲", QUIET)),
    "split": Step(lambda path, desk: split_patch(path, number_of(1), halving(1), "乙", QUIET)),
    "unsplit": Step(lambda path, desk: unsplit_patch(path, SPLIT, "乙", QUIET)),
    "importfeedback": Step(
        lambda path, desk: import_feedback(
            path, FeedbackSource(desk.file("反馈.xlsx"), report_of(path), apply=True), "甲", QUIET
        ),
        start="已上报.gpkg",
    ),
    "backup": Step(lambda path, desk: back_up_workspace(path, 3, QUIET), look=copies),
    "restore": Step(lambda path, desk: restore_workspace(path, desk.file("备份.gpkg"), "乙", QUIET)),
    "window: judge": Step(lambda path, desk: judge_patch(path, GIVEN, "丙", QUIET)),
    "window: take back": Step(lambda path, desk: undo_judgement(path, number_of(10), "丙", QUIET)),
    "window: attach": Step(
        lambda path, desk: attach_files(path, number_of(10), [desk.file("决定.xlsx")], "丙", QUIET)
    ),
    "upgrade": Step(lambda path, desk: Workspace.open(path), start="旧版.gpkg", look=settings),
}
"""By the name of the algorithm, some twice; then what only the windows do, and the upgrade of a file."""


class Trial:
    """One step, what it may leave behind, and how long it takes."""

    def __init__(self, name: str, desk: Desk, folder: Path) -> None:
        self.name, self.desk, self.folder = name, desk, folder
        self.step = STEPS[name]
        path = self.fresh("分步")
        self.allowed = [self.step.look(path)]
        for part in self.step.parts or (self.step.run,):
            part(path, desk)
            self.allowed.append(self.step.look(path))
        assert self.allowed[-1] != self.allowed[0], name
        self._time_a_run()

    def _time_a_run(self) -> None:
        """Run the step whole: how long it takes, and from when to when it holds the lock."""
        path = self.fresh("全程")
        child = self._forked(path)
        started = time.perf_counter()
        seen = []
        while os.waitpid(child, os.WNOHANG) == (0, 0):
            now = time.perf_counter() - started
            if holder.sidecar_of(path).exists():
                seen.append(now)
            time.sleep(0.001)
        self.seconds = time.perf_counter() - started
        self.writing_seconds = seen[-1] - seen[0] if seen else 0.0
        self.step.sound(path)
        assert self.step.look(path) == self.allowed[-1], self.name

    def fresh(self, name: str) -> Path:
        place = self.folder / name
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        path = place / "工作库.gpkg"
        if self.step.start:
            shutil.copy(self.desk.file(self.step.start), path)
        return path

    def kill_once(self, chance: random.Random) -> bool:
        """Kill the step at a random moment and check the file; return whether all of it is there.

        Every other time the moment is one while it holds the lock, which may be a small part of the run.
        """
        path = self.fresh("中断")
        child = self._forked(path)
        if self.writing_seconds and chance.random() < 0.5:
            self._wait_for_the_writer(path, child)
            time.sleep(chance.uniform(0, 1.2 * self.writing_seconds))
        else:
            time.sleep(chance.uniform(0, 1.05 * self.seconds))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        now = self.step.look(path)  # before the plug-in opens it, which upgrades an older file
        self.step.sound(path)
        assert now in self.allowed, self.name
        return now == self.allowed[-1]

    def _wait_for_the_writer(self, path: Path, child: int) -> None:
        give_up_at = time.monotonic() + 5 * self.seconds
        while not holder.sidecar_of(path).exists() and time.monotonic() < give_up_at:
            if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
                return
            time.sleep(0.0005)

    def _forked(self, path: Path) -> int:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                self.step.run(path, self.desk)
                code = 0
            finally:
                os._exit(code)
        return child
