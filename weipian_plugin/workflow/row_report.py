"""The report of a table of decisions: what was recorded, what was refused and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from weipian_plugin.exchange.pages import Cell, Look, page, paragraph, section, table, write_page
from weipian_plugin.exchange.table_input import InputTable
from weipian_plugin.workflow.row_outcomes import RowOutcome

_HEAD = ("行", "图斑编号", "内容", "结果", "说明")


def write_row_report(
    path: Path,
    title: str,
    read: InputTable,
    outcomes: Iterable[RowOutcome],
    person: str,
    facts: Sequence[tuple[str, str]] = (),
) -> None:
    """Write row by row what became of a table that a person filled in; refused rows first.

    `facts` are further lines (item, text) on what the rows were read against.
    """
    done = list(outcomes)
    refused = [outcome for outcome in done if not outcome.recorded]
    same = sum(outcome.unchanged for outcome in done)
    unchanged = f"未变{same}行，" if same else ""
    recorded = len(done) - len(refused) - same
    verdict = f"共{len(done)}行：记录{recorded}行，{unchanged}退回{len(refused)}行。"
    source = [("表格", str(read.path)), ("工作表", read.sheet or "—"), ("填写人", person), *facts]
    if read.ignored:
        source.append(("没有读的列", "、".join(read.ignored)))
    parts = [
        paragraph(verdict, Look.VERDICT),
        section("来源", table(("项目", "内容"), source)),
        section("退回的行", table(_HEAD, map(_row, refused), "没有。")),
        section("记录的行", table(_HEAD, (_row(item) for item in done if item.recorded), "没有。")),
    ]
    write_page(path, page(title, *parts))


def _row(outcome: RowOutcome) -> tuple[str | Cell, ...]:
    result = Cell("已记录", Look.GOOD) if outcome.recorded else Cell("退回", Look.BAD)
    if outcome.unchanged:
        result = Cell("未变", Look.QUIET)
    return str(outcome.line), outcome.patch_no, outcome.what, result, outcome.said
