"""The holiday table that counts: the office's own beside the workspace, else the shipped one."""

from __future__ import annotations

from pathlib import Path

from weipian_plugin.domain.holidays import Holidays
from weipian_plugin.paths import plan_file
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.text_files import read_text

OWN_TABLE = "节假日.yaml"
"""A copy of the shipped table, edited by the office, in the folder of the workspace: it counts as a whole.

An update of the plug-in replaces the shipped table, never this one.
"""


def holidays_file(work: Workspace) -> Path:
    """Return the file of the table that counts."""
    own = work.path.resolve().parent / OWN_TABLE
    return own if own.exists() else plan_file("holidays.yaml")


def holidays_of(work: Workspace) -> Holidays:
    """Return the table that counts; raise WeipianError when it cannot be read."""
    return Holidays.parse(read_holidays(holidays_file(work)))


def read_holidays(path: Path) -> str:
    """Return the text of a table; raise WeipianError when it cannot be read."""
    return read_text(path, "节假日表")
