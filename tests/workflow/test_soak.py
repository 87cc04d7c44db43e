"""Killed at random moments, and two programs writing at once. `make soak` does it 200 times and a minute."""

from __future__ import annotations

import os
import pickle
import random
import time

import pytest
from casework_samples import halving, number_of, workspace_with
from soak_desk import make_desk
from soak_steps import STEPS, Trial

from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import patches
from weipian_plugin.store.verification import verify
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.split import split_patch, unsplit_patch

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
KILLS = int(os.environ.get("SOAK_KILLS", "200"))
SECONDS = float(os.environ.get("SOAK_SECONDS", "60"))


READING = frozenset(
    "checkplan deadlines dispatch dutysheets exportcity letter precheck propose statistics verify"
    " whatif".split()
)
"""Algorithms that write neither a workspace nor a library, but reports and workbooks."""


def test_every_writing_algorithm_is_killed(qgis_app):
    from weipian_plugin.processing_algorithms.provider import ALGORITHMS

    killed = {name.split(",")[0] for name in STEPS}
    assert {algorithm.identifier for algorithm in ALGORITHMS} - READING <= killed


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return make_desk(tmp_path_factory.mktemp("台面"))


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_step_is_whole_or_not_at_all(desk, step, tmp_path):
    trial = Trial(step, desk, tmp_path)
    chance = random.Random(step)
    for _ in range(2):
        trial.kill_once(chance)


@pytest.mark.soak
@pytest.mark.parametrize("step", STEPS)
def test_killed_again_and_again(desk, step, tmp_path):
    trial = Trial(step, desk, tmp_path)
    chance = random.Random(f"{step} {KILLS}")
    whole = sum(trial.kill_once(chance) for _ in range(KILLS))
    print(
        f"{step}: {KILLS} kills, {whole} after the commit, {trial.seconds:.2f} s a run,"
        f" {trial.writing_seconds:.3f} s of it writing",
        flush=True,
    )


class Ear(Progress):
    """Hears how often a writer had to wait."""

    def __init__(self) -> None:
        self.waits = 0

    def _show(self, fraction: float, text: str) -> None:
        self.waits += "正在等待" in text


def write_on(path, number: int, seconds: float) -> tuple[int, int]:
    """Split and unsplit one patch over and over; return how many steps were kept and how often it waited."""
    ear, steps = Ear(), 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        split_patch(path, number_of(number), halving(number), f"写手{number}", ear)
        unsplit_patch(path, number_of(number), f"写手{number}", ear)
        with Workspace.open(path).writing(f"写手{number}", "慢写", ear) as change:
            change.record("setting", f"慢写{number}", None, None)
            time.sleep(0.4)
        steps += 3
    return steps, ear.waits


def both_write(work, seconds: float) -> None:
    before = verify(work).chain.rows
    results = []
    pipes = []
    for number in (1, 2):
        reading, writing = os.pipe()
        if os.fork() == 0:
            try:
                os.write(writing, pickle.dumps(write_on(work.path, number, seconds)))
            finally:
                os._exit(0)
        os.close(writing)
        pipes.append(reading)
    for reading in pipes:
        with os.fdopen(reading, "rb") as pipe:
            results.append(pickle.loads(pipe.read()))
        os.wait()
    found = verify(work)
    assert found.ok, found.problems
    with work.reading() as connection:
        kept = dict(
            connection.execute("SELECT actor, COUNT(DISTINCT at || action) FROM history GROUP BY actor")
        )
    assert [kept["写手1"], kept["写手2"]] == [steps for steps, _ in results]
    assert found.chain.rows > before
    assert sum(waits for _, waits in results) > 0
    assert len(patches.read(work)) == 3


def test_two_programs_write_at_once(tmp_path):
    both_write(workspace_with(tmp_path, 3), 3)


@pytest.mark.soak
def test_two_programs_write_at_once_for_a_minute(tmp_path):
    both_write(workspace_with(tmp_path, 3), SECONDS)
