"""Use case: see the holiday table that counts, and change it for the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from weipian_plugin.domain.holiday_years import YearArrangement, format_years, parse_years
from weipian_plugin.domain.people import person_name
from weipian_plugin.store import settings
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.text_files import write_text
from weipian_plugin.workflow.holidays import OWN_TABLE, holidays_file, read_holidays

HOLIDAY_SETTING = "holiday_table"
"""Setting that names the office's table with its digest, so that the history tells who changed it when."""


@dataclass(frozen=True)
class HolidayTable:
    """The table that counts."""

    file: Path
    is_own: bool
    """Whether it is the office's own file beside the workspace, not the one that comes with the plug-in."""
    years: tuple[YearArrangement, ...]


def read_holiday_table(workspace: Path) -> HolidayTable:
    """Return the table that counts for a workspace; raise WeipianError when it cannot be read."""
    work = Workspace.open(workspace)
    file = holidays_file(work)
    return HolidayTable(file, file.name == OWN_TABLE, parse_years(read_holidays(file)))


def save_holiday_table(workspace: Path, years: Sequence[YearArrangement], actor: str) -> HolidayTable:
    """Write the office's own table beside the workspace, and note it in the history.

    From then on it counts as a whole, for every workspace in that folder. Raises WeipianError for a table
    that is not sound or cannot be written; then nothing is changed.
    """
    person_name(actor, "经办人")
    work = Workspace.open(workspace)
    text = format_years(years)
    target = work.path.resolve().parent / OWN_TABLE
    with work.writing(actor, "修改节假日表") as change:
        settings.put(change, {HOLIDAY_SETTING: f"{OWN_TABLE} {sha256(text.encode()).hexdigest()}"})
        write_text(target, text, "节假日表")
    return HolidayTable(target, True, tuple(years))
