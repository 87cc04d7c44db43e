"""One frame with everything that statistics and the ratio need of each patch, as it stood on a day."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from weipian_plugin.domain.casework_statistics import UNDECIDED, printed_areas, with_views
from weipian_plugin.domain.categories import Dictionary
from weipian_plugin.domain.ratio import Farmland, RatioRule, deductible, valid_on
from weipian_plugin.domain.rectification import Entry, acceptors, standing
from weipian_plugin.domain.units import to_mu
from weipian_plugin.store import casework_figures, rectifications
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.categories import dictionary_of
from weipian_plugin.workflow.dictionaries import land_classes
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.rectify import remedies_dictionary

_PART_OF_GROUP = {
    "耕地": "farmland",
    "其他农用地": "agricultural",
    "建设用地": "construction",
    "未利用地": "unused",
}
_LEGAL, _ILLEGAL, _OTHER = "合法", "违法", "其他"
EARLIER = "存量"
"""Counts as: taken in an earlier year, not in the year's figure."""
_FOR_RATIO = (
    "patch_no",
    "kind",
    "received_on",
    "town",
    "month",
    "farmland_m2",
    "doubtful_m2",
    "area_m2",
    "rectified",
    "deducted",
)


@dataclass(frozen=True)
class CaseFrame:
    """The patches as they stood on a day, and how the ratio takes every determination they ever had."""

    cases: pd.DataFrame
    """One row a patch received by the day, split ones and their children alike.

    Columns: patch_no, kind, split_state, town, unit, received_on, month, quarter, issued, verified, result,
    category, rectified, measures, deducted; area_m2, farmland_m2, doubtful_m2 for the ratio; area, farmland,
    basic (printed hundredths of 亩) and unknown for statistics.
    """
    base: pd.DataFrame
    """Those that the ratio may count: verified ones of its kinds."""
    revisions: pd.DataFrame
    """Their determinations, oldest revision first: `at` (position in `base`), `decided` (day), `term`."""
    rule: RatioRule

    def counted_on(self, day: str) -> pd.DataFrame:
        """Return the patches of the ratio (核实后, received by a day) with what they counted as then."""
        result = np.full(len(self.base), UNDECIDED, dtype=object)
        then = (self.revisions["decided"] <= day).to_numpy(bool)
        result[self.revisions["at"].to_numpy()[then]] = self.revisions["term"].to_numpy()[then]
        received = (self.base["received_on"] <= day).to_numpy(bool)
        return self.base.assign(result=result)[received & (result != EARLIER)]


def case_frame(work: Workspace, as_of: date) -> CaseFrame:
    """Return everything that statistics need, as of a day."""
    day, rule = as_of.isoformat(), adopted_plan(work).ratio.rule
    with ThreadPoolExecutor(2) as pool:  # SQLite works on the land while pandas is busy with the rest
        land = pool.submit(casework_figures.read_land, work, _part_of)
        basic = pool.submit(casework_figures.read_basic_farmland, work)
        patches = with_views(casework_figures.read_patches(work, day))
        revisions = casework_figures.read_determinations(work)
        decided = valid_on(revisions, day)
        patches = patches.merge(decided[["patch_no", "result", "category"]], on="patch_no", how="left")
        patches = patches.merge(land.result(), on="patch_no", how="left")
        patches = patches.merge(basic.result(), on="patch_no", how="left")
    patches["result"] = patches["result"].fillna(UNDECIDED)
    patches["category"] = patches["category"].fillna("")
    patches = _with_periods(_with_areas(patches, rule))
    patches = _with_rectification(work, patches, day)
    chosen = patches["verified"] & patches["kind"].map(rule.counts).astype(bool)
    base = patches.loc[chosen, list(_FOR_RATIO)].reset_index(drop=True)
    return CaseFrame(patches, base, _terms(work, revisions, base, rule), rule)


def _terms(work: Workspace, revisions: pd.DataFrame, base: pd.DataFrame, rule: RatioRule) -> pd.DataFrame:
    """Return what each determination counts as: legal ones that are no new building land as 其他."""
    at = pd.Index(base["patch_no"]).get_indexer(revisions["patch_no"])  # type: ignore[no-untyped-call]
    found = revisions.assign(at=at)[at >= 0].sort_values("revision", kind="stable")
    kinds = base["kind"].to_numpy(object)[found["at"].to_numpy()]
    keys = found[["result", "category"]].assign(kind=kinds)
    dictionary = dictionary_of(work)
    different = keys.drop_duplicates().itertuples(index=False, name=None)
    terms = np.array([_term(key, dictionary, rule) for key in different], dtype=np.object_)
    numbers = keys.groupby(["result", "category", "kind"], sort=False).ngroup().to_numpy()
    codes, days = pd.factorize(found["decided_on"])
    decided = np.array([str(day)[:10] for day in days], dtype=object)
    return pd.DataFrame({"at": found["at"].to_numpy(), "decided": decided[codes], "term": terms[numbers]})


