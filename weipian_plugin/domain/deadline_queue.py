"""Which patches wait for their determination, for how long yet, and where terms have run out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.casework_on import DETERMINED, NO_DAY, STAGE_NAMES, STAGES, Roster, Steps, days_of
from weipian_plugin.domain.deadlines import Days, Ints, Pauses, PauseStage, Term, days_left, due_dates
from weipian_plugin.domain.holidays import Holidays
from weipian_plugin.domain.stages import OPEN, Stage

Objects = NDArray[np.object_]
Positions = NDArray[np.intp]

_OPEN = [STAGES.index(stage) for stage in OPEN]
"""Positions of the stages that wait for a determination."""


class TermState(StrEnum):
    """How a patch stands to its term."""

    OVERDUE = "逾期"
    TODAY = "今日到期"
    OPEN = "在办"
    PAUSED = "暂停"
    """With the city."""
    DONE = "按期判定"
    LATE = "超期判定"


WAITING = (TermState.OVERDUE, TermState.TODAY, TermState.OPEN)
"""States in which somebody has to do something."""


@dataclass(frozen=True)
class TermRules:
    """How the terms of a workspace run."""

    term: Term
    holidays: Holidays
    paused_in: tuple[PauseStage, ...] = (PauseStage.REPORTED,)


@dataclass(frozen=True)
class Casework:
    """What terms depend on; frames in any order but `events`."""

    patches: pd.DataFrame
    """patch_no, received_on, and columns that are passed on as they are."""
    splits: pd.DataFrame
    """patch_no, parent_no, split_state, split_on of those that were split or came out of a split."""
    events: pd.DataFrame
    """patch_no, step, to_stage, taken_on: the steps in the order they were recorded."""
    determinations: pd.DataFrame
    """patch_no, decided_on; looked at for patches without any step only."""
    extensions: pd.DataFrame
    """patch_no, days, approved_on, withdrawn_on ('' while it stands)."""

    @cached_property
    def roster(self) -> Roster:
        """The patches by position."""
        return Roster.of(self.patches, self.splits)

    @cached_property
    def steps(self) -> Steps:
        """All steps, whenever they were taken."""
        return Steps.of(self.events, self.roster)

    def stages(self, day: date) -> Positions:
        """Return the position in STAGES of each patch's stage on a day."""
        stages = self.steps.by(day).stages(len(self.roster.numbers))
        stages[self._unstepped <= np.datetime64(day, "D")] = DETERMINED
        return stages

    def completed(self, day: date) -> Days:
        """Return when each patch came to 已判定 last by a day; NaT for never."""
        completed = self.steps.by(day).last_into(DETERMINED, len(self.roster.numbers))
        return np.where(self._unstepped <= np.datetime64(day, "D"), self._unstepped, completed)

    @cached_property
    def _unstepped(self) -> Days:
        """The first determination of patches that never took a step: that makes them 已判定; else NaT."""
        first = np.full(len(self.roster.numbers), NO_DAY)
        at = self.roster.positions(self.determinations["patch_no"])
        decided = days_of(self.determinations["decided_on"])
        latest_first = np.argsort(decided, kind="stable")[::-1]
        latest_first = latest_first[at[latest_first] >= 0]
        first[at[latest_first]] = decided[latest_first]
        first[self.steps.at] = NO_DAY
        return first


def standing(case: Casework, rules: TermRules, as_of: date) -> pd.DataFrame:
    """Return how each patch that is worked on (核实后) stands to its term on a day.

    What happened later does not count. A child of a split patch takes over its term: receipt, extensions and
    the days that the patch was with the city. Columns: those of the patches that say what they are, then
    extended (days), paused (days of any kind so far), due_on (while a pause lasts: as if it ended today),
    days_left (of the kind that the term counts), stage, state, completed_on (NaT), late, ends_on (due_on, but
    without a pause that still lasts: what a paper can say that is not of one day).
    """
    roster, steps, count = case.roster, case.steps.by(as_of), len(case.roster.numbers)
    pauses = _pauses(steps, roster, rules.paused_in)
    extended = _extended(case.extensions, roster, as_of)
    due = due_dates(roster.received_on, rules.term, rules.holidays, extended, pauses, as_of)
    stage, completed = case.stages(as_of), case.completed(as_of)
    waiting = np.isin(stage, _OPEN)
    late = ~waiting & (completed > due)
    columns = dict(case.patches.items()) | {
        "received_on": roster.received_on,
        "extended": extended,
        "paused": _paused_days(pauses, count, as_of),
        "due_on": due,
        "days_left": days_left(due, as_of, rules.term.counting, rules.holidays),
        "stage": STAGE_NAMES[stage],
        "state": _states(stage, due, late, rules.paused_in, as_of),
        "completed_on": np.where(waiting, NO_DAY, completed),
        "late": late,
        "ends_on": due,
    }
    lasting = np.isnat(pauses.end)
    if lasting.any():
        ended = Pauses(pauses.patch[~lasting], pauses.start[~lasting], pauses.end[~lasting])
        columns["ends_on"] = due_dates(roster.received_on, rules.term, rules.holidays, extended, ended, as_of)
    verified = roster.verified(as_of)
    return pd.DataFrame({name: np.asarray(values)[verified] for name, values in columns.items()}, copy=False)


