"""Read the rules of a plan file, and what they refer to: layers, filters, groups of land classes."""

from __future__ import annotations

from collections.abc import Mapping

from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.patch_type import KINDS
from weipian_plugin.domain.plan.model import (
    EVERYTHING,
    UNCONDITIONAL,
    FactCondition,
    HitFilter,
    Rule,
    RuleKind,
    Standing,
    Taken,
    Thresholds,
)
from weipian_plugin.domain.plan.reader import Block
from weipian_plugin.domain.roles import Role

Groups = Mapping[str, tuple[str, ...]]
"""The first characters of the class codes of each named group of land classes."""

_DUTIES = {
    RuleKind.SPATIAL: (DutyName.LEAD, DutyName.ASSIST),
    RuleKind.ATTRIBUTE: (DutyName.LEAD, DutyName.ASSIST),
    RuleKind.TERRITORY: (DutyName.TERRITORY,),
    RuleKind.OUTCOME: tuple(duty for duty in DutyName if duty not in {DutyName.LEAD, DutyName.TERRITORY}),
    RuleKind.DEFAULT: (DutyName.LEAD,),
}


def read_role(block: Block, key: str) -> Role:
    """Return the layer role under a key."""
    return Role(block.choice(key, list(Role)))


def read_groups(top: Block) -> Groups:
    """Return the named groups of land classes."""
    block = top.block("land_groups", required=False)
    return {} if block is None else {key: block.texts(key) for key in block.keys()}  # noqa: SIM118


def read_rules(top: Block, thresholds: Thresholds, groups: Groups) -> tuple[Rule, ...]:
    """Return the rules of the file."""
    blocks = top.blocks("rules", "规则", required=True)
    return tuple(_rule(block, thresholds, groups) for block in blocks)


def read_aggravations(top: Block, groups: Groups) -> tuple[Taken, ...]:
    """Return what makes a case graver."""
    return tuple(_taken(block, groups) for block in top.blocks("aggravations", "加重情形"))


def _rule(block: Block, thresholds: Thresholds, groups: Groups) -> Rule:
    kind = RuleKind(block.choice("kind", list(RuleKind)))
    if block.text("kind", "") != kind:
        # What else a rule must say depends on its kind: more faults noted now would only mislead.
        block = block.nothing()
    territory, spatial = kind is RuleKind.TERRITORY, kind is RuleKind.SPATIAL
    attribute, outcome = kind is RuleKind.ATTRIBUTE, kind is RuleKind.OUTCOME
    rule = Rule(
        id=block.text("id"),
        kind=kind,
        duty=DutyName(block.choice("duty", _DUTIES[kind])),
        clause=block.text("clause"),
        words=block.text("words"),
        unit="" if territory else block.text("unit"),
        units=block.texts("units") if territory else (),
        layer=_layer(block, kind) if territory or spatial else None,
        only=_filter(block) if spatial else EVERYTHING,
        min_area_m2=block.number("min_area_m2", 0, 1e6, thresholds.min_area_m2)
        if spatial or territory
        else 0,
        min_share=block.number("min_share", 0, 1, thresholds.min_share) if spatial or territory else 0,
        when=_condition(block) if attribute else UNCONDITIONAL,
        standing=_standing(block) if attribute else Standing.BESIDE,
        reference=block.text("reference", "") if attribute else "",
        outcomes=block.texts("outcomes", required=True) if outcome else (),
        taken=tuple(_taken(item, groups) for item in block.blocks("taken", "占用条件")) if outcome else (),
        act=block.text("act", "") if outcome else "",
        line=block.line,
    )
    block.close()
    return rule


_TERRITORY_LAYERS = (Role.TOWNSHIP, Role.COMMITTEE)


def _layer(block: Block, kind: RuleKind) -> Role:
    options = [role for role in Role if (role in _TERRITORY_LAYERS) == (kind is RuleKind.TERRITORY)]
    return Role(block.choice("layer", options))


def _filter(block: Block) -> HitFilter:
    inner = block.block("only", required=False)
    if inner is None:
        return EVERYTHING
    hit_filter = HitFilter(
        frozenset(inner.texts("label")),
        inner.texts("label_prefix"),
        frozenset(inner.texts("class_code")),
        inner.texts("class_prefix"),
    )
    if not hit_filter:
        block.problem("only", "没有写任何条件", "label、label_prefix、class_code、class_prefix")
    inner.close()
    return hit_filter


def _condition(block: Block) -> FactCondition:
    inner = block.block("when")
    if inner is None:
        return UNCONDITIONAL
    condition = FactCondition(
        inner.texts("kind"), inner.texts("subject"), inner.texts("use"), inner.texts("patch_type")
    )
    for kind in condition.kinds:
        if kind not in KINDS:
            inner.problem("kind", f"写作“{kind}”，不认识", "、".join(KINDS))
    if not condition:
        block.problem("when", "没有写任何条件", "kind、subject、use、patch_type")
    inner.close()
    return condition


def _standing(block: Block) -> Standing:
    standing = Standing(block.choice("standing", list(Standing), Standing.BESIDE))
    if standing is Standing.BEFORE and not block.has("reference"):
        block.problem("reference", "缺少：优先于其他单位要写明依据", "规定该顺序的文件名称、文号")
    return standing


def _taken(block: Block, groups: Groups) -> Taken:
    """Read one thing that can be taken, whole."""
    taken = _taken_land(block, groups) if block.has("group") else _taken_layer(block)
    block.close()
    return taken


def _taken_layer(block: Block) -> Taken:
    role = read_role(block, "layer")
    return Taken(role, block.text("text", role.label))


def _taken_land(block: Block, groups: Groups) -> Taken:
    name = block.text("group")
    if name not in groups:
        block.problem("group", f"写作“{name}”，没有这个地类组", "、".join(groups) or "先在land_groups中写明")
    return Taken(Role.LAND_CLASS, block.text("text", name), HitFilter(class_prefixes=groups.get(name, ())))
