"""What the ledger workbook is made from: frames of the workspace and the facts that stand on its sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import pandas as pd

from weipian_plugin.domain.ranking import Place
from weipian_plugin.domain.ratio import RatioRule


class LandClassGrouping(Protocol):
    """The land-class table: `weipian_plugin.domain.land_class.LandClasses` is one."""

    def group(self, code: str) -> str:
        """Return 耕地, 其他农用地, 建设用地 or 未利用地 for a DLBM code; anything else is 未归类."""

    def name(self, code: str) -> str:
        """Return the Chinese name of the code."""


@dataclass(frozen=True)
class PlanFacts:
    """The plan that the assignment follows."""

    title: str
    """Full title, such as 武隆区2021年土地矿产卫片执法工作方案."""
    number: str
    """Document number, such as 武隆府办〔2021〕37号."""
    version: str
    """Version of the plan file."""
    district: str = ""
    """Short name, such as 武隆区."""
    ratio_rule: RatioRule = field(default_factory=RatioRule)
    """How 违法占用耕地面积比例 is worked out."""
    ratio_limit: float = 0.15
    """Which it must not reach."""


@dataclass(frozen=True)
class LayerEdition:
    """One base layer that the overlay used."""

    label: str
    """Chinese name of the role."""
    edition: str
    """Edition as recorded at import; empty when the library holds no such layer."""


@dataclass(frozen=True)
class Remedy:
    """One row of table `rectification`."""

    measure: str
    area_mu: float | None = None
    amount_yuan: float | None = None
    document_no: str = ""
    done_on: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Casework:
    """What was decided about a patch and what was done."""

    result: str = ""
    """合法, 违法 or 其他; '' while it is not determined."""
    category: str = ""
    basis: str = ""
    document_no: str = ""
    decided_by: str = ""
    decided_on: str = ""
    evidence: Mapping[str, str] = field(default_factory=dict)
    doubt: str = ""
    """Why it could not be judged, while that stands."""
    steps: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    """Person, day and reason of the last step of each name since the last determination or return."""
    subject: str = ""
    use: str = ""
    ratio_side: str = "未判定"
    """Where its farmland stands in the ratio: 违法, 合法, 其他, 未判定; 不计 when it is not in the figure."""
    remedies: Sequence[Remedy] = ()
    settled_mu: float | None = None
    """亩 put right; None where that is not asked."""
    rectified: str = ""
    """已整改, 整改中 or 未整改; '' unless it is illegal."""
    deducted: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)
    """What units and the city wrote, each with its name, by key of plans/feedback_table.yaml."""


@dataclass(frozen=True)
class PatchCheck:
    """What the self-check says of one patch."""

    state: str
    blocking: Sequence[str] = ()
    warnings: Sequence[str] = ()
    confirm: Sequence[str] = ()


@dataclass(frozen=True)
class ExportStamp:
    """Where and when the workbook is made, for its way back."""

    tag: str
    """Of the workspace: the same in all its copies."""
    exported_at: str
    history_head: str
    keys: Sequence[str]
    """Names of the values that can come back: plans/feedback_table.yaml."""
    unit: str = ""


@dataclass(frozen=True)
class LedgerContent:
    """Everything on the ledger workbook; frames have exactly the columns of the workspace tables."""

    patches: pd.DataFrame
    """Table `patch`; a geometry column is ignored."""
    areas: pd.DataFrame
    """Table `overlay_area`."""
    duties: pd.DataFrame
    """Table `duty`."""
    batches: pd.DataFrame
    """Table `batch`."""
    plan: PlanFacts
    land_classes: LandClassGrouping
    editions: Sequence[LayerEdition]
    year: int
    period: str
    """Chinese text of the period, such as 2021年10月."""
    made_on: date
    maker: str
    """Who made the workbook: office or person, as it shall be printed."""
    patch_type_names: Mapping[str, str] = field(default_factory=dict)
    """Chinese names of the patch types by code (TBLX); a type without a name shows its code."""
    hits: pd.DataFrame | None = None
    """Table `overlay_hit`; without it the columns that name features stay empty."""
    casework: dict[str, Casework] = field(default_factory=dict)
    """What was decided and done, by patch number."""
    proposals: Mapping[str, str] = field(default_factory=dict)
    """What the figures suggest a patch to be (判定建议), by patch number: a sentence, never a decision."""
    issued: pd.DataFrame | None = None
    """The patches 原始下发 (columns of `patch`): for the counts before splitting."""
    ranking: Mapping[str, Place] = field(default_factory=dict)
    """Where the townships stand in the one ranking, best first."""
    criteria: str = ""
    """Chinese: by what they are ranked."""
    due: Mapping[str, date] = field(default_factory=dict)
    """Until when each patch is to be judged, extensions and days with the city counted, by patch number; the
    batch's day where there is none."""
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What drop-downs offer, by the names of `columns.CHOICES`."""
    stamp: ExportStamp | None = None
    """What makes the workbook known when it comes back; without it it goes out without ids."""
    checks: Mapping[str, PatchCheck] | None = None
    """What the self-check says, by patch number; None when none was made."""
