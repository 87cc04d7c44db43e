"""Which column of a file is which: the alias table, however the names are written, suffixed or cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.plan.spelling import normalise
from weipian_plugin.intake.field_labels import field_label
from weipian_plugin.paths import plan_file

_BRACKETS = re.compile(r"\(([^()]*)(?:\)|$)")
"""Brackets may be left open where a name was cut."""
_SUFFIX = re.compile(r"_\d{0,2}$")
_LONGEST_DBF_NAME = 10
# A UTF-8 character of three bytes leaves one or two of the ten unused; a suffix leaves room for less.
_SHORTEST_CUT, _SHORTEST_CUT_WITH_SUFFIX = 9, 8
_FEWEST_LETTERS = 2
_MOST_SAMPLES = 1000

Samples = Callable[[str], Sequence[str]]
"""Some values of a column as text."""


@dataclass(frozen=True)
class Target:
    """One thing looked for: its names, best first, and what its values look like ('' for anything)."""

    canonical: str
    names: tuple[str, ...]
    values: str = ""


@dataclass(frozen=True)
class Spelling:
    """A source column's name in the forms it is compared in."""

    name: str
    full: str
    bare: str
    """Without what stands in brackets."""
    stem: str
    """Without brackets and a join's suffix such as _1."""


@cache
def alias_table() -> Mapping[str, Any]:
    """Return the shipped alias table."""
    data: Mapping[str, Any] = yaml.safe_load(plan_file("field_aliases.yaml").read_text(encoding="utf-8"))
    return data


def targets(section: Mapping[str, Any]) -> list[Target]:
    """Return what a section of the alias table looks for, in its order."""
    return [
        Target(canonical, tuple(entry["names"]), entry.get("values", ""))
        for canonical, entry in section.items()
    ]


def bracketed(name: str) -> str:
    """Return what stands in brackets in a header, such as a unit; '' when nothing does."""
    found = _BRACKETS.search(normalise(name))
    return found.group(1) if found else ""


def match_fields(
    names: Iterable[str],
    wanted: Sequence[Target],
    samples: Samples,
    cut_names: bool = False,
    laid_down: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return canonical -> source name. Exact names win over bracketless, suffixed, then cut ones.

    A column serves once. A target with a value pattern takes only columns whose values look like it; that
    tells names apart that are cut to the same ten bytes. What a person laid down (canonical -> source name,
    '' for none) goes before all names; WeipianError when the source has no such column.
    """
    spellings = [_spelling(name) for name in names]
    given = laid_down or {}
    _require_columns(given, {spelling.name for spelling in spellings})
    matched = {canonical: name for canonical, name in given.items() if name}
    for test in _tests(cut_names):
        for target in wanted:
            if target.canonical in matched or target.canonical in given:
                continue
            found = _first(target, spellings, set(matched.values()), test, samples)
            if found:
                matched[target.canonical] = found
    return matched


def _require_columns(laid_down: Mapping[str, str], present: set[str]) -> None:
    """Raise WeipianError for a column that is not there, or that shall serve twice."""
    used: dict[str, str] = {}
    for canonical, name in laid_down.items():
        if name and name not in present:
            raise WeipianError(f"文件里没有字段“{name}”，不能用作{field_label(canonical)}，请另选字段。")
        if name in used:
            both = f"{field_label(used[name])}和{field_label(canonical)}"
            raise WeipianError(f"字段“{name}”不能既作{both}，请只选一处。")
        if name:
            used[name] = canonical


Test = Callable[[Spelling, str], bool]


def _tests(cut_names: bool) -> list[Test]:
    tests: list[Test] = [
        lambda spelling, alias: spelling.full == alias,
        lambda spelling, alias: spelling.bare == alias,
        lambda spelling, alias: spelling.stem == alias,
    ]
    return [*tests, _is_cut_of] if cut_names else tests


def _is_cut_of(spelling: Spelling, alias: str) -> bool:
    """Return whether the name is an alias cut at ten bytes, in GBK or UTF-8."""
    text = spelling.stem
    if len(text) < _FEWEST_LETTERS or text.isascii() or not alias.startswith(text):
        return False
    shortest = _SHORTEST_CUT if text == spelling.bare else _SHORTEST_CUT_WITH_SUFFIX
    lengths = [len(spelling.bare.encode(codec, errors="replace")) for codec in ("gbk", "utf-8")]
    return any(shortest <= length <= _LONGEST_DBF_NAME for length in lengths)


def _first(
    target: Target, spellings: list[Spelling], taken: set[str], test: Test, samples: Samples
) -> str | None:
    for alias in map(normalise, target.names):
        for spelling in spellings:
            if spelling.name in taken or not test(spelling, alias):
                continue
            if _looks_right(target, spelling.name, samples):
                return spelling.name
    return None


def _looks_right(target: Target, name: str, samples: Samples) -> bool:
    if not target.values:
        return True
    filled = [value for value in samples(name)[:_MOST_SAMPLES] if value]
    fitting = sum(re.fullmatch(target.values, value) is not None for value in filled)
    return fitting * 2 >= len(filled)


def _spelling(name: str) -> Spelling:
    full = normalise(name)
    bare = _BRACKETS.sub("", full)
    return Spelling(name, full, bare, _SUFFIX.sub("", bare))
