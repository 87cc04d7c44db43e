"""Read facts about a patch from its issued attributes, where the plan file says a value is sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from weipian_plugin.domain.patch_type import UNKNOWN_KIND
from weipian_plugin.domain.plan.model import Plan
from weipian_plugin.domain.plan.spelling import normalise


@dataclass(frozen=True)
class IssuedFacts:
    """Facts in the plan file's words; '' where the attributes do not surely say."""

    subject: str = ""
    use: str = ""


def issued_facts(attributes: Mapping[str, object], plan: Plan) -> IssuedFacts:
    """Return what the issued attributes surely say.

    A value that the plan file does not list says nothing, and neither do fields that contradict each other:
    what is unknown stays unknown until a person fills it in.
    """
    if not plan.fact_sources:
        return IssuedFacts()
    asked = {name for source in plan.fact_sources for name in source.fields}
    values = {
        proper: normalise(str(value))
        for name, value in attributes.items()
        if value is not None and (proper := normalise(name)) in asked
    }
    return IssuedFacts(_fact("subject", values, plan), _fact("use", values, plan))


def fact_word(fact: str, text: str, plan: Plan) -> str:
    """Return the plan's word for a value of a fact, also for a spelling of issued attributes; '' for none."""
    spellings: dict[str, str] = {}
    for source in plan.fact_sources:
        if source.fact == fact:
            spellings |= source.values
    spellings |= {normalise(word): word for word in plan.vocabulary.words_of(fact)}
    return spellings.get(normalise(text), "")


def settled_kind(kind: str, use: str, plan: Plan) -> str:
    """Return the kind of a patch, by its use where the issued type does not say it and the use does."""
    return kind or plan.vocabulary.kind_by_use.get(use, UNKNOWN_KIND)


def _fact(fact: str, values: Mapping[str, str], plan: Plan) -> str:
    said = {
        source.values[values[name]]
        for source in plan.fact_sources
        if source.fact == fact
        for name in source.fields
        if values.get(name) in source.values
    }
    return said.pop() if len(said) == 1 else ""
