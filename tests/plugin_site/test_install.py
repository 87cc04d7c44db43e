"""The zip in a QGIS that has never seen it: installed, used, disabled, enabled, updated, removed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from scripts import build, headless
from tests.complaints import complaints

PROBE = Path(__file__).with_name("probe_install.py")
WINDOWS = ["toolbars", "menus", "menu_bar", "docks", "shortcuts", "status_bar", "canvas_items"]
PROJECT = ["layers", "groups", "crs", "dirty"]
REST = ["providers", "tasks", "code"]


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """What the probe saw, and what QGIS said on stderr."""
    folder = tmp_path_factory.mktemp("install")
    answer = folder / "answer.json"
    with headless.private_profile(headless.QUIET) as profile:
        own = {"QT_QPA_PLATFORM": "xcb", "WEIPIAN_PROBE": str(answer), "WEIPIAN_ZIP": str(build.package())}
        environment = headless.environment(profile) | own
        # The zip is all that this QGIS gets.
        environment.pop("QGIS_PLUGINPATH")
        qgis = ["qgis", "--nologo", "--noversioncheck", "--lang", "zh-Hans", "--profiles-path", str(profile)]
        screen = ["xvfb-run", "-a", "-s", "-screen 0 1920x1080x24"]
        done = subprocess.run(
            [*screen, *qgis, "--code", str(PROBE)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert answer.exists(), done.stdout + done.stderr
    seen = json.loads(answer.read_text(encoding="utf-8"))
    assert "error" not in seen, seen["error"]
    return seen, done.stderr


@pytest.fixture(scope="module")
def seen(ran):
    return ran[0]


def test_it_lies_where_a_person_installs_plugins(seen):
    assert seen["before"]["folder"] == []
    assert seen["installed"]["folder"] == ["weipian_plugin"]
    assert "/profiles/default/python/plugins/weipian_plugin/" in seen["package"]


def test_installing_starts_it_and_says_so_to_qgis(seen):
    assert seen["installed"]["settings"] == ["PythonPlugins/weipian_plugin"]
    assert "weipian" in seen["installed"]["providers"]
    assert "weipianToolBar" in seen["installed"]["toolbars"]
    assert "卫片执法" in seen["installed"]["menu_bar"]


def test_the_month_runs_and_every_window_opens(seen):
    assert seen["done"]["workbook"] > 10_000
    docks = {"weipianReviewDock", "weipianConflictDock", "weipianDashboardDock", "weipianExchangeDock"}
    assert docks <= set(seen["used"]["docks"])
    assert "卫片执法" in seen["used"]["groups"]
    assert len(seen["used"]["layers"]) > 10


@pytest.mark.parametrize("step", ["used", "used_again"])
def test_layers_of_a_workspace_are_nothing_to_save(seen, step):
    """Or QGIS would ask at every closing whether to save a project that nobody made."""
    assert not seen[step]["dirty"]


@pytest.mark.parametrize("kind", [*WINDOWS, *PROJECT, *REST])
def test_disabled_it_leaves_nothing_in_the_window(seen, kind):
    assert seen["disabled"][kind] == seen["before"][kind]


def test_disabled_it_stays_installed_and_remembers(seen):
    assert seen["switched"] == [True, True]
    assert seen["disabled"]["folder"] == ["weipian_plugin"]
    assert "weipian/workspace" in seen["disabled"]["settings"]


def test_enabled_again_it_is_all_there(seen):
    for kind in ("toolbars", "menus", "menu_bar", "providers", "folder"):
        assert seen["enabled"][kind] == seen["installed"][kind], kind
    assert seen["done_again"] == seen["done"]


def test_an_update_keeps_what_a_person_chose(seen):
    assert seen["updated"]["settings"] == seen["used"]["settings"]
    assert "weipianToolBar" in seen["updated"]["toolbars"]


@pytest.mark.parametrize("kind", ["folder", "settings", "known", *WINDOWS, *PROJECT, *REST])
def test_removed_it_leaves_nothing_at_all(seen, kind):
    assert seen["removed"][kind] == seen["before"][kind]


@pytest.mark.parametrize("step", ["disabled", "removed"])
def test_no_message_of_ours_stays(seen, step):
    assert set(seen[step]["message_bar"]) <= set(seen["before"]["message_bar"])


def test_nothing_was_complained_about(ran):
    seen, said = ran
    assert seen["shown"] == []
    assert complaints(seen["messages"]) == []
    assert [line for line in said.splitlines() if "Traceback" in line or "Error" in line] == []
