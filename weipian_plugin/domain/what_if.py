"""Compare two ways of assigning the same patches: who would change, and how the totals would move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from weipian_plugin.domain.decisions import Standing
from weipian_plugin.domain.duties import DutyName, DutyState

UNASSIGNED = "未确定"
"""Stands for the responsible body of a patch that has none."""


@dataclass(frozen=True)
class PatchChange:
    """One patch that would be assigned otherwise."""

    patch_no: str
    before: Standing
    after: Standing

    @property
    def unit_changes(self) -> bool:
        """Whether another unit would have 查处."""
        return self.before.lead != self.after.lead

    @property
    def state_changes(self) -> bool:
        """Whether the patch would be in another state."""
        return self.before.state != self.after.state

    @property
    def other_duties(self) -> tuple[DutyName, ...]:
        """Duties other than 查处 that other units would have."""
        return tuple(
            duty
            for duty in DutyName
            if duty is not DutyName.LEAD and set(self.before.units(duty)) != set(self.after.units(duty))
        )


@dataclass(frozen=True)
class Total:
    """How many patches, and printed hundredths of 亩, count towards something before and after."""

    patches_before: int = 0
    patches_after: int = 0
    area_before: int = 0
    area_after: int = 0


@dataclass(frozen=True)
class Comparison:
    """What a change of plan or layers would do."""

    patches: int
    changes: tuple[PatchChange, ...]
    """Patches whose units or state would change, in the order of the patches."""
    by_state: Mapping[str, Total]
    by_town: Mapping[str, Total]
    """By the body with 属地责任; its patches and their whole area."""
    by_lead: Mapping[str, Total]

    @property
    def unit_changes(self) -> int:
        """Patches whose 查处 unit would change."""
        return sum(change.unit_changes for change in self.changes)

    @property
    def state_changes(self) -> int:
        """Patches whose state would change."""
        return sum(change.state_changes for change in self.changes)


def compare(before: Sequence[Standing], after: Sequence[Standing], areas: Mapping[str, int]) -> Comparison:
    """Compare two assignments of the same patches in the same order.

    `areas` are printed hundredths of 亩 by patch number, so that sums are those of every other paper.
    """
    changes = tuple(
        PatchChange(old.patch_no, old, new)
        for old, new in zip(before, after, strict=True)
        if old.state != new.state or set(old.keys) != set(new.keys)
    )
    return Comparison(
        len(before),
        changes,
        _states(_totals(before, after, areas, lambda item: item.state.value)),
        _totals(before, after, areas, _town),
        _totals(before, after, areas, lambda item: item.lead),
    )


def _town(standing: Standing) -> str:
    return next(iter(standing.units(DutyName.TERRITORY)), UNASSIGNED)


def _states(totals: Mapping[str, Total]) -> Mapping[str, Total]:
    """Return all states in their own order, those without patches too."""
    return {state.value: totals.get(state.value, Total()) for state in DutyState}


def _totals(
    before: Sequence[Standing],
    after: Sequence[Standing],
    areas: Mapping[str, int],
    group: Callable[[Standing], str],
) -> Mapping[str, Total]:
    """Return the totals by group, the largest before first, then by name."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for side, standings in enumerate((before, after)):
        for item in standings:
            counts[group(item)][side] += 1
            counts[group(item)][2 + side] += areas[item.patch_no]
    order = sorted(counts, key=lambda name: (-counts[name][2], -counts[name][3], name))
    return {name: Total(*counts[name]) for name in order}
