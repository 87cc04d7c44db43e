"""Use case: decide about the duties of one or many patches at once, seen beforehand and taken back after.

Everything goes through the rows of the table of decisions: a window decides as `weipian:decide` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from weipian_plugin.domain.decisions import Action, Casework, Decision, stand
from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.table_input import InputRow
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.casework import known, propose, with_decisions
from weipian_plugin.workflow.decide_duties import decision_desk, logged_decisions, record_rows, take_rows
from weipian_plugin.workflow.decision_rows import Desk
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.row_outcomes import RowOutcome

SETTLE = "定为"
"""Says who alone has a duty: 确认 where it is the unit that has it now, else 改派."""
_KEYS = ("patch_no", "duty", "decision", "unit", "new_unit", "reason", "reference", "decided_on")


@dataclass(frozen=True)
class Wish:
    """What a person wants for a patch, in the words of the table of decisions."""

    action: str
    """SETTLE or an `Action`."""
    duty: str
    unit: str
    new_unit: str = ""
    reason: str = ""
    reference: str = ""
    decided_on: str = ""
    """ISO; '' is today."""


@dataclass(frozen=True)
class Order:
    """Who wants what for which patches."""

    wishes: tuple[tuple[str, Wish], ...]
    """Patch number and wish; a patch may have several, taken in turn."""
    person: str
    """Who decided."""
    actor: str
    """Who sits at the desk."""

    @classmethod
    def same_for(cls, numbers: Iterable[str], wish: Wish, person: str, actor: str) -> Order:
        """Return the same wish for every patch."""
        return cls(tuple((number, wish) for number in numbers), person, actor)

    @property
    def numbers(self) -> frozenset[str]:
        """The patches that are named."""
        return frozenset(number for number, _wish in self.wishes)


@dataclass(frozen=True)
class Foreseen:
    """What would become of one wish."""

    patch_no: str
    accepted: bool
    changes: bool
    duty: str
    before: str
    """Units that have the duty now, joined with 、; '' for none."""
    after: str
    said: str
    """Chinese: what would be recorded, or why not."""


@dataclass(frozen=True)
class Settled:
    """What was recorded."""

    outcomes: tuple[RowOutcome, ...]
    decisions: tuple[Decision, ...]
    """Those that are new; what `counter` takes back."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """The patches whose duties changed."""
        return tuple(dict.fromkeys(decision.patch_no for decision in self.decisions))


def foresee(workspace: Path, order: Order, progress: Progress) -> tuple[Foreseen, ...]:
    """Return what an order would change; writes nothing. Raises WeipianError as `settle` does."""
    work, plan, proposed = _prepared(workspace, order, progress)
    desk = decision_desk(work, plan, order.person)
    with work.reading() as connection:
        before = with_decisions(proposed, connection)
        logged = logged_decisions(connection)
    cases, foreseen = dict(before), []
    for row in _rows(order, before, desk):
        number, was = row["patch_no"], cases.get(row["patch_no"])
        outcomes, new = take_rows([row], cases, logged, desk)
        holders = (_units(was, row["duty"], plan), _units(cases.get(number), row["duty"], plan))
        done = outcomes[0]
        foreseen.append(Foreseen(number, done.recorded, bool(new), row["duty"], *holders, done.said))
    progress.finish()
    return tuple(foreseen)


def settle(workspace: Path, order: Order, progress: Progress) -> Settled:
    """Record an order, all that can be recorded in one transaction; the rest is refused with its reasons.

    Raises WeipianError when nobody is named who decided, or the workspace cannot be written.
    """
    work, plan, proposed = _prepared(workspace, order, progress)
    desk = decision_desk(work, plan, order.person)
    with work.writing(order.actor, "记录职责决定", progress) as change:
        rows = _rows(order, with_decisions(proposed, change.connection), desk)
        outcomes, new = record_rows(change, rows, proposed, desk)
        progress.check()
    progress.finish()
    return Settled(tuple(outcomes), tuple(new))


def counter(settled: Settled, person: str, actor: str, day: str) -> tuple[Order, int]:
    """Return the order that undoes what was recorded as far as rules allow, and how many stay.

    Decisions are never taken out: 改派 is reassigned to who had it, 增加 struck, 撤销 added again. 确认
    stays: 查处 and 属地责任 cannot be left without a unit.
    """
    back = [(decision.patch_no, _counter(decision, day)) for decision in reversed(settled.decisions)]
    wishes = tuple((number, wish) for number, wish in back if wish is not None)
    return Order(wishes, person, actor), len(back) - len(wishes)


def _counter(decision: Decision, day: str) -> Wish | None:
    duty, reason = decision.duty.value, f"撤回{decision.decided_on.isoformat()}的决定"
    if decision.action is Action.REASSIGN:
        given = (Action.REASSIGN.value, duty, decision.new_unit, decision.unit)
    elif decision.action is Action.ADD:
        given = (Action.STRIKE.value, duty, decision.unit, "")
    elif decision.action is Action.STRIKE:
        given = (Action.ADD.value, duty, decision.unit, "")
    else:
        return None
    return Wish(*given, reason=reason, reference=decision.reference, decided_on=day)


def _prepared(
    workspace: Path, order: Order, progress: Progress
) -> tuple[Workspace, Plan, Mapping[str, Casework]]:
    if not order.person:
        raise WeipianError("没有填写决定人，请填写作出决定的人的姓名。")
    work = Workspace.open(workspace)
    plan = adopted_plan(work)
    progress.report(0.1, "读取工作库")
    return work, plan, propose(known(work, order.numbers), plan, progress.part(0.1, 0.8))


def _rows(order: Order, cases: Mapping[str, Casework], desk: Desk) -> Sequence[InputRow]:
    return [
        InputRow(line, _values(number, wish, cases.get(number), desk))
        for line, (number, wish) in enumerate(order.wishes, 1)
    ]


def _values(number: str, wish: Wish, case: Casework | None, desk: Desk) -> Mapping[str, str]:
    action, unit, new_unit = wish.action, wish.unit, wish.new_unit
    if action == SETTLE:
        holders = stand(case, desk.plan).units(DutyName(wish.duty)) if case is not None else ()
        same = holders == (desk.names.find(unit),)
        action, unit, new_unit = (
            (Action.CONFIRM.value, unit, "") if same else (Action.REASSIGN.value, "", unit)
        )
    given = (number, wish.duty, action, unit, new_unit, wish.reason, wish.reference, wish.decided_on)
    return dict(zip(_KEYS, given, strict=True))


def _units(case: Casework | None, duty: str, plan: Plan) -> str:
    return "、".join(stand(case, plan).units(DutyName(duty))) if case is not None else ""
