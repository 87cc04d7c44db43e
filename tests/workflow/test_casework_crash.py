"""A judgement or step that is killed is in the file whole or not at all."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time

import pytest
from casework_samples import number_of, workspace_with
from decision_samples import write_table

from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import determinations, patches, stages, verification
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.advance import StepSource, advance
from weipian_plugin.workflow.determine import determine
from weipian_plugin.workflow.row_outcomes import TableSource

COUNT = 300
HEAD = ["图斑编号", "判定结果", "类别", "判定依据", "文号"]


def killed_after(seconds, work):
    """Run `work` in a child process, kill it after some time, and tell whether it had ended before."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("样板")
    work = workspace_with(folder, COUNT)
    rows = [[number_of(n), "违法", "未报即用", "现场", ""] for n in range(1, COUNT + 1)]
    table = write_table(folder / "判定.xlsx", HEAD, *rows)
    judged = shutil.copy(work.path, folder / "已判定.gpkg")
    determine(judged, TableSource(table, "甲", folder / "报告.html"), "录入员", Progress())
    return work.path, judged, table


@pytest.mark.parametrize("seed", range(6))
def test_determine_is_whole_or_not_at_all(template, tmp_path, seed):
    path = shutil.copy(template[0], tmp_path / "工作库.gpkg")
    source = TableSource(template[2], "甲", tmp_path / "报告.html")
    ended = killed_after(
        random.Random(seed).uniform(0.02, 0.4), lambda: determine(path, source, "录入员", Progress())
    )
    work = Workspace.open(path)
    found = len(determinations.read(work))
    assert found in ((COUNT,) if ended else (0, COUNT))
    assert len(stages.read_events(work)) == found
    assert set(patches.read(work, with_geometry=False)["stage"]) == {"已判定" if found else "待核查"}
    assert verification.verify(work).ok
    assert determine(path, source, "录入员", Progress()).recorded == COUNT - found


@pytest.mark.parametrize("seed", range(6))
def test_a_step_is_whole_or_not_at_all(template, tmp_path, seed):
    path = shutil.copy(template[1], tmp_path / "工作库.gpkg")
    source = StepSource("复核", "乙", tmp_path / "报告.html", stage="已判定")
    killed_after(random.Random(seed).uniform(0.01, 0.2), lambda: advance(path, source, "录入员", Progress()))
    work = Workspace.open(path)
    found = len(stages.read_events(work)) - COUNT
    assert found in (0, COUNT)
    assert set(patches.read(work, with_geometry=False)["stage"]) == {"已复核" if found else "已判定"}
    assert verification.verify(work).ok
    assert advance(path, source, "录入员", Progress()).advanced == COUNT - found
