"""Cancel and kill: files as they were, an honest word about what was kept, and no long wait."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from processing_runs import digests, dump, rows, run

from scripts.build import ROOT

MARKS = range(0, 100, 5)
MARKS_OF_LEDGER = range(0, 100, 10)
"""Writing a workbook takes long and asks often."""
NOTHING = "已按要求取消，本次没有改动任何数据。"
SECONDS = 2.0


def given(month, name, folder):
    """Return the parameters of a run in `folder`, and the file that it changes."""
    starts = {
        "importpatches": month.empty,
        "overlay": month.imported,
        "assign": month.overlaid,
        "month": month.empty,
    }
    starts |= {"exportcity": month.assigned, "importbase": month.library}
    target = shutil.copy(starts[name], folder / "t.gpkg")
    issued = {"INPUT": month.issued, "RECEIVED": "2021-07-20"}
    rest = {
        "importbase": {"INPUT": month.source("land_class"), "ROLE": "land_class", "EDITION": "新版"},
        "importpatches": issued,
        "overlay": {"LIBRARY": month.library},
        "assign": {},
        "exportcity": {"OUTPUT": folder / "台账.xlsx"},
        "month": issued | {"LIBRARY": month.library, "OUTPUT": folder / "台账.xlsx"},
    }[name]
    return {"LIBRARY" if name == "importbase" else "WORKSPACE": target} | rest


@pytest.mark.parametrize("name", ["importbase", "importpatches", "overlay", "assign", "exportcity"])
def test_cancelled_run_fails_and_leaves_everything_as_it_was(month, tmp_path, name):
    cancelled = 0
    marks = MARKS_OF_LEDGER if name == "exportcity" else MARKS
    for mark in marks:
        folder = tmp_path / str(mark)
        folder.mkdir()
        parameters = given(month, name, folder)
        before = digests(folder)
        done = run(name, cancel_at=mark, **parameters)
        if done.seconds_after_cancel is None or done.ok:
            # Too late: what was stored is stored, and the run says so by being complete.
            assert done.ok
            assert done.progress[-1] == 100
            continue
        cancelled += 1
        assert done.log.strip().endswith(NOTHING)
        assert digests(folder) == before
        assert done.seconds_after_cancel < SECONDS
    assert cancelled > len(marks) // 2


def test_cancelled_month_keeps_the_steps_before_and_names_them(month, tmp_path):
    told = set()
    for mark in MARKS_OF_LEDGER:
        folder = tmp_path / str(mark)
        folder.mkdir()
        parameters = given(month, "month", folder)
        before = digests(folder)
        done = run("month", cancel_at=mark, **parameters)
        if done.ok:
            continue
        sentence = done.log.strip().splitlines()[-1]
        told.add(sentence)
        assert done.seconds_after_cancel < SECONDS
        work = folder / "t.gpkg"
        counts = [
            rows(work, f"SELECT count(*) FROM {table}")[0][0] for table in ("patch", "overlay_area", "duty")
        ]
        steps = sum(count > 0 for count in counts)
        if steps == 0:
            assert sentence == NOTHING
            assert digests(folder) == before
        else:
            kept = "、".join(("导入图斑", "套合分析", "分派职责")[:steps])
            assert f"已完成的步骤（{kept}）保留" in sentence
        assert not (folder / "台账.xlsx").exists()
    assert len(told) == 4


@pytest.mark.parametrize("name", ["importbase", "importpatches", "overlay", "assign", "exportcity", "month"])
def test_progress_only_rises_and_ends_at_a_hundred(month, tmp_path, name):
    done = run(name, **given(month, name, tmp_path))
    assert done.ok
    assert done.progress == sorted(done.progress)
    assert done.progress[-1] == 100
    assert len(done.progress) >= 2  # an overlay of a few patches is over between two looks


def test_cancelled_first_import_leaves_no_library(month, tmp_path):
    for mark in (0, 30, 60, 85):
        parameters = {"INPUT": month.source("land_class"), "ROLE": "land_class", "EDITION": "x"}
        done = run("importbase", cancel_at=mark, LIBRARY=tmp_path / "新.gpkg", **parameters)
        assert not done.ok
        assert list(tmp_path.iterdir()) == []


KILLED = """
import sys
from pathlib import Path
from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import history
from weipian_plugin.workflow.run_overlay import run_overlay

append = history.append
def slow(*arguments):
    append(*arguments)
    print("written", flush=True)
    sys.stdin.read()
history.append = slow
print("ready", flush=True)
run_overlay(Path(sys.argv[1]), Path(sys.argv[2]), "", "甲", Progress())
"""


@pytest.mark.parametrize("moment", ["ready", "written"])
def test_killed_overlay_leaves_the_workspace_as_it_was(month, tmp_path, moment):
    work = shutil.copy(month.imported, tmp_path / "w.gpkg")
    before = dump(work)
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(work), str(month.library)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    while child.stdout.readline().strip() != moment:
        assert child.poll() is None
    if moment == "ready":
        time.sleep(0.15)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert run("assign", WORKSPACE=tmp_path / "没有.gpkg").ok is False
    after = run("overlay", cancel_at=0, WORKSPACE=work, LIBRARY=month.library)
    assert not after.ok
    assert dump(work) == before
    assert run("overlay", WORKSPACE=work, LIBRARY=month.library).ok
    assert dump(work)["overlay_area"] == dump(month.overlaid)["overlay_area"]
