"""The built plug-in in the real QGIS application, under Xvfb: loaded and unloaded twice, without a trace."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts import build, headless
from tests.complaints import complaints

PROBE = Path(__file__).with_name("probe_plugin_load.py")
FREE = ["workspace", "library", "settings"]
BOUND = ["patches", "overlay", "assign", "map", "review", "conflict", "dashboard", "exchange"]
MENUS = ["weipianMenu", "weipian_library_menu", "weipian_map_menu", "weipian_workspace_menu"]
COMMANDS = [*FREE[:2], *BOUND, FREE[2]]
LEAVES_NO_TRACE = ["toolbars", "menus", "docks", "menu_bar", "providers", "translated", "message_bar"]


def probe(answer, *options):
    """Return what the probe saw in a QGIS started with these options."""
    build.build()
    # The probe itself loads the plug-in, to see QGIS before.
    with headless.private_profile(headless.QUIET) as profile:
        own = {"QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8", "WEIPIAN_PROBE": str(answer)}
        environment = headless.environment(profile) | own
        qgis = ["qgis", "--nologo", "--noversioncheck", "--profiles-path", str(profile), *options]
        # A wide screen: on a narrow one Qt makes menus of its own for what finds no room.
        screen = ["-s", "-screen 0 1920x1080x24"]
        command = [shutil.which("xvfb-run"), "-a", *screen, *qgis, "--code", str(PROBE)]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=180, check=False
        )
    assert answer.exists(), done.stdout + done.stderr
    seen = json.loads(answer.read_text(encoding="utf-8"))
    assert "error" not in seen, seen["error"]
    return seen


@pytest.fixture(scope="session")
def probed(tmp_path_factory):
    """What the probe saw in an English QGIS."""
    return probe(tmp_path_factory.mktemp("probe") / "answer.json")


@pytest.fixture(params=[0, 1], ids=["first", "second"])
def cycle(request, probed):
    return probed["cycles"][request.param]


def test_it_is_the_built_plugin_that_starts_and_stops(cycle):
    assert cycle["started"] and cycle["stopped"]
    assert Path(cycle["package"]).parent == build.ROOT / "build" / "weipian_plugin"


def test_toolbar_holds_every_command_with_an_icon(cycle):
    rows = cycle["loaded"]["toolbar_actions"]
    assert [name for name, *_ in rows] == [f"weipian_{command}" for command in COMMANDS]
    assert not any(without_icon for *_, without_icon in rows)


def test_what_cannot_run_without_a_workspace_is_grey_and_says_why(cycle):
    rows = {
        name.removeprefix("weipian_"): (tip, enabled)
        for name, tip, enabled, _ in cycle["loaded"]["toolbar_actions"]
    }
    assert [name for name, (_, enabled) in rows.items() if enabled] == FREE
    assert {rows[name][0].splitlines()[1] for name in BOUND} == {"Open or make a workspace first."}


def test_menu_stands_before_help_and_all_new_things_are_named(probed, cycle):
    assert cycle["loaded"]["menu_bar"][-2:] == ["Patch enforcement", "&Help"]
    for kind, new in (("toolbars", ["weipianToolBar"]), ("menus", MENUS), ("docks", [])):
        assert sorted(probed["before"][kind] + new) == cycle["loaded"][kind]


def test_provider_offers_its_algorithms(cycle):
    needed = {"createworkspace", "importbase", "importpatches", "overlay", "assign", "exportcity", "month"}
    assert needed <= set(cycle["loaded"]["algorithms"])


def test_first_start_offers_where_to_begin(probed, cycle):
    assert cycle["loaded"]["message_bar"] == probed["before"]["message_bar"] + 1


def test_starting_twice_changes_nothing(cycle):
    assert cycle["again"] == cycle["loaded"]


def test_english_is_shown_in_an_english_qgis(probed, cycle):
    assert probed["before"]["translated"] == "卫片执法"
    assert cycle["loaded"]["translated"] == "Patch enforcement"


def test_about_dialog_says_the_version_and_that_all_is_there(cycle):
    assert cycle["about"]["title"] == f"Patch enforcement {build.version()}"
    assert len(cycle["about"]["states"]) == 7
    assert set(cycle["about"]["states"].values()) == {"OK"}


def test_menu_of_workspaces_leads_to_a_dialog_that_does_not_stop_the_work(cycle):
    assert cycle["dialog"]["title"] == "New workspace"
    assert not cycle["dialog"]["modal"]
    assert len(cycle["dialog"]["entries"]) == 4


def test_algorithms_run_from_python_too(cycle):
    assert cycle["run"] == {"made": True}


@pytest.mark.parametrize("kind", LEAVES_NO_TRACE)
def test_unload_leaves_nothing(probed, cycle, kind):
    assert cycle["unloaded"][kind] == probed["before"][kind]


def test_nothing_was_complained_about(probed):
    assert complaints(probed["messages"]) == []


def test_chinese_is_shown_in_a_qgis_started_in_chinese(tmp_path):
    seen = probe(tmp_path / "answer.json", "--lang", "zh-Hans")
    assert all(cycle["loaded"]["translated"] == "卫片执法" for cycle in seen["cycles"])
    assert "卫片执法" in seen["cycles"][0]["loaded"]["menu_bar"]
