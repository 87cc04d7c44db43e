"""Turn the text of a category dictionary into checked Categories."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from types import MappingProxyType

from weipian_plugin.domain.categories.model import (
    DOUBTFUL,
    EARLIER,
    LEGAL,
    RESULTS,
    THIS_YEAR,
    Categories,
    Category,
    EvidenceField,
    FieldKind,
    ProposalRule,
    comparable,
)
from weipian_plugin.domain.patch_type import KINDS
from weipian_plugin.domain.plan.reader import Block, PlanError, Problems, compose
from weipian_plugin.domain.roles import Role

KIND = "判定字典"
_YES, _NO = "是", "否"
_MAX_CHARACTERS = 500_000
_FIRST_YEAR, _LAST_YEAR = 1990, 2200
_PROPOSED_ROLES = (Role.APPROVAL, Role.FACILITY_FARM, Role.TEMPORARY_LAND)

Fields = Mapping[str, EvidenceField]
Sets = Mapping[str, tuple[str, ...]]


def parse_categories(text: str, name: str) -> Categories:
    """Return the dictionary written in the text of the file called `name`.

    Raises PlanError listing every fault with its line and what is allowed there.
    """
    problems = Problems()
    if len(text) > _MAX_CHARACTERS:
        problems.add(1, "文件过大，不像判定字典")
        raise PlanError(name, problems.found, KIND)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    top = compose(text, problems, KIND)
    if top is None:
        raise PlanError(name, problems.found, KIND)
    read = _read(top, hashlib.sha256(text.encode()).hexdigest()[:8])
    if problems.found:
        raise PlanError(name, problems.found, KIND)
    return read


def _read(top: Block, digest: str) -> Categories:
    title, version = top.text("title"), f"{top.text('version')}+{digest}"
    fields = _fields(top)
    sets = _evidence_sets(top, fields)
    categories = _categories(top, sets, fields, f"{title} {version}")
    read = Categories(
        title=title,
        version=version,
        first_year=top.integer("first_year", _FIRST_YEAR, _LAST_YEAR, _FIRST_YEAR) or _FIRST_YEAR,
        last_year=top.integer("last_year", _FIRST_YEAR, _LAST_YEAR, _LAST_YEAR) or _LAST_YEAR,
        unverified=top.text("unverified", ""),
        results=_results(top),
        fields=MappingProxyType(fields),
        categories=categories,
        proposals=_proposals(top, categories),
    )
    top.close()
    return read


def _results(top: Block) -> Mapping[str, tuple[str, ...]]:
    block = top.block("results") or top.nothing()
    read = {result: block.texts(result) for result in (*RESULTS, DOUBTFUL)}
    block.close()
    return MappingProxyType(read)


def _fields(top: Block) -> dict[str, EvidenceField]:
    read: dict[str, EvidenceField] = {}
    for block in top.blocks("fields", "举证项", required=True):
        kind = FieldKind(block.choice("kind", tuple(FieldKind), FieldKind.TEXT))
        spellings, choices = block.texts("aliases"), block.texts("choices")
        field = EvidenceField(block.text("name"), kind, spellings, choices, _flag(block, "asked", True))
        if field.name in read:
            block.problem("name", f"“{field.name}”重复")
        read[field.name] = field
        block.close()
    return read


def _evidence_sets(top: Block, fields: Fields) -> Sets:
    block = top.block("evidence") or top.nothing()
    names = block.keys()
    sets = {name: block.texts(name) for name in names}
    for name, listed in sets.items():
        for field in listed:
            if field not in fields:
                block.problem(name, f"里的“{field}”不在 fields 里", "、".join(fields))
    return sets


def _categories(top: Block, sets: Sets, fields: Fields, dictionary: str) -> tuple[Category, ...]:
    blocks = top.blocks("categories", "类别", required=True)
    read = [_category(block, sets, fields, dictionary) for block in blocks]
    _check_names(blocks, read)
    for missing in [result for result in RESULTS if not any(item.result == result for item in read)]:
        top.problem("categories", f"里没有“{missing}”的类别")
    return tuple(read)


def _category(block: Block, sets: Sets, fields: Fields, dictionary: str) -> Category:
    result = block.choice("result", RESULTS)
    evidence = sets.get(block.choice("evidence", tuple(sets), ""), ()) if block.has("evidence") else ()
    read = Category(
        result=result,
        name=block.text("name"),
        group=block.text("group", ""),
        aliases=block.texts("aliases"),
        kinds=_kinds(block),
        evidence=evidence,
        asked=tuple(name for name in evidence if name in fields and fields[name].is_asked),
        required=_required(block, evidence),
        document=block.choice("document", evidence, "") if block.has("document") else "",
        needs_papers=_papers(block, result),
        is_counted=_flag(block, "counted", result == LEGAL),
        approved=block.choice("approved", (THIS_YEAR, EARLIER), "") if block.has("approved") else "",
        materials=block.texts("materials"),
        unverified=block.text("unverified", ""),
        dictionary=dictionary,
    )
    block.close()
    return read


def _kinds(block: Block) -> tuple[str, ...]:
    kinds = block.texts("kinds") or KINDS
    for unknown in [kind for kind in kinds if kind not in KINDS]:
        block.problem("kinds", f"里的“{unknown}”不认识", "、".join(KINDS))
    return kinds


def _required(block: Block, evidence: tuple[str, ...]) -> tuple[str, ...]:
    named = block.texts("required")
    for unknown in [name for name in named if name not in evidence]:
        block.problem("required", f"里的“{unknown}”不是该类别的举证项", "、".join(evidence))
    return named


def _papers(block: Block, result: str) -> bool:
    needed = _flag(block, "papers", result == LEGAL)
    if result == LEGAL and not needed:
        block.problem("papers", "写作“否”，但合法的必须有文号", _YES)
    return needed


def _flag(block: Block, key: str, default: bool) -> bool:
    return block.choice(key, (_YES, _NO), _YES if default else _NO) == _YES


def _check_names(blocks: list[Block], read: list[Category]) -> None:
    """Note names that could mean two categories; aliases may be shared where the year of approval decides."""
    for (_, one), (block, other) in combinations(zip(blocks, read, strict=True), 2):
        if one.result != other.result or not set(one.kinds) & set(other.kinds):
            continue
        if one.full_name == other.full_name:
            block.problem("name", f"“{other.full_name}”在“{other.result}”里重复")
            continue
        if one.approved and other.approved and one.approved != other.approved:
            continue
        for alias in other.aliases:
            if comparable(alias) in one.spellings:
                block.problem("aliases", f"里的“{alias}”也是“{one.full_name}”的写法")


def _proposals(top: Block, categories: tuple[Category, ...]) -> tuple[ProposalRule, ...]:
    blocks = top.blocks("proposals", "建议规则", required=True)
    rules = [_proposal(block, categories) for block in blocks]
    for repeated in [rule_id for rule_id, times in Counter(rule.id for rule in rules).items() if times > 1]:
        top.problem("proposals", f"里的编号“{repeated}”重复")
    for block, rule in list(zip(blocks, rules, strict=True))[:-1]:
        if rule.is_last_resort:
            block.problem("id", f"“{rule.id}”没有条件，只能排在最后")
    if rules and not rules[-1].is_last_resort:
        top.problem("proposals", "的最后一条应不带条件")
    return tuple(rules)


def _proposal(block: Block, categories: tuple[Category, ...]) -> ProposalRule:
    roles = {role.value: role for role in _PROPOSED_ROLES}
    rule = ProposalRule(
        id=block.text("id"),
        result=block.choice("result", (*RESULTS, DOUBTFUL)),
        category=block.text("category", ""),
        role=roles[block.choice("role", tuple(roles))] if block.has("role") else None,
        min_share=block.number("min_share", 0.01, 1.0, 1.0),
        types=block.texts("types"),
        attributes=block.texts("attributes"),
        values=block.texts("values"),
    )
    known = [item for item in categories if item.result == rule.result]
    if rule.category and not any(comparable(rule.category) in item.spellings for item in known):
        block.problem("category", f"“{rule.category}”不在“{rule.result}”的类别里")
    if bool(rule.attributes) != bool(rule.values):
        block.problem("values", "要与 attributes 一起写")
    block.close()
    return rule
