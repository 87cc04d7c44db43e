"""Which role a layer plays, from its name and fields: a score for each role, no choice on a tie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from weipian_plugin.domain.plan.spelling import normalise
from weipian_plugin.domain.roles import Role
from weipian_plugin.paths import plan_file

_ENOUGH = 30
"""Points of one telling name or field; less is a hint at most."""
_LEAD = 20


@dataclass(frozen=True)
class RoleProposal:
    """The scores of all roles; `role` is the one ahead of all others, None on a tie or without a hint."""

    role: Role | None
    scores: Mapping[Role, int]

    @property
    def is_clear(self) -> bool:
        """Whether one role may be taken without asking: enough points, and well ahead of the next."""
        best, second = sorted(self.scores.values(), reverse=True)[:2]
        return best >= _ENOUGH and best - second >= _LEAD

    def text(self) -> str:
        """Return the roles with a score, best first, for the person."""
        ranked = sorted(self.scores.items(), key=lambda item: -item[1])
        return "、".join(f"{role.label} {score} 分" for role, score in ranked if score) or "没有线索"


def propose_role(names: Iterable[str], fields: Iterable[str]) -> RoleProposal:
    """Return the proposal for a layer known by these names (layer, file) with these fields."""
    words = [normalise(name) for name in names]
    present = {normalise(field) for field in fields}
    scores = {role: _score(role, words, present) for role in Role}
    best = max(scores.values())
    leaders = [role for role, score in scores.items() if score == best]
    return RoleProposal(leaders[0] if best > 0 and len(leaders) == 1 else None, scores)


@cache
def _hints() -> Mapping[str, Any]:
    hints: Mapping[str, Any] = yaml.safe_load(plan_file("layer_hints.yaml").read_text(encoding="utf-8"))
    return hints


def _score(role: Role, words: list[str], fields: set[str]) -> int:
    hints = _hints().get(role.value, {})
    by_name = max(
        (
            points
            for hint, points in hints.get("names", {}).items()
            if any(normalise(hint) in w for w in words)
        ),
        default=0,
    )
    by_field = sum(points for field, points in hints.get("fields", {}).items() if normalise(field) in fields)
    return int(by_name + by_field)
