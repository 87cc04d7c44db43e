"""Filled-in tables, row by row: what every use case that reads one shares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from weipian_plugin.domain.days import day_of
from weipian_plugin.exchange.table_input import InputTable, lost_digits
from weipian_plugin.exchange.table_layout import TableLayout
from weipian_plugin.paths import plan_file

TAKE_BACK = "撤销"


class RowRefused(Exception):
    """A row cannot be recorded; the message is Chinese: why, and what to do."""


@dataclass(frozen=True)
class RowOutcome:
    """What became of one row of the table."""

    line: int
    patch_no: str
    what: str
    """Chinese: what the row asks for, in short."""
    recorded: bool
    """Recorded, or already recorded just so."""
    said: str
    """Chinese: what was recorded, or why not."""
    unchanged: bool = False
    """Whether it was recorded just so before, and nothing was written."""


@dataclass(frozen=True)
class TableSource:
    """A filled-in table to record."""

    table: Path
    person: str
    """Who answers for its rows: who judged, decided, found out."""
    report: Path
    """Where the row-by-row report goes."""


@dataclass(frozen=True)
class TableRun:
    """What a table brought."""

    table: InputTable
    outcomes: tuple[RowOutcome, ...]

    @property
    def recorded(self) -> int:
        """How many rows were recorded, or are as recorded before."""
        return sum(outcome.recorded for outcome in self.outcomes)

    @property
    def rejected(self) -> int:
        """How many rows were refused."""
        return len(self.outcomes) - self.recorded


def input_layout(name: str) -> TableLayout:
    """Return the columns and words of one of the tables that the office fills in."""
    return TableLayout.parse(plan_file("input_tables.yaml").read_text(encoding="utf-8"), name)


def require_patch(number: str, known: Iterable[str]) -> None:
    """Raise RowRefused for a patch number that is missing, damaged or not in the workspace."""
    if not number:
        raise RowRefused("没有填写图斑编号。")
    if number in known:
        return
    if lost_digits(number):
        raise RowRefused(
            f"图斑编号“{number}”被表格软件当成数字存了，末几位已丢失；请把该列设为文本格式后重新填写。"
        )
    raise RowRefused(f"工作库里没有图斑“{number}”，请核对图斑编号。")


def takes_back(operation: str, layout: TableLayout) -> bool:
    """Return whether a row takes back what is recorded; raise RowRefused for a word that says neither."""
    word = layout.word("operation", operation) if operation else ""
    if operation and not word:
        raise RowRefused(f"操作“{operation}”看不懂，请写“登记”或“撤销”，登记也可以不填。")
    return word == TAKE_BACK


def day_or(text: str, today: date) -> date:
    """Return the day that a cell names, today for an empty one; raise RowRefused for none or a later one."""
    if not text:
        return today
    day = day_of(text)
    if day is None:
        raise RowRefused(f"日期“{text}”看不懂，请写成 2021-10-20 的样子。")
    if day > today:
        raise RowRefused(f"日期“{text}”晚于今天（{today.isoformat()}），请核对。")
    return day
