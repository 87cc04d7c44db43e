"""make wheelhouse: the right wheels for the office's Windows, all of them, and an instruction that works."""

from __future__ import annotations

import fcntl
import re
import struct
import subprocess
import sys
import zipfile

import pytest
import watch

from scripts import build, wheelhouse
from weipian_plugin.gui import dependencies

pytestmark = pytest.mark.tools


@pytest.fixture(scope="module")
def folder():
    # Two test workers would fetch it twice.
    with wheelhouse.PINS.open() as pins:
        fcntl.flock(pins, fcntl.LOCK_EX)
        subprocess.run(["make", "--silent", "wheelhouse"], cwd=build.ROOT, check=True)
    return wheelhouse.FOLDER


@pytest.fixture(scope="module")
def installed(folder, tmp_path_factory):
    """Where the second way of the instruction puts things, taken as written but for Windows' own Python."""
    [command] = re.findall(r"^ *python -m (pip install .*--find-links.*)$", text(folder), re.MULTILINE)
    words = [word.strip('"') for word in command.split()]
    words.remove("--user")
    target, log = tmp_path_factory.mktemp("installed"), folder.parent / "wheelhouse-calls.txt"
    for_windows = ["--target", str(target), "--only-binary=:all:", *wheelhouse.PLATFORM]
    program = [*watch.command(log), sys.executable, "-m", *words, "--quiet", *for_windows]
    done = subprocess.run(program, cwd=folder.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert watch.dialled(log) == []
    return target


def text(folder):
    return (folder / wheelhouse.INSTRUCTION).read_text(encoding="utf-8-sig")


def test_what_the_plugin_needs_is_pinned_as_it_is_tested():
    lines = (build.ROOT / "requirements-dev.txt").read_text(encoding="utf-8").lower().splitlines()
    tested = dict(line.split("==") for line in lines if "==" in line)
    pinned = {name: version for name, (version, _) in wheelhouse.pins().items()}
    needed = {item.distribution.lower() for item in dependencies.REQUIREMENTS} | {"numpy"}
    assert {name: pinned[name] for name in needed} == {name: tested[name] for name in needed}


def test_folder_holds_what_is_pinned_and_the_instruction(folder):
    names = {path.name for path in folder.iterdir()}
    assert len(names) == len(wheelhouse.pins()) + 1 == 16
    assert wheelhouse.INSTRUCTION in names
    assert "shapely-2.0.7-cp312-cp312-win_amd64.whl" in names


def test_a_second_time_nothing_is_fetched(folder):
    before = {path: path.stat().st_mtime_ns for path in folder.glob("*.whl")}
    wheelhouse.make(folder)
    assert {path: path.stat().st_mtime_ns for path in folder.glob("*.whl")} == before


def test_a_wheel_for_another_system_is_refused(tmp_path):
    wheel = tmp_path / "shapely-2.0.7-cp311-cp311-manylinux_2_17_x86_64.whl"
    with pytest.raises(wheelhouse.WheelhouseError, match="not for Python 3.12 on 64-bit Windows: shapely"):
        wheelhouse._check([wheel])


def test_every_program_inside_is_for_64_bit_windows(folder):
    seen = set()
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            programs = [name for name in archive.namelist() if name.endswith((".pyd", ".dll"))]
            assert not [name for name in archive.namelist() if name.endswith((".so", ".dylib"))]
            assert {machine(archive.read(name)) for name in programs} <= {0x8664}, wheel.name
            seen |= {wheel.name.split("-")[0]} if programs else set()
    assert seen == {"PyYAML", "numpy", "pandas", "pyogrio", "pyproj", "shapely"}


def machine(program):
    """Return for which processor a Windows program is (PE header)."""
    [start] = struct.unpack_from("<I", program, 0x3C)
    assert program[start : start + 4] == b"PE\0\0"
    return struct.unpack_from("<H", program, start + 4)[0]


def test_instruction_works_without_any_network(installed):
    for item in dependencies.REQUIREMENTS:
        assert (installed / item.module / "__init__.py").is_file(), item.module
    assert list(installed.glob("shapely/lib.cp312-win_amd64.pyd"))
    made = {path.name.removesuffix(".dist-info").lower() for path in installed.glob("*.dist-info")}
    pinned = {f"{name.replace('-', '_')}-{version}" for name, (version, _) in wheelhouse.pins().items()}
    assert made == pinned


def test_instruction_says_what_the_window_says(folder):
    missing = [dependencies.State(item, "", "缺少") for item in dependencies.REQUIREMENTS]
    assert dependencies.advice(missing) in text(folder)


def test_instruction_is_one_page_for_notepad(folder):
    data = (folder / wheelhouse.INSTRUCTION).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\n") == data.count(b"\r\n") < 60
    assert all(len(line) < 120 for line in text(folder).splitlines() if "pip" not in line)
    assert all(wheel.name in text(folder) for wheel in folder.glob("*.whl"))
