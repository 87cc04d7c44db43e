"""Use case: take patches one step on, or back: review, approval, report, return, end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from weipian_plugin.domain.days import day_of
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.people import person_name
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.split import SPLIT
from weipian_plugin.domain.stages import DETERMINE, UNDOING, Stage, Transition, Transitions
from weipian_plugin.exchange.table_input import InputRow, InputTable, read_table
from weipian_plugin.store import patches, settings, stages
from weipian_plugin.store.change import Change
from weipian_plugin.store.stages import Move, Standing
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.find_batch import find_batch
from weipian_plugin.workflow.reports import kept_if_done
from weipian_plugin.workflow.return_tasks import open_tasks
from weipian_plugin.workflow.row_outcomes import RowOutcome, RowRefused, day_or, input_layout, require_patch
from weipian_plugin.workflow.row_report import write_row_report

REVIEW_SETTING = "review_by_another"
"""是 (default) or 否: whether who judged may not review."""
_MAY_REVIEW_OWN = "否"
_ELSEWHERE = UNDOING | {DETERMINE}
"""Steps that are taken where the patch is judged."""


def is_review_by_another(held: Mapping[str, str]) -> bool:
    """Return whether the settings of a workspace want another person for the review than who judged."""
    return held.get(REVIEW_SETTING, "") != _MAY_REVIEW_OWN


@dataclass(frozen=True)
class StepSource:
    """Which patches shall take which step; '' where left open."""

    step: str
    person: str
    report: Path
    table: Path | None = None
    """A table with 图斑编号 and, where rows differ, 步骤, 理由, 日期; else batch and stage decide."""
    batch: str = ""
    stage: str = ""
    """Only patches in this stage."""
    reason: str = ""
    taken_on: str = ""


@dataclass(frozen=True)
class StepRun:
    """What became of the patches."""

    outcomes: tuple[RowOutcome, ...]

    @property
    def advanced(self) -> int:
        """How many patches took the step."""
        return sum(outcome.recorded for outcome in self.outcomes)

    @property
    def rejected(self) -> int:
        """How many did not."""
        return len(self.outcomes) - self.advanced


@dataclass(frozen=True)
class _Desk:
    """What the rows are read against."""

    source: StepSource
    person: str
    known: Transitions
    standings: Mapping[str, Standing]
    own_review: bool
    today: date


def advance(workspace: Path, source: StepSource, actor: str, progress: Progress) -> StepRun:
    """Take every patch that may take the step; refuse the others, each with its reason.

    `actor` is who sits at the desk. All in one transaction, with a report; the reason of a return by the city
    is a task from then on. Raises WeipianError when nobody
    is named, the step is unknown, or neither a table nor a batch or stage says which patches.
    """
    person = person_name(source.person, "办理人")
    work = Workspace.open(workspace)
    read = _rows(work, source)
    progress.report(0.3, "写入工作库")
    with kept_if_done(source.report), work.writing(actor, "办理步骤", progress) as change:
        outcomes, moves = _take_all(read.rows, _desk(change, source, person, read.rows))
        stages.take(change, moves)
        open_tasks(change, moves, source.table.name if source.table else "")
        progress.check()
        write_row_report(source.report, "办理步骤报告", read, outcomes, person)
    progress.finish()
    return StepRun(tuple(outcomes))


def _rows(work: Workspace, source: StepSource) -> InputTable:
    """Return the rows of the table, or one row for each patch of the batch and stage."""
    _require_stage(source.stage)
    if source.table is not None:
        return read_table(source.table, input_layout("advance"))
    if not (source.batch or source.stage):
        raise WeipianError("请选择图斑表，或写明批次、办理阶段，以确定哪些图斑办理这一步。")
    frame = patches.read(work, find_batch(work, source.batch), with_geometry=False)
    stage = source.stage or _start_of(work, source.step)
    wanted = (frame["stage"] == stage) & (frame["split_state"] != SPLIT)
    numbers = frame.loc[wanted, "patch_no"].tolist()
    empty = {"step": "", "reason": "", "taken_on": ""}
    rows = tuple(InputRow(n, {"patch_no": number, **empty}) for n, number in enumerate(numbers, 1))
    return InputTable(work.path, f"批次{source.batch or '全部'}，{stage}", rows, ())


def _require_stage(stage: str) -> None:
    if stage and stage not in tuple(Stage):
        raise WeipianError(f"没有“{stage}”这个办理阶段，可以写：{'、'.join(Stage)}。")


def _start_of(work: Workspace, step: str) -> str:
    """Return the stage from which a step starts."""
    known = stages.transitions(work)
    return known.starts(_named(known, step))[0]


def _named(known: Transitions, text: str) -> str:
    step = known.named(text)
    if step is None or step in _ELSEWHERE:
        steps = "、".join(name for name in known.steps if name not in _ELSEWHERE)
        raise WeipianError(f"没有“{text}”这一步，可以写：{steps}；判定请用“记录合法性判定”。")
    return step


def _desk(change: Change, source: StepSource, person: str, rows: Sequence[InputRow]) -> _Desk:
    known = stages.transitions_of(change.connection)
    if source.step:
        _named(known, source.step)
    held = settings.read_in(change.connection)
    return _Desk(
        source,
        person,
        known,
        stages.standings(change.connection, [row["patch_no"] for row in rows]),
        not is_review_by_another(held),
        date.today(),
    )


def _take_all(rows: Sequence[InputRow], desk: _Desk) -> tuple[list[RowOutcome], list[Move]]:
    outcomes: list[RowOutcome] = []
    moves: dict[str, Move] = {}
    for row in rows:
        number, what = row["patch_no"], row["step"] or desk.source.step
        try:
            if number in moves:
                raise RowRefused("同一图斑在前面的行里已经办理，每次只办一步。")
            move = _move(row, desk)
        except (RowRefused, WeipianError) as refused:
            outcomes.append(RowOutcome(row.line, number, what, False, str(refused)))
            continue
        moves[number] = move
        said = f"{move.transition.from_stage}→{move.transition.to_stage}。"
        outcomes.append(RowOutcome(row.line, number, move.transition.step, True, said))
    return outcomes, list(moves.values())


def _move(row: InputRow, desk: _Desk) -> Move:
    """Return the step that a row asks for; raise RowRefused or WeipianError when it may not be taken."""
    require_patch(row["patch_no"], desk.standings)
    standing = desk.standings[row["patch_no"]]
    if standing.is_split:
        raise RowRefused("图斑已拆分，请对各子图斑分别办理。")
    if desk.source.stage and standing.stage != desk.source.stage:
        raise RowRefused(f"图斑现在是{standing.stage}，不在所选的{desk.source.stage}阶段。")
    transition = _transition(row["step"] or desk.source.step, standing, desk)
    reason = row["reason"] or desk.source.reason
    if transition.needs_reason and not reason.strip():
        raise RowRefused(f"“{transition.step}”要写明理由。")
    day = day_or(row["taken_on"] or desk.source.taken_on, desk.today)
    received = day_of(standing.received_on)
    if received is not None and day < received:
        raise RowRefused(f"日期{day}早于收到图斑的日期{received}。")
    if day.isoformat() < standing.moved_on:
        raise RowRefused(f"日期{day}早于上一步办理的日期{standing.moved_on}，请核对。")
    return Move(standing.patch_no, transition, desk.person, day.isoformat(), reason)


def _transition(text: str, standing: Standing, desk: _Desk) -> Transition:
    if not text:
        raise RowRefused("没有写明办理哪一步。")
    step = _named(desk.known, text)
    transition = desk.known.of(step, standing.stage)
    if transition is None:
        starts = "、".join(desk.known.starts(step))
        raise RowRefused(f"图斑现在是{standing.stage}，“{step}”只能从{starts}办理。")
    if transition.by_another and not desk.own_review and standing.judge == desk.person:
        raise RowRefused(f"判定人是{standing.judge}，复核须由另一人办理。")
    return transition
