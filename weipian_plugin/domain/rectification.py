"""What is done about an illegal patch, how much of it is settled, and when it counts as 已整改."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

import yaml

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.plan.model import Plan, RuleKind
from weipian_plugin.domain.plan.spelling import normalise
from weipian_plugin.domain.units import apportion

_CENT = Decimal("0.01")


class Need(StrEnum):
    """Whether a value belongs to a measure."""

    REQUIRED = "必填"
    ALLOWED = "可填"
    NONE = "不填"


class Progressed(StrEnum):
    """How far the rectification of an illegal patch is."""

    NOT_BEGUN = "未整改"
    UNDER_WAY = "整改中"
    RECTIFIED = "已整改"


@dataclass(frozen=True)
class Measure:
    """One kind of entry: a remedy, a step of the case, or an acceptance."""

    name: str
    document: Need
    area: Need
    amount: Need
    settles: bool
    outcome: str
    accepts: tuple[str, ...]
    duty: str
    """Whose holders under the plan accept; '' for who leads or has overall responsibility."""
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Remedies:
    """All measures that may be entered."""

    measures: Mapping[str, Measure]

    @classmethod
    def parse(cls, text: str) -> Remedies:
        """Read the dictionary (YAML); raise WeipianError when it is not one."""
        data = yaml.safe_load(text)
        if not isinstance(data, dict) or not isinstance(data.get("measures"), dict):
            raise WeipianError("查处整改措施字典读不懂，请重新安装插件。")
        return cls({name: _measure(name, entry) for name, entry in data["measures"].items()})

    @cached_property
    def _spellings(self) -> Mapping[str, Measure]:
        return {
            normalise(spelling): measure
            for measure in self.measures.values()
            for spelling in (measure.name, *measure.aliases)
        }

    def named(self, text: str) -> Measure | None:
        """Return the measure that a person means; None when there is none."""
        return self._spellings.get(normalise(text))

    @property
    def acceptances(self) -> tuple[Measure, ...]:
        """The measures that accept others."""
        return tuple(measure for measure in self.measures.values() if measure.accepts)


def _measure(name: str, entry: Mapping[str, object]) -> Measure:
    needs = {key: Need(str(entry.get(key, Need.NONE))) for key in ("document", "area", "amount")}
    listed = {key: tuple(map(str, _list(entry.get(key)))) for key in ("accepts", "aliases")}
    return Measure(
        name,
        needs["document"],
        needs["area"],
        needs["amount"],
        bool(entry.get("settles", False)),
        str(entry.get("outcome", "")),
        listed["accepts"],
        str(entry.get("duty", "")),
        listed["aliases"],
    )


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


@dataclass(frozen=True)
class Entry:
    """What a person entered about one patch."""

    measure: str
    area_mu: float | None
    amount_yuan: float | None
    document_no: str
    done_on: str
    unit: str
    note: str = ""


@dataclass(frozen=True)
class Acceptors:
    """Who may accept, by acceptance: all of `every`, or one of `anyone`."""

    every: Mapping[str, tuple[str, ...]]
    anyone: Mapping[str, tuple[str, ...]]

    def of(self, acceptance: str) -> tuple[str, ...]:
        """Return the units that may accept."""
        return self.every.get(acceptance, ()) or self.anyone.get(acceptance, ())


@dataclass(frozen=True)
class Standing:
    """How the rectification of one illegal patch stands. Areas in 亩 as printed, two decimals."""

    patch_mu: float
    settled_mu: float
    remaining_mu: float
    """剩余未整改面积."""
    unaccepted: tuple[str, ...]
    """Chinese: which acceptances by whom are still lacking for what was settled."""
    begun: bool
    accepted: bool
    """Whether any acceptance is recorded: a patch too small to print has nothing that remains."""

    @property
    def is_rectified(self) -> bool:
        """已整改 as this office counts: nothing remains, and all of it is accepted."""
        return self.accepted and self.remaining_mu == 0 and not self.unaccepted

    @property
    def state(self) -> Progressed:
        """未整改, 整改中 or 已整改, as this office counts."""
        if self.is_rectified:
            return Progressed.RECTIFIED
        return Progressed.UNDER_WAY if self.begun else Progressed.NOT_BEGUN


def acceptors(plan: Plan, remedies: Remedies, lead: str) -> Acceptors:
    """Return who accepts under a plan: the units that its outcome rules name, else who leads the case."""
    every: dict[str, tuple[str, ...]] = {}
    anyone: dict[str, tuple[str, ...]] = {}
    overall = plan.unit_name(plan.default_rule.unit)
    for acceptance in remedies.acceptances:
        rules = [rule for rule in plan.rules_of(RuleKind.OUTCOME) if rule.duty == acceptance.duty]
        named = tuple(dict.fromkeys(plan.unit_name(rule.unit) for rule in rules))
        if named:
            every[acceptance.name] = named
        else:
            anyone[acceptance.name] = tuple(dict.fromkeys(filter(None, (lead, overall))))
    return Acceptors(every, anyone)


def standing(patch_mu: float, entries: Iterable[Entry], remedies: Remedies, who: Acceptors) -> Standing:
    """Return how the rectification of a patch stands after these entries."""
    listed = list(entries)
    whole = _printed(patch_mu)
    settled = _sum(item for item in listed if remedies.measures[item.measure].settles)
    return Standing(
        float(whole),
        float(settled),
        float(max(whole - settled, Decimal(0))),
        tuple(_unaccepted(listed, remedies, who)),
        bool(listed),
        any(remedies.measures[item.measure].accepts for item in listed),
    )


def to_accept(acceptance: Measure, unit: str, entries: Iterable[Entry], until: str = "") -> float:
    """Return how many 亩 a unit has yet to accept of what was settled; `until` a day, if one is named."""
    listed = list(entries)
    accepted = _sum(item for item in listed if item.measure == acceptance.name and item.unit == unit)
    return float(max(_done(acceptance, listed, until) - accepted, Decimal(0)))


def wrongly_accepted(entries: Iterable[Entry], remedies: Remedies) -> Entry | None:
    """Return an acceptance of more than was done by its day; None when every one has something to accept."""
    listed = list(entries)
    for acceptance in remedies.acceptances:
        own = [item for item in listed if item.measure == acceptance.name]
        for item in own:
            earlier = (one for one in own if one.unit == item.unit and one.done_on <= item.done_on)
            if _sum(earlier) > _done(acceptance, listed, item.done_on):
                return item
    return None


def _done(acceptance: Measure, entries: Iterable[Entry], until: str) -> Decimal:
    return _sum(
        item
        for item in entries
        if item.measure in acceptance.accepts and (not until or item.done_on <= until)
    )


def _unaccepted(entries: Sequence[Entry], remedies: Remedies, who: Acceptors) -> Iterable[str]:
    for acceptance in remedies.acceptances:
        waiting = {unit: to_accept(acceptance, unit, entries) for unit in who.of(acceptance.name)}
        if acceptance.name in who.every:
            yield from (f"{unit}{acceptance.name}{mu:.2f}亩" for unit, mu in waiting.items() if mu)
        elif waiting and all(waiting.values()):
            yield f"{'或'.join(waiting)}{acceptance.name}{min(waiting.values()):.2f}亩"


def _sum(entries: Iterable[Entry]) -> Decimal:
    return sum(map(_area, entries), Decimal(0))


def _area(entry: Entry) -> Decimal:
    return _printed(entry.area_mu or 0.0)


def _printed(value: float) -> Decimal:
    """Return a figure as it is printed: two decimals."""
    return Decimal(apportion([value], value)[0]).quantize(_CENT)
