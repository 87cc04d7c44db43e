"""A sample of each kind through scripts/qgis_process: exit code not 0, one sentence, nothing touched."""

from __future__ import annotations

import re
import subprocess

import pytest
from hostile_desk import GOOD, Desk
from hostile_files import CASES
from hostile_watch import snapshot
from small_disk import fill_up, small_disk
from test_hostile_contents import YAMLS
from test_hostile_files import spoil

from scripts.build import ROOT

FILE_CASES = {case.key: case for case in CASES}
SAMPLE = [
    ("overlay", "LIBRARY", "newer"),
    ("importpatches", "INPUT", "truncated"),
    ("determine", "INPUT", "random-after-head"),
]


def said(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the Chinese lines of what was refused."""
    return [line for line in done.stderr.splitlines() if re.search(r"[一-鿿]", line)]


def call(desk: Desk, name: str, **spoilt: object) -> subprocess.CompletedProcess[str]:
    words = [f"{key}={value}" for key, value in desk.values(name, **spoilt).items()]
    command = [str(ROOT / "scripts" / "qgis_process"), "run", f"weipian:{name}", "--", *words]
    return subprocess.run(
        command, cwd=desk.folder, capture_output=True, encoding="utf-8", timeout=240, check=False
    )


def assert_refused(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode not in (0, 128 + 11)
    assert said(done), done.stderr
    for word in ("Traceback", "程序内部出错", "mandatory", "Incorrect", "Error:"):
        assert word not in done.stdout + done.stderr


@pytest.mark.parametrize(("name", "parameter", "key"), SAMPLE)
def test_a_spoilt_file(desk, hall, tmp_path, name, parameter, key):
    bad = spoil(FILE_CASES[key], desk.file(str(GOOD[name][parameter])), tmp_path / "坏")
    before = snapshot(hall)
    assert_refused(call(desk, name, **{parameter: bad}))
    assert snapshot(hall) == before


def test_a_parameter_that_is_missing(desk, hall):
    before = snapshot(hall)
    done = call(desk, "determine", INPUT=None)
    assert_refused(done)
    assert any("没有填写“判定表”" in line for line in said(done))
    assert snapshot(hall) == before


def test_yaml_and_a_place_that_cannot_be_written(desk, hall, tmp_path):
    bad = tmp_path / "坏.yaml"
    bad.write_text(YAMLS["object-tag"], encoding="utf-8")
    before = snapshot(hall)
    assert_refused(call(desk, "whatif", PLAN=bad))
    assert_refused(call(desk, "statistics", OUTPUT="/proc/统计.xlsx"))
    assert snapshot(hall) == before


def test_a_full_disk(desk, hall):
    with small_disk(hall / "命令行小磁盘", "24m") as disk:
        here = desk.copy_to(disk / "桌面")
        fill_up(disk, 0)
        before = snapshot(here.folder)
        assert_refused(call(here, "exportcity"))
        assert snapshot(here.folder) == before


def test_qgis_holds_every_mandatory_parameter_as_such(provider):
    """To QGIS what must be given stays required, though it is we who say that it is missing."""
    for algorithm in provider.algorithms():
        for item in algorithm.parameterDefinitions():
            if not item.flags() & item.Flag.FlagOptional and item.defaultValue() is None:
                assert item.checkValueIsAcceptable(None), f"{algorithm.name()} {item.name()}"
                assert not item.checkValueIsAcceptable(""), f"{algorithm.name()} {item.name()}"
