"""One frame with everything that statistics and the ratio need of each patch, as it stood on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.casework_on import RETURNED, STAGE_NAMES, Judgements
from weipian_plugin.domain.categories import Dictionary
from weipian_plugin.domain.deadline_queue import Casework, standing
from weipian_plugin.domain.distinct import distinct
from weipian_plugin.domain.land_parts import Farmland, PrintedLand, land_parts, printed_land
from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.ratio import RatioRule
from weipian_plugin.domain.ratio_term import NOT_COUNTED, UNDECIDED, ratio_term
from weipian_plugin.domain.rectification import Acceptors, acceptors
from weipian_plugin.domain.rectified import Entries, outside, rectified
from weipian_plugin.domain.units import printed_units, to_mu
from weipian_plugin.store import casework_figures
from weipian_plugin.store.casework_figures import CaseTables
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.categories import dictionary_of
from weipian_plugin.workflow.deadlines import casework_of, term_rules
from weipian_plugin.workflow.dictionaries import land_classes
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.rectify import remedies_dictionary

_SIDES = ("合法", "违法", "其他", UNDECIDED, NOT_COUNTED)
_ILLEGAL, _UNDECIDED, _NOT_COUNTED = _SIDES[1], _SIDES.index(UNDECIDED), _SIDES.index(NOT_COUNTED)
_FOR_SUMS = {
    "farmland": "ratio_farmland",
    "doubtful": "doubtful",
    "area": "area",
    "rectified": "rectified",
    "deducted": "deducted",
}
"""What `ratio.sums` takes, and the column of the cases that it comes from."""
_FOR_RATIO = {"patch_no": "patch_no", "town": "town", "month": "month", **_FOR_SUMS}

Ints = NDArray[np.int64]
Objects = NDArray[np.object_]


@dataclass(frozen=True)
class CaseFrame:
    """The patches as they stood on a day, and how the ratio takes every determination they ever had."""

    as_of: date
    cases: pd.DataFrame
    """One row a patch that was there by the day, split ones and their children alike.

    Columns: patch_no, kind, duty_state, town, unit, received_on, month, quarter, issued, verified (whether it
    counts as 原始下发, 核实后), stage, result (未判定 for none), category, rectified, deducted, area_m2;
    in printed hundredths of 亩 area, farmland (after 田坎, 0 where unknown), basic, and for the ratio
    ratio_farmland and doubtful; unknown, unknown_basic (whether nobody knows the farmland after 田坎, the
    永久基本农田: 0 then).
    """
    terms: pd.DataFrame
    """How each patch 核实后 stands to its term; see `deadline_queue.standing`."""
    returns: pd.Series[int]
    """How often the city sent patches back by the day, by township."""
    rule: RatioRule
    _casework: Casework
    _judgements: Judgements
    _sides: Ints
    """What each determination counts as: a position in _SIDES."""
    _all: Mapping[str, NDArray[Any]]
    """Columns of all patches, also those that were not there yet: _FOR_RATIO and kind."""

    def counted_on(self, day: date, by: bool = True) -> pd.DataFrame:
        """Return the patches of the ratio on a day not after `as_of`, with what they counted as then.

        Patches 核实后 of its kinds, 存量 left out: columns result and those that `ratio.sums` takes; with
        `by` also patch_no, town, month. Rectification counts as of `as_of`.
        """
        held = self._judgements.in_force(day)
        side = np.where(held >= 0, np.append(self._sides, _UNDECIDED)[held], _UNDECIDED)
        chosen = self._casework.roster.verified(day) & self._counts & (side != _NOT_COUNTED)
        columns = {
            name: self._all[source][chosen] for name, source in (_FOR_RATIO if by else _FOR_SUMS).items()
        }
        result = pd.Categorical.from_codes(side[chosen], pd.Index(_SIDES))
        return pd.DataFrame({**columns, "result": result}, copy=False)

    @cached_property
    def _counts(self) -> NDArray[np.bool_]:
        """Which patches are of a kind that counts."""
        codes, kinds = pd.factorize(self._all["kind"])
        return np.array([self.rule.counts(kind) for kind in kinds], dtype=bool)[codes]


def case_frame(work: Workspace, as_of: date) -> CaseFrame:
    """Return everything that statistics need, as of a day."""
    plan, tables = adopted_plan(work), casework_figures.read_cases(work)
    rule = plan.ratio.rule
    casework = casework_of(tables)
    roster, count = casework.roster, len(tables.patches)
    land = land_parts(tables.land, roster.positions(tables.land["patch_no"]), count, land_classes().group)
    judgements = Judgements(roster, casework.steps, tables.determinations, tables.doubts)
    held = judgements.in_force(as_of)
    columns = {
        **{str(name): values.to_numpy() for name, values in tables.patches.items()},
        **_periods(tables.patches["received_on"]),
        **_areas(tables, printed_land(tables.patches["area_m2"].to_numpy(float), land), rule.farmland),
        "issued": roster.issued(as_of),
        "verified": roster.verified(as_of),
        "stage": STAGE_NAMES[casework.stages(as_of)],
        "result": _held(tables.determinations["result"], held, UNDECIDED),
        "category": _held(tables.determinations["category"], held, ""),
    }
    columns |= _rectification(columns, tables, plan, as_of)
    there = roster.since <= np.datetime64(as_of, "D")
    return CaseFrame(
        as_of,
        pd.DataFrame({name: values[there] for name, values in columns.items()}, copy=False),
        standing(casework, term_rules(work), as_of),
        _returns(casework, tables.patches["town"], as_of),
        rule,
        casework,
        judgements,
        _sides(tables, judgements.at, dictionary_of(work), rule),
        {name: columns[name] for name in (*_FOR_RATIO.values(), "kind")},
    )


def _held(values: pd.Series[str], rows: Ints, otherwise: str) -> Objects:
    """Return the value of each row, `otherwise` for row -1."""
    taken = np.full(len(rows), otherwise, dtype=object)
    taken[rows >= 0] = values.to_numpy(object)[rows[rows >= 0]]
    return taken


def _periods(received_on: pd.Series[str]) -> dict[str, NDArray[Any]]:
    codes, days = pd.factorize(received_on)
    months = np.array([f"{day[:4]}年{day[5:7]}月" for day in days], dtype=object)
    quarters = np.array([f"{day[:4]}年第{(int(day[5:7]) + 2) // 3}季度" for day in days], dtype=object)
    return {"month": months[codes], "quarter": quarters[codes]}


def _areas(tables: CaseTables, land: PrintedLand, counted: Farmland) -> dict[str, NDArray[Any]]:
    basic = tables.basic_farmland.set_index("patch_no")["basic_m2"].reindex(tables.patches["patch_no"])
    unknown = land.net_unknown
    return {
        "area": land.area,
        "farmland": np.where(unknown, 0, land.farmland(Farmland.NET)),
        "unknown": unknown,
        "ratio_farmland": land.farmland(counted),
        "doubtful": land.doubtful(counted),
        "basic": printed_units(to_mu(basic.fillna(0).to_numpy(float))),
        "unknown_basic": basic.isna().to_numpy(bool),
    }


def _rectification(
    columns: Mapping[str, NDArray[Any]], tables: CaseTables, plan: Plan, as_of: date
) -> dict[str, NDArray[Any]]:
    """Return which patches are 整改到位 by the day, and which of them are deducted."""
    remedies = remedies_dictionary()
    places = np.flatnonzero(columns["result"] == _ILLEGAL)
    illegal = pd.DataFrame({name: columns[name][places] for name in ("patch_no", "area", "unit")})
    done = tables.remedies[tables.remedies["done_on"].str.slice(0, 10) <= as_of.isoformat()]
    at: Ints = pd.Index(illegal["patch_no"]).get_indexer(done["patch_no"])  # type: ignore[no-untyped-call]
    done, at = done[at >= 0], at[at >= 0]
    entries = Entries(len(illegal), at, done)

    @cache
    def who(lead: str) -> Acceptors:
        return acceptors(plan, remedies, lead)

    settled = np.zeros((2, len(columns["result"])), dtype=bool)
    found = rectified(
        illegal["area"].to_numpy(np.int64), illegal["unit"].to_numpy(object), entries, remedies, who
    )
    settled[:, places] = found
    if plan.ratio.rule.deducted_measures:
        settled[1, places] &= ~outside(entries, remedies, plan.ratio.rule.deducted_measures)
    return {"rectified": settled[0], "deducted": settled[1]}


def _returns(casework: Casework, towns: pd.Series[str], as_of: date) -> pd.Series[int]:
    """Return how often the city sent patches back; to take a new judgement back (撤销重判) is no return."""
    taken = casework.steps.by(as_of)
    return towns.iloc[taken.at[(taken.stage == RETURNED) & ~taken.voids]].value_counts()


def _sides(tables: CaseTables, at: Ints, dictionary: Dictionary, rule: RatioRule) -> Ints:
    """Return what each determination counts as in the ratio; `at` is the position of its patch."""
    judged = tables.determinations[["result", "category"]]
    rows, different = distinct(judged.assign(kind=tables.patches["kind"].to_numpy(object)[at]))
    sides = [_SIDES.index(ratio_term(key[0], key[1], key[2], dictionary, rule)) for key in different]
    return np.array(sides, dtype=np.int64)[rows]
