"""Use case: record what persons found out about patches: who built, what for, what was decided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.issued_facts import fact_word
from weipian_plugin.domain.patch_type import UNKNOWN_KIND
from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.table_input import InputRow, read_table
from weipian_plugin.exchange.table_layout import TableLayout
from weipian_plugin.store import facts, patches
from weipian_plugin.store.change import Change
from weipian_plugin.store.patches import View
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.reports import kept_if_done
from weipian_plugin.workflow.row_outcomes import (
    RowOutcome,
    RowRefused,
    TableRun,
    TableSource,
    day_or,
    input_layout,
    require_patch,
)
from weipian_plugin.workflow.row_report import write_row_report

_SEPARATORS = re.compile(r"[、，,；;/\s]+")
_LABELS = {"kind": "图斑种类", "subject": "建设主体", "use": "用途", "outcome": "处理结果"}

Stored = dict[tuple[str, str], list[facts.Row]]


@dataclass(frozen=True)
class _Desk:
    """What rows are read against."""

    layout: TableLayout
    plan: Plan
    known: frozenset[str]
    split: frozenset[str]
    """Patches that were split: their children are worked on."""
    person: str
    today: date


def set_facts(workspace: Path, source: TableSource, actor: str, progress: Progress) -> TableRun:
    """Record every fact of a table that can be recorded, in one transaction, with a report.

    An empty cell says nothing; 未查明 says that it is not known. Raises WeipianError when the table cannot
    be read or nobody is named who found the facts out.
    """
    if not source.person:
        raise WeipianError("没有填写填写人，请填写查明事实的人的姓名。")
    work = Workspace.open(workspace)
    layout = input_layout("facts")
    read = read_table(source.table, layout)
    known = _numbers(work, View.ALL)
    split = known - _numbers(work, View.VERIFIED)
    desk = _Desk(layout, adopted_plan(work), known, split, source.person, date.today())
    progress.report(0.5, "写入工作库")
    with kept_if_done(source.report), work.writing(actor, "记录图斑事实", progress) as change:
        outcomes = _record(change, read.rows, desk)
        write_row_report(source.report, "图斑事实记录报告", read, outcomes, source.person)
        progress.check()
    progress.finish()
    return TableRun(read, tuple(outcomes))


def _numbers(work: Workspace, view: View) -> frozenset[str]:
    return frozenset(patches.read(work, with_geometry=False, view=view)["patch_no"])


def _record(change: Change, rows: Sequence[InputRow], desk: _Desk) -> list[RowOutcome]:
    stored = facts.stored(change.connection)
    outcomes = []
    for row in rows:
        try:
            said = _read(row, desk)
        except RowRefused as refused:
            outcomes.append(RowOutcome(row.line, row["patch_no"], "", False, str(refused)))
            continue
        news = _write(change, stored, row["patch_no"], said)
        what = "，".join(f"{_LABELS[fact]}：{_shown(values)}" for fact, values in said.items())
        text = "已记录；请再运行一次“分派职责”。" if news else "与已记录的一致，没有重复记录。"
        outcomes.append(RowOutcome(row.line, row["patch_no"], what, True, text))
    return outcomes


def _shown(rows: Sequence[facts.Row]) -> str:
    return "、".join(row[2] or "未查明" for row in rows) or "无"


def _write(change: Change, stored: Stored, number: str, said: Mapping[str, list[facts.Row]]) -> bool:
    """Store what differs from what is stored; return whether anything did."""
    news = False
    for fact, rows in said.items():
        before = stored.get((number, fact), [])
        if sorted(before) != sorted(rows):
            facts.replace(change, number, fact, before, rows)
            if fact == "kind":
                patches.set_kinds(change, {number: rows[0][2]})
            stored[number, fact] = rows
            news = True
    return news


def _read(row: InputRow, desk: _Desk) -> dict[str, list[facts.Row]]:
    """Return the rows of table patch_fact that a row gives, by fact; raise RowRefused."""
    number = row["patch_no"]
    require_patch(number, desk.known)
    if number in desk.split:
        raise RowRefused(f"图斑“{number}”已拆分，事实记在子图斑上，请写子图斑的编号。")
    said = dict(_values(row, desk))
    if not said:
        raise RowRefused("图斑种类、建设主体、用途、处理结果都没有填写。")
    signed = (row["reference"], desk.person, day_or(row["decided_on"], desk.today).isoformat())
    return {fact: [(number, fact, value, *signed) for value in values] for fact, values in said.items()}


def _values(row: InputRow, desk: _Desk) -> Iterator[tuple[str, list[str]]]:
    if row["kind"]:
        unknown = desk.layout.word("unknown", row["kind"])
        yield "kind", [UNKNOWN_KIND if unknown else _kind(row["kind"], desk.layout)]
    for fact in ("subject", "use"):
        text = row[fact]
        if text and desk.layout.word("unknown", text):
            yield fact, [""]
        elif text:
            yield fact, [_word(fact, text, desk.plan)]
    text = row["outcomes"]
    if text and desk.layout.word("none", text):
        yield "outcome", []
    elif text:
        parts = [part for part in _SEPARATORS.split(text) if part]
        chosen = [_word("outcome", part, desk.plan) for part in parts]
        yield "outcome", list(dict.fromkeys(chosen))


def _kind(text: str, layout: TableLayout) -> str:
    word = layout.word("kind", text)
    if not word:
        raise RowRefused(
            f"图斑种类“{text}”不认识，请写{'、'.join(layout.choices('kind'))}之一；不清楚的写“未查明”。"
        )
    return word


def _word(fact: str, text: str, plan: Plan) -> str:
    word = fact_word(fact, text, plan)
    if not word:
        allowed = "、".join(plan.vocabulary.words_of(fact)) or "（方案文件没有列出）"
        raise RowRefused(
            f"{_LABELS[fact]}“{text}”不是方案文件里的用语，请写：{allowed}；不清楚的写“未查明”。"
        )
    return word
