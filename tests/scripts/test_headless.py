"""scripts/qgis_process: the built plug-in in real QGIS, from anywhere, beside other runs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import build, headless

COMMAND = str(build.ROOT / "scripts" / "qgis_process")
BARE = {
    name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "QT_", "QGIS_"))
}
"""The environment of a bare machine: no locale, no display, no profile."""


def qgis_process(*arguments, cwd, environment=BARE):
    return subprocess.run(
        [COMMAND, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def profiles_left():
    return {path.name for path in Path("/tmp").glob("weipian-qgis-*")}


def test_algorithms_are_listed(tmp_path):
    done = qgis_process("list", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    provider = json.loads(done.stdout)["providers"]["weipian"]
    assert {"createworkspace", "importbase", "month"} <= {
        name.removeprefix("weipian:") for name in provider["algorithms"]
    }


def test_relative_paths_belong_to_the_caller_and_two_runs_do_not_meet(tmp_path):
    (tmp_path / "卷宗 一").mkdir()
    running = [
        subprocess.Popen(
            [
                COMMAND,
                "run",
                "weipian:createworkspace",
                "--",
                f"WORKSPACE=卷宗 一/工作库{year}.gpkg",
                f"YEAR={year}",
            ],
            cwd=tmp_path,
            env=BARE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        for year in (2021, 2022)
    ]
    outputs = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0], outputs
    made = sorted(path.name for path in (tmp_path / "卷宗 一").glob("*.gpkg"))
    assert made == ["工作库2021.gpkg", "工作库2022.gpkg"]


def test_failure_is_one_chinese_sentence_and_an_exit_code(tmp_path):
    done = qgis_process(
        "run", "weipian:overlay", "--", "WORKSPACE=没有.gpkg", "LIBRARY=也没有.gpkg", cwd=tmp_path
    )
    assert done.returncode == 1
    assert "没有.gpkg" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


def test_terminated_run_ends_and_leaves_no_profile(tmp_path):
    before = profiles_left()
    process = subprocess.Popen(
        [COMMAND, "list"], cwd=tmp_path, env=BARE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while not profiles_left() - before:
        time.sleep(0.02)
    time.sleep(0.3)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 128 + signal.SIGTERM
    assert profiles_left() - before == set()


def test_qgis_inside_a_script_runs_algorithms_and_leaves_no_profile(tmp_path):
    workspace = tmp_path / "工作库.gpkg"
    script = f"""
import sys
sys.path.insert(0, {str(build.ROOT)!r})
from scripts import headless
with headless.qgis():
    import processing
    import weipian_plugin
    processing.run("weipian:createworkspace", {{"WORKSPACE": {str(workspace)!r}, "YEAR": 2021}})
print(weipian_plugin.__file__)
"""
    environment = BARE | {"TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=build.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()) == build.ROOT / "build" / "weipian_plugin" / "__init__.py"
    assert list(tmp_path.iterdir()) == [workspace]


def test_exit_code_is_passed_on(tmp_path):
    assert headless.run(["sh", "-c", "exit 7"]) == 7


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ({}, {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}),
        (
            {"QT_QPA_PLATFORM": "xcb", "LANG": "zh_CN.UTF-8"},
            {"QT_QPA_PLATFORM": "xcb", "LANG": "zh_CN.UTF-8"},
        ),
    ],
)
def test_environment_keeps_what_the_caller_chose(base, expected, tmp_path):
    made = headless.environment(tmp_path, base)
    own = {"QGIS_CUSTOM_CONFIG_PATH", "QGIS_PLUGINPATH", "PYTHONPATH", "XDG_RUNTIME_DIR"}
    assert {name: value for name, value in made.items() if name not in own} == expected
    assert made["QGIS_PLUGINPATH"] == str(build.ROOT / "build")


def test_callers_python_path_comes_after_ours(tmp_path):
    parts = headless.environment(tmp_path, {"PYTHONPATH": "mine"})["PYTHONPATH"].split(os.pathsep)
    assert parts[-1] == "mine"
    assert Path(parts[0], "sitecustomize.py").exists()


def test_desk_without_virtual_environment_uses_the_systems_packages(tmp_path):
    assert headless.environment(tmp_path, {}, root=tmp_path)["PYTHONPATH"] == ""
