"""Programs that some tests call, apart from what the plug-in is tested with: each set in its own place."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

from scripts import build


@cache
def programs(name: str) -> Path:
    """Return the folder of the programs of tests/NAME/requirements.txt, which the first call installs."""
    subprocess.run([str(build.ROOT / "scripts" / "setup.sh"), name], check=True)
    return build.ROOT / "build" / "environments" / name / "bin"
