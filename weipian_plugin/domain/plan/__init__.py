"""The plan file: a district's plan as data, checked when it is loaded."""

from __future__ import annotations

from weipian_plugin.domain.plan.checks import plan_findings
from weipian_plugin.domain.plan.model import District, Plan, Rule, RuleKind, Unit
from weipian_plugin.domain.plan.reader import PlanError, PlanProblem
from weipian_plugin.domain.plan.schema import parse_plan

__all__ = [
    "District",
    "Plan",
    "PlanError",
    "PlanProblem",
    "Rule",
    "RuleKind",
    "Unit",
    "parse_plan",
    "plan_findings",
]
