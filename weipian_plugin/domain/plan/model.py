"""A district's plan as values: units, clauses, rules, settings and examples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache

from weipian_plugin.domain.cycle import CutOffs
from weipian_plugin.domain.deadlines import Counting, FirstDay, LastDay, PauseStage, Term
from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.ratio import RatioRule
from weipian_plugin.domain.roles import Role

NOT_IN_DOCUMENT = "非文件规定"
"""The mark of every setting that the bureau chose and no document prescribes."""


class RuleKind(StrEnum):
    """What decides whether a rule applies."""

    SPATIAL = "spatial"
    ATTRIBUTE = "attribute"
    TERRITORY = "territory"
    OUTCOME = "outcome"
    DEFAULT = "default"


class Standing(StrEnum):
    """How an attribute rule stands to the spatial ones."""

    BESIDE = "并列"
    """One claim among the others; several units are 待会商."""
    BEFORE = "优先"
    """It settles who leads; the other claimants assist."""


class TerritoryOrder(StrEnum):
    """Who comes first where a committee's area lies over a township's."""

    BY_SHARE = "按占比"
    COMMITTEE_FIRST = "管委会优先"


@dataclass(frozen=True)
class Unit:
    """One body that the plan names, under the name of the plan or under a later one."""

    name: str
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    valid_from: int | None = None
    valid_to: int | None = None
    formerly: str = ""
    """Name of the unit it took over from; rules may go on citing the old name."""
    line: int = 0

    def exists_in(self, year: int) -> bool:
        """Return whether the unit bears this name in the year."""
        return (self.valid_from is None or self.valid_from <= year) and (
            self.valid_to is None or year <= self.valid_to
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Every way of naming the unit, once each."""
        return tuple(dict.fromkeys(filter(None, (self.name, self.short_name, *self.aliases))))


@dataclass(frozen=True)
class Township:
    """One township of the district: code, name, and other ways of writing it."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class District:
    """The district the plan is for; the box is in degrees (west, south, east, north) and only serves checks.

    Everything empty is a district of which nothing is known.
    """

    name: str = ""
    short_name: str = ""
    code: str = ""
    aliases: tuple[str, ...] = ()
    """Old county codes that mean the same district."""
    bbox: tuple[float, float, float, float] | None = None
    townships: tuple[Township, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """County codes, the present one first; none when it is not known."""
        return (self.code, *self.aliases) if self.code else ()

    @property
    def called(self) -> str:
        """What messages call the district."""
        return self.short_name or self.name or "本区"

    @cached_property
    def township_names(self) -> Mapping[str, str]:
        """The township's proper name for every name, alias and code."""
        by_code = {town.code: town.name for town in self.townships if town.code}
        by_alias = {alias: town.name for town in self.townships for alias in town.aliases}
        return by_code | by_alias | {town.name: town.name for town in self.townships}

    def township(self, text: str) -> str:
        """Return the proper name of the township that a name, alias or code means; '' for none."""
        return self.township_names.get(text, "")


@dataclass(frozen=True)
class Clause:
    """One numbered place of the document and its sentences, word for word."""

    number: str
    sentences: tuple[str, ...]
    line: int = 0

    def says(self, words: str) -> bool:
        """Return whether the words stand in one of the sentences exactly so."""
        return any(words in sentence for sentence in self.sentences)


@dataclass(frozen=True)
class Quote:
    """Where a setting comes from: the clause and its words."""

    clause: str
    words: str
    line: int = 0


@dataclass(frozen=True)
class HitFilter:
    """Which features of a layer count; an empty part lets everything pass."""

    labels: frozenset[str] = frozenset()
    label_prefixes: tuple[str, ...] = ()
    class_codes: frozenset[str] = frozenset()
    class_prefixes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.labels or self.label_prefixes or self.class_codes or self.class_prefixes)

    def accepts(self, label: str, class_code: str) -> bool:
        """Return whether a feature of that label and class counts."""
        return _matches(label, self.labels, self.label_prefixes) and _matches(
            class_code, self.class_codes, self.class_prefixes
        )


EVERYTHING = HitFilter()
"""Lets every feature pass."""


def _matches(value: str, exact: frozenset[str], prefixes: tuple[str, ...]) -> bool:
    if not exact and not prefixes:
        return True
    return value in exact or (bool(prefixes) and value.startswith(prefixes))


@dataclass(frozen=True)
class FactCondition:
    """What must be known of a patch; an empty part asks nothing."""

    kinds: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    patch_types: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.kinds or self.subjects or self.uses or self.patch_types)


