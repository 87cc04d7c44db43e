"""Use case: write the Excel ledger for the city."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.exchange.content import LayerEdition, LedgerContent, PlanFacts
from weipian_plugin.exchange.ledger import write_ledger
from weipian_plugin.exchange.saving import check_target
from weipian_plugin.store import batches, duties, overlays, patches
from weipian_plugin.store.patches import View
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.dictionaries import land_classes, patch_type_names
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.propose_determinations import propose_determinations


def export_city(workspace: Path, output: Path, actor: str, progress: Progress) -> None:
    """Write all patches of the workspace into a ledger workbook.

    Raises WeipianError when there is nothing to export or the target cannot be written; what was at the
    target then stays.
    """
    work = Workspace.open(workspace)
    check_target(output)
    progress.report(0, "读取工作库")
    content = ledger_content(work, actor)
    write_ledger(output, content, progress.part(0.2, 1))


def ledger_content(work: Workspace, maker: str) -> LedgerContent:
    """Return everything that stands in the ledger: patches as 核实后, children in place of split ones."""
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
        plan=PlanFacts(plan.title, plan.number, plan.version),
        land_classes=land_classes(),
        editions=_editions(areas),
        year=work.year,
        period=_period(known, work.year),
        made_on=date.today(),
        maker=maker,
        hits=_of(frame, overlays.read_hits(work)),
        patch_type_names=patch_type_names(),
        proposals={item.patch_no: item.sentence for item in propose_determinations(work)},
    )


def _of(frame: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows about these patches."""
    return rows[rows["patch_no"].isin(frame["patch_no"])].reset_index(drop=True)


def _editions(areas: pd.DataFrame) -> list[LayerEdition]:
    """Return the editions that the stored overlay rests on, several where patches differ."""
    used = {role: areas.loc[areas["role"] == role.value, "edition"] for role in Role}
    return [
        LayerEdition(role.label, "、".join(sorted({name for name in used[role] if name}))) for role in Role
    ]


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
