"""What the engine takes and gives: facts, evidence, claims, duties."""

from __future__ import annotations

from dataclasses import dataclass

from weipian_plugin.domain.duties import DutyName, DutyState
from weipian_plugin.domain.plan.model import Rule
from weipian_plugin.domain.roles import Role, Status


@dataclass(frozen=True)
class PatchFacts:
    """What is known of a patch apart from the layers; '' is unknown, never "no"."""

    patch_no: str
    kind: str
    """土地, 矿产, or '' where the issued type does not surely say."""
    area_m2: float
    subject: str = ""
    """Who built, in the plan file's words: 农村村民, 企业 …"""
    use: str = ""
    """What for, in the plan file's words: 住宅, 厂房 …"""
    patch_type: str = ""
    town_name: str = ""
    """Township as issued with the patch; used only where the township layer says nothing."""
    outcomes: frozenset[str] = frozenset()
    """What has been decided or has happened, in the plan file's words: 没收, 移送 …"""


@dataclass(frozen=True)
class Hit:
    """One feature, or one land class, that the patch meets."""

    label: str
    class_code: str
    area_m2: float
    share: float


@dataclass(frozen=True)
class RoleEvidence:
    """What the overlay found for one layer role. Area is that of the union; None where not evaluated."""

    role: Role
    status: Status
    area_m2: float | None = None
    share: float | None = None
    edition: str = ""
    """Edition of the layer; '' when there is no such layer."""
    hits: tuple[Hit, ...] = ()
    uncovered_m2: float = 0.0
    """Ground of the patch that a layer of land classes leaves open: nobody knows what it is."""


@dataclass(frozen=True)
class Claim:
    """One rule of the plan meeting the patch, with what it rests on."""

    rule: Rule
    unit: str
    area_m2: float | None = None
    """None where no layer decided."""
    share: float | None = None
    edition: str = ""
    counted: bool = True
    """False for 边角: below both thresholds, shown but not counted."""
    text: str = ""
    """What was met, where the layer's name does not say it."""
    printed_mu: float | None = None
    """Area as printed where parts must add up to their printed whole (平差)."""


@dataclass(frozen=True)
class Duty:
    """One row of the role matrix: who does what, and the printable sentence that says why."""

    duty: DutyName
    unit: str
    rule_id: str
    clause: str
    reason: str
    area_m2: float | None
    share: float | None
    plan_version: str


@dataclass(frozen=True)
class DutyMatrix:
    """Everything the plan says about one patch. Exactly one row is 查处."""

    patch_no: str
    state: DutyState
    duties: tuple[Duty, ...]
    """查处 first, then 协办 by share, 属地责任, and the duties that follow from outcomes."""
    claims: tuple[Claim, ...]
    """Every 查处 or 协办 claim and every territory met, 边角 included."""
    not_evaluated: tuple[Role, ...]
    """Layers that a 查处 rule asks for and that could not be looked at, in clause order."""
    summary: str
    """One Chinese sentence: the state and how it came about."""
    notes: tuple[str, ...]
    """Chinese sentences worth reading beside the duties: 边角, aggravations, what is unknown."""

    @property
    def lead(self) -> Duty:
        """The 查处 row."""
        return self.duties[0]

    def units(self, duty: DutyName) -> tuple[str, ...]:
        """Return the units that have a duty, in matrix order."""
        return tuple(row.unit for row in self.duties if row.duty == duty)
