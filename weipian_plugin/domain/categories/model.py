"""What a category dictionary says: results, second-level categories, evidence fields, rules of proposal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from weipian_plugin.domain.patch_type import KINDS, LAND, MINING, UNKNOWN_KIND
from weipian_plugin.domain.plan.spelling import normalise
from weipian_plugin.domain.roles import Role

LEGAL, ILLEGAL, OTHER = "合法", "违法", "其他"
RESULTS = (LEGAL, ILLEGAL, OTHER)
"""The results that a determination can have: the column `result` of the workspace."""
DOUBTFUL = "存疑"
"""What cannot be told: a value of its own, never a determination."""
THIS_YEAR, EARLIER = "当年", "往年"
_JOINTS = re.compile(r"[/\\\-—>·:、()]")


class FieldKind(StrEnum):
    """How the value of an evidence field is read."""

    TEXT = "文字"
    DAY = "日期"
    EXPIRY = "到期日期"
    AREA = "面积"
    NUMBER = "数"
    FLAG = "是否"


@dataclass(frozen=True)
class EvidenceField:
    """One field that a category can ask for."""

    name: str
    kind: FieldKind = FieldKind.TEXT
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    """What is usually filled in, offered in the window; anything else may be written as well."""
    is_asked: bool = True
    """Whether it should be filled in; others are recorded where they are, and not missed."""


@dataclass(frozen=True)
class Category:
    """One second-level category."""

    result: str
    name: str
    group: str = ""
    aliases: tuple[str, ...] = ()
    kinds: tuple[str, ...] = KINDS
    """土地, 矿产 or both."""
    evidence: tuple[str, ...] = ()
    """Names of the evidence fields that are recorded with it."""
    asked: tuple[str, ...] = ()
    """Those of them that should be filled in: the others are not missed."""
    required: tuple[str, ...] = ()
    """Those of them without which it is not recorded."""
    document: str = ""
    """The evidence field that the document number is; '' for none."""
    needs_papers: bool = False
    """Whether it may not be recorded without a document number."""
    is_counted: bool = False
    """Whether its farmland stands in the denominator of the ratio as legal new building land."""
    approved: str = ""
    """当年 or 往年: which of several categories of one alias it is, by the year of approval."""
    materials: tuple[str, ...] = ()
    unverified: str = ""
    """What about it is not confirmed; '' when confirmed."""
    dictionary: str = ""
    """Title and version of the dictionary."""

    def fits(self, kind: str) -> bool:
        """Return whether a patch of this kind can be judged so; one of unknown kind always can."""
        return kind == UNKNOWN_KIND or kind in self.kinds

    @property
    def full_name(self) -> str:
        """The name with the one above it, such as 开采/其他."""
        return f"{self.group}/{self.name}" if self.group else self.name

    @property
    def spellings(self) -> frozenset[str]:
        """Every way to write it, made comparable."""
        return frozenset(map(comparable, (self.name, self.full_name, *self.aliases)))


@dataclass(frozen=True)
class ProposalRule:
    """When the figures suggest a result. A rule without a condition is the last resort."""

    id: str
    result: str
    category: str = ""
    role: Role | None = None
    min_share: float = 0.0
    types: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    values: tuple[str, ...] = ()

    @property
    def is_last_resort(self) -> bool:
        """Whether it has no condition."""
        return not (self.role or self.types or self.attributes)


@dataclass(frozen=True)
class Categories:
    """One dictionary file."""

    title: str
    version: str
    """As written in the file, with the digest of its text."""
    first_year: int
    last_year: int
    unverified: str
    results: Mapping[str, tuple[str, ...]]
    """合法, 违法, 其他 and 存疑 with their other spellings."""
    fields: Mapping[str, EvidenceField]
    categories: tuple[Category, ...]
    proposals: tuple[ProposalRule, ...]

    def matching(self, result: str, text: str, kind: str) -> tuple[Category, ...]:
        """Return the categories of a result that a text can mean for a patch of this kind.

        A name goes before an alias, so that 其他 is the category of that name where there is one.
        """
        wanted = comparable(text)
        of_kind = [item for item in self.categories if item.result == result and item.fits(kind)]
        named = [item for item in of_kind if wanted in (comparable(item.name), comparable(item.full_name))]
        return tuple(named or (item for item in of_kind if wanted in item.spellings))

    def stored_name(self, category: Category) -> str:
        """Return the name that is recorded for a category: the full one where the short is not its alone."""
        same = [i for i in self.categories if (i.result, i.name) == (category.result, category.name)]
        return category.name if len(same) == 1 else category.full_name


@dataclass(frozen=True)
class Dictionary:
    """What a workspace judges by: the land dictionary in force, and the one for mining patches beside it."""

    land: Categories
    mining: Categories

    def for_kind(self, kind: str) -> tuple[Categories, ...]:
        """Return the dictionaries for a patch of this kind, in the order in which they are asked.

        A patch whose kind is not known can be judged by either: the category then says what it is.
        """
        orders = {MINING: (self.mining, self.land), UNKNOWN_KIND: (self.land, self.mining)}
        return orders.get(kind, (self.land,))

    def result(self, text: str, kind: str = LAND) -> str:
        """Return the result that a text means, 存疑 included; '' when it means none."""
        wanted = comparable(text)
        for one in self.for_kind(kind):
            for result, aliases in one.results.items():
                if wanted in map(comparable, (result, *aliases)):
                    return result
        return ""

    def matching(self, result: str, text: str, kind: str) -> tuple[tuple[Categories, Category], ...]:
        """Return the categories that a text can mean, with their dictionary, from the first that knows it."""
        for one in self.for_kind(kind):
            found = one.matching(result, text, kind)
            if found:
                return tuple((one, category) for category in found)
        return ()

    def names(self, result: str, kind: str) -> tuple[str, ...]:
        """Return the names of all categories of a result for a patch of this kind."""
        return tuple(
            one.stored_name(item)
            for one in self.for_kind(kind)
            for item in one.categories
            if item.result == result and item.fits(kind)
        )

    @property
    def fields(self) -> Mapping[str, EvidenceField]:
        """Every evidence field of both, by name."""
        return {**self.mining.fields, **self.land.fields}

    def category(self, result: str, stored: str, kind: str) -> Category | None:
        """Return the category that was recorded under a name; None when the dictionaries lack it now."""
        found = self.matching(result, stored, kind)
        return found[0][1] if found else None


def comparable(text: str) -> str:
    """Return a name without spaces, brackets and joints, in half-width capitals."""
    return _JOINTS.sub("", normalise(text))


def pick_by_year(categories: Iterable[Category], is_this_year: bool | None) -> Sequence[Category]:
    """Return those of the categories of one alias that fit the year of approval; all when it is unknown."""
    listed = list(categories)
    if is_this_year is None or any(not item.approved for item in listed):
        return listed
    return [item for item in listed if item.approved == (THIS_YEAR if is_this_year else EARLIER)]
