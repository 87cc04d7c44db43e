"""docs/每月办理.bat: what cmd.exe needs of it, and that its commands do a month of work in this order."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from processing_runs import run

from scripts import build

FILE = build.ROOT / "docs" / "每月办理.bat"
SETTING = re.compile(r'set "(\w+)=(.*)"')
CALL = re.compile(r'call "%QGIS_PROCESS%" run weipian:(\w+) -- (.*)')


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return FILE.read_bytes().decode("utf-8").split("\r\n")


def expanded(text: str, variables: dict[str, str]) -> str:
    """Return a text as cmd.exe expands it, with the separators of this system."""
    return re.sub(r"%(\w+)%", lambda found: variables[found[1]], text).replace("\\", "/")


def test_the_file_is_as_cmd_reads_it(lines):
    data = FILE.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == len(lines) - 1
    assert lines[:2] == ["@echo off", "chcp 65001 >nul"]
    assert max(map(len, lines)) < 1000


def test_every_jump_has_its_place(lines):
    labels = {line[1:] for line in lines if line.startswith(":")}
    assert {found for line in lines for found in re.findall(r"goto (\w+)", line)} == labels


def test_every_command_is_followed_by_its_check(lines):
    calls = [place for place, line in enumerate(lines) if line.startswith("call ")]
    assert len(calls) == 5
    assert {lines[place + 1] for place in calls} == {'if not "%ERRORLEVEL%"=="0" goto failed'}


def test_its_commands_do_the_month(lines, month, tmp_path):
    shutil.copy(month.library, tmp_path / "底图库.gpkg")
    own = {"FOLDER": str(tmp_path), "PATCHES": str(month.issued), "QGIS_PROCESS": ""}
    variables = dict(own)
    done = []
    for line in lines:
        if found := SETTING.fullmatch(line.strip()):
            variables |= {found[1]: expanded(found[2], variables)} | own
        elif found := CALL.fullmatch(line):
            Path(variables.get("OUT", tmp_path)).mkdir(exist_ok=True)
            given = dict(
                pair.split("=", 1) for pair in re.findall(r'"([^"]*)"', expanded(found[2], variables))
            )
            outcome = run(found[1], **given)
            assert outcome.ok, outcome.log
            done.append(found[1])
    assert done == ["createworkspace", "month", "dutysheets", "deadlines", "precheck"]
    assert sorted(path.name for path in (tmp_path / "2021年7月").iterdir()) == [
        "上报工作簿.xlsx",
        "上报自查.html",
        "会商材料.html",
        "期限预警表.xlsx",
    ]
