"""Who must deal with a patch under the plan: a role matrix with every claim and its words."""

from __future__ import annotations

from weipian_plugin.domain.duties import DutyName, DutyState
from weipian_plugin.domain.jurisdiction.engine import assign
from weipian_plugin.domain.jurisdiction.values import Claim, Duty, DutyMatrix, Hit, PatchFacts, RoleEvidence

__all__ = [
    "Claim",
    "Duty",
    "DutyMatrix",
    "DutyName",
    "DutyState",
    "Hit",
    "PatchFacts",
    "RoleEvidence",
    "assign",
]
