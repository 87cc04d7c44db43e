"""Everything that writes casework, in any order, by any of three people: what must hold always holds.

The laws are checked from the file alone, without a model of what should have happened: every path through the
stages is one that the rules list, a review is by another than who had judged by then, nothing on record goes
away, children cover their parent, remedies stay within their patch, and the verification finds nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path

from casework_samples import QUIET, halving, workspace_with
from decision_samples import write_table
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from weipian_plugin.domain import split as splitting
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import patches, stages
from weipian_plugin.store.patches import View
from weipian_plugin.store.verification import verify
from weipian_plugin.workflow.advance import StepSource, advance
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.backup import back_up_workspace, restore_workspace
from weipian_plugin.workflow.decide_duties import decide_duties
from weipian_plugin.workflow.determine import determine
from weipian_plugin.workflow.extend import ExtensionSource, extend
from weipian_plugin.workflow.rectify import rectify, standings
from weipian_plugin.workflow.review.judge_patch import undo_judgement
from weipian_plugin.workflow.row_outcomes import TableSource
from weipian_plugin.workflow.set_facts import set_facts
from weipian_plugin.workflow.split import split_patch, unsplit_patch

COUNT = 3
EXAMPLES, STEPS = int(os.environ.get("SOAK_EXAMPLES", "6")), 18
KEPT = (
    "stage_event determination doubt extension duty_decision patch_note return_task plan_file batch history"
).split()
"""Tables whose rows never go."""
WORDS = {
    "合法": ("合法", "当年审批", "核对批文", "渝府地〔2021〕1号"),
    "违法": ("违法", "未报即用", "现场已建", ""),
    "超占": ("违法", "超占用地", "现场已建", ""),
    "其他": ("其他", "实地伪变化", "现场未变", ""),
    "存疑": ("存疑", "", "看不清", ""),
    "无证": ("合法", "当年审批", "核对批文", ""),
}
measures = st.sampled_from(["制止通知", "拆除", "复耕", "没收", "复耕验收", "整改验收"])
UNITS = ("区规划自然资源局", "区农业农村委", "白马镇")
which = st.integers(0, 30)
people = st.sampled_from(["甲", "乙", "丙"])


class Office(RuleBasedStateMachine):
    """A small office at work on three patches and the children that they get."""

    @initialize()
    def start(self):
        self.folder = Path(tempfile.mkdtemp())
        self.work = workspace_with(self.folder, COUNT)
        self.known = {
            (one.step, one.from_stage, one.to_stage) for one in stages.transitions(self.work).listed
        }
        self.counts = self.counted()
        self.copied = None

    def teardown(self):
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def counted(self):
        with self.work.reading() as connection:
            return {t: connection.execute(f"SELECT COUNT(*) FROM {t}").fetchone()[0] for t in KEPT}

    def number(self, index):
        frame = patches.read(self.work, with_geometry=False)
        return frame["patch_no"].iloc[index % len(frame)]

    def table(self, name, head, *rows, by="甲"):
        path = write_table(self.folder / f"{name}.xlsx", head, *rows)
        return TableSource(path, by, self.folder / f"{name}.html")

    @rule(index=which, word=st.sampled_from(list(WORDS)), by=people)
    def judge(self, index, word, by):
        head = ["图斑编号", "判定结果", "类别", "判定依据", "文号"]
        source = self.table("判定", head, [self.number(index), *WORDS[word]], by=by)
        run = determine(self.work.path, source, "录入员", QUIET)
        assert word != "无证" or run.recorded == 0

    @rule(index=which, by=people)
    def take_back(self, index, by):
        undo_judgement(self.work.path, self.number(index), by, QUIET)

    @rule(data=st.data(), by=people)
    def step(self, data, by):
        listed = [name for name in stages.transitions(self.work).steps if "判" not in name]
        name = data.draw(st.sampled_from(listed))
        start = stages.transitions(self.work).starts(name)[0]
        source = StepSource(name, by, self.folder / "步骤.html", stage=start, reason="材料不全")
        advance(self.work.path, source, "录入员", QUIET)

    @rule(index=which, upright=st.booleans())
    def cut(self, index, upright):
        number = self.number(index)
        west, south, east, north = patches.read(self.work).set_index("patch_no").loc[number].geom.bounds
        line = halving(1)
        x, y = (west + east) / 2, (south + north) / 2
        ends = [(x, south - 0.001), (x, north + 0.001)] if upright else [(west - 0.001, y), (east + 0.001, y)]
        line[0] = type(line[0])(ends)
        self.refusable(lambda: split_patch(self.work.path, number, line, "乙", QUIET))

    @rule(index=which)
    def join(self, index):
        self.refusable(lambda: unsplit_patch(self.work.path, self.number(index), "乙", QUIET))

    @rule(index=which, measure=measures, mu=st.integers(1, 1700), unit=st.sampled_from(UNITS))
    def remedy(self, index, measure, mu, unit):
        head = ["图斑编号", "措施", "面积（亩）", "日期", "单位", "文号"]
        area = None if measure == "制止通知" or "验收" in measure else mu / 100
        row = [self.number(index), measure, area, "2021-10-20", unit, f"示例{mu}号"]
        rectify(self.work.path, self.table("整改", head, row), "录入员", QUIET)

    @rule(index=which, days=st.integers(1, 30))
    def longer(self, index, days):
        head = ["图斑编号", "延长天数", "批准人", "批准日期", "理由"]
        source = self.table("延期", head, [self.number(index), days, "乙", "2021-07-10", "洪水"])
        extend(self.work.path, ExtensionSource(source.report, table=source.table), "录入员", QUIET)

    @rule(index=which, use=st.sampled_from(["住宅", "未查明"]))
    def find_out(self, index, use):
        head = ["图斑编号", "建设主体", "用途", "依据", "日期"]
        row = [self.number(index), "农户", use, "现场", "2021-10-20"]
        set_facts(self.work.path, self.table("事实", head, row), "录入员", QUIET)

    @rule(index=which, unit=st.sampled_from(UNITS[:2]))
    def decide(self, index, unit):
        assign_duties(self.work.path, "甲", QUIET)
        head = ["图斑编号", "决定", "职责", "新单位", "理由"]
        source = self.table("决定", head, [self.number(index), "改派", "查处", unit, "会商确定"])
        decide_duties(self.work.path, source, "录入员", QUIET)

    @rule()
    def copy(self):
        self.copied = back_up_workspace(self.work.path, 3, QUIET), self.counted()

    @rule()
    def go_back(self):
        if self.copied is not None:
            restore_workspace(self.work.path, self.copied[0], "丁", QUIET)
            self.counts = self.copied[1]

    def refusable(self, work):
        """Run what may be refused: then nothing has changed."""
        before = self.counted()
        try:
            work()
        except WeipianError:
            assert self.counted() == before

    @invariant()
    def nothing_on_record_goes_away(self):
        if hasattr(self, "work"):
            now = self.counted()
            assert all(now[table] >= self.counts[table] for table in KEPT), (self.counts, now)
            self.counts = now

    @invariant()
    def the_verification_finds_nothing(self):
        if hasattr(self, "work"):
            found = verify(self.work)
            assert found.ok, found.problems

    @invariant()
    def every_path_is_one_of_the_rules(self):
        if not hasattr(self, "work"):
            return
        events = stages.read_events(self.work)
        assert (
            set(events[["step", "from_stage", "to_stage"]].itertuples(index=False, name=None)) <= self.known
        )
        frame = patches.read(self.work, with_geometry=False)
        for number, stage in zip(frame["patch_no"], frame["stage"], strict=True):
            own = events[events["patch_no"] == number]
            path = ["待核查", *own["to_stage"]]
            assert path[:-1] == own["from_stage"].tolist()
            assert path[-1] == stage
            assert all(one != other for one, other in pairwise(path))

    @invariant()
    def a_review_is_by_another_than_who_had_judged(self):
        """As the history tells it, in the order in which it happened."""
        if not hasattr(self, "work"):
            return
        with self.work.reading() as connection:
            told = connection.execute(
                "SELECT table_name, record_key, after FROM history"
                " WHERE table_name IN ('determination', 'stage_event') ORDER BY seq"
            ).fetchall()
        judge = {}
        for table, number, after in told:
            row = json.loads(after)
            if table == "determination":
                judge[number] = row["decided_by"]
            elif row["step"].startswith("复核"):
                assert row["person"] != judge[number]
            elif row["step"] == "判定":
                assert row["person"] == judge[number]

    @invariant()
    def children_are_their_parent(self):
        if not hasattr(self, "work"):
            return
        frame = patches.read(self.work)
        split = frame.loc[frame["split_state"] == "被拆分", "patch_no"].tolist()
        for number in split:
            parent = frame[frame["patch_no"] == number].iloc[0]
            children = frame[(frame["parent_no"] == number) & (frame["split_state"] != "")]
            splitting.check(parent.geom, children.geometry.to_numpy())
        assert len(patches.read(self.work, with_geometry=False, view=View.ISSUED)) == COUNT
        verified = patches.read(self.work, with_geometry=False, view=View.VERIFIED)
        assert not set(verified["patch_no"]) & set(split)
        issued = patches.read(self.work, with_geometry=False, view=View.ISSUED)
        assert abs(verified["area_m2"].sum() - issued["area_m2"].sum()) < 1e-6 * issued["area_m2"].sum()

    @invariant()
    def remedies_stay_within_their_patch(self):
        if hasattr(self, "work"):
            for now in standings(self.work).values():
                assert now.settled_mu <= now.patch_mu
                assert now.is_rectified == (now.accepted and now.remaining_mu == 0 and not now.unaccepted)


TestOffice = Office.TestCase
TestOffice.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
