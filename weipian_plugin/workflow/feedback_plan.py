"""What a returned workbook would change: worked out whole before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from weipian_plugin.domain.categories import Dictionary
from weipian_plugin.domain.days import day_of
from weipian_plugin.domain.determination import Case, Given, Judgement, Refused, judge, require_open
from weipian_plugin.domain.feedback import ReturnReason, Verdict, recognise
from weipian_plugin.domain.issued_facts import fact_word
from weipian_plugin.domain.land_parts import BALANCE_MU
from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.plan.spelling import normalise
from weipian_plugin.domain.return_round import KnownReason, is_new
from weipian_plugin.domain.stages import CORRECTABLE, Stage
from weipian_plugin.exchange.cell_values import amount
from weipian_plugin.exchange.export_record import DISPATCH, exported_text
from weipian_plugin.exchange.feedback_compare import Comparison, Difference, PatchFeedback, titles
from weipian_plugin.exchange.feedback_layout import EVIDENCE_PREFIX, FeedbackLayout, Use, ValueKind
from weipian_plugin.store.notes import Note
from weipian_plugin.store.returns import ReturnTask
from weipian_plugin.store.stages import Standing
from weipian_plugin.workflow.feedback_values import Held

CITY_NAME = "市级"
"""Who judges and returns in the city's workbooks."""
_RETURNABLE = frozenset(Stage) - {Stage.RETURNED, Stage.FINISHED}
"""Stages from which a return leads to 市级退回, where the determination can be recorded anew."""
_FIXED_SAID = "这一列不能由工作簿改动，没有采用"
_CLEARED_SAID = "对方清空了这一格，没有采用"
_OLDER_SAID = "以前填过，后来改成了现在的内容，没有采用"
_OURS_SAID = "导出以后本方已改，对方没有动，保留本方的"
_REFUSED_SAID = "经办人没有采纳"


@dataclass(frozen=True)
class Desk:
    """What a workbook is read against."""

    layout: FeedbackLayout
    dictionary: Dictionary
    reasons: tuple[ReturnReason, ...]
    plan: Plan
    year: int
    kind: str
    """上报 or 分派."""
    source: str
    """Who sends the workbook: 市级, or the unit."""
    file_name: str
    round: str
    today: date

    @property
    def is_dispatch(self) -> bool:
        """Whether a unit filled the workbook in."""
        return self.kind == DISPATCH


@dataclass(frozen=True)
class Fact:
    """A fact that a unit found out."""

    patch_no: str
    fact: str
    value: str
    decided_on: str


@dataclass(frozen=True)
class PatchPlan:
    """What happens to one patch."""

    patch_no: str
    applied: tuple[Difference, ...] = ()
    conflicts: tuple[Difference, ...] = ()
    notices: tuple[Difference, ...] = ()
    tasks: tuple[ReturnTask, ...] = ()
    judgement: Judgement | None = None
    notes: tuple[Note, ...] = ()
    facts: tuple[Fact, ...] = ()
    returns: bool = False
    """Whether the patch goes to 市级退回."""
    passed: bool = False
    closes: int = 0
    """How many open tasks a passed review settles."""
    stage_said: str = ""
    """Chinese: what the return does to the stage; '' where the patch is not returned."""

    @property
    def changes(self) -> int:
        """How many cells and tasks change."""
        return len(self.applied) + len(self.tasks) + self.closes


def make_plans(comparison: Comparison, held: Held, desk: Desk) -> list[PatchPlan]:
    """Return what would become of every patch of the workbook."""
    return [_PatchPlanner(one, held, desk).plan() for one in comparison.patches]


