"""What is known of each patch: by a person first, else by the issued attributes, else not at all."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from weipian_plugin.domain.issued_facts import issued_facts, settled_kind
from weipian_plugin.domain.jurisdiction import PatchFacts
from weipian_plugin.domain.plan import Plan


@dataclass(frozen=True)
class PersonFacts:
    """What a person said of a patch; None where nothing was said, '' where it is said to be unknown."""

    kind: str | None = None
    subject: str | None = None
    use: str | None = None
    outcomes: frozenset[str] = frozenset()


NOTHING_SAID = PersonFacts()


def person_facts(rows: pd.DataFrame) -> dict[str, PersonFacts]:
    """Return what persons said, by patch, from the rows of table patch_fact."""
    said: defaultdict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for patch_no, fact, value in rows[["patch_no", "fact", "value"]].itertuples(index=False, name=None):
        said[patch_no][fact].append(value)
    return {
        patch_no: PersonFacts(
            _only(facts.get("kind")),
            _only(facts.get("subject")),
            _only(facts.get("use")),
            frozenset(facts.get("outcome", ())),
        )
        for patch_no, facts in said.items()
    }


def with_outcomes(
    said: Mapping[str, PersonFacts], outcomes: Mapping[str, frozenset[str]]
) -> dict[str, PersonFacts]:
    """Return what persons said with what the remedies recorded show: 没收, 移送, 断供 …, by patch."""
    added = {
        number: replace(
            said.get(number, NOTHING_SAID), outcomes=said.get(number, NOTHING_SAID).outcomes | words
        )
        for number, words in outcomes.items()
    }
    return {**said, **added}


def _only(values: list[str] | None) -> str | None:
    return values[0] if values else None


def facts_of(row: Any, plan: Plan, said: PersonFacts = NOTHING_SAID) -> PatchFacts:
    """Return what is known of a patch from its row of the table patch and from what a person said.

    A word that the plan does not use says nothing under that plan: the fact is unknown, never a no.
    """
    issued = issued_facts(json.loads(row.attributes), plan)
    words = plan.vocabulary
    use = _in(words.uses, issued.use if said.use is None else said.use)
    return PatchFacts(
        patch_no=row.patch_no,
        kind=settled_kind(row.kind, use, plan) if said.kind is None else said.kind,
        area_m2=row.area_m2,
        subject=_in(words.subjects, issued.subject if said.subject is None else said.subject),
        use=use,
        patch_type=row.patch_type,
        town_name=row.town_name,
        outcomes=said.outcomes & frozenset(words.outcomes),
    )


def _in(words: tuple[str, ...], word: str) -> str:
    return word if word in words else ""
