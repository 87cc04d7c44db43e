"""Which patches wait for their determination, for how long yet, and where terms have run out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.deadlines import Days, Ints, Pauses, PauseStage, Term, days_left, due_dates
from weipian_plugin.domain.holidays import Holidays

Objects = NDArray[np.object_]

_UNCHECKED, _DETERMINED = "待核查", "已判定"
_OPEN = (_UNCHECKED, "市级退回")
"""Stages that wait for a determination."""
_NO_DAY = np.datetime64("NaT", "D")


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
    """What happened to the patches; frames in any order but `events`."""

    patches: pd.DataFrame
    """patch_no, received_on, town, unit: those received by the day in question."""
    events: pd.DataFrame
    """patch_no, to_stage, taken_on: the steps in the order they were recorded; 复核 and 审定 may lack."""
    determinations: pd.DataFrame
    """patch_no, decided_on; wanted only of patches without any step."""
    extensions: pd.DataFrame
    """patch_no, days, approved_on."""


def standing(case: Casework, rules: TermRules, as_of: date) -> pd.DataFrame:
    """Return how each patch stands to its term on a day; what happened later does not count.

    Columns patch_no, town, unit, received_on, extended (days), paused (days of any kind so far), due_on
    (while a pause lasts: as if it ended today), days_left (of the kind that the term counts), stage, state,
    completed_on (NaT), late.
    """
    index = pd.Index(case.patches["patch_no"])
    events = _by_then(case.events, "taken_on", index, as_of)
    pauses = _pauses(events, rules.paused_in)
    received = _days(case.patches["received_on"])
    extended = _extended(case.extensions, index, as_of)
    due = due_dates(received, rules.term, rules.holidays, extended, pauses, as_of)
    completed = _completed(case, events, index, as_of)
    stage = _stages(events, completed)
    frame = case.patches[["patch_no", "town", "unit"]].reset_index(drop=True)
    frame["received_on"], frame["extended"] = received, extended
    frame["paused"] = _paused_days(pauses, len(index), as_of)
    frame["due_on"] = due
    frame["days_left"] = days_left(due, as_of, rules.term.counting, rules.holidays)
    frame["stage"] = stage
    frame["completed_on"] = np.where(np.isin(stage, _OPEN), _NO_DAY, completed)
    frame["late"] = frame["completed_on"] > frame["due_on"]
    frame["state"] = _states(stage, due, frame["late"].to_numpy(bool), rules.paused_in, as_of)
    return frame


def queue(standings: pd.DataFrame) -> pd.DataFrame:
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


def _days(texts: pd.Series[str]) -> Days:
    codes, days = pd.factorize(texts)  # few different days stand in many rows
    return np.array([str(day)[:10] for day in days], dtype="datetime64[D]")[codes]


def _by_then(frame: pd.DataFrame, column: str, index: pd.Index[str], as_of: date) -> pd.DataFrame:
    """Return the rows up to a day of the patches in `index`, with their position `at`, patch by patch."""
    chosen = frame[_days(frame[column]) <= np.datetime64(as_of, "D")]
    positions: Ints = index.get_indexer(chosen["patch_no"])  # type: ignore[no-untyped-call]
    chosen = chosen.assign(at=positions)
    return chosen[chosen["at"] >= 0].sort_values("at", kind="stable")


def _pauses(events: pd.DataFrame, paused_in: Collection[str]) -> Pauses:
    """Return the stretches in the stages that pause; each lasts until the next step of the patch."""
    taken = _days(events["taken_on"])
    at = events["at"].to_numpy(dtype=np.int64)
    end = np.full(len(events), _NO_DAY)
    follows = at[1:] == at[:-1]
    end[:-1][follows] = taken[1:][follows]
    chosen = events["to_stage"].isin(list(paused_in)).to_numpy()
    return Pauses(at[chosen], taken[chosen], end[chosen])


def _paused_days(pauses: Pauses, count: int, as_of: date) -> Ints:
    end = np.where(np.isnat(pauses.end), np.datetime64(as_of, "D"), pauses.end)
    lasted = np.maximum((end - pauses.start).astype(np.int64), 0)
    return np.bincount(pauses.patch, lasted, minlength=count).astype(np.int64)


def _extended(extensions: pd.DataFrame, index: pd.Index[str], as_of: date) -> Ints:
    granted = _by_then(extensions, "approved_on", index, as_of)
    days = granted["days"].to_numpy(dtype=float)
    return np.bincount(granted["at"].to_numpy(np.int64), days, minlength=len(index)).astype(np.int64)


def _completed(case: Casework, events: pd.DataFrame, index: pd.Index[str], as_of: date) -> Days:
    """Return when each patch was determined last: by its steps, else by its first determination."""
    decided = _by_then(case.determinations, "decided_on", index, as_of)
    decided = decided.sort_values("decided_on", kind="stable").drop_duplicates("at")
    completed = np.full(len(index), _NO_DAY)
    completed[decided["at"].to_numpy(np.int64)] = _days(decided["decided_on"])
    steps = events[events["to_stage"] == _DETERMINED]
    steps = steps.drop_duplicates("at", keep="last")
    completed[steps["at"].to_numpy(np.int64)] = _days(steps["taken_on"])
    return completed


def _stages(events: pd.DataFrame, completed: Days) -> Objects:
    """Return each patch's stage on the day: after its last step by then.

    Every patch begins as 待核查; one with a determination and no step is 已判定.
    """
    stage = np.where(np.isnat(completed), _UNCHECKED, _DETERMINED).astype(object)
    last = events.drop_duplicates("at", keep="last")
    stage[last["at"].to_numpy(np.int64)] = last["to_stage"].to_numpy(dtype=object)
    return stage


def _states(
    stage: Objects, due: Days, late: NDArray[np.bool_], paused_in: Collection[str], as_of: date
) -> Objects:
    today = np.datetime64(as_of, "D")
    waiting = np.isin(stage, _OPEN)
    state = np.where(late, TermState.LATE.value, TermState.DONE.value).astype(object)
    state[waiting & (due > today)] = TermState.OPEN.value
    state[waiting & (due == today)] = TermState.TODAY.value
    state[waiting & (due < today)] = TermState.OVERDUE.value
    state[np.isin(stage, list(paused_in))] = TermState.PAUSED.value
    return state