class _PatchPlanner:
    """Works out what happens to one patch."""

    def __init__(self, feedback: PatchFeedback, held: Held, desk: Desk) -> None:
        self._feedback, self._held, self._desk = feedback, held, desk
        self._number = feedback.patch_no
        self._standing: Standing = held.standings[feedback.patch_no]
        self._day = self._sound_day()

    def plan(self) -> PatchPlan:
        groups = self._by_use()
        unread = [*groups[Use.VERDICT], *groups[Use.RETURN], *groups[Use.DAY]]
        judged = self._determination(groups[Use.DETERMINATION])
        wanted, passed = self._reasons()
        if judged.pending and not any(self._desk.layout.verdict(text) == "" for text in wanted):
            wanted = [*wanted, judged.pending]
        tasks = self._tasks(wanted)
        filled = [_note_plan(self, groups[Use.NOTE]), self._facts(groups[Use.FACT]), judged.plan]
        plan = _joined(self._number, filled)
        fixed = tuple(
            replace(one, said=one.said or _FIXED_SAID)
            for one in groups[Use.FIXED]
            if one.verdict is not Verdict.OURS
        )
        returns = bool(tasks) and self._standing.stage in _RETURNABLE
        said = _stage_said(self._standing.stage) if tasks else ""
        conflicts = (*plan.conflicts, *unread)
        notices = (*plan.notices, *fixed, *self._day_told())
        plan = replace(plan, notices=notices, conflicts=conflicts, tasks=tasks, returns=returns)
        passed = passed and not tasks and not unread
        open_tasks = sum(task.is_open for task in self._held.tasks.get(self._number, ()))
        return replace(plan, passed=passed, closes=open_tasks if passed else 0, stage_said=said)

    def _by_use(self) -> dict[Use, list[Difference]]:
        groups: dict[Use, list[Difference]] = {use: [] for use in Use}
        for one in self._feedback.differences:
            groups[self._desk.layout.by_key[one.key].use].append(one)
        return groups

    def _sound_day(self) -> str:
        """Return the day of the review where it can be true, else today."""
        day, received = day_of(self._feedback.day), day_of(self._standing.received_on)
        if day is None or day > self._desk.today or (received is not None and day < received):
            return self._desk.today.isoformat()
        return day.isoformat()

    def _day_told(self) -> tuple[Difference, ...]:
        """Return a notice of a day that cannot be true: the day of the import stands for it."""
        given = day_of(self._feedback.day)
        if not self._feedback.day or (given is not None and given.isoformat() == self._day):
            return ()
        column = self._desk.layout.by_key["returned_on"]
        place, said = (
            "、".join(self._feedback.places),
            f"{self._why_no_day(given)}，按导入当天（{self._day}）记",
        )
        told = (None, "", self._feedback.day, Verdict.REFUSED, place, said)
        return (Difference(self._number, column.key, column.title, *told),)

    def _why_no_day(self, given: date | None) -> str:
        """Return why a day that somebody wrote is not taken."""
        if given is None:
            return "看不出是哪一天（要写年月日）"
        if given > self._desk.today:
            return "晚于今天"
        return f"早于收到图斑的日期（{self._standing.received_on}）"

    def _reasons(self) -> tuple[list[str], bool]:
        """Return why the patch comes back, and whether it passed the review."""
        if self._desk.is_dispatch:
            return [], False
        words = self._desk.layout.verdict
        verdicts = [(words(text), text) for text in self._feedback.verdicts]
        told = [(words(text), text) for text in self._feedback.reasons]
        reasons = [text for word, text in told if word == ""]
        passed = any(word == "passed" for word, _ in [*verdicts, *told])
        bare = [text for word, text in [*verdicts, *told] if word == "returned"]
        bare += [text for word, text in verdicts if word == ""]
        return reasons or bare, passed and not reasons and not bare

    def _tasks(self, reasons: Iterable[str]) -> tuple[ReturnTask, ...]:
        known = [KnownReason(t.reason, t.round, t.is_open) for t in self._held.tasks.get(self._number, ())]
        made = []
        for reason in reasons:
            if not is_new(reason, self._desk.round, known):
                continue
            category = "、".join(recognise(reason, self._desk.reasons))
            given = (reason, category, self._desk.round, self._desk.file_name, self._desk.source, self._day)
            made.append(ReturnTask(self._number, *given))
            known.append(KnownReason(reason, self._desk.round, True))
        return tuple(made)

    def _determination(self, differences: Sequence[Difference]) -> _Judged:
        """Return the determination that the city's cells come to; one held cell holds them all."""
        differences = self._recognised(differences)
        theirs = [one for one in differences if one.verdict is Verdict.THEIRS]
        conflicts = [one for one in differences if one.verdict is Verdict.CONFLICT]
        rest = PatchPlan(self._number, notices=_notices(differences), conflicts=tuple(conflicts))
        if self._desk.is_dispatch:
            return _Judged(self._opinion(differences, rest))
        if not theirs:
            return _Judged(rest)
        if conflicts:
            return _Judged(_held_back(rest, theirs, f"同一判定的{titles(conflicts)}有冲突，一并没有采用"))
        try:
            judgement = self._judge(theirs)
        except Refused as refused:
            return _Judged(_held_back(rest, theirs, f"{refused}，没有采用"), self._pending(theirs))
        done = tuple(replace(one, said="；".join(judgement.remarks)) for one in theirs)
        pending = "" if self._standing.stage in CORRECTABLE else self._pending(theirs)
        return _Judged(replace(rest, applied=done, judgement=judgement), pending)

    def _opinion(self, differences: Sequence[Difference], rest: PatchPlan) -> PatchPlan:
        """Return a unit's words about the determination as notes: a unit assists, it does not judge.

        So they contradict nothing of ours; cells that cannot be read stay conflicts.
        """
        told = (Verdict.THEIRS, Verdict.CONFLICT)
        theirs = [one for one in differences if one.verdict in told and not one.said]
        fresh = [one for one in theirs if not self.has_said(f"unit_{one.key}", one.theirs)]
        said = "单位填报的判定意见，只留存，不改判定"
        return replace(
            rest,
            applied=tuple(replace(one, said=said, verdict=Verdict.THEIRS) for one in fresh),
            conflicts=tuple(one for one in rest.conflicts if one not in theirs),
            notes=tuple(self.note(f"unit_{one.key}", one.theirs) for one in fresh),
        )

    def _recognised(self, differences: Sequence[Difference]) -> list[Difference]:
        """Leave out what is recorded already in the dictionary's own words (非法 for 违法)."""
        said = [one for one in differences if one.verdict in (Verdict.THEIRS, Verdict.CONFLICT)]
        if self._desk.is_dispatch or not said or any(one.said for one in said):
            return list(differences)
        meaning = self._desk.dictionary.result
        said = [one for one in said if one.key != "result" or meaning(one.theirs) != one.now]
        try:
            known = not said or self._is_recorded(self._judge(said))
        except Refused:
            known = False
        rest = [one for one in differences if one.verdict not in (Verdict.THEIRS, Verdict.CONFLICT)]
        return rest if known else rest + said

    def _is_recorded(self, judged: Judgement) -> bool:
        now = self._held.values[self._number]
        evidence = {EVIDENCE_PREFIX + name: exported_text(value) for name, value in judged.evidence.items()}
        held = {key: text for key, text in now.items() if key.startswith(EVIDENCE_PREFIX)}
        words = all(
            now[key] == getattr(judged, key) for key in ("result", "category", "basis", "document_no")
        )
        return words and held == evidence

    def _judge(self, theirs: Sequence[Difference]) -> Judgement:
        """Return what the city's words come to by the rules of every determination; raise Refused."""
        if self._standing.is_split:
            raise Refused("图斑已拆分，判定要落在拆分后的图斑上")
        now = self._held.values[self._number]
        said = {one.key: one.theirs for one in theirs}
        both = {**now, **said}
        given = Given(
            patch_no=self._number,
            result=both.get("result", ""),
            category=both.get("category", ""),
            basis=both.get("basis", ""),
            document_no=both.get("document_no", ""),
            decided_on=self._day,
            evidence={
                k.removeprefix(EVIDENCE_PREFIX): v for k, v in both.items() if k.startswith(EVIDENCE_PREFIX)
            },
        )
        place = self._standing
        case = Case(place.kind, place.received_on, self._desk.year, place.date_after, place.area_mu)
        judgement = judge(given, case, self._desk.dictionary, self._desk.today)
        if judgement.is_doubt:
            raise Refused("市级写的是存疑，要由本方查明后判定")
        if place.stage == Stage.FINISHED:
            require_open(judgement, place.stage)
        return judgement

    def _pending(self, theirs: Sequence[Difference]) -> str:
        """Return the task that a changed determination is, whether or not it could be recorded.

        It counts where the city gives no reason in words.
        """
        if self._desk.is_dispatch:
            return ""
        return "市级改动判定：" + "；".join(f"{d.title}“{d.now}”改为“{d.theirs}”" for d in theirs)

    def note(self, key: str, text: str) -> Note:
        return Note(self._number, key, text, self._desk.source, self._desk.file_name, self._day)

    def has_said(self, key: str, text: str) -> bool:
        """Return whether the sender wrote this before."""
        return normalise(text) in map(normalise, self._held.said.get((self._number, key), ()))

    def too_large(self, one: Difference) -> Difference:
        """Return the difference; as a conflict where an area that was filled in exceeds the patch."""
        is_area = self._desk.layout.by_key[one.key].kind is ValueKind.NUMBER
        filled, whole = amount(one.theirs) if is_area else None, self._standing.area_mu
        if one.verdict is not Verdict.THEIRS or filled is None or filled <= whole + BALANCE_MU:
            return one
        said = f"大于图斑面积{whole:.2f}亩，像是按平方米填的，没有采用"
        return replace(one, verdict=Verdict.CONFLICT, said=said)

    def _facts(self, differences: Sequence[Difference]) -> PatchPlan:
        """Return facts in the plan's words; what the plan has no word for becomes a note."""
        applied, conflicts, found, kept = [], [], [], []
        for one in differences:
            if one.verdict is Verdict.CONFLICT:
                conflicts.append(one)
            elif one.verdict is Verdict.THEIRS:
                word = fact_word(one.key, one.theirs, self._desk.plan)
                if word and word == one.now:
                    continue
                if word:
                    applied.append(one)
                    found.append(Fact(self._number, one.key, word, self._day))
                elif not self.has_said(f"{one.key}_said", one.theirs):
                    applied.append(replace(one, said="不是方案文件里的用语，只留存为填报内容"))
                    kept.append(self.note(f"{one.key}_said", one.theirs))
        notices = _notices(differences)
        return PatchPlan(
            self._number, tuple(applied), tuple(conflicts), notices, notes=tuple(kept), facts=tuple(found)
        )


