"""What stands in a workbook about every patch, gathered from the workspace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

import pandas as pd
import yaml

from weipian_plugin.domain.categories import DOUBTFUL, RESULTS
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.patch_type import LAND, MINING
from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.ranking import places
from weipian_plugin.domain.roles import Role
from weipian_plugin.domain.stages import Stage
from weipian_plugin.exchange.content import ExportStamp, LayerEdition, LedgerContent, PlanFacts
from weipian_plugin.exchange.export_record import STABLE_ID
from weipian_plugin.paths import plan_file
from weipian_plugin.store import batches, duties, history, overlays, patches
from weipian_plugin.store.clock import now
from weipian_plugin.store.patches import View
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.case_frame import case_frame
from weipian_plugin.workflow.casework_content import casework_of
from weipian_plugin.workflow.categories import dictionary_of
from weipian_plugin.workflow.dictionaries import land_classes, patch_type_names
from weipian_plugin.workflow.one_moment import of_one_moment
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.propose_determinations import propose_determinations
from weipian_plugin.workflow.rectify import remedies_dictionary
from weipian_plugin.workflow.statistics import statistics_of


def ledger_content(work: Workspace, maker: str) -> LedgerContent:
    """Return everything that stands in the workbook: patches 核实后, children in place of split ones.

    It is all of one moment, as is the rest of what is gathered here.
    """
    return of_one_moment(work, lambda: _ledger_content(work, maker))


def _ledger_content(work: Workspace, maker: str) -> LedgerContent:
    content = _recorded_content(work, maker)
    frame = case_frame(work, content.made_on)
    held = statistics_of(frame, adopted_plan(work).ratio.limit, work.year)
    return replace(
        content,
        hits=_of(content.patches, overlays.read_hits(work)),
        proposals={item.patch_no: item.sentence for item in propose_determinations(work)},
        issued=patches.read(work, with_geometry=False, view=View.ISSUED),
        choices=choices_of(work),
        ranking=places(held.ranking),
        criteria=held.criteria.text,
        due=_due(frame.terms),
    )


def _due(terms: pd.DataFrame) -> dict[str, date]:
    """Return the terms by patch number: of what is with the city as it stood when it went, not of the day."""
    return dict(zip(terms["patch_no"], terms["ends_on"].dt.date, strict=True))


def recorded_content(work: Workspace, maker: str) -> LedgerContent:
    """Return the part of it that a returned workbook is held against: figures, units, casework."""
    return of_one_moment(work, lambda: _recorded_content(work, maker))


def _recorded_content(work: Workspace, maker: str) -> LedgerContent:
    frame = patches.read(work, with_geometry=False, view=View.VERIFIED)
    if frame.empty:
        raise WeipianError("工作库里没有图斑，没有可以导出的内容。")
    areas = _of(frame, overlays.read_areas(work))
    known = batches.read(work)
    plan = adopted_plan(work)
    return LedgerContent(
        patches=frame,
        areas=areas,
        duties=_of(frame, duties.read(work)),
        batches=known,
        plan=_plan_facts(plan),
        land_classes=land_classes(),
        editions=_editions(areas),
        year=work.year,
        period=_period(known, work.year),
        made_on=date.today(),
        maker=maker,
        patch_type_names=patch_type_names(),
        casework=casework_of(work),
        stamp=stamp_of(work),
    )


def stamp_of(work: Workspace) -> ExportStamp:
    """Return what makes a workbook known when it comes back."""
    with work.reading() as connection:
        head = history.head(connection)
    return ExportStamp(work.tag, now(), head, return_keys())


@cache
def return_keys() -> tuple[str, ...]:
    """Return the names of the values that can come back."""
    data = yaml.safe_load(plan_file("feedback_table.yaml").read_text(encoding="utf-8"))
    return tuple(key for key in data["columns"] if key != STABLE_ID)


def choices_of(work: Workspace) -> dict[str, Sequence[str]]:
    """Return the words of the drop-downs: from the dictionaries and the plan that the workspace works by."""
    dictionary, words = dictionary_of(work), adopted_plan(work).vocabulary
    names = [n for result in RESULTS for kind in (LAND, MINING) for n in dictionary.names(result, kind)]
    return {
        "result": (*RESULTS, DOUBTFUL),
        "category": tuple(dict.fromkeys(names)),
        "stage": tuple(stage.value for stage in Stage),
        "subject": words.subjects,
        "use": words.uses,
        "measure": tuple(remedies_dictionary().measures),
        "verdict": ("通过", "退回"),
        "decision": ("确认", "改派", "增加", "撤销"),
        "yes_no": ("是", "否"),
    }


def _of(frame: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are about patches of the frame."""
    return rows[rows["patch_no"].isin(set(frame["patch_no"]))]


def _editions(areas: pd.DataFrame) -> list[LayerEdition]:
    """Return the editions that the stored overlay rests on, several where patches differ."""
    used: defaultdict[str, set[str]] = defaultdict(set)
    for role, name in areas[["role", "edition"]].drop_duplicates().itertuples(index=False):
        used[role] |= {name} if name else set()
    return [LayerEdition(role.label, "、".join(sorted(used[role.value]))) for role in Role]


def _plan_facts(plan: Plan) -> PlanFacts:
    return PlanFacts(
        title=plan.title,
        number=plan.number,
        version=plan.version,
        district=plan.district.short_name,
        ratio_rule=plan.ratio.rule,
        ratio_limit=plan.ratio.limit,
    )


def _period(known: pd.DataFrame, year: int) -> str:
    """Return the months in which the batches were received, such as 2021年7月至10月."""
    months = sorted({(int(day[:4]), int(day[5:7])) for day in known["received_on"]})
    if not months:
        return f"{year}年"
    first, last = months[0], months[-1]
    start = f"{first[0]}年{first[1]}月"
    if first == last:
        return start
    end = f"{last[1]}月" if last[0] == first[0] else f"{last[0]}年{last[1]}月"
    return f"{start}至{end}"
