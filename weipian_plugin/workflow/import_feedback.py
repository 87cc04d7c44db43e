"""Use case: take a workbook back that the city audited, or that a unit filled in."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pandas as pd

from weipian_plugin.domain.categories import Dictionary
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.split import root_number
from weipian_plugin.domain.stages import DETERMINE, OPEN, Stage
from weipian_plugin.exchange.content import Casework
from weipian_plugin.exchange.export_record import CITY, DISPATCH, Exported
from weipian_plugin.exchange.feedback_compare import Comparison, compare
from weipian_plugin.exchange.feedback_layout import FeedbackLayout
from weipian_plugin.exchange.patch_match import PatchIndex
from weipian_plugin.exchange.records import PatchRecord, build_records
from weipian_plugin.exchange.returned_table import ReturnedBook, read_returned
from weipian_plugin.giving_way import free_row_by_row
from weipian_plugin.paths import plan_file
from weipian_plugin.store import determinations, facts, history, notes, returns, stages
from weipian_plugin.store.change import Change
from weipian_plugin.store.stages import Move
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.casework_content import casework_of
from weipian_plugin.workflow.categories import dictionary_of
from weipian_plugin.workflow.collecting import collecting_later
from weipian_plugin.workflow.feedback_choices import Choices, choose
from weipian_plugin.workflow.feedback_plan import CITY_NAME, Desk, PatchPlan, make_plans
from weipian_plugin.workflow.feedback_report import write_feedback_report
from weipian_plugin.workflow.feedback_run import FeedbackRun
from weipian_plugin.workflow.feedback_values import Held, hold
from weipian_plugin.workflow.judging import determination_row
from weipian_plugin.workflow.ledger_content import recorded_content
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.reports import kept_if_done
from weipian_plugin.workflow.return_tasks import return_reasons

UNNAMED_UNIT = "填报单位"
_ASKED_OF_UNITS = frozenset({"opinion", "field_check", "checked_by"})
_NO_EXPORT = (
    "工作簿里没有导出时的记录（隐藏的“_导出”表），不知道导出时的值："
    "本方已有的内容一律不覆盖，不同的列为冲突。"
)
_FOREIGN_EXPORT = "工作簿是从另一个工作库导出的，请核对是否选错；已按图斑编号核对，导出时的值不作依据。"


@dataclass(frozen=True)
class FeedbackSource:
    """A returned workbook."""

    table: Path
    report: Path
    apply: bool = False
    """False: only the report is written."""
    choices: Choices = field(default_factory=dict)
    """What the person decided about single cells and returns."""


@dataclass(frozen=True)
class _Ours:
    """What the workspace held when it was read."""

    head: str
    """Of the history, before anything else was read."""
    records: list[PatchRecord]
    casework: dict[str, Casework]
    index: PatchIndex


@dataclass(frozen=True)
class _Job:
    """A returned workbook and all that it is read with."""

    book: ReturnedBook
    ours: _Ours
    exported: Exported | None
    desk: Desk
    warnings: tuple[str, ...]
    choices: Choices


def import_feedback(workspace: Path, source: FeedbackSource, actor: str, progress: Progress) -> FeedbackRun:
    """Compare a returned workbook with what went out and what stands; apply what is free of conflict.

    Numbers, shapes, areas and duties never change. All changes are one transaction, and a copy of the
    workspace before it is kept; without `apply`, or where there is nothing to change, nothing is written
    but the report. Raises WeipianError for a file that is no workbook of patches.
    """
    with collecting_later():
        run = _import_feedback(Workspace.open(workspace), source, actor, progress)
        rows = [*run.book.rows, *run.book.headless]
        run = replace(run, book=replace(run.book, rows=(), headless=()))
        free_row_by_row(rows)
        return run


def _import_feedback(work: Workspace, source: FeedbackSource, actor: str, progress: Progress) -> FeedbackRun:
    progress.report(0, "读取反馈表")
    job = _prepare(work, source, actor, progress.part(0, 0.7))
    with work.reading() as connection:
        run = _compared(job, connection, job.ours.casework)
    with kept_if_done(source.report):
        if source.apply and run.changed:
            progress.report(0.8, "写入工作库")
            with work.writing(actor, f"导入{_what(job.desk)}", progress, keep_copy=True) as change:
                if history.head(change.connection) != job.ours.head:  # somebody else wrote meanwhile
                    run = _compared(job, change.connection, casework_of(work))
                run = replace(run, applied=True)
                _apply(change, run.plans, job)
                write_feedback_report(source.report, run)
                progress.check()
        else:
            run = replace(run, applied=source.apply)
            write_feedback_report(source.report, run)
    progress.finish()
    for large in (job.ours.records, job.ours.casework, job.exported.values if job.exported else {}):
        free_row_by_row(large)
    return run


def _what(desk: Desk) -> str:
    return f"{desk.source}填报表" if desk.is_dispatch else "市级反馈表"


def _prepare(work: Workspace, source: FeedbackSource, actor: str, progress: Progress) -> _Job:
    dictionary = dictionary_of(work)
    text = plan_file("feedback_table.yaml").read_text(encoding="utf-8")
    layout = FeedbackLayout.parse(text).with_evidence(dictionary.fields.values())
    book = read_returned(source.table, layout)
    progress.report(0.5, "读取工作库")
    exported, warnings = _own_export(book, work.tag)
    desk = _desk(work, source.table, layout, dictionary, exported, _kind_of(book, exported))
    return _Job(book, _ours(work, actor), exported, desk, (*warnings, *_unread(book)), source.choices)


def _ours(work: Workspace, actor: str) -> _Ours:
    with work.reading() as connection:
        head = history.head(connection)
    content = recorded_content(work, actor)
    fids = zip(content.patches["fid"], content.patches["patch_no"], strict=True)
    numbered = ((int(fid), str(number)) for fid, number in fids)
    index = PatchIndex(work.tag, numbered, _split_patches(content.patches))
    return _Ours(head, build_records(content), content.casework, index)


def _desk(
    work: Workspace,
    path: Path,
    layout: FeedbackLayout,
    dictionary: Dictionary,
    exported: Exported | None,
    kind: str,
) -> Desk:
    head = exported.head if exported else None
    sender = CITY_NAME if kind != DISPATCH else (head.unit if head else "") or UNNAMED_UNIT
    return Desk(
        layout,
        dictionary,
        return_reasons(),
        adopted_plan(work),
        work.year,
        kind,
        sender,
        path.name,
        head.exported_at if head else _digest(path),
        date.today(),
    )


def _unread(book: ReturnedBook) -> Iterator[str]:
    """Yield, in Chinese, what of the workbook nobody but a person can read."""
    if book.other_columns:
        names = "、".join(book.other_columns)
        yield f"这些列里有内容，没有读：{names}；如果是审核意见，请把列名改成“退回原因”再导入。"
    if book.comments:
        yield f"有 {len(book.comments)} 处批注、文本框、图片或表外的话没有读，列在报告里，请人工处理。"


def _split_patches(worked_on: pd.DataFrame) -> dict[str, list[str]]:
    """Return for each patch that was split, in one go or in several, the patches in its place."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for number, parent in worked_on[["patch_no", "parent_no"]].itertuples(index=False, name=None):
        for split in {parent, root_number(number)} if parent else ():
            found[split].append(number)
    return found


