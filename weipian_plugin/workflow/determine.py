"""Use case: record what a person judged the patches to be, from a table that the office filled in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from weipian_plugin.domain.categories import Dictionary
from weipian_plugin.domain.determination import Given, Judgement, Refused, require_open
from weipian_plugin.domain.people import person_name
from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.table_input import InputRow, InputTable, read_table
from weipian_plugin.exchange.table_layout import TableColumn, TableLayout
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow import judging
from weipian_plugin.workflow.categories import dictionary_of
from weipian_plugin.workflow.judging import Held
from weipian_plugin.workflow.reports import kept_if_done
from weipian_plugin.workflow.row_outcomes import (
    RowOutcome,
    RowRefused,
    TableSource,
    input_layout,
    require_patch,
)
from weipian_plugin.workflow.row_report import write_row_report


@dataclass(frozen=True)
class DeterminationRun:
    """What a table of judgements brought."""

    table: InputTable
    outcomes: tuple[RowOutcome, ...]
    recorded: int
    """How many judgements were newly recorded, 存疑 included; those recorded before do not count."""

    @property
    def rejected(self) -> int:
        """How many rows were refused."""
        return sum(not outcome.recorded for outcome in self.outcomes)


def determination_layout(dictionary: Dictionary) -> TableLayout:
    """Return the columns that a table of judgements may have: the evidence fields under their own names."""
    layout = input_layout("determine")
    fields = tuple(TableColumn(name, name, item.aliases) for name, item in dictionary.fields.items())
    return replace(layout, columns=layout.columns + fields)


def determine(workspace: Path, source: TableSource, actor: str, progress: Progress) -> DeterminationRun:
    """Record every judgement of a table that can stand; refuse the others, each with its reason.

    `actor` is who sits at the desk. All in one transaction, with a report; recording moves a patch to 已判定.
    Raises WeipianError when the table cannot be read or nobody is named who judged.
    """
    person = person_name(source.person, "判定人")
    work = Workspace.open(workspace)
    read = read_table(source.table, determination_layout(dictionary_of(work)))
    progress.report(0.3, "写入工作库")
    with kept_if_done(source.report), work.writing(actor, judging.ACTION, progress) as change:
        held = judging.hold(work, change, [row["patch_no"] for row in read.rows])
        outcomes, new = _judge_all(read.rows, held, date.today())
        judging.store(change, new, held, person)
        progress.check()
        facts = _dictionary_facts(held.dictionary, new)
        write_row_report(source.report, "合法性判定记录报告", read, outcomes, person, facts)
    progress.finish()
    return DeterminationRun(read, tuple(outcomes), len(new))


def _judge_all(rows: Sequence[InputRow], held: Held, today: date) -> tuple[list[RowOutcome], list[Judgement]]:
    """Return what becomes of every row, and the judgements that are new."""
    read = [_judge(row, held, today) for row in rows]
    lines: defaultdict[str, dict[int, Judgement]] = defaultdict(dict)
    for row, judged in zip(rows, read, strict=True):
        if isinstance(judged, Judgement):
            lines[judged.patch_no][row.line] = judged
    outcomes, new = [], {}
    for row, judged in zip(rows, read, strict=True):
        if isinstance(judged, Judgement):
            outcome, is_new = _outcome(row, judged, lines[judged.patch_no], held)
            if is_new:
                new[judged.patch_no] = judged
        else:
            outcome = _row_outcome(row, False, judged)
        outcomes.append(outcome)
    return outcomes, list(new.values())


def _judge(row: InputRow, held: Held, today: date) -> Judgement | str:
    """Return the judgement of a row, or why it is refused."""
    try:
        require_patch(row["patch_no"], held.standings)
        return judging.judged(_given(row, held.dictionary), held, today)
    except RowRefused as refused:
        return str(refused)
    except Refused as refused:
        return f"{refused}。"


def _given(row: InputRow, dictionary: Dictionary) -> Given:
    return Given(
        patch_no=row["patch_no"],
        result=row["result"],
        category=row["category"],
        basis=row["basis"],
        document_no=row["document_no"],
        decided_on=row["decided_on"],
        evidence={name: row[name] for name in dictionary.fields if row[name]},
    )


def _outcome(
    row: InputRow, judged: Judgement, lines: Mapping[int, Judgement], held: Held
) -> tuple[RowOutcome, bool]:
    """Return what becomes of a row that can stand, and whether it is to be recorded."""
    others = [line for line, other in lines.items() if line != row.line and other != judged]
    if others:
        said = f"同一图斑在第{'、'.join(map(str, others))}行另有不同的判定，两处都不记录，请核对后只留一行。"
        return _row_outcome(row, False, said), False
    first = min(lines)
    if first != row.line:
        return _same(row, f"与第{first}行相同，没有重复记录。"), False
    if judging.is_recorded(judged, held, bool(row["decided_on"])):
        return _same(row, judging.SAME), False
    try:
        require_open(judged, held.standings[judged.patch_no].stage)
    except Refused as refused:
        return _row_outcome(row, False, f"{refused}。"), False
    return _row_outcome(row, True, judging.told(judged, held)), True


def _row_outcome(row: InputRow, recorded: bool, said: str) -> RowOutcome:
    what = " ".join(filter(None, (row["result"], row["category"], row["document_no"])))
    return RowOutcome(row.line, row["patch_no"], what, recorded, said)


def _same(row: InputRow, said: str) -> RowOutcome:
    return replace(_row_outcome(row, True, said), unchanged=True)


def _dictionary_facts(dictionary: Dictionary, new: Iterable[Judgement]) -> list[tuple[str, str]]:
    """Return by which dictionaries was judged, and what about them is not confirmed."""
    facts = []
    for one in (dictionary.land, dictionary.mining):
        if one is dictionary.land or any(one.title in judged.dictionary for judged in new):
            facts += [("判定字典", f"{one.title} {one.version}"), ("字典待核对", one.unverified)]
    used = {(judged.result, judged.category) for judged in new}
    doubtful = {
        f"{one.stored_name(item)}：{item.unverified}"
        for one in (dictionary.land, dictionary.mining)
        for item in one.categories
        if item.unverified and (item.result, one.stored_name(item)) in used
    }
    return [fact for fact in [*facts, ("待核对的类别", "\n".join(sorted(doubtful)))] if fact[1]]
