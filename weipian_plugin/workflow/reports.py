"""Where the HTML reports go: into folders beside the file that was written to."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.paths import PACKAGE
from weipian_plugin.text_files import name_from

FOLDER = "导入报告"
DRY = "_预检"
"""Ends the name of a report about a run that wrote nothing else."""
CASEWORK_FOLDER = "处理报告"
"""For the reports of everything that is no import."""


def report_path(beside: Path, subject: str, name: str = FOLDER) -> Path:
    """Return a fresh path for a report about `subject`; its folder, called `name`, is made.

    Raises WeipianError when the folder cannot be made.
    """
    parent = beside.resolve().parent
    # Nothing is written into the plug-in itself: an update would delete it, and the zip is checked for it.
    folder = (Path(tempfile.gettempdir()) if parent.is_relative_to(PACKAGE) else parent) / name
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise WeipianError(f"建不了报告文件夹“{folder}”，请检查权限，或指定报告的位置。") from error
    stem = f"{datetime.now():%Y%m%d_%H%M%S}_{name_from(subject)}"
    path = folder / f"{stem}.html"
    number = 2
    while path.exists():
        path = folder / f"{stem}_{number}.html"
        number += 1
    return path


@contextmanager
def kept_if_done(report: Path) -> Iterator[None]:
    """Take the report back when the block does not end well: to the earlier one, else to none.

    A folder of ours that is empty then goes too.
    """
    earlier = report.read_bytes() if report.is_file() else None
    try:
        yield
    except BaseException:
        with suppress(OSError):
            _take_back(report, earlier)
        raise


def _take_back(report: Path, earlier: bytes | None) -> None:
    if earlier is None:
        report.unlink(missing_ok=True)
        if report.parent.name in (FOLDER, CASEWORK_FOLDER):
            report.parent.rmdir()
    elif report.read_bytes() != earlier:
        report.write_bytes(earlier)
