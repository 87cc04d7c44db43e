"""Use case: the patches that several units claim, and all claims to one of them side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pandas as pd

from weipian_plugin.domain.decisions import Casework, contradictions, stand
from weipian_plugin.domain.decisions.words import own_claim
from weipian_plugin.domain.duties import PROPOSED, DutyName
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.jurisdiction import Claim
from weipian_plugin.domain.jurisdiction.lead import by_unit
from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.plan.model import Rule, RuleKind
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.units import to_mu
from weipian_plugin.store import conflict_rows
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.casework import known, propose, with_decisions
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.unit_names import unit_names

_UNKNOWN = "未查明"


class Standing(StrEnum):
    """How far a conflict is."""

    OPEN = "待会商"
    DECIDED = "已决定"
    CONTRADICTED = "决定后情况有变"


@dataclass(frozen=True)
class ConflictList:
    """What the conflict desk lists."""

    rows: pd.DataFrame
    """patch_no, town, area_mu, standing (`Standing`), lead, claimants and grounds (names joined)."""
    units: tuple[str, ...]
    """Who may be given a duty."""
    coordination: str
    """Who settles overlapping claims, in the plan's words; '' where the plan does not say."""


@dataclass(frozen=True)
class Ground:
    """One rule of the plan that meets the patch."""

    name: str
    """The layer, or 事实 for what the patch is."""
    edition: str
    clause: str
    words: str
    """The plan's own words."""
    area_mu: float | None
    """None where no layer decided."""
    share: float | None
    counted: bool
    """False for 边角."""
    met: str
    """What was met, where the layer's name does not say it."""


@dataclass(frozen=True)
class UnitClaim:
    """All claims of one unit to lead."""

    unit: str
    grounds: tuple[Ground, ...]
    sentence: str
    """The sentence that is printed; '' where nothing counts."""
    is_proposed: bool
    """Whether the plan's order puts it first."""
    leads: bool
    """Whether it has 查处 now."""

    @property
    def counts(self) -> bool:
        """Whether any ground counts."""
        return any(ground.counted for ground in self.grounds)


@dataclass(frozen=True)
class DutyLine:
    """One duty as it stands."""

    duty: str
    unit: str
    is_decided: bool
    sentence: str
    note: str
    """Where later figures contradict the decision."""


@dataclass(frozen=True)
class ConflictCase:
    """One patch with everything said for and against each unit."""

    patch_no: str
    state: str
    summary: str
    facts: str
    claims: tuple[UnitClaim, ...]
    """The proposed unit first; units with nothing but 边角 last."""
    duties: tuple[DutyLine, ...]
    notes: tuple[str, ...]


def list_conflicts(workspace: Path, progress: Progress) -> ConflictList:
    """Return the patches to settle and those settled; only reads tables.

    Raises WeipianError when the workspace cannot be used.
    """
    work = Workspace.open(workspace)
    plan = adopted_plan(work)
    rows = conflict_rows.read_patches(work)
    progress.check()
    claimants, grounds = _claims(conflict_rows.read_claims(work), plan)
    numbers = rows["patch_no"]
    decided = rows.pop("status") != PROPOSED
    changed = rows.pop("contradicted").astype(bool)
    rows["standing"] = Standing.OPEN.value
    rows.loc[decided, "standing"] = Standing.DECIDED.value
    rows.loc[decided & changed, "standing"] = Standing.CONTRADICTED.value
    rows["claimants"] = numbers.map(claimants).fillna("")
    rows["grounds"] = numbers.map(grounds).fillna("")
    body = plan.coordination
    said = f"{body.body}（{body.source.clause}“{body.source.words}”）" if body else ""
    return ConflictList(rows.drop(columns="duty_state"), unit_names(work, plan).proper, said)


