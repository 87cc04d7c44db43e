"""The plug-in on the real Qt 6 (PyQt6, without QGIS): what loads, and the windows at work."""

from __future__ import annotations

import ast
import importlib
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from scripts import build
from tests.environments import programs

WINDOWS = "session_and_work charts_widgets dashboard_dock conflict_dock exchange_desk settings_dialog".split()
WINDOWS += ["review_dock", "review_filter", "about_dialog"]
"""Tests of windows that need nothing of QGIS but settings, tasks and the message bar."""
NOT_HERE = "stand_still or stands_still or hang"
"""Tests of time are for the Qt that is used."""
pytestmark = pytest.mark.tools
QT_MODULES = ["QtCore", "QtGui", "QtWidgets"]


def run_on_qt6(*arguments, path=()):
    """Run Python with PyQt6, the stand-ins and the packages of the development environment."""
    packages = next((build.ROOT / ".venv" / "lib").glob("python3*/site-packages"))
    own = {
        "PYTHONPATH": os.pathsep.join(map(str, [Path(__file__).parent, *path, packages])),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTEST_QT_API": "pyqt6",
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONUTF8": "1",
    }
    command = [str(programs("qt6") / "python"), *map(str, arguments)]
    return subprocess.run(
        command, cwd=build.ROOT, env=os.environ | own, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def seen():
    """What look.py saw of the built plug-in."""
    build.build()
    done = run_on_qt6(Path(__file__).with_name("look.py"), build.ROOT / "build")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def sources():
    return {name: data.decode("utf-8") for name, data in build.contents().items() if name.endswith(".py")}


def test_every_module_can_be_imported(seen):
    assert len(seen["modules"]) == len(sources())
    assert {name: fault for name, fault in seen["modules"].items() if fault} == {}


def test_every_form_can_be_loaded(seen):
    assert sorted(seen["forms"]) == sorted(path.name for path in (build.ROOT / "forms").glob("*.ui"))
    assert {name: fault for name, fault in seen["forms"].items() if fault} == {}


def test_every_name_of_qt_is_there(seen):
    assert seen["missing"] == []
    assert seen["planted"] == ["0 QRegExp", "2 Qt.AlignLeft"]


def test_nothing_is_called_that_qt6_has_no_more(seen):
    gone = methods_taken_away(seen["names"]) - defined()
    assert called("menu.exec_(); time.toTime_t()") & gone == {"exec_", "toTime_t"}
    with_qt = {name: text for name, text in sources().items() if "qgis.PyQt" in text}
    assert {name: found for name, text in with_qt.items() if (found := called(text) & gone)} == {}


def methods_taken_away(now):
    """Return the methods that classes of this QGIS's Qt have, and no class of Qt 6."""
    modules = [importlib.import_module(f"qgis.PyQt.{name}") for name in QT_MODULES]
    classes = [value for module in modules for value in vars(module).values() if isinstance(value, type)]
    before = {name for one in classes if one.__name__ in now for name in dir(one) if name[0].islower()}
    return before - {name for names in now.values() for name in names}


def called(text):
    """Return the names of the methods that a source calls."""
    calls = [node.func for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    return {call.attr for call in calls if isinstance(call, ast.Attribute)}


def defined():
    """Return the names that our own classes give to what they have."""
    kinds = ast.FunctionDef | ast.ClassDef
    found = set()
    for text in sources().values():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, kinds):
                found.add(node.name)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                found.add(node.attr)
    return found


def test_windows_work():
    files = [f"tests/gui/test_{name}.py" for name in WINDOWS]
    plugins = ["-p", "qgis_stand_in", "-p", "pytestqt.plugin", "-p", "no:cacheprovider"]
    done = run_on_qt6("-m", "pytest", *plugins, "-k", f"not ({NOT_HERE})", *files)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    [passed] = re.findall(r"^(\d+) passed(?:, \d+ deselected)? in ", done.stdout, re.MULTILINE)
    assert int(passed) > 100
