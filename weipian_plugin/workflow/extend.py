"""Use case: record extensions of the term for the determination, from a table or for one patch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.table_input import InputRow, InputTable, read_table
from weipian_plugin.exchange.table_layout import TableLayout
from weipian_plugin.paths import plan_file
from weipian_plugin.store import extensions, stages
from weipian_plugin.store.extensions import Extension
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.reports import kept_if_done
from weipian_plugin.workflow.row_outcomes import RowOutcome, RowRefused, day_or, require_patch
from weipian_plugin.workflow.row_report import write_row_report

_LONGEST_DAYS = 366
_SAME = "与已记录的一致，没有重复记录。"


@dataclass(frozen=True)
class ExtensionSource:
    """Where the extensions stand: in a table, or in `single`, one row under the keys of the table."""

    report: Path
    table: Path | None = None
    single: Mapping[str, str] | None = None


@dataclass(frozen=True)
class ExtensionRun:
    """What became of the rows."""

    outcomes: tuple[RowOutcome, ...]
    recorded: int
    """How many extensions were newly recorded."""

    @property
    def rejected(self) -> int:
        """How many rows were refused."""
        return sum(not outcome.recorded for outcome in self.outcomes)


def extend(workspace: Path, source: ExtensionSource, actor: str, progress: Progress) -> ExtensionRun:
    """Record every extension that can stand; refuse the others, each with its reason; one transaction.

    Granted days add up; the same grant given again is recorded once. Raises WeipianError when the table
    cannot be read.
    """
    work = Workspace.open(workspace)
    read = _read(source)
    progress.report(0.3, "写入工作库")
    with kept_if_done(source.report), work.writing(actor, "延长判定期限", progress) as change:
        numbers = [row["patch_no"] for row in read.rows]
        known = stages.standings(change.connection, numbers)
        received = {number: held.received_on for number, held in known.items()}
        recorded = {item.identity for item in extensions.held(change.connection, numbers)}
        outcomes, new = _take_all(read.rows, received, recorded)
        extensions.insert(change, new)
        progress.check()
        write_row_report(source.report, "判定期限延长记录报告", read, outcomes, actor)
    progress.finish()
    return ExtensionRun(tuple(outcomes), len(new))


def _read(source: ExtensionSource) -> InputTable:
    if (source.table is None) == (source.single is None):
        raise WeipianError("请只填一样：要么选延长表，要么填写一个图斑的编号、天数、批准人和理由。")
    layout = TableLayout.parse(plan_file("casework_tables.yaml").read_text(encoding="utf-8"), "extend")
    if source.table is not None:
        return read_table(source.table, layout)
    given = source.single or {}
    values = {column.key: given.get(column.key, "").strip() for column in layout.columns}
    return InputTable(Path("（直接填写）"), "", (InputRow(1, values),), ())


def _take_all(
    rows: Sequence[InputRow], received: Mapping[str, str], recorded: set[tuple[str, int, str, str]]
) -> tuple[list[RowOutcome], list[Extension]]:
    outcomes, new = [], []
    for row in rows:
        what = f"延长{row['days']}日，{row['approved_by']}批准"
        try:
            extension = _extension(row, received)
        except RowRefused as refused:
            outcomes.append(RowOutcome(row.line, row["patch_no"], what, False, str(refused)))
            continue
        is_new = extension.identity not in recorded
        if is_new:
            recorded.add(extension.identity)
            new.append(extension)
        said = "已记录。" if is_new else _SAME
        outcomes.append(RowOutcome(row.line, extension.patch_no, what, True, said))
    return outcomes, new


def _extension(row: InputRow, received: Mapping[str, str]) -> Extension:
    require_patch(row["patch_no"], received)
    days = row["days"].removesuffix("天").removesuffix("日").strip()
    if not (days.isascii() and days.isdigit() and 1 <= int(days) <= _LONGEST_DAYS):
        raise RowRefused(f"延长天数“{row['days']}”不对，请填1到{_LONGEST_DAYS}的整数。")
    for key, title in (("approved_by", "批准人"), ("reason", "理由")):
        if not row[key]:
            raise RowRefused(f"没有填写{title}，延期必须写明批准人和理由。")
    approved = day_or(row["approved_on"], date.today()).isoformat()
    if approved < received[row["patch_no"]][:10]:
        raise RowRefused(f"批准日期{approved}早于收到图斑的日期{received[row['patch_no']][:10]}，请核对。")
    return Extension(
        row["patch_no"], int(days), row["reason"], row["approved_by"], approved, row["document_no"]
    )
