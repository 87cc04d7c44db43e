"""Read where a plan file finds facts in the issued attributes."""

from __future__ import annotations

from collections.abc import Mapping

from weipian_plugin.domain.plan.model import FactSource
from weipian_plugin.domain.plan.reader import Block
from weipian_plugin.domain.plan.spelling import normalise

FACTS = ("subject", "use")


def read_fact_sources(top: Block) -> tuple[FactSource, ...]:
    """Return the sources of facts of the file."""
    return tuple(_source(block) for block in top.blocks("facts", "事实来源"))


def _source(block: Block) -> FactSource:
    source = FactSource(
        fact=block.choice("fact", FACTS),
        fields=tuple(normalise(name) for name in block.texts("fields", required=True)),
        values=_values(block),
        line=block.line,
    )
    block.close()
    return source


def _values(block: Block) -> Mapping[str, str]:
    inner = block.block("values")
    if inner is None:
        return {}
    words: dict[str, str] = {}
    for word in inner.keys():  # noqa: SIM118
        for value in inner.texts(word):
            if words.setdefault(normalise(value), word) != word:
                inner.problem(
                    word, f"的取值“{value}”同时归在“{words[normalise(value)]}”下", "每个取值只归一处"
                )
    return words
