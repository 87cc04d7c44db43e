"""Where the HTML reports of imports go: into one folder beside the file that was written to."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

FOLDER = "导入报告"
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def report_path(beside: Path, subject: str) -> Path:
    """Return a fresh path for a report about `subject`; its folder is made."""
    folder = beside.resolve().parent / FOLDER
    folder.mkdir(exist_ok=True)
    stem = f"{datetime.now():%Y%m%d_%H%M%S}_{_UNSAFE.sub('_', subject).strip(' ._')[:60]}"
    path = folder / f"{stem}.html"
    number = 2
    while path.exists():
        path = folder / f"{stem}_{number}.html"
        number += 1
    return path
