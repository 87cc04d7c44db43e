"""Shared by the tests of plan and jurisdiction: the shipped plan, and evidence written briefly."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from weipian_plugin import paths
from weipian_plugin.domain.jurisdiction import DutyMatrix, Hit, PatchFacts, RoleEvidence, assign
from weipian_plugin.domain.plan import Plan, parse_plan
from weipian_plugin.domain.roles import Role, Status

EDITION = "2021"
Shares = Mapping[str, float | Mapping[str, float]]


def plan_text(name: str = "wulong_2021.yaml") -> str:
    return paths.plan_file(name).read_text(encoding="utf-8")


@cache
def wulong() -> Plan:
    return parse_plan(plan_text(), "wulong_2021.yaml")


def edited(*changes: tuple[str, str]) -> Plan:
    """Parse the shipped plan after replacing texts that occur in it exactly once."""
    text = plan_text()
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
        text = text.replace(old, new)
    return parse_plan(text, "改过的方案.yaml")


def evidence(shares: Shares, area_m2: float, missing: tuple[str, ...] = ()) -> dict[Role, RoleEvidence]:
    """Build the evidence of all roles; a mapping gives hits by label (class code for land_class)."""
    found = {role: RoleEvidence(role, Status.MISS, 0.0, 0.0, EDITION) for role in Role}
    for name, share in shares.items():
        role = Role(name)
        parts = share if isinstance(share, Mapping) else {role.label: share}
        land = role is Role.LAND_CLASS
        hits = tuple(Hit("" if land else k, k if land else "", v * area_m2, v) for k, v in parts.items())
        whole = min(sum(parts.values()), 1.0)
        found[role] = RoleEvidence(role, Status.HIT, whole * area_m2, whole, EDITION, hits)
    for name in missing:
        found[Role(name)] = RoleEvidence(Role(name), Status.NOT_EVALUATED)
    return found


def decide(
    shares: Shares,
    *,
    missing: tuple[str, ...] = (),
    plan: Plan | None = None,
    area_m2: float = 1000.0,
    **facts: object,
) -> DutyMatrix:
    """Assign a patch of a company's workshop unless the facts say otherwise."""
    known: dict[str, object] = {"kind": "土地", "subject": "企业", "use": "厂房"} | facts
    patch = PatchFacts(patch_no="500156SJBG21100001", area_m2=area_m2, **known)  # type: ignore[arg-type]
    return assign(patch, evidence(shares, area_m2, missing), plan or wulong())


def rows(matrix: DutyMatrix) -> set[tuple[str, str]]:
    return {(str(row.duty), row.unit) for row in matrix.duties}
