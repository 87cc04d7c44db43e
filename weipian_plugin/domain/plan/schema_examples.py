"""Read the example cases of a plan file."""

from __future__ import annotations

from collections.abc import Mapping

from weipian_plugin.domain.duties import DutyName, DutyState
from weipian_plugin.domain.patch_type import KINDS, UNKNOWN_KIND, UNKNOWN_KIND_WORD
from weipian_plugin.domain.plan.model import ExampleCase
from weipian_plugin.domain.plan.reader import Block
from weipian_plugin.domain.roles import Role

_DEFAULT_AREA_M2 = 1000.0


def read_examples(top: Block) -> tuple[ExampleCase, ...]:
    """Return the example cases of the file."""
    return tuple(_example(block) for block in top.blocks("examples", "示例"))


def _example(block: Block) -> ExampleCase:
    facts = block.block("facts", required=False) or block.nothing()
    expected = block.block("expect") or block.nothing()
    case = ExampleCase(
        name=block.text("name"),
        area_m2=facts.number("area_m2", 0.01, 1e9, _DEFAULT_AREA_M2),
        kind=_kind(facts),
        subject=facts.text("subject", ""),
        use=facts.text("use", ""),
        patch_type=facts.text("patch_type", ""),
        town_name=facts.text("town_name", ""),
        outcomes=facts.texts("outcomes"),
        shares=_shares(block),
        missing=_missing(block),
        state=expected.choice("state", list(DutyState)),
        duties=_duties(expected),
        line=block.line,
    )
    for part in (facts, expected, block):
        part.close()
    return case


def _kind(facts: Block) -> str:
    kind = facts.choice("kind", (*KINDS, UNKNOWN_KIND_WORD), KINDS[0])
    return UNKNOWN_KIND if kind == UNKNOWN_KIND_WORD else kind


def _shares(block: Block) -> Mapping[Role, float | Mapping[str, float]]:
    inner = block.block("shares", required=False)
    if inner is None:
        return {}
    shares: dict[Role, float | Mapping[str, float]] = {}
    for key in inner.keys():  # noqa: SIM118
        if key not in set(Role):
            inner.problem(key, "不是图层", "、".join(Role))
        else:
            shares[Role(key)] = _share(inner, key)
    return shares


def _share(block: Block, key: str) -> float | Mapping[str, float]:
    if not block.is_block(key):
        return block.number(key, 0, 1)
    inner = block.block(key)
    return {} if inner is None else {name: inner.number(name, 0, 1) for name in inner.keys()}  # noqa: SIM118


def _missing(block: Block) -> tuple[Role, ...]:
    names = block.texts("missing")
    for name in names:
        if name not in set(Role):
            block.problem("missing", f"写作“{name}”，不是图层", "、".join(Role))
    return tuple(Role(name) for name in names if name in set(Role))


def _duties(expected: Block) -> Mapping[str, tuple[str, ...]]:
    inner = expected.block("duties")
    if inner is None:
        return {}
    names = inner.keys()
    for name in names:
        if name not in set(DutyName):
            inner.problem(name, "不是职责", "、".join(DutyName))
    return {name: inner.texts(name) for name in names}
