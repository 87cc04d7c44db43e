"""The report of a returned workbook: every cell that differs, ours at export, ours now, theirs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from weipian_plugin.domain.days import minute_of
from weipian_plugin.domain.feedback import Severity
from weipian_plugin.exchange.feedback_compare import AreaGap, Difference, Unmatched
from weipian_plugin.exchange.pages import Cell, Look, page, paragraph, section, table, write_page
from weipian_plugin.exchange.returned_table import ReturnedComment
from weipian_plugin.store.returns import ReturnTask
from weipian_plugin.workflow.feedback_plan import PatchPlan
from weipian_plugin.workflow.feedback_run import FeedbackRun

_CELL_HEAD = ("图斑编号", "列", "导出时", "现在", "对方", "位置", "说明")
_CELL_WIDTHS = (19, 9, 16, 16, 15, 11, 14)
_TASK_HEAD = ("图斑编号", "退回原因", "归类", "办理阶段")
_TASK_WIDTHS = (19, 41, 18, 22)
_AREA_HEAD = ("图斑编号", "列", "本方（亩）", "对方（亩）", "程度", "位置")
_AREA_WIDTHS = (19, 21, 12, 12, 10, 26)
_ROW_HEAD = ("位置", "内容", "为什么没有采用")
_ROW_WIDTHS = (20, 40, 40)
_SEVERITY_LOOKS = {
    Severity.REMINDER: Look.QUIET,
    Severity.WARNING: Look.DOUBTFUL,
    Severity.SERIOUS: Look.BAD,
}
_COMMENT_HEAD = ("位置", "图斑编号", "内容")
_COMMENT_WIDTHS = (20, 19, 61)
_SOURCE_WIDTHS = (17, 83)
_UNKNOWN = "不详"


def write_feedback_report(path: Path, run: FeedbackRun) -> None:
    """Write the page; raise WeipianError when that fails."""
    done = "已应用" if run.applied else "可以应用（本次只核对，没有改动工作库）"
    parts = [
        paragraph(_verdict(run, done), Look.VERDICT),
        *(paragraph(text, Look.DOUBTFUL) for text in run.warnings),
        section("来源", table(("项目", "内容"), _source(run), widths=_SOURCE_WIDTHS)),
        section("冲突：没有采用，请逐条处理", _cells(plan.conflicts for plan in run.plans)),
        section("没有认出图斑的行：没有采用", table(_ROW_HEAD, map(_row, run.unmatched), widths=_ROW_WIDTHS)),
        section("退回待办", table(_TASK_HEAD, _tasks(run), widths=_TASK_WIDTHS)),
        section(f"改动：{done}", _cells(plan.applied for plan in run.plans)),
        section(
            "面积差异：面积一律以套合结果为准，没有采用",
            table(_AREA_HEAD, map(_area, run.areas), widths=_AREA_WIDTHS),
        ),
        section("其他不同之处：没有采用", _cells(plan.notices for plan in run.plans)),
        section(
            "批注、文本框、图片、表外的话：请人工处理",
            table(_COMMENT_HEAD, map(_comment, run.book.comments), widths=_COMMENT_WIDTHS),
        ),
    ]
    write_page(path, page("反馈表核对报告", *parts))


def _verdict(run: FeedbackRun, done: str) -> str:
    tasks = sum(len(plan.tasks) for plan in run.plans)
    passed = sum(plan.passed for plan in run.plans)
    return (
        f"涉及{run.patches}个图斑，审核通过{passed}个；"
        f"改动{run.changed}处（其中退回待办{tasks}条），{done}；"
        f"冲突{run.conflicts}处，面积差异{len(run.areas)}处，没有认出图斑的{len(run.unmatched)}行。"
    )


def _source(run: FeedbackRun) -> list[tuple[str, str]]:
    book = run.book
    rows = [
        ("工作簿", str(book.path)),
        ("来自", run.sender),
        ("读的工作表", "、".join(book.read_sheets)),
        ("读的行", f"{run.matched_rows + len(run.unmatched)}行，其中{run.matched_rows}行认出图斑"),
    ]
    if book.exported is not None:
        rows.append(("导出时间", minute_of(book.exported.head.exported_at)))
    if book.other_sheets:
        rows.append(("没有读的工作表", "、".join(book.other_sheets)))
    if book.other_columns:
        rows.append(("没有读的列", "、".join(book.other_columns)))
    return rows


def _cells(parts: Iterable[Iterable[Difference]]) -> str:
    return table(_CELL_HEAD, (_difference(one) for part in parts for one in part), widths=_CELL_WIDTHS)


def _difference(one: Difference) -> tuple[str, ...]:
    base = _UNKNOWN if one.base is None else one.base or "（空）"
    said = one.said or one.verdict.value
    return one.patch_no, one.title, base, one.now or "（空）", one.theirs or "（空）", one.place, said


def _tasks(run: FeedbackRun) -> Iterable[tuple[str, ...]]:
    return (_task(task, plan) for plan in run.plans for task in plan.tasks)


def _task(task: ReturnTask, plan: PatchPlan) -> tuple[str, ...]:
    return task.patch_no, task.reason, task.category or "（没有归类）", plan.stage_said


def _area(gap: AreaGap) -> tuple[str | Cell, ...]:
    grave = Cell(gap.severity.value, _SEVERITY_LOOKS[gap.severity])
    return gap.patch_no, gap.title, gap.now, gap.theirs, grave, gap.place


def _row(row: Unmatched) -> tuple[str, ...]:
    return row.place, row.shown, row.why


def _comment(comment: ReturnedComment) -> tuple[str, ...]:
    return comment.place, comment.patch_no, comment.text