def waiting(standings: pd.DataFrame) -> pd.DataFrame:
    """Return the patches that wait, those with the fewest days left first; paused ones follow at the end."""
    chosen = standings[standings["state"].isin([*WAITING, TermState.PAUSED])]
    chosen = chosen.assign(_paused=chosen["state"] == TermState.PAUSED)
    chosen = chosen.sort_values(["_paused", "days_left", "due_on", "patch_no"], kind="stable")
    return chosen.drop(columns="_paused").reset_index(drop=True)


def counts_by(standings: pd.DataFrame, column: str, as_of: date) -> pd.DataFrame:
    """Return one row for each value of `column`, the one with most overdue first.

    Columns total, one of each TermState, longest (days overdue), due_7 and due_15 (due in the coming 7 and
    15 calendar days, today not counted).
    """
    table = pd.crosstab(standings[column], standings["state"]).reindex(columns=list(TermState), fill_value=0)
    table.insert(0, "total", table.sum(axis=1))
    overdue = standings["state"] == TermState.OVERDUE
    longest = (-standings["days_left"]).where(overdue, 0).groupby(standings[column]).max()
    table["longest"] = longest.reindex(table.index, fill_value=0)
    for days in (7, 15):
        soon = _due_within(standings, as_of, days).groupby(standings[column]).sum()
        table[f"due_{days}"] = soon.reindex(table.index, fill_value=0)
    table.index.name = column
    order = ["overdue_first", column]
    table = table.assign(overdue_first=-table[TermState.OVERDUE]).reset_index().sort_values(order)
    return table.drop(columns="overdue_first").reset_index(drop=True)


def forecast(standings: pd.DataFrame, as_of: date, days: int = 15) -> pd.DataFrame:
    """Return for each of the coming days how many terms of waiting patches end: columns day, due, so_far."""
    coming = [as_of + timedelta(days=number) for number in range(1, days + 1)]
    open_ = standings.loc[standings["state"] == TermState.OPEN, "due_on"]
    counts = open_.value_counts().reindex(pd.DatetimeIndex(coming), fill_value=0)
    table = pd.DataFrame({"day": coming, "due": counts.to_numpy()})
    return table.assign(so_far=table["due"].cumsum())


def _due_within(standings: pd.DataFrame, as_of: date, days: int) -> pd.Series[int]:
    last = pd.Timestamp(as_of + timedelta(days=days))
    due = standings["due_on"]
    chosen = (standings["state"] == TermState.OPEN) & (due > pd.Timestamp(as_of)) & (due <= last)
    return chosen.astype(int)


def _pauses(steps: Steps, roster: Roster, paused_in: Sequence[PauseStage]) -> Pauses:
    """Return the stretches in the stages that pause; each lasts until the next step of the patch.

    Children have those of the patch that they came out of, which end when it is split.
    """
    end = np.full(len(steps.at), NO_DAY)
    follows = steps.at[1:] == steps.at[:-1]
    end[:-1][follows] = steps.taken_on[1:][follows]
    chosen = np.isin(steps.stage, [STAGES.index(Stage(stage)) for stage in paused_in])
    at, start, end = steps.at[chosen], steps.taken_on[chosen], end[chosen]
    rows, heirs = roster.descendants(at)
    left = np.where(np.isnat(end), roster.split_on[at], end)[rows]
    at, start, end = np.append(heirs, at), np.append(start[rows], start), np.append(left, end)
    order = np.lexsort((start, at))
    return Pauses(at[order], start[order], end[order])


def _paused_days(pauses: Pauses, count: int, as_of: date) -> Ints:
    end = np.where(np.isnat(pauses.end), np.datetime64(as_of, "D"), pauses.end)
    lasted = np.maximum((end - pauses.start).astype(np.int64), 0)
    return np.bincount(pauses.patch, lasted, minlength=count).astype(np.int64)


def _extended(extensions: pd.DataFrame, roster: Roster, as_of: date) -> Ints:
    """Return the days granted to each patch, or to the patch that it came out of, and not taken back."""
    today, at = np.datetime64(as_of, "D"), roster.positions(extensions["patch_no"])
    stands = (days_of(extensions["approved_on"]) <= today) & ~(days_of(extensions["withdrawn_on"]) <= today)
    stands &= at >= 0
    at, days = at[stands], extensions["days"].to_numpy(dtype=float)[stands]
    rows, heirs = roster.descendants(at)
    counts = np.bincount(np.append(at, heirs), np.append(days, days[rows]), minlength=len(roster.numbers))
    return counts.astype(np.int64)


def _states(
    stage: Positions, due: Days, late: NDArray[np.bool_], paused_in: Sequence[PauseStage], as_of: date
) -> Objects:
    today = np.datetime64(as_of, "D")
    waiting = np.isin(stage, _OPEN)
    state = np.where(late, TermState.LATE.value, TermState.DONE.value).astype(object)
    state[waiting & (due > today)] = TermState.OPEN.value
    state[waiting & (due == today)] = TermState.TODAY.value
    state[waiting & (due < today)] = TermState.OVERDUE.value
    state[np.isin(stage, [STAGES.index(Stage(one)) for one in paused_in])] = TermState.PAUSED.value
    return state
