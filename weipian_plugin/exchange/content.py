"""What the ledger workbook is made from: frames of the workspace and the facts that stand on its sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import pandas as pd


class LandClassGrouping(Protocol):
    """The land-class table: `weipian_plugin.domain.land_class.LandClasses` is one."""

    def group(self, code: str) -> str:
        """Return 耕地, 其他农用地, 建设用地 or 未利用地 for a DLBM code; anything else is 未归类."""

    def is_farmland(self, code: str) -> bool:
        """Return whether the code is 耕地 (0101 to 0103)."""

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


@dataclass(frozen=True)
class LayerEdition:
    """One base layer that the overlay used."""

    label: str
    """Chinese name of the role."""
    edition: str
    """Edition as recorded at import; empty when the library holds no such layer."""


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
