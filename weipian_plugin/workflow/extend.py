"""Use case: extend the term for the determination, or take that back, from a table or for one patch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.table_input import InputRow, InputTable, read_table
from weipian_plugin.exchange.table_layout import TableLayout
from weipian_plugin.store import extensions, stages
from weipian_plugin.store.change import Change
from weipian_plugin.store.extensions import Extension, Identity, Withdrawal
from weipian_plugin.store.stages import Standing
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.reports import kept_if_done
from weipian_plugin.workflow.row_outcomes import (
    TAKE_BACK,
    RowOutcome,
    RowRefused,
    day_or,
    input_layout,
    require_patch,
    takes_back,
)
from weipian_plugin.workflow.row_report import write_row_report

_LONGEST_DAYS = 366
_RECORDED, _WITHDRAWN, _SAME = "已记录。", "已撤销，这些天数不再计算。", "与已记录的一致，没有重复记录。"


@dataclass(frozen=True)
class ExtensionSource:
    """Where the extensions stand: in a table, or in `single`, one row under the keys of the table."""

    report: Path
    table: Path | None = None
    single: Mapping[str, str] | None = None


@dataclass(frozen=True)
class _Desk:
    """What rows are held against, and what comes of them."""

    layout: TableLayout
    known: Mapping[str, Standing]
    held: dict[Identity, tuple[Extension, Withdrawal | None]]
    today: date
    granted: list[Extension] = field(default_factory=list)
    withdrawn: list[Withdrawal] = field(default_factory=list)


@dataclass(frozen=True)
class ExtensionRun:
    """What became of the rows."""

    outcomes: tuple[RowOutcome, ...]
    recorded: int
    """How many extensions and withdrawals were newly recorded."""

    @property
    def rejected(self) -> int:
        """How many rows were refused."""
        return sum(not outcome.recorded for outcome in self.outcomes)


def extend(workspace: Path, source: ExtensionSource, actor: str, progress: Progress) -> ExtensionRun:
    """Record every extension and withdrawal that can stand; refuse the others, each with its reason.

    Rows are taken in their order, all in one transaction. Granted days add up; the same grant, or the same
    withdrawal, given again is recorded once. Raises WeipianError when the table cannot be read.
    """
    work = Workspace.open(workspace)
    layout = input_layout("extend")
    read = _read(source, layout)
    progress.report(0.3, "写入工作库")
    with kept_if_done(source.report), work.writing(actor, "延长判定期限", progress) as change:
        desk = _desk(change, [row["patch_no"] for row in read.rows], layout)
        outcomes = [_take(row, desk) for row in read.rows]
        extensions.insert(change, desk.granted)
        extensions.withdraw(change, desk.withdrawn)
        progress.check()
        write_row_report(source.report, "判定期限延长记录报告", read, outcomes, actor)
    progress.finish()
    return ExtensionRun(tuple(outcomes), len(desk.granted) + len(desk.withdrawn))


def _read(source: ExtensionSource, layout: TableLayout) -> InputTable:
    if (source.table is None) == (source.single is None):
        raise WeipianError("请只填一样：要么选延长表，要么填写一个图斑的编号、天数、批准人和理由。")
    if source.table is not None:
        return read_table(source.table, layout)
    given = source.single or {}
    values = {column.key: given.get(column.key, "").strip() for column in layout.columns}
    return InputTable(Path("（直接填写）"), "", (InputRow(1, values),), ())


def _desk(change: Change, numbers: Sequence[str], layout: TableLayout) -> _Desk:
    known = stages.standings(change.connection, numbers)
    held = extensions.held(change.connection, numbers)
    return _Desk(layout, known, held, date.today())


def _take(row: InputRow, desk: _Desk) -> RowOutcome:
    """Take one row in; return what became of it."""
    is_back = False
    try:
        is_back = takes_back(row["operation"], desk.layout)
        is_new = _withdraw(row, desk) if is_back else _grant(row, desk)
    except RowRefused as refused:
        return RowOutcome(row.line, row["patch_no"], _what(row, is_back), False, str(refused))
    said = (_WITHDRAWN if is_back else _RECORDED) if is_new else _SAME
    return RowOutcome(row.line, row["patch_no"], _what(row, is_back), True, said, unchanged=not is_new)


def _what(row: InputRow, is_back: bool) -> str:
    return f"{TAKE_BACK if is_back else ''}延长{row['days']}日，{row['approved_by']}批准"


def _grant(row: InputRow, desk: _Desk) -> bool:
    """Take a grant in; return whether it is a new one."""
    extension = _extension(row, desk)
    known, back = desk.held.get(extension.identity, (None, None))
    if back is not None:
        raise RowRefused(
            f"这一延期已于{back.withdrawn_on}撤销（{back.reason}），没有再记；重新批准的，请写新的批准日期或文号。"
        )
    if known is not None:
        return False
    desk.granted.append(extension)
    desk.held[extension.identity] = extension, None
    return True


def _withdraw(row: InputRow, desk: _Desk) -> bool:
    """Take a withdrawal in; return whether it is a new one."""
    require_patch(row["patch_no"], desk.known)
    extension, known = _meant(row, desk)
    for key, title in (("approved_by", "批准人"), ("reason", "理由")):
        if not row[key]:
            raise RowRefused(f"没有填写{title}，撤销延期必须写明由谁批准撤销和理由。")
    if known is not None:
        return False
    day = day_or(row["withdrawn_on"], desk.today).isoformat()
    if day < extension.approved_on:
        raise RowRefused(f"撤销日期{day}早于批准延期的日期{extension.approved_on}，请核对。")
    back = Withdrawal(extension, row["reason"], row["approved_by"], day)
    desk.withdrawn.append(back)
    desk.held[extension.identity] = extension, back
    return True


def _meant(row: InputRow, desk: _Desk) -> tuple[Extension, Withdrawal | None]:
    """Return the extension that a row takes back; a cell left blank fits any, standing ones go first."""
    days = _days(row["days"])
    approved = day_or(row["approved_on"], desk.today).isoformat() if row["approved_on"] else ""
    fitting = [
        (extension, back)
        for extension, back in desk.held.values()
        if (extension.patch_no, extension.days) == (row["patch_no"], days)
        and approved in ("", extension.approved_on)
        and row["document_no"] in ("", extension.document_no)
    ]
    fitting = [pair for pair in fitting if pair[1] is None] or fitting
    if not fitting:
        raise RowRefused("没有与这一行相符的延期记录，无从撤销；图斑编号、延长天数、批准日期、文号都要一致。")
    if len(fitting) > 1:
        raise RowRefused("与这一行相符的延期不止一次，请写明批准日期和文号。")
    return fitting[0]


def _extension(row: InputRow, desk: _Desk) -> Extension:
    number = row["patch_no"]
    require_patch(number, desk.known)
    if desk.known[number].is_split:
        raise RowRefused(f"图斑“{number}”已拆分，请对它的子图斑延期；拆分前批准的延期子图斑照样有效。")
    days, received = _days(row["days"]), desk.known[number].received_on[:10]
    for key, title in (("approved_by", "批准人"), ("reason", "理由")):
        if not row[key]:
            raise RowRefused(f"没有填写{title}，延期必须写明批准人和理由。")
    approved = day_or(row["approved_on"], desk.today).isoformat()
    if approved < received:
        raise RowRefused(f"批准日期{approved}早于收到图斑的日期{received}，请核对。")
    return Extension(number, days, row["reason"], row["approved_by"], approved, row["document_no"])


def _days(text: str) -> int:
    days = text.removesuffix("天").removesuffix("日").strip()
    if not (days.isascii() and days.isdigit() and 1 <= int(days) <= _LONGEST_DAYS):
        raise RowRefused(f"延长天数“{text}”不对，请填1到{_LONGEST_DAYS}的整数。")
    return int(days)
