"""Make the pictures of docs/使用手册.md: the tour through the month in a real QGIS window (`make docs`)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts import build, headless
from scripts.manual_pictures import put_pictures

PICTURES = build.ROOT / "docs" / "手册图"
SCREEN = "-screen 0 1366x768x24 -dpi 96"
TOUR = Path(__file__).with_name("tour.py")
MINUTES = 15


class TourFailed(Exception):
    """The tour did not come to its end; the message says what QGIS said."""


def tour(folder: Path, own: Mapping[str, str] = os.environ, through: Sequence[str] = ()) -> dict[str, Any]:
    """Go on the tour with the zip installed, in a fresh profile; return what `tour.json` says.

    Pictures and data go into `folder`; QGIS is started through the command `through`, if any. Raises
    TourFailed when any step fails.
    """
    with headless.private_profile() as profile:
        _install(profile)
        environment = headless.environment(profile, own) | {
            "QT_QPA_PLATFORM": "xcb",
            "WEIPIAN_TOUR": str(folder),
        }
        # The installed zip, not the folder that it was made of.
        environment.pop("QGIS_PLUGINPATH")
        # Last, so that the tour finds its helpers and QGIS the installed plug-in.
        environment["PYTHONPATH"] += os.pathsep + str(build.ROOT)
        qgis = ["qgis", "--nologo", "--noversioncheck", "--lang", "zh-Hans", "--profiles-path", str(profile)]
        command = [*through, "xvfb-run", "-a", "-s", SCREEN, *qgis, "--code", str(TOUR)]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=MINUTES * 60, check=False
        )
    answer = folder / "tour.json"
    if not answer.exists():
        raise TourFailed(done.stdout + done.stderr)
    seen: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    if "error" in seen:
        raise TourFailed(seen["error"])
    return seen


def _install(profile: Path) -> None:
    """Unpack the zip where QGIS keeps the plug-ins that a person installed."""
    plugins = profile / "profiles" / "default" / "python" / "plugins"
    plugins.mkdir(parents=True)
    with zipfile.ZipFile(build.package()) as archive:
        archive.extractall(plugins)


def main() -> int:
    """Go on the tour and put its pictures into the manual."""
    # Shown in some pictures, so always the same.
    folder = Path(tempfile.gettempdir(), "卫片执法手册")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        seen = tour(folder)
        changed = put_pictures([folder / name for name in seen["pictures"]], PICTURES)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    size = sum(path.stat().st_size for path in PICTURES.iterdir())
    print(f"{len(seen['pictures'])} pictures, {size:,} bytes, in {PICTURES}")
    print(f"new or changed: {'、'.join(changed) or 'none'}; seconds of each step: {seen['seconds']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