UNCONDITIONAL = FactCondition()
"""Asks nothing."""


@dataclass(frozen=True)
class Taken:
    """What a patch must have taken for an acceptance to be prepared: a layer, or a group of land classes."""

    layer: Role
    text: str
    only: HitFilter = EVERYTHING


@dataclass(frozen=True)
class Rule:
    """One duty sentence of the plan with the condition under which it applies to a patch."""

    id: str
    kind: RuleKind
    duty: DutyName
    clause: str
    words: str
    unit: str = ""
    """Empty for territory rules: the unit is the one whose area is met."""
    units: tuple[str, ...] = ()
    """Territory rules: the units whose areas the layer holds, where the plan names them."""
    layer: Role | None = None
    only: HitFilter = EVERYTHING
    min_area_m2: float = 0.0
    min_share: float = 0.0
    when: FactCondition = UNCONDITIONAL
    standing: Standing = Standing.BESIDE
    reference: str = ""
    """What the standing rests on."""
    outcomes: tuple[str, ...] = ()
    taken: tuple[Taken, ...] = ()
    act: str = ""
    """Outcome rules: what the unit is asked to do, where the duty's usual words do not say it."""
    line: int = 0


@dataclass(frozen=True)
class Thresholds:
    """An overlap below both limits is 边角; reaching either makes it count."""

    min_area_m2: float
    min_share: float
    origin: str
    reference: str = ""


@dataclass(frozen=True)
class Priority:
    """The order in which the bureau has agreed to propose leads; empty means largest share."""

    units: tuple[str, ...] = ()
    origin: str = NOT_IN_DOCUMENT
    reference: str = ""
    line: int = 0


@dataclass(frozen=True)
class TerritorySetting:
    """How the responsible township or committee is chosen."""

    order: TerritoryOrder = TerritoryOrder.BY_SHARE
    origin: str = NOT_IN_DOCUMENT
    reference: str = ""


@dataclass(frozen=True)
class Deadlines:
    """The term for the determination and how its days are counted."""

    days: int
    """Days for the determination, counted as `counting` says."""
    source: Quote
    counting: Counting
    counting_origin: str
    first_day: FirstDay = FirstDay.NEXT
    last_day: LastDay = LastDay.KEPT
    paused_in: tuple[PauseStage, ...] = (PauseStage.REPORTED,)
    """Stages in which the term stands still: the patch is with the city."""

    @property
    def term(self) -> Term:
        """The term for the determination."""
        return Term(self.days, self.counting, self.first_day, self.last_day)


@dataclass(frozen=True)
class RatioLimit:
    """The share of illegally taken farmland that must not be reached."""

    limit: float
    source: Quote
    rule: RatioRule = field(default_factory=RatioRule)


@dataclass(frozen=True)
class Cycle:
    """The reporting rhythm and the day of the year's written summary."""

    stages: tuple[str, ...]
    source: Quote
    summary_month: int
    summary_day: int
    summary_source: Quote
    cut_offs: CutOffs = field(default_factory=CutOffs)

    def summary_due(self, year: int) -> date:
        """Return the last day for the year's written summary."""
        return date(year, self.summary_month, self.summary_day)


@dataclass(frozen=True)
class Unavailable:
    """A layer that the office does not hold, and why that is no gap in the work."""

    layer: Role
    reason: str
    line: int = 0


@dataclass(frozen=True)
class Vocabulary:
    """The words that facts and outcomes may use."""

    subjects: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    kind_by_use: Mapping[str, str] = field(default_factory=dict)
    """The kind that a use settles where the issued type does not: a 住宅 is 土地 whatever the code."""

    def words_of(self, fact: str) -> tuple[str, ...]:
        """Return the words that a fact may take: subject, use or outcome."""
        return {"subject": self.subjects, "use": self.uses, "outcome": self.outcomes}[fact]


@dataclass(frozen=True)
class FactSource:
    """Where a fact can be read from the issued attributes, and which values are sure."""

    fact: str
    """subject or use."""
    fields: tuple[str, ...]
    values: Mapping[str, str]
    """The vocabulary's word for every accepted value."""
    line: int = 0


@dataclass(frozen=True)
class Coordination:
    """Who settles overlapping claims, in the plan's words."""

    body: str
    source: Quote


@dataclass(frozen=True)
class ExampleCase:
    """A small case with the role matrix that the bureau expects."""

    name: str
    area_m2: float
    kind: str
    subject: str
    use: str
    patch_type: str
    town_name: str
    outcomes: tuple[str, ...]
    shares: Mapping[Role, float | Mapping[str, float]]
    """Share of the patch by layer, or by feature name (class code for land_class)."""
    missing: tuple[Role, ...]
    state: str
    duties: Mapping[str, tuple[str, ...]]
    line: int = 0


