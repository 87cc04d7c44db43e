"""The scanners of the QGIS plug-in site over the unpacked zip: nothing found, and what is planted is."""

from __future__ import annotations

import json
import subprocess
import zipfile

import pytest

from scripts import build
from tests.environments import programs

# qgis/QGIS-Plugins-Website, July 2026, has these and the other rules of layout off; all of bandit's and of
# detect-secrets' rules are on here, more than there.
LAYOUT = "E203,E302,E305"

pytestmark = pytest.mark.tools


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(build.package()) as archive:
        archive.extractall(folder)
    return folder


def run(program, *arguments, folder):
    command = [str(programs("plugin_site") / program), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def scan(program, *arguments, folder):
    """Return what one scanner prints as JSON."""
    done = run(program, *arguments, folder=folder)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def bandit(folder):
    """Return the findings as (file, line, rule), after seeing that every file was read."""
    report = scan("bandit", "-r", ".", "-f", "json", "--quiet", folder=folder)
    assert report["errors"] == []
    read = {name.removeprefix("./") for name in report["metrics"]} - {"_totals"}
    assert read == {path.relative_to(folder).as_posix() for path in folder.rglob("*.py")}
    assert report["metrics"]["_totals"]["nosec"] == 0
    return [(item["filename"], item["line_number"], item["test_id"]) for item in report["results"]]


def secrets(folder):
    """Return the findings of detect-secrets with all its detectors, as (file, line, kind)."""
    report = scan("detect-secrets", "scan", "--all-files", ".", folder=folder)
    found = report["results"].values()
    return [(item["filename"], item["line_number"], item["type"]) for items in found for item in items]


def flake8(folder):
    """Return what flake8 complains of, at the length of line that the site allows."""
    done = run("flake8", "--isolated", "--max-line-length=120", "--extend-ignore", LAYOUT, ".", folder=folder)
    assert done.stderr == ""
    return [line.split(" ")[:2] for line in done.stdout.splitlines()]


def test_bandit_finds_nothing(unpacked):
    assert bandit(unpacked) == []


def test_detect_secrets_finds_nothing(unpacked):
    assert secrets(unpacked) == []


def test_flake8_finds_nothing(unpacked):
    assert flake8(unpacked) == []


def test_all_find_what_is_planted(tmp_path):
    lines = [
        "import pickle",
        "assert pickle",
        'connection.execute("SELECT * FROM patch WHERE patch_no = " + number)',
        # In two halves, so that nobody takes this file for the leak.
        'AWS_KEY = "AKIA' + 'IOSFODNN7EXAMPLF"',
    ]
    (tmp_path / "planted.py").write_text("\n".join(lines), encoding="utf-8")
    assert bandit(tmp_path) == [
        ("./planted.py", 1, "B403"),
        ("./planted.py", 2, "B101"),
        ("./planted.py", 3, "B608"),
    ]
    assert ("planted.py", 4, "AWS Access Key") in secrets(tmp_path)
    assert [rule for _, rule in flake8(tmp_path)] == ["F821", "F821", "W292"]