def _claims(rows: pd.DataFrame, plan: Plan) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return by patch its claimants for 查处, and the layers that they rest on, each in a settled order."""
    leading = {rule.id: _name(rule) for rule in plan.rules if rule.duty is DutyName.LEAD}
    units: defaultdict[str, set[str]] = defaultdict(set)
    grounds: defaultdict[str, set[str]] = defaultdict(set)
    columns = (rows[name].tolist() for name in ("patch_no", "unit", "rule_id"))
    for number, unit, rules in zip(*columns, strict=True):
        names = [leading[rule] for rule in rules.split("+") if rule in leading]
        if names:
            units[number].add(unit)
            grounds[number].update(names)
    return (
        {number: "、".join(sorted(found)) for number, found in units.items()},
        {number: " × ".join(sorted(found)) for number, found in grounds.items()},
    )


def _name(rule: Rule) -> str:
    return rule.layer.label if rule.layer is not None else rule.id


def conflict_case(workspace: Path, patch_no: str, progress: Progress) -> ConflictCase:
    """Return one patch with all claims; nothing is written.

    Raises WeipianError for a patch that the workspace does not have.
    """
    work = Workspace.open(workspace)
    plan = adopted_plan(work)
    cases = propose(known(work, [patch_no]), plan, progress)
    if patch_no not in cases:
        raise WeipianError(f"工作库里没有图斑“{patch_no}”，或已拆分，请刷新列表。")
    with work.reading() as connection:
        case = with_decisions(cases, connection)[patch_no]
    return _case(case, plan)


def _case(case: Casework, plan: Plan) -> ConflictCase:
    facts = case.facts
    return ConflictCase(
        patch_no=facts.patch_no,
        state=case.state.value,
        summary=case.matrix.summary,
        facts=(
            f"种类：{facts.kind or _UNKNOWN}　面积：{to_mu(facts.area_m2):.2f}亩　"
            f"建设主体：{facts.subject or _UNKNOWN}　用途：{facts.use or _UNKNOWN}"
        ),
        claims=tuple(_unit_claims(case, plan)),
        duties=tuple(_duty_lines(case, plan)),
        notes=case.matrix.notes,
    )


def _unit_claims(case: Casework, plan: Plan) -> Iterable[UnitClaim]:
    claims = [claim for claim in case.matrix.claims if claim.rule.duty is DutyName.LEAD]
    counted = by_unit((claim for claim in claims if claim.counted), plan)
    lead, proposed = stand(case, plan).lead, case.matrix.lead.unit
    for unit in counted:
        sentence = own_claim(unit, case.facts, plan).reason
        grounds = (claim for claim in claims if claim.unit == unit.unit)
        yield _unit_claim(unit.unit, grounds, sentence, proposed, lead)
    large = {unit.unit for unit in counted}
    for name in dict.fromkeys(claim.unit for claim in claims if claim.unit not in large):
        grounds = (claim for claim in claims if claim.unit == name)
        yield _unit_claim(name, grounds, "", proposed, lead)


def _unit_claim(unit: str, claims: Iterable[Claim], sentence: str, proposed: str, lead: str) -> UnitClaim:
    return UnitClaim(unit, tuple(map(_ground, claims)), sentence, unit == proposed, unit == lead)


def _ground(claim: Claim) -> Ground:
    rule = claim.rule
    name = f"事实：{rule.id}" if rule.kind is RuleKind.ATTRIBUTE else _name(rule)
    area = None if claim.area_m2 is None else to_mu(claim.area_m2)
    return Ground(name, claim.edition, rule.clause, rule.words, area, claim.share, claim.counted, claim.text)


def _duty_lines(case: Casework, plan: Plan) -> Iterable[DutyLine]:
    standing, notes = stand(case, plan), contradictions(case, plan)
    for ruling in standing.rulings:
        yield DutyLine(ruling.duty.value, ruling.unit, True, ruling.reason, notes.get(ruling.key, ""))
    for row in standing.proposals:
        yield DutyLine(row.duty.value, row.unit, False, row.reason, "")