@dataclass(frozen=True)
class Plan:
    """A checked plan file. Made by `parse_plan` only."""

    title: str
    short_title: str
    number: str
    issued_on: date | None
    year: int
    version: str
    """Version written in the file plus the beginning of the text's sha256, so that an edit shows."""
    district: District
    clauses: tuple[Clause, ...]
    units: tuple[Unit, ...]
    rules: tuple[Rule, ...]
    thresholds: Thresholds
    priority: Priority
    territory: TerritorySetting
    deadlines: Deadlines
    ratio: RatioLimit
    cycle: Cycle
    vocabulary: Vocabulary
    fact_sources: tuple[FactSource, ...] = ()
    coordination: Coordination | None = None
    unavailable: tuple[Unavailable, ...] = ()
    aggravations: tuple[Taken, ...] = ()
    """What makes a case graver without choosing a unit."""
    examples: tuple[ExampleCase, ...] = ()
    file_name: str = ""

    def in_year(self, year: int) -> Plan:
        """Return the plan with its units under the names they bear in that year."""
        return replace(self, year=year)

    @cached_property
    def _rules_by_kind(self) -> Mapping[RuleKind, tuple[Rule, ...]]:
        ordered = sorted(self.rules, key=lambda rule: (clause_order(rule.clause), rule.id))
        return {kind: tuple(rule for rule in ordered if rule.kind is kind) for kind in RuleKind}

    def rules_of(self, kind: RuleKind) -> tuple[Rule, ...]:
        """Return the rules of one kind in the order of their clauses, whatever their order in the file."""
        return self._rules_by_kind[kind]

    @cached_property
    def citations(self) -> Mapping[str, str]:
        """The words that cite each rule, by rule id: 依据方案四（八）“……”."""
        return {rule.id: f"依据{self.short_title}{rule.clause}“{rule.words}”" for rule in self.rules}

    @cached_property
    def taken_items(self) -> tuple[Taken, ...]:
        """Everything whose taking prepares an acceptance or makes a case graver, each once."""
        asked = [item for rule in self.rules_of(RuleKind.OUTCOME) for item in rule.taken]
        return tuple(dict.fromkeys([*asked, *self.aggravations]))

    @cached_property
    def layers(self) -> frozenset[Role]:
        """The layers that duties, territories, acceptances and aggravations rest on."""
        named = {rule.layer for rule in self.rules if rule.layer is not None}
        return frozenset(named | {item.layer for item in self.taken_items})

    @cached_property
    def default_rule(self) -> Rule:
        """The rule that keeps every patch from being nobody's."""
        return self.rules_of(RuleKind.DEFAULT)[0]

    @cached_property
    def unit_in_force(self) -> Mapping[str, str]:
        """The name that each unit bears in the plan's year, by every name that means it."""
        names: dict[str, str] = {}
        for unit in self.units:
            present = _present_name(unit, self.units, self.year)
            names.update(dict.fromkeys(unit.names, present))
        return names

    def unit_name(self, name: str) -> str:
        """Return the unit's name in the plan's year; a name the plan does not know stays as it is."""
        return self.unit_in_force.get(name, name)

    @cached_property
    def unavailable_reasons(self) -> Mapping[Role, str]:
        """Why the office holds no such layer, by role."""
        return {item.layer: item.reason for item in self.unavailable}


def _present_name(unit: Unit, units: tuple[Unit, ...], year: int) -> str:
    """Follow the line of successors as far as the year goes."""
    name, seen = unit.name, {unit.name}
    while True:
        successors = [
            other
            for other in units
            if other.formerly == name and other.exists_in(year) and other.name not in seen
        ]
        if not successors:
            return name
        name = min(successors, key=lambda other: (other.valid_from or 0, other.name)).name
        seen.add(name)


_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}


@lru_cache(maxsize=512)
def clause_order(clause: str) -> tuple[tuple[int, ...], str]:
    """Return a key that sorts 四（二） before 四（十一）, by the numerals in the clause."""
    numerals = re.findall(r"[一二三四五六七八九十百]+|\d+", clause)
    return tuple(int(item) if item.isdigit() else _numeral(item) for item in numerals), clause


def _numeral(text: str) -> int:
    """Return the value of a Chinese numeral below one thousand."""
    total, digit = 0, 0
    for sign in text:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit
