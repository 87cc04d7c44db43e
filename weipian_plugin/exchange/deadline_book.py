"""The workbook of deadlines: queue, overdue by township and by unit, forecast, cut-offs, extensions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
from openpyxl.utils import get_column_letter

from weipian_plugin.domain.deadline_queue import TermState
from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.book import Formula
from weipian_plugin.exchange.grid_book import BookHead, write_grids
from weipian_plugin.exchange.grid_sheet import COUNT, DASH, Cell, Grid, GridColumn, first_row
from weipian_plugin.exchange.sources import Kind
from weipian_plugin.exchange.titles import NOBODY

_QUEUE = [
    GridColumn("序号", COUNT, 7),
    GridColumn("图斑编号", Kind.CODE, 28),
    GridColumn("乡镇街道", Kind.CODE, 22),
    GridColumn("查处单位", Kind.CODE, 20),
    GridColumn("办理阶段", Kind.CODE, 11),
    GridColumn("收到日期", Kind.DATE, 12),
    GridColumn("延长天数", COUNT, 9),
    GridColumn("市级审核天数", COUNT, 13),
    GridColumn("判定期限", Kind.DATE, 12),
    GridColumn("剩余天数", COUNT, 9),
    GridColumn("状态", Kind.CODE, 11),
]
_COUNTS = [
    GridColumn("图斑数", COUNT, 9),
    *[GridColumn(state.value, COUNT, 9) for state in TermState],
    GridColumn("最长逾期天数", COUNT, 13),
    GridColumn("7日内到期", COUNT, 10),
    GridColumn("15日内到期", COUNT, 11),
    GridColumn("校核", Kind.CHECK, 8, decimals=0),
]
_STATE_COUNT = len(TermState)


@dataclass(frozen=True)
class PeriodRow:
    """How a month, quarter or year stands to its cut-off."""

    kind: str
    name: str
    due: date
    received: int
    open: int
    days_left: int


@dataclass(frozen=True)
class DeadlineContent:
    """Everything on the workbook; frames as `domain.deadline_queue` makes them."""

    head: BookHead
    rules: str
    """How days are counted, in Chinese."""
    warnings: Sequence[str]
    queue: pd.DataFrame
    by_town: pd.DataFrame
    by_unit: pd.DataFrame
    forecast: pd.DataFrame
    periods: Sequence[PeriodRow]
    extensions: pd.DataFrame


def write_deadlines(path: Path, content: DeadlineContent, progress: Progress) -> None:
    """Write the workbook to `path`, whole or not at all; raise WeipianError where it cannot be written."""
    write_grids(path, content.head, _grids(content), progress)


def _grids(content: DeadlineContent) -> list[Grid]:
    return [
        _queue(content),
        _counts(content, "按乡镇", "乡镇街道", content.by_town),
        _counts(content, "按单位", "查处单位", content.by_unit),
        _forecast(content),
        _periods(content),
        _extensions(content),
    ]


def _notes(content: DeadlineContent, *more: str) -> list[str]:
    return [content.head.line, content.rules, *content.warnings, *more]


def _queue(content: DeadlineContent) -> Grid:
    columns = ("patch_no", "town", "unit", "stage", "received_on", "extended", "paused", "due_on")
    frame = content.queue.assign(
        received_on=content.queue["received_on"].dt.date, due_on=content.queue["due_on"].dt.date
    )
    for name in ("town", "unit"):
        frame[name] = frame[name].where(frame[name] != "", NOBODY)
    shown = frame[[*columns, "days_left", "state"]].astype(object)
    rows = [[number, *row] for number, row in enumerate(shown.itertuples(index=False, name=None), 1)]
    note = "按剩余天数排列：负数为逾期天数，0 为今日到期；暂停的列在最后，期限按今日退回计算。"
    return Grid("期限队列", content.head.title, _notes(content, note), _QUEUE, rows, colour="C00000")


def _counts(content: DeadlineContent, name: str, label: str, frame: pd.DataFrame) -> Grid:
    note = "“7日内”“15日内”从明天算起，按日历天数，不含逾期和今日到期的；校核＝图斑数－各状态之和，应为 0。"
    notes = _notes(content, note)
    columns = [GridColumn(label, Kind.CODE, 22), *_COUNTS]
    first = first_row(len(notes), columns)
    rows: list[list[Cell]] = []
    for number, values in enumerate(frame.itertuples(index=False, name=None)):
        label_text, *counts = values
        rows.append([label_text or NOBODY, *map(int, counts), _state_check(first + number)])
    total = _total(frame, first, first + max(len(rows), 1) - 1)
    return Grid(name, f"{content.head.title}（{name}）", notes, columns, rows, [total], colour="5B9BD5")


def _state_check(row: int) -> Formula:
    return Formula(f"=B{row}-SUM(C{row}:{get_column_letter(2 + _STATE_COUNT)}{row})", 0)


def _total(frame: pd.DataFrame, first: int, last: int) -> list[Cell]:
    """Return the total row: sums, and the longest of all for the longest."""
    cells: list[Cell] = ["合计"]
    for number, name in enumerate(frame.columns[1:], 2):
        letter = get_column_letter(number)
        function = "MAX" if name == "longest" else "SUM"
        value = frame[name].max() if name == "longest" and len(frame) else frame[name].sum()
        cells.append(Formula(f"={function}({letter}{first}:{letter}{last})", int(value)))
    return [*cells, _state_check(last + 1)]


def _forecast(content: DeadlineContent) -> Grid:
    columns = [
        GridColumn("日期", Kind.DATE, 14),
        GridColumn("第几天", COUNT, 10),
        GridColumn("当日到期", COUNT, 12),
        GridColumn("累计到期", COUNT, 12),
    ]
    note = "今后15天内到期的在办图斑，已逾期、今日到期和暂停的不在内；第7天、第15天的累计即7日、15日预警数。"
    notes = _notes(content, note)
    first = first_row(len(notes), columns)
    rows: list[list[Cell]] = []
    for number, (day, due, so_far) in enumerate(content.forecast.itertuples(index=False, name=None)):
        running = Formula(f"=SUM(C${first}:C{first + number})", int(so_far))
        rows.append([day, number + 1, int(due), running])
    return Grid("到期预测", f"{content.head.title}（到期预测）", notes, columns, rows, colour="FFC000")


def _periods(content: DeadlineContent) -> Grid:
    columns = [
        GridColumn("项目", Kind.CODE, 14),
        GridColumn("时段", Kind.CODE, 20),
        GridColumn("截止日期", Kind.DATE, 14),
        GridColumn("收到图斑", COUNT, 11),
        GridColumn("尚未判定", COUNT, 11),
        GridColumn("剩余天数", COUNT, 11),
    ]
    rows: list[list[Cell]] = [
        [row.kind, row.name, row.due, row.received, row.open, _left(row)] for row in content.periods
    ]
    overdue = [n for n, row in enumerate(content.periods) if row.open and row.days_left < 0]
    note = "截止日期取自方案文件的 cycle 一节；其中月清、季核、年度评估为非文件规定。"
    note += "标红的已过截止日，仍有图斑未判定。"
    notes = _notes(content, note)
    title = f"{content.head.title}（月清季核年度）"
    return Grid("月清季核年度", title, notes, columns, rows, colour="70AD47", red_rows=overdue)


def _left(row: PeriodRow) -> Cell:
    """Return the days left; — where a cut-off is over and nothing is open: nobody is late."""
    return row.days_left if row.open or row.days_left >= 0 else DASH


def _extensions(content: DeadlineContent) -> Grid:
    columns = [
        GridColumn("图斑编号", Kind.CODE, 24),
        GridColumn("延长天数", COUNT, 10),
        GridColumn("批准人", Kind.CODE, 12),
        GridColumn("批准日期", Kind.CODE, 12),
        GridColumn("理由", Kind.TEXT, 44),
        GridColumn("文号", Kind.CODE, 19),
        GridColumn("记录人", Kind.CODE, 12),
        GridColumn("撤销日期", Kind.CODE, 12),
        GridColumn("批准撤销", Kind.CODE, 12),
        GridColumn("撤销理由", Kind.TEXT, 36),
    ]
    names = ["patch_no", "days", "approved_by", "approved_on", "reason", "document_no", "recorded_by"]
    names += ["withdrawn_on", "withdrawn_by", "withdrawn_because"]
    rows = [list(row) for row in content.extensions[names].itertuples(index=False, name=None)]
    note = "已撤销的延期从撤销日期起不再计算。"
    title = f"{content.head.title}（延期记录）"
    return Grid("延期记录", title, _notes(content, note), columns, rows, colour="7F7F7F")
