"""The parts that sentences are made of: figures, layers, clauses, grounds."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from weipian_plugin.domain.jurisdiction.claims import KIND
from weipian_plugin.domain.jurisdiction.lead import UnitClaim
from weipian_plugin.domain.jurisdiction.values import Claim, PatchFacts
from weipian_plugin.domain.plan.model import FactCondition, HitFilter, Plan, Rule, RuleKind
from weipian_plugin.domain.roles import Role
from weipian_plugin.domain.units import to_mu

_SMALLEST_MU = 0.005
_SMALLEST_SHARE = 0.0005
_HALF_UP = 1e-9
"""Lifts a half that binary fractions hold a hair too low, so that figures print as the office rounds them."""


def area_text(area_m2: float) -> str:
    """Return an area in 亩 with two decimals; in square metres where that would print as zero."""
    mu = to_mu(area_m2)
    return f"{mu + _HALF_UP:.2f}亩" if mu >= _SMALLEST_MU else f"{area_m2:.2f}平方米"


def share_text(share: float) -> str:
    """Return a share in percent with one decimal."""
    return f"{share + _HALF_UP:.1%}" if share >= _SMALLEST_SHARE else "不足0.1%"


def figures_text(area_m2: float, share: float) -> str:
    """Return area and share: 0.83亩（41.2%）."""
    return f"{area_text(area_m2)}（{share_text(share)}）"


def size_text(claim: Claim) -> str:
    """Return area and share of a claim, the area as apportioned where it is part of a whole."""
    if claim.printed_mu:
        return f"{claim.printed_mu:.2f}亩（{share_text(claim.share or 0.0)}）"
    return figures_text(claim.area_m2 or 0.0, claim.share or 0.0)


def edition_text(edition: str) -> str:
    """Return an edition as it is printed: 2021 becomes 2021年版."""
    return f"{edition}年版" if len(edition) == 4 and edition.isdigit() else edition


def layer_text(role: Role, edition: str, name: str = "") -> str:
    """Return a layer with its edition: 河道管理范围（2021年版）."""
    text = name or role.label
    inside = edition_text(edition)
    if name and name != role.label:
        inside = f"{role.label}{'，' if inside else ''}{inside}"
    return f"{text}（{inside}）" if inside else text


def basis(plan: Plan, rule: Rule) -> str:
    """Return the citation: 依据方案四（八）“……”."""
    return plan.citations[rule.id]


def unit_text(unit: str, rule: Rule) -> str:
    """Return a unit, with the plan's name for it where it has been renamed since."""
    return f"{unit}（原{rule.unit}）" if rule.unit and rule.unit != unit else unit


def filter_text(only: HitFilter) -> str:
    """Return the words for the part of a layer that a rule looks at; '' for all of it."""
    if not only:
        return ""
    exact = [f"“{value}”" for value in sorted(only.labels | only.class_codes)]
    prefixes = [f"“{value}”开头" for value in (*only.label_prefixes, *only.class_prefixes)]
    return f"中{'、'.join([*exact, *prefixes])}的部分"


def condition_text(when: FactCondition, unknown: Collection[str] = ()) -> str:
    """Return what an attribute rule asks: 建设主体为农村村民、用途为住宅.

    The kind is said where it is among the unknown facts, or is all that the rule asks.
    """
    parts = (("建设主体", when.subjects), ("用途", when.uses), ("图斑类型", when.patch_types))
    said = [f"{name}为{'或'.join(values)}" for name, values in parts if values]
    if when.kinds and (KIND in unknown or not said):
        said.insert(0, f"{KIND}为{'或'.join(when.kinds)}")
    return "、".join(said)


def facts_text(when: FactCondition, facts: PatchFacts) -> str:
    """Return the facts that met an attribute rule."""
    parts = (
        ("建设主体", facts.subject, when.subjects),
        ("用途", facts.use, when.uses),
        ("图斑类型", facts.patch_type, when.patch_types),
    )
    said = [f"{name}为{value}" for name, value, wanted in parts if wanted]
    return "、".join(said) or f"种类为{facts.kind}"


def ground_text(claim: Claim, facts: PatchFacts) -> str:
    """Return what a claim rests on, to follow the word 图斑."""
    rule = claim.rule
    if rule.kind is RuleKind.ATTRIBUTE:
        return facts_text(rule.when, facts)
    layer = layer_text(rule.layer or Role.LAND_CLASS, claim.edition)
    return f"与{layer}{filter_text(rule.only)}重叠{size_text(claim)}"


def grounds_text(claims: Iterable[Claim], facts: PatchFacts, plan: Plan) -> str:
    """Return all grounds of one unit, each under the words that it rests on."""
    by_words: dict[str, list[str]] = {}
    for claim in claims:
        by_words.setdefault(basis(plan, claim.rule), []).append(ground_text(claim, facts))
    return "；".join(f"{words}，图斑{'、'.join(grounds)}" for words, grounds in by_words.items())


def rival_text(unit: UnitClaim) -> str:
    """Return another claimant in short: 区交通局（四（六），0.40亩，20.0%）."""
    parts = list(dict.fromkeys(claim.rule.clause for claim in unit.claims))
    largest = unit.largest
    if largest.area_m2 is not None:
        parts += [area_text(largest.area_m2), share_text(largest.share or 0.0)]
    return f"{unit_text(unit.unit, largest.rule)}（{'，'.join(parts)}）"


def rules_text(rules: Iterable[Rule], plan: Plan) -> str:
    """Return the units that rules name, each with its clauses: 区水利局（四（八））、区林业局（四（九））."""
    clauses: dict[str, list[str]] = {}
    for rule in rules:
        own = clauses.setdefault(unit_text(plan.unit_name(rule.unit), rule), [])
        if rule.clause not in own:
            own.append(rule.clause)
    return "、".join(f"{unit}（{'、'.join(numbers)}）" for unit, numbers in clauses.items())


def roles_text(rules: Iterable[Rule]) -> str:
    """Return the layers that rules look at, each once."""
    return "、".join(dict.fromkeys(rule.layer.label for rule in rules if rule.layer))