def _kind_of(book: ReturnedBook, exported: Exported | None) -> str:
    """Return whose workbook it is; where it does not say so: only units are asked for their opinion."""
    if exported is not None:
        return exported.head.kind
    return DISPATCH if any(_ASKED_OF_UNITS & (row.cells.keys() | row.blank) for row in book.rows) else CITY


def _own_export(book: ReturnedBook, tag: str) -> tuple[Exported | None, tuple[str, ...]]:
    """Return what the workbook remembers of its export, when it was made from this workspace."""
    if book.exported is None:
        return None, (_NO_EXPORT,)
    if book.exported.head.tag != tag:
        return None, (_FOREIGN_EXPORT,)
    return book.exported, ()


def _digest(path: Path) -> str:
    return f"sha256:{sha256(path.read_bytes()).hexdigest()[:32]}"


def _compared(job: _Job, connection: sqlite3.Connection, casework: Mapping[str, Casework]) -> FeedbackRun:
    layout, sender = job.desk.layout, job.desk.source
    held: Held = hold(connection, job.ours.records, casework, layout, sender)
    found: Comparison = choose(
        compare(job.book, layout, job.ours.index, held.values, held.said, job.exported), job.choices
    )
    return FeedbackRun(
        job.book,
        sender,
        False,
        tuple(make_plans(found, held, job.desk)),
        tuple(gap for one in found.patches for gap in one.areas),
        found.unmatched,
        sum(len(one.places) for one in found.patches),
        job.warnings,
    )


def _apply(change: Change, plans: Sequence[PatchPlan], job: _Job) -> None:
    """Write what is free of conflict: a return first, since what was reviewed must come back to be judged."""
    known = stages.transitions_of(change.connection)
    held = stages.standings(change.connection, [plan.patch_no for plan in plans])
    person = job.desk.source
    moves = []
    for plan in plans:
        step = known.sending_back(held[plan.patch_no].stage) if plan.returns else None
        if step is not None:
            reason = "；".join(task.reason for task in plan.tasks)
            moves.append(Move(plan.patch_no, step, person, plan.tasks[0].opened_on, reason))
    stages.take(change, moves)
    returns.add(change, [task for plan in plans for task in plan.tasks])
    for plan in plans:
        if plan.closes:
            returns.close(change, [plan.patch_no], person, job.desk.today.isoformat())
    notes.insert(change, [note for plan in plans for note in plan.notes])
    _record_facts(change, plans, job)
    _judge(change, plans, person)


def _record_facts(change: Change, plans: Sequence[PatchPlan], job: _Job) -> None:
    stored = facts.stored(change.connection)
    reference = f"{job.desk.source}填报：{job.desk.file_name}"
    for fact in (fact for plan in plans for fact in plan.facts):
        row = (fact.patch_no, fact.fact, fact.value, reference, job.desk.source, fact.decided_on)
        facts.replace(change, fact.patch_no, fact.fact, stored.get((fact.patch_no, fact.fact), []), [row])


def _judge(change: Change, plans: Sequence[PatchPlan], person: str) -> None:
    """Record the determinations; a patch that no task holds back goes on to 已判定."""
    judged = [plan.judgement for plan in plans if plan.judgement is not None]
    determinations.insert(change, [determination_row(one, person) for one in judged])
    known = stages.transitions_of(change.connection)
    standings = stages.standings(change.connection, [one.patch_no for one in judged])
    tasks = returns.of_patches(change.connection, standings)
    moves = []
    for one in judged:
        stage = standings[one.patch_no].stage
        waits = stage == Stage.RETURNED and any(task.is_open for task in tasks.get(one.patch_no, ()))
        step = known.of(DETERMINE, stage)
        if stage in OPEN and step is not None and not waits:
            moves.append(Move(one.patch_no, step, person, one.decided_on))
    stages.take(change, moves)
