"""Whatever is called in whatever order: stages stay legal, nothing is lost, the chain holds."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from decision_samples import make_workspace, number, write_table
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import determinations, doubts, history, patches, stages, verification
from weipian_plugin.workflow.advance import StepSource, advance
from weipian_plugin.workflow.determine import determine
from weipian_plugin.workflow.row_outcomes import TableSource

PATCHES = [number(n) for n in range(1, 4)]
STEPS = ["复核", "复核不通过", "审定", "审定不通过", "撤回", "上报", "市级退回", "审核结束"]
WAYS = {
    "待核查": {"判定": "已判定"},
    "市级退回": {"判定": "已判定"},
    "已判定": {"复核": "已复核", "复核不通过": "待核查"},
    "已复核": {"审定": "已审定", "审定不通过": "待核查"},
    "已审定": {"上报": "已上报", "撤回": "待核查"},
    "已上报": {"市级退回": "市级退回", "审核结束": "审核结束"},
    "审核结束": {},
}
ROWS = {
    "合法": ("合法", "当年审批", "核对批文", "渝府地〔2021〕1号"),
    "无证": ("合法", "当年审批", "核对批文", ""),
    "违法": ("违法", "未报即用", "现场已建", ""),
    "其他": ("其他", "实地伪变化", "现场未变", ""),
    "存疑": ("存疑", "", "看不清", ""),
}
HEAD = ["图斑编号", "判定结果", "类别", "判定依据", "文号"]
people = st.sampled_from(["甲", "乙"])
some_patches = st.lists(st.sampled_from(PATCHES), min_size=1, max_size=3, unique=True)


class Casework(RuleBasedStateMachine):
    """The workspace beside a model of it: stage, revisions and judge of each patch."""

    @initialize()
    def start(self):
        self.folder = Path(tempfile.mkdtemp())
        self.work = make_workspace(self.folder / "工作库.gpkg", {n: {} for n in PATCHES})
        self.stage = dict.fromkeys(PATCHES, "待核查")
        self.held = {n: [] for n in PATCHES}
        self.doubts = {n: [] for n in PATCHES}
        self.events = []

    def teardown(self):
        found = verification.verify(self.work)
        assert found.ok, found.problems
        shutil.rmtree(self.folder)

    @rule(
        chosen=st.dictionaries(st.sampled_from(PATCHES), st.sampled_from(list(ROWS)), min_size=1), by=people
    )
    def judge(self, chosen, by):
        rows = [[n, *ROWS[key]] for n, key in chosen.items()]
        table = write_table(self.folder / "判定.xlsx", HEAD, *rows)
        source = TableSource(table, by, self.folder / "判定.html")
        run = determine(self.work.path, source, "录入员", Progress())
        recorded = [self._judged(n, key, by) for n, key in chosen.items()]
        assert run.recorded == recorded.count("新")
        assert run.rejected == recorded.count("退")

    def _judged(self, patch_no, key, by):
        result = ROWS[key][0]
        open_ = self.stage[patch_no] in ("待核查", "市级退回")
        if key == "无证":
            return "退"
        if key == "存疑":
            return self._doubted(patch_no, open_)
        if not open_ and self.held[patch_no][-1][0] == result:
            return "同"
        if not open_ and self.stage[patch_no] != "已判定":
            return "退"
        self.held[patch_no].append((result, by))
        if open_:
            self._move(patch_no, "判定", by)
        return "新"

    def _doubted(self, patch_no, open_):
        revision = len(self.held[patch_no])
        if self.doubts[patch_no][-1:] == [revision]:
            return "同"
        if open_:
            self.doubts[patch_no].append(revision)
        return "新" if open_ else "退"

    def _move(self, patch_no, step, by):
        self.stage[patch_no] = WAYS[self.stage[patch_no]][step]
        self.events.append((patch_no, step, by))

    @rule(chosen=some_patches, step=st.sampled_from(STEPS), by=people)
    def advance_by_table(self, chosen, step, by):
        table = write_table(self.folder / "步骤.xlsx", ["图斑编号"], *[[n] for n in chosen])
        self._advance(chosen, step, by, table=table)

    @rule(step=st.sampled_from(STEPS), by=people)
    def advance_by_batch(self, step, by):
        starts = next(stage for stage, ways in WAYS.items() if step in ways)
        self._advance([n for n in PATCHES if self.stage[n] == starts], step, by, batch="七月一批")

    def _advance(self, chosen, step, by, **more):
        source = StepSource(step, by, self.folder / "步骤.html", reason="材料不全", **more)
        run = advance(self.work.path, source, "录入员", Progress())
        allowed = [n for n in chosen if self._may(n, step, by)]
        for patch_no in allowed:
            self._move(patch_no, step, by)
        assert (run.advanced, run.rejected) == (len(allowed), len(chosen) - len(allowed))

    def _may(self, patch_no, step, by):
        if step not in WAYS[self.stage[patch_no]]:
            return False
        return not (step.startswith("复核") and self.held[patch_no][-1][1] == by)

    @invariant()
    def the_file_is_the_model(self):
        frame = patches.read(self.work, with_geometry=False)
        assert dict(zip(frame["patch_no"], frame["stage"], strict=True)) == self.stage
        held = determinations.read(self.work)
        told = {n: [] for n in PATCHES}
        for row in held.itertuples():
            told[row.patch_no].append((row.result, row.decided_by))
            assert row.revision == len(told[row.patch_no])
        assert told == self.held
        events = stages.read_events(self.work)
        assert list(events[["patch_no", "step", "person"]].itertuples(index=False, name=None)) == self.events
        noted = doubts.read(self.work)
        assert [noted.loc[noted["patch_no"] == n, "after_revision"].tolist() for n in PATCHES] == [
            self.doubts[n] for n in PATCHES
        ]

    @invariant()
    def the_chain_holds(self):
        with self.work.reading() as connection:
            assert history.verify(connection).ok


Casework.TestCase.settings = settings(
    max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestCasework = Casework.TestCase