@dataclass(frozen=True)
class _Judged:
    """What the cells of a determination come to, and the task that is left of them."""

    plan: PatchPlan
    pending: str = ""


def _note_plan(planner: _PatchPlanner, differences: Sequence[Difference]) -> PatchPlan:
    told = [planner.too_large(one) for one in differences]
    theirs = tuple(one for one in told if one.verdict is Verdict.THEIRS)
    conflicts = tuple(one for one in told if one.verdict is Verdict.CONFLICT)
    notes = tuple(planner.note(one.key, one.theirs) for one in theirs)
    older = (one for one in differences if one.verdict is Verdict.OURS)
    notices = tuple(replace(one, said=_OLDER_SAID) for one in older)
    return PatchPlan(planner._number, theirs, conflicts, notices, notes=notes)


def _held_back(plan: PatchPlan, theirs: Iterable[Difference], said: str) -> PatchPlan:
    held = tuple(replace(one, said=said, verdict=Verdict.CONFLICT) for one in theirs)
    return replace(plan, conflicts=plan.conflicts + held)


def _notices(differences: Iterable[Difference]) -> tuple[Difference, ...]:
    said = {Verdict.CLEARED: _CLEARED_SAID, Verdict.OURS: _OURS_SAID, Verdict.REFUSED: _REFUSED_SAID}
    return tuple(replace(one, said=said[one.verdict]) for one in differences if one.verdict in said)


def _joined(number: str, plans: Iterable[PatchPlan]) -> PatchPlan:
    listed = list(plans)
    return PatchPlan(
        number,
        tuple(_all(plan.applied for plan in listed)),
        tuple(_all(plan.conflicts for plan in listed)),
        tuple(_all(plan.notices for plan in listed)),
        judgement=next((plan.judgement for plan in listed if plan.judgement), None),
        notes=tuple(note for plan in listed for note in plan.notes),
        facts=tuple(fact for plan in listed for fact in plan.facts),
    )


def _all(parts: Iterable[tuple[Difference, ...]]) -> Iterator[Difference]:
    for part in parts:
        yield from part


def _stage_said(stage: str) -> str:
    """Return what a return does to the stage of a patch, in Chinese."""
    if stage == Stage.RETURNED:
        return "已是市级退回"
    if stage == Stage.REPORTED:
        return "转为市级退回"
    if stage in _RETURNABLE:
        return f"本库没有上报记录（原为{stage}），补记退回，转为市级退回"
    return f"图斑已{stage}，退回原因已记为待办，办理阶段没有动，请与市级核实"
