"""Work the example cases of a plan file, so that a change of rules shows at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.issued_facts import settled_kind
from weipian_plugin.domain.jurisdiction import DutyMatrix, Hit, PatchFacts, RoleEvidence, assign
from weipian_plugin.domain.plan.model import ExampleCase, Plan
from weipian_plugin.domain.roles import Role, Status

EDITION = "示例"


@dataclass(frozen=True)
class ExampleResult:
    """One example: whether the plan gives what its writer expects, and where it does not."""

    name: str
    line: int
    differences: tuple[str, ...]
    """Chinese: what was expected and what came out."""
    matrix: DutyMatrix

    @property
    def passed(self) -> bool:
        """Whether the matrix is exactly the expected one."""
        return not self.differences


def check_examples(plan: Plan) -> list[ExampleResult]:
    """Assign every example of a plan and compare it with what the file expects, in file order."""
    return [_check(case, plan) for case in plan.examples]


def require_examples(plan: Plan) -> None:
    """Raise WeipianError naming every example that the plan fails: such a plan cannot be adopted."""
    failed = [result for result in check_examples(plan) if not result.passed]
    if failed:
        said = "\n".join(f"第{item.line}行：{item.name}：{'；'.join(item.differences)}" for item in failed)
        raise WeipianError(f"方案文件“{plan.file_name}”有{len(failed)}个示例演算不符，不能采用：\n{said}")


def _check(case: ExampleCase, plan: Plan) -> ExampleResult:
    matrix = assign(_facts(case, plan), example_evidence(case), plan)
    return ExampleResult(case.name, case.line, tuple(_differences(case, matrix)), matrix)


def _facts(case: ExampleCase, plan: Plan) -> PatchFacts:
    return PatchFacts(
        patch_no=case.name,
        kind=settled_kind(case.kind, case.use, plan),
        area_m2=case.area_m2,
        subject=case.subject,
        use=case.use,
        patch_type=case.patch_type,
        town_name=case.town_name,
        outcomes=frozenset(case.outcomes),
    )


def example_evidence(case: ExampleCase) -> dict[Role, RoleEvidence]:
    """Return the evidence of an example: a role it does not speak of is 未命中."""
    evidence = {role: RoleEvidence(role, Status.MISS, 0.0, 0.0, EDITION) for role in Role}
    for role, share in case.shares.items():
        evidence[role] = _evidence(role, share, case.area_m2)
    for role in case.missing:
        evidence[role] = RoleEvidence(role, Status.NOT_EVALUATED)
    return evidence


def _evidence(role: Role, share: float | Mapping[str, float], area_m2: float) -> RoleEvidence:
    parts = share if isinstance(share, Mapping) else {role.label: share}
    hits = tuple(_hit(role, name, part, area_m2) for name, part in parts.items() if part > 0)
    whole = min(sum(parts.values()), 1.0)
    status = Status.HIT if whole > 0 else Status.MISS
    return RoleEvidence(role, status, whole * area_m2, whole, EDITION, hits)


def _hit(role: Role, name: str, share: float, area_m2: float) -> Hit:
    label, code = ("", name) if role is Role.LAND_CLASS else (name, "")
    return Hit(label, code, share * area_m2, share)


def _differences(case: ExampleCase, matrix: DutyMatrix) -> list[str]:
    found: dict[str, set[str]] = {}
    for row in matrix.duties:
        found.setdefault(row.duty, set()).add(row.unit)
    expected = {duty: set(units) for duty, units in case.duties.items()}
    differences = [] if case.state == matrix.state else [f"状态应为{case.state}，实为{matrix.state}"]
    for duty in sorted(expected.keys() | found.keys()):
        wanted, given = expected.get(duty, set()), found.get(duty, set())
        if wanted != given:
            differences.append(f"{duty}应为{_names(wanted)}，实为{_names(given)}")
    return differences


def _names(units: set[str]) -> str:
    return "、".join(sorted(units)) or "无"
