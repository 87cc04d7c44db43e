"""Which duties stand: what a person decided, and the plan's proposals that it leaves room for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from weipian_plugin.domain.decisions.values import Casework, Key, Ruling, lead_claims
from weipian_plugin.domain.duties import DutyName, DutyState
from weipian_plugin.domain.jurisdiction import sentences
from weipian_plugin.domain.jurisdiction.lead import by_unit
from weipian_plugin.domain.jurisdiction.values import Duty
from weipian_plugin.domain.plan.model import Plan


@dataclass(frozen=True)
class Standing:
    """The duties of a patch: exactly one of them is 查处."""

    patch_no: str
    state: DutyState
    rulings: tuple[Ruling, ...]
    proposals: tuple[Duty, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        """Every duty with its unit, decided ones first."""
        decided = tuple(ruling.key for ruling in self.rulings)
        return (*decided, *((row.duty, row.unit) for row in self.proposals))

    def units(self, duty: DutyName) -> tuple[str, ...]:
        """Return the units that have a duty."""
        return tuple(unit for name, unit in self.keys if name == duty)

    @property
    def lead(self) -> str:
        """The 查处 unit."""
        return self.units(DutyName.LEAD)[0]

    @property
    def lead_reason(self) -> str:
        """The printable sentence of the 查处 row."""
        decided = (ruling.reason for ruling in self.rulings if ruling.duty is DutyName.LEAD)
        return next(decided, "") or next(row.reason for row in self.proposals if row.duty is DutyName.LEAD)


def stand(case: Casework, plan: Plan) -> Standing:
    """Return what stands for a patch. Nothing that a person decided is changed or left out."""
    proposals = tuple(_proposals(case, plan)) if case.rulings or case.struck else case.matrix.duties
    return Standing(case.matrix.patch_no, case.state, case.rulings, proposals)


def _proposals(case: Casework, plan: Plan) -> Iterator[Duty]:
    """Yield the proposals for which the decisions leave room, each duty of a unit once."""
    given = {ruling.key for ruling in case.rulings} | case.struck.keys()
    busy = {ruling.unit for ruling in case.rulings if ruling.settles}
    for row in case.matrix.duties:
        settled = case.settled(row.duty)
        displaced = settled is not None and row.unit != settled.unit
        moved = _stepped_back(row, settled, case, plan) if settled and displaced else row
        if moved is None or (moved.duty is DutyName.ASSIST and moved.unit in busy):
            continue
        if (moved.duty, moved.unit) not in given:
            given.add((moved.duty, moved.unit))
            yield moved


def _stepped_back(row: Duty, settled: Ruling, case: Casework, plan: Plan) -> Duty | None:
    """Return the 协办 row of a unit that was proposed for a duty which a person gave to another.

    None for the unit of last resort: it has no claim of its own.
    """
    if row.duty is DutyName.LEAD:
        claims = lead_claims(case.matrix)
        unit = next((item for item in by_unit(claims, plan) if item.unit == row.unit), None)
        if unit is None:
            return None
        text = sentences.yielding(unit, settled.unit, case.facts, plan)
    else:
        claim = next((c for c in case.matrix.claims if c.rule.id == row.rule_id and c.unit == row.unit), None)
        if claim is None:
            return None
        text = sentences.yielding_territory(claim, settled.unit, plan)
    return replace(row, duty=DutyName.ASSIST, reason=sentences.finish(text, plan))
