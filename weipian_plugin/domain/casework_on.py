"""How the patches stood on any day: which of them were worked on, at which stage, judged to be what.

Everything that persons did is kept with its day, so an earlier day can be told again. Patches are known by
their position in a `Roster`; all of it is arrays, so that a hundred thousand patches take no time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.split import SPLIT
from weipian_plugin.domain.stages import UNDOING, Stage

Bools = NDArray[np.bool_]
Days = NDArray[np.datetime64]
"""Dates as datetime64[D]; NaT where there is none."""
Ints = NDArray[np.int64]

STAGES = tuple(Stage)
"""The stages in the order of the work: steps name them by their position here."""
STAGE_NAMES: NDArray[np.object_] = np.array([str(stage) for stage in STAGES], dtype=np.object_)
UNCHECKED, DETERMINED, RETURNED = map(STAGES.index, (Stage.UNCHECKED, Stage.DETERMINED, Stage.RETURNED))
NO_DAY = np.datetime64("NaT", "D")
_FIRST_DAY = np.datetime64("0001-01-01", "D")


def days_of(texts: pd.Series[str]) -> Days:
    """Return ISO dates, or moments, as days; NaT for ''."""
    codes, different = pd.factorize(texts)  # few different days stand in many rows
    days = np.array([str(text)[:10] or "NaT" for text in different], dtype="datetime64[D]")
    return days[codes] if len(days) else np.empty(0, dtype="datetime64[D]")


@dataclass(frozen=True)
class Roster:
    """The patches of a workspace by position, split ones and their children alike."""

    numbers: pd.Index[str]
    received_on: Days
    parent: Ints
    """Position of the split patch whose child a patch is; -1 for none."""
    split_on: Days
    """From which day the children stand in a patch's place; NaT for a patch that is not split.

    A patch that was issued together with its children, or before them, was split when they were received.
    """

    @classmethod
    def of(cls, patches: pd.DataFrame, splits: pd.DataFrame) -> Roster:
        """Make it from patch_no, received_on, and patch_no, parent_no, split_state, split_on (ISO or '').

        `splits` are those of the patches that were split or came out of a split.
        """
        numbers = pd.Index(patches["patch_no"].to_numpy(object))
        received = days_of(patches["received_on"])
        roster = cls(numbers, received, np.full(len(numbers), -1), np.full(len(numbers), NO_DAY))
        at, parent = roster.positions(splits["patch_no"]), roster.positions(splits["parent_no"])
        is_split = np.zeros(len(numbers), dtype=bool)
        is_split[at] = (splits["split_state"] == SPLIT).to_numpy(bool)
        is_child = (parent >= 0) & is_split[parent]
        roster.parent[at[is_child]] = parent[is_child]
        roster.split_on[at] = days_of(splits["split_on"])
        undated = is_split & np.isnat(roster.split_on)
        roster.split_on[undated] = _received_last(roster.parent, received)[undated]
        return roster

    def positions(self, numbers: pd.Series[str]) -> Ints:
        """Return the position of each patch number, -1 for one that is not here."""
        found: Ints = self.numbers.get_indexer(numbers.to_numpy(object))  # type: ignore[no-untyped-call]
        return found

    @cached_property
    def since(self) -> Days:
        """The day from which each patch is there: its receipt, or the split that made it."""
        child = self.parent >= 0
        made = np.where(child, self.split_on[self.parent], self.received_on)
        return np.maximum(made, self.received_on)

    def issued(self, day: date) -> Bools:
        """Return which patches count as 原始下发 on a day: received by then, and no child of a split one."""
        return (self.received_on <= np.datetime64(day, "D")) & (self.parent < 0)

    def verified(self, day: date) -> Bools:
        """Return which patches count as 核实后 on a day: children in the place of what was split by then."""
        today = np.datetime64(day, "D")
        return (self.since <= today) & ~(self.split_on <= today)

    def descendants(self, at: Ints) -> tuple[Ints, Ints]:
        """Return pairs of a row of `at` and the position of a patch that came out of that row's patch.

        Raises ValueError where patches came out of themselves, which no split makes.
        """
        children = np.flatnonzero(self.parent >= 0)
        children = children[np.argsort(self.parent[children], kind="stable")]
        parents, rows = self.parent[children], np.arange(len(at))
        found: list[tuple[Ints, Ints]] = []
        while len(at):
            if len(found) > len(self.parent):
                raise ValueError("patches came out of themselves")
            first, last = np.searchsorted(parents, at), np.searchsorted(parents, at, "right")
            counts = last - first
            rows = np.repeat(rows, counts)
            offsets = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
            at = children[np.repeat(first, counts) + offsets]
            found.append((rows, at))
        nothing = np.empty(0, dtype=np.int64)
        return (
            np.concatenate([nothing, *(pair[0] for pair in found)]),
            np.concatenate([nothing, *(pair[1] for pair in found)]),
        )


def _received_last(parent: Ints, received: Days) -> Days:
    """Return for each patch the day on which the last of its children was received."""
    last = np.full(len(received), _FIRST_DAY)
    child = parent >= 0
    np.maximum.at(last, parent[child], received[child])
    return last


@dataclass(frozen=True)
class Steps:
    """The steps that patches took, patch by patch in the order they were recorded."""

    at: Ints
    stage: NDArray[np.intp]
    """Position in STAGES of the stage that the step leads to."""
    taken_on: Days
    voids: Bools
    """Whether the step leaves the patch without a determination: sent back to 待核查, or taken back."""

    @classmethod
    def of(cls, events: pd.DataFrame, roster: Roster) -> Steps:
        """Make it from patch_no, step, to_stage, taken_on of events in the order of their record."""
        at = roster.positions(events["patch_no"])
        order = np.argsort(at, kind="stable")
        order = order[np.searchsorted(at[order], 0) :]  # without patches that are not here
        stage: Ints = pd.Index(STAGES).get_indexer(events["to_stage"])  # type: ignore[no-untyped-call]
        voids = (stage == UNCHECKED) | events["step"].isin(list(UNDOING)).to_numpy(bool)
        return cls(at[order], stage[order], days_of(events["taken_on"])[order], voids[order])

    def where(self, chosen: Bools) -> Steps:
        """Return the chosen steps."""
        return Steps(self.at[chosen], self.stage[chosen], self.taken_on[chosen], self.voids[chosen])

    def by(self, day: date) -> Steps:
        """Return the steps taken by a day."""
        return self.where(self.taken_on <= np.datetime64(day, "D"))

    def deciding(self, count: int) -> Steps:
        """Return the steps that make or void a determination, of the patches that ever had one voided."""
        void = np.zeros(count, dtype=bool)
        void[self.at[self.voids]] = True
        return self.where(void[self.at] & (self.voids | (self.stage == DETERMINED)))

    def stages(self, count: int) -> NDArray[np.intp]:
        """Return the stage of each of `count` patches after its last step; every patch begins unchecked."""
        stages = np.full(count, UNCHECKED, dtype=np.intp)
        stages[self.at] = self.stage
        return stages

    def last_into(self, stage: int, count: int) -> Days:
        """Return the day on which each of `count` patches came into a stage last, NaT for never."""
        days = np.full(count, NO_DAY)
        chosen = self.stage == stage
        days[self.at[chosen]] = self.taken_on[chosen]
        return days


class Judgements:
    """Determinations, every revision of each, doubts about them, and the steps that sent them back."""

    def __init__(
        self, roster: Roster, steps: Steps, determinations: pd.DataFrame, doubts: pd.DataFrame
    ) -> None:
        """Take the columns patch_no, revision, decided_on, and patch_no, after_revision, noted_on.

        Both frames hold patches of the roster only.
        """
        self._count = len(roster.numbers)
        self.at = roster.positions(determinations["patch_no"])
        """The position of the patch of each determination."""
        self._revision = determinations["revision"].to_numpy(np.int64)
        self._rows = np.argsort(self._revision, kind="stable")
        self._decided_on = days_of(determinations["decided_on"])[self._rows]
        self._doubt_at = roster.positions(doubts["patch_no"])
        self._doubted = doubts["after_revision"].to_numpy(np.int64)
        self._doubted_on = days_of(doubts["noted_on"])
        self._deciding = steps.deciding(self._count)

    def in_force(self, day: date) -> Ints:
        """Return for each patch the row of the determination that holds on a day, -1 for none.

        It is the latest revision decided by then. A patch is undecided when its determination was sent back
        (复核不通过, 审定不通过, 撤回) or taken back since, or when a doubt was noted since. What the city
        returned stands until it is judged again.
        """
        today = np.datetime64(day, "D")
        by_then = self._rows[self._decided_on <= today]
        held = np.full(self._count, -1, dtype=np.int64)
        held[self.at[by_then]] = by_then
        taken = self._deciding.by(day)
        is_void = np.zeros(self._count, dtype=bool)
        is_void[taken.at] = taken.voids
        held[is_void] = -1
        self._leave_out_doubted(held, today)
        return held

    def _leave_out_doubted(self, held: Ints, today: np.datetime64) -> None:
        noted = self._doubted_on <= today
        at, doubted = self._doubt_at[noted], self._doubted[noted]
        judged = held[at] >= 0
        at, doubted = at[judged], doubted[judged]
        held[at[self._revision[held[at]] <= doubted]] = -1
