"""Use case: what the map shows of every patch of the work, and what has changed since it was shown last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from weipian_plugin.domain.deadline_queue import TermState
from weipian_plugin.store import batches, patches
from weipian_plugin.store.patches import View
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.deadlines import terms_on
from weipian_plugin.workflow.dictionaries import patch_type_names

SOON_DAYS = 7
"""From how many days left on a term is near."""


class TermClass(StrEnum):
    """How near the end of its term a patch is, as the map colours it."""

    OVERDUE = "逾期"
    SOON = "7日内到期"
    IN_TIME = "7日以上"
    PAUSED = "市级审核中"
    DONE = "已判定"


COLUMNS = (
    "patch_no",
    "stage",
    "duty_state",
    "term",
    "days_left",
    "due_on",
    "unit",
    "town_name",
    "patch_type",
    "kind",
    "area_mu",
    "batch",
    "received_on",
    "date_before",
    "date_after",
    "parent_no",
    "split_state",
)
"""What the map holds of a patch beside its shape; texts but days_left (int or None) and area_mu (float)."""


@dataclass(frozen=True)
class PatchMap:
    """The patches of the work (核实后) in the order of their import: parallel lists."""

    numbers: Sequence[str]
    rows: Sequence[tuple[Any, ...]]
    """Values of COLUMNS."""
    wkb: Sequence[bytes]
    """Outlines in EPSG:4490."""


EMPTY = PatchMap((), (), ())


@dataclass(frozen=True)
class PatchChanges:
    """How to get from one map to the next."""

    gone: Sequence[str]
    new: PatchMap
    """Patches that were not there, or had another outline (these are in `gone` too)."""
    values: Mapping[str, Mapping[int, Any]]
    """By patch number: position in COLUMNS and new value."""


def read_patch_map(workspace: Path, as_of: date) -> PatchMap:
    """Return what the map shows on a day; raise WeipianError when the workspace cannot be read."""
    work = Workspace.open(workspace)
    frame = patches.read(work, view=View.VERIFIED)
    terms = terms_on(work, as_of).set_index("patch_no").reindex(frame["patch_no"])
    shown = pd.DataFrame(frame.drop(columns="geom"))
    names = batches.read(work).set_index("batch_id")["name"]
    codes = shown["patch_type"]
    shown["batch"] = shown["batch_id"].map(names)
    shown["patch_type"] = codes.map(_type_words()).fillna(codes)
    shown["unit"] = terms["unit"].fillna("").to_numpy()
    shown["received_on"] = _iso(terms["received_on"])
    shown["due_on"] = _iso(terms["due_on"])
    shown["days_left"] = _days_left(terms).to_numpy()
    shown["term"] = _term_classes(terms)
    columns = [shown[name].tolist() for name in COLUMNS]
    outlines = shapely.to_wkb(frame.geometry.to_numpy()).tolist()
    return PatchMap(shown["patch_no"].tolist(), list(zip(*columns, strict=True)), outlines)


def changes_between(before: PatchMap, after: PatchMap) -> PatchChanges:
    """Return what has to be done to a map that shows `before` so that it shows `after`."""
    held = {number: at for at, number in enumerate(before.numbers)}
    fresh, values, same = [], {}, set()
    for at, number in enumerate(after.numbers):
        known = held.get(number)
        if known is None or before.wkb[known] != after.wkb[at]:
            fresh.append(at)
            continue
        same.add(number)
        if before.rows[known] != after.rows[at]:
            pairs = enumerate(zip(before.rows[known], after.rows[at], strict=True))
            values[number] = {place: new for place, (old, new) in pairs if old != new}
    gone = [number for number in before.numbers if number not in same]
    return PatchChanges(gone, _part(after, fresh), values)


def _part(whole: PatchMap, places: Sequence[int]) -> PatchMap:
    return PatchMap(
        [whole.numbers[at] for at in places],
        [whole.rows[at] for at in places],
        [whole.wkb[at] for at in places],
    )


def _type_words() -> dict[str, str]:
    return {code: f"{code} {name}" for code, name in patch_type_names().items()}


def _iso(days: pd.Series[Any]) -> list[str]:
    return ["" if pd.isna(day) else day.date().isoformat() for day in days]


def _days_left(terms: pd.DataFrame) -> pd.Series[Any]:
    """Return the days that are left where somebody has to do something, None elsewhere."""
    waiting = terms["state"].isin([TermState.OVERDUE, TermState.TODAY, TermState.OPEN])
    pairs = zip(terms["days_left"], waiting, strict=True)
    # As objects: numbers with a None among them would become floats, and it NaN.
    return pd.Series([int(left) if waits else None for left, waits in pairs], dtype=object)


def _term_classes(terms: pd.DataFrame) -> list[str]:
    state, left = terms["state"], terms["days_left"]
    soon = (state == TermState.TODAY) | ((state == TermState.OPEN) & (left <= SOON_DAYS))
    chosen = np.select(
        [state == TermState.OVERDUE, soon, state == TermState.OPEN, state == TermState.PAUSED],
        [TermClass.OVERDUE.value, TermClass.SOON.value, TermClass.IN_TIME.value, TermClass.PAUSED.value],
        TermClass.DONE.value,
    )
    return [str(word) for word in chosen]