def _term(key: tuple[str, str, str], dictionary: Dictionary, rule: RatioRule) -> str:
    result, category, kind = key
    if category in rule.earlier_categories:
        return EARLIER
    found = dictionary.category(result, category, kind) if category else None
    if found is None or result not in (_LEGAL, _OTHER):
        return result
    return _LEGAL if found.is_counted else _OTHER


def _part_of(code: str) -> str:
    return _PART_OF_GROUP.get(land_classes().group(code), "unclassified")


def _with_areas(patches: pd.DataFrame, rule: RatioRule) -> pd.DataFrame:
    printed = printed_areas(patches)
    missing = patches["farmland"].isna().to_numpy()
    net, without_net = (patches[name].fillna(0).to_numpy(float) for name in ("net", "without_net"))
    uncovered = patches["uncovered"].fillna(0).to_numpy(float)
    whole = patches["area_m2"].to_numpy(float)
    if rule.farmland is Farmland.GROSS:
        net = patches["farmland"].fillna(0).to_numpy(float) + patches["ridge"].fillna(0).to_numpy(float)
        without_net = np.zeros(len(patches))
    return patches.assign(
        farmland_m2=net,
        doubtful_m2=np.where(missing, whole, uncovered + without_net),
        area=printed.area,
        farmland=printed.farmland,
        unknown=printed.unknown,
        basic=np.rint(to_mu(patches["basic_m2"].fillna(0).to_numpy(float)) * 100).astype(np.int64),
    )


def _with_periods(patches: pd.DataFrame) -> pd.DataFrame:
    codes, days = pd.factorize(patches["received_on"])
    months = np.array([f"{day[:4]}年{day[5:7]}月" for day in days], dtype=object)
    quarters = np.array([f"{day[:4]}年第{(int(day[5:7]) + 2) // 3}季度" for day in days], dtype=object)
    return patches.assign(month=months[codes], quarter=quarters[codes])


def _with_rectification(work: Workspace, patches: pd.DataFrame, day: str) -> pd.DataFrame:
    """Add rectified (整改到位 by then), measures (those that settled it, joined with 、) and deducted."""
    plan, remedies = adopted_plan(work), remedies_dictionary()
    done = _settled(work, patches, day)
    measures: dict[str, str] = {}
    for (number, area, lead), rows in done.groupby(["patch_no", "patch_m2", "lead"], sort=False):
        entries = [Entry(*row) for row in rows[list(Entry.__dataclass_fields__)].to_numpy(object)]
        if standing(to_mu(area), entries, remedies, acceptors(plan, remedies, lead)).is_rectified:
            names = (entry.measure for entry in entries if remedies.measures[entry.measure].settles)
            measures[number] = "、".join(dict.fromkeys(names))
    told = patches["patch_no"].map(measures)
    patches = patches.assign(rectified=told.notna(), measures=told.fillna(""))
    return patches.assign(deducted=deductible(patches, patches["measures"], plan.ratio.rule))


def _settled(work: Workspace, patches: pd.DataFrame, day: str) -> pd.DataFrame:
    """Return the entries by a day of the illegal patches on which something was accepted."""
    entries = rectifications.read(work)
    entries = entries[entries["done_on"].str.slice(0, 10) <= day]
    accepting = {measure.name for measure in remedies_dictionary().acceptances}
    accepted = set(entries.loc[entries["measure"].isin(accepting), "patch_no"])
    illegal = patches.loc[patches["result"] == _ILLEGAL, ["patch_no", "area_m2", "unit"]]
    illegal = illegal[illegal["patch_no"].isin(accepted)]
    illegal = illegal.rename(columns={"area_m2": "patch_m2", "unit": "lead"})
    found: pd.DataFrame = entries.merge(illegal, on="patch_no")
    for name in ("area_mu", "amount_yuan"):
        found[name] = found[name].astype(object).where(found[name].notna(), None)
    return found
