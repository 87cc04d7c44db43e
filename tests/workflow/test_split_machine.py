"""Splits, undone splits, remedies, judgements in any order: nothing is lost, children match their parents."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import numpy as np
import shapely
from casework_samples import QUIET, workspace_with
from decision_samples import write_table
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from weipian_plugin.domain import split as splitting
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import determinations, patches, rectifications
from weipian_plugin.store.patches import View
from weipian_plugin.store.verification import verify
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.rectify import rectify, standings
from weipian_plugin.workflow.row_outcomes import TableSource
from weipian_plugin.workflow.split import split_patch, unsplit_patch

COUNT = 2
which = st.integers(0, 50)
share = st.floats(0.2, 0.8)


class Splits(RuleBasedStateMachine):
    """The workspace beside a model: who is split, who was judged, how many entries stand."""

    @initialize()
    def start(self):
        self.folder = Path(tempfile.mkdtemp())
        self.work = workspace_with(self.folder, COUNT)
        self.issued = patches.read(self.work).set_index("patch_no")
        self.judged: set[str] = set()
        self.entries = 0
        self.steps = 0

    def teardown(self):
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def pick(self, number: int):
        frame = patches.read(self.work)
        return frame.iloc[number % len(frame)]

    @rule(number=which, at=share, upright=st.booleans())
    def cut(self, number, at, upright):
        patch = self.pick(number)
        west, south, east, north = patch.geom.bounds
        x, y = west + at * (east - west), south + at * (north - south)
        ends = [(x, south - 1e-3), (x, north + 1e-3)] if upright else [(west - 1e-3, y), (east + 1e-3, y)]
        try:
            made = split_patch(
                self.work.path,
                patch.patch_no,
                np.array([shapely.LineString(ends)], dtype=object),
                "乙",
                QUIET,
            )
        except WeipianError:
            entered = patch.patch_no in set(rectifications.read(self.work)["patch_no"])
            assert patch.split_state == "被拆分" or entered
        else:
            assert len(made.children) == 2
            self.steps += 1

    @rule(number=which)
    def undo(self, number):
        patch = self.pick(number)
        try:
            gone = unsplit_patch(self.work.path, patch.patch_no, "乙", QUIET).children
        except WeipianError:
            return
        assert not self.judged & set(gone)
        self.steps += 1

    @rule(number=which)
    def judge(self, number):
        patch = self.pick(number)
        if patch.split_state == "被拆分":
            return
        given = {
            "patch_no": patch.patch_no, "result": "违法", "category": "未报即用", "basis": "示例",
            "document_no": "", "decided_by": "丙", "decided_on": "2021-07-10", "dictionary": "示例",
        }  # fmt: skip
        with self.work.writing("丙", "判定") as change:
            determinations.insert(change, [given])
        self.judged.add(patch.patch_no)

    @rule(number=which, mu=st.integers(1, 2000).map(lambda cents: cents / 100))
    def remedy(self, number, mu):
        patch = self.pick(number)
        head = ["图斑编号", "措施", "面积（亩）", "日期", "单位", "文号"]
        table = write_table(
            self.folder / "整改.xlsx",
            head,
            [patch.patch_no, "拆除", mu, "2021-10-20", "白马镇", str(self.entries)],
        )
        done = rectify(self.work.path, TableSource(table, "丁", self.folder / "r.html"), "甲", QUIET)
        if patch.split_state == "被拆分" or patch.patch_no not in self.judged:
            assert done.recorded == 0
        self.entries += done.recorded

    @rule()
    def assign(self):
        assign_duties(self.work.path, "甲", QUIET)

    @invariant()
    def holds(self):
        if not hasattr(self, "work"):
            return
        found = verify(self.work)
        assert found.ok, found.problems
        assert len(rectifications.read(self.work)) == self.entries
        assert all(now.settled_mu <= now.patch_mu for now in standings(self.work).values())
        issued = patches.read(self.work, view=View.ISSUED).set_index("patch_no")
        assert issued.geom.geom_equals(self.issued.geom).all()
        assert len(issued) == COUNT
        frame = patches.read(self.work)
        for number in frame.loc[frame["split_state"] == "被拆分", "patch_no"]:
            children = frame[frame["parent_no"] == number]
            parent = frame[frame["patch_no"] == number].iloc[0]
            splitting.check(parent.geom, children.geometry.to_numpy())
            assert abs(children["area_m2"].sum() - parent.area_m2) <= 1e-6 * parent.area_m2
        verified = patches.read(self.work, view=View.VERIFIED)
        assert abs(verified["area_m2"].sum() - self.issued["area_m2"].sum()) <= 1e-6 * issued["area_m2"].sum()


TestSplits = Splits.TestCase
TestSplits.settings = settings(
    max_examples=6, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
