"""A workspace with rows in every table, and the ways to change it behind the plug-in's back (示例数据)."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pandas as pd
from casework_samples import QUIET, add_patches, halving, number_of, workspace_with
from decision_samples import overlay, write_table

from weipian_plugin.paths import plan_file
from weipian_plugin.store import evidence_files, extensions, notes, returns, settings
from weipian_plugin.store.change import Change
from weipian_plugin.store.connection import connect
from weipian_plugin.store.evidence_files import ATTACH, EvidenceFile
from weipian_plugin.store.extensions import Withdrawal
from weipian_plugin.store.notes import Note
from weipian_plugin.store.returns import ReturnTask
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.adopt_plan import adopt_plan
from weipian_plugin.workflow.advance import StepSource, advance
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.casework_settings import change_casework_settings
from weipian_plugin.workflow.decide_duties import decide_duties
from weipian_plugin.workflow.determine import determine
from weipian_plugin.workflow.extend import ExtensionSource, extend
from weipian_plugin.workflow.rectify import rectify
from weipian_plugin.workflow.row_outcomes import TableSource
from weipian_plugin.workflow.set_facts import set_facts
from weipian_plugin.workflow.split import split_patch

COUNT = 8
SPLIT = number_of(COUNT)


def busy_workspace(folder: Path) -> Workspace:
    """Make a workspace with at least two rows in every table of casework that may have two."""
    work = workspace_with(folder, COUNT - 1)
    add_patches(work, 1, first=COUNT)
    overlay(work, {number_of(n): {"river": 0.2, "land_class": {"0101": 0.6}} for n in range(1, COUNT)})
    assign_duties(work.path, "甲", QUIET)
    plan = plan_file("wulong_2021.yaml").read_text(encoding="utf-8")
    (folder / "新方案.yaml").write_text(f"{plan}\n# 修订\n", encoding="utf-8")
    adopt_plan(work.path, folder / "新方案.yaml", "甲")
    change_casework_settings(work.path, "甲", "categories_2021", "是")
    split_patch(work.path, SPLIT, halving(COUNT), "乙", QUIET)
    _tell(work, folder)
    with work.writing("甲", "市级反馈") as change:
        _feed(change)
    return work


def _tell(work: Workspace, folder: Path) -> None:
    """Record what persons fill in."""

    def table(name: str, head: list[str], *rows: list[object]) -> TableSource:
        path = write_table(folder / f"{name}.xlsx", head, *rows)
        return TableSource(path, "丙", folder / f"{name}.html")

    one, two, three = (number_of(n) for n in (1, 2, 3))
    why = "未评估，经会商确定"
    kept = table(
        "决定", ["图斑编号", "决定", "职责", "理由"], *([n, "确认", "查处", why] for n in (one, two))
    )
    assert decide_duties(work.path, kept, "甲", QUIET).rejected == 0
    head = ["图斑编号", "建设主体", "用途", "依据", "日期"]
    known = table("事实", head, *([n, "农户", "住宅", "现场核查", "2021-10-20"] for n in (one, two)))
    assert set_facts(work.path, known, "甲", QUIET).rejected == 0
    head = ["图斑编号", "判定结果", "类别", "判定依据", "文号"]
    rows = [
        [one, "违法", "未报即用", "现场", ""],
        [two, "违法", "未报即用", "现场", ""],
        [three, "存疑", "", "资料不全", ""],
        [number_of(4), "存疑", "", "资料不全", ""],
    ]
    assert determine(work.path, table("判定", head, *rows), "甲", QUIET).rejected == 0
    again = [[one, "违法", "超占用地", "补测", ""], [two, "违法", "超占用地", "补测", ""]]
    assert determine(work.path, table("改判", head, *again), "甲", QUIET).rejected == 0
    head = ["图斑编号", "措施", "面积（亩）", "日期", "单位"]
    done = table("整改", head, *([n, "复耕", 1.5, "2021-10-20", "白马镇"] for n in (one, two)))
    assert rectify(work.path, done, "甲", QUIET).rejected == 0
    head = ["图斑编号", "延长天数", "批准人", "批准日期", "理由"]
    longer = table("延期", head, *([n, 5, "乙", "2021-07-10", "洪水"] for n in (one, two)))
    source = ExtensionSource(longer.report, table=longer.table)
    assert extend(work.path, source, "甲", QUIET).rejected == 0
    source = StepSource("复核", "丁", folder / "复核.html", stage="已判定")
    assert advance(work.path, source, "甲", QUIET).advanced == 2


def _feed(change: Change) -> None:
    for number in (number_of(1), number_of(2)):
        task = ReturnTask(number, "需补充实地照片", "照片", "1", "反馈.xlsx", "市级", "2021-11-01")
        returns.add(change, [task])
        note = Note(number, "remark", "请核实", "市级", "反馈.xlsx", "2021-11-01")
        notes.insert(change, [note])
        photo = EvidenceFile(number, ATTACH, "一.jpg", "一.jpg", "ab" * 32, 9, "", "甲", "2021-07-12")
        evidence_files.insert(change, [photo])
        ((given, _),) = extensions.held(change.connection, [number]).values()
        extensions.withdraw(change, [Withdrawal(given, "写错", "乙", "2021-07-11")])
    settings.put(change, {"示例": "值", "示例二": "值"})


class Tampered:
    """Copies of one workspace, each changed in one way."""

    def __init__(self, original: Path, folder: Path) -> None:
        self.original, self.path = original, folder / "改过的.gpkg"

    @contextmanager
    def opened(self, table: str = "") -> Iterator[sqlite3.Connection]:
        """Give a fresh copy as somebody sees it who knows SQLite: no checks, no triggers in the way.

        The triggers of `table` are put back afterwards, to the letter.
        """
        shutil.copy(self.original, self.path)
        with closing(connect(self.path)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            found = connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
            ).fetchall()
            for name, _ in found:
                connection.execute(f'DROP TRIGGER "{name}"')
            yield connection
            for _, text in found:
                connection.execute(text)

    def rows(self, table: str) -> pd.DataFrame:
        with closing(sqlite3.connect(self.original)) as connection:
            return pd.read_sql(f'SELECT rowid AS "_row", * FROM "{table}"', connection)
