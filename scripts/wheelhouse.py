#!/usr/bin/env python3
"""Collect the wheels for a Windows QGIS that lacks packages, with the instruction for an offline office.

    python3 scripts/wheelhouse.py [FOLDER]     dist/weipian_wheels if none is named

Versions and digests are those of scripts/wheels.txt; pip takes nothing else. Wheels that are there already
are not fetched again. The folder goes to the office on a USB stick.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts import build
from weipian_plugin.gui import dependencies

PINS = Path(__file__).with_name("wheels.txt")
FOLDER = build.ROOT / "dist" / dependencies.WHEELS
INSTRUCTION = "安装说明.txt"
PLATFORM = ["--platform", "win_amd64", "--python-version", "3.12", "--implementation", "cp", "--abi", "cp312"]
_FITS = re.compile(r"-(cp312-cp312-win_amd64|py3-none-any|py2\.py3-none-any)\.whl$")
_PIN = re.compile(r"^([\w.-]+)==(\S+) \\\n +--hash=sha256:([0-9a-f]{64})$", re.MULTILINE)


class WheelhouseError(Exception):
    """The wheels cannot be had, or are not what they should be; the message says why."""


def pins() -> dict[str, tuple[str, str]]:
    """Return version and SHA-256 of each package, by its name in small letters."""
    found = _PIN.findall(PINS.read_text(encoding="utf-8"))
    return {name.lower(): (version, digest) for name, version, digest in found}


def make(folder: Path = FOLDER) -> Path:
    """Bring a folder of wheels and instruction up to date and return it; quick when all wheels are there."""
    wanted = sorted(digest for _, digest in pins().values())
    if sorted(map(_digest, folder.glob("*.whl"))) != wanted:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".wheels-", dir=folder.parent) as scratch:
            _fetch(Path(scratch, "new"))
            shutil.rmtree(folder, ignore_errors=True)
            Path(scratch, "new").replace(folder)
    wheels = sorted(folder.glob("*.whl"))
    _check(wheels)
    # What Notepad shows rightly on every Windows.
    (folder / INSTRUCTION).write_text(instruction(wheels), encoding="utf-8-sig", newline="\r\n")
    return folder


def instruction(wheels: Iterable[Path]) -> str:
    """Return the page for the office: what to do, in the words of the plug-in, and what lies there."""
    steps = dependencies.instruction(dependencies.REQUIREMENTS)
    listed = "\n".join(f"    {wheel.name}" for wheel in wheels)
    return (
        "卫片执法插件：离线补装运行组件（安装说明）\n\n"
        "官方安装包装的 QGIS 一般不缺组件，不必补装。只有插件提示“缺少运行组件”时才照下面做；\n"
        "缺哪些，插件的“关于/环境检查”里有。已经装好的组件不会被改动。\n\n"
        f"{steps}\n"
        f"本文件夹里的组件（64 位 Windows、Python 3.12）：\n{listed}\n"
    )


def _fetch(folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    options = ["--only-binary=:all:", "--require-hashes", *PLATFORM, "-r", str(PINS), "-d", str(folder)]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise WheelhouseError(f"pip could not fetch the wheels: {done.stderr.strip()}")


def _check(wheels: list[Path]) -> None:
    wrong = [wheel.name for wheel in wheels if not _FITS.search(wheel.name)]
    if wrong:
        raise WheelhouseError(f"not for Python 3.12 on 64-bit Windows: {', '.join(wrong)}")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(arguments: list[str]) -> int:
    """Make the folder that the command line names."""
    try:
        folder = make(Path(arguments[0]) if arguments else FOLDER)
    except (WheelhouseError, OSError) as error:
        print(f"wheelhouse.py: {error}", file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(f"{folder}: {len(list(folder.glob('*.whl')))} wheels, {size / 1e6:.0f} MB, {INSTRUCTION}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
