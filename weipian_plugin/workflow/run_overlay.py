"""Use case: lay the patches of the workspace over all layers of the library."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.domain.findings import Finding, Severity
from weipian_plugin.domain.geodesy import Geometries, to_plane
from weipian_plugin.domain.jurisdiction.lead import SHARE_DIGITS
from weipian_plugin.domain.numbers import Ints
from weipian_plugin.domain.overlay.extent import Bools
from weipian_plugin.domain.overlay.frames import AREA_COLUMNS, HIT_COLUMNS, beyond_survey, frame
from weipian_plugin.domain.overlay.patch_ground import patch_ground
from weipian_plugin.domain.overlay.result import Texts
from weipian_plugin.domain.plan.model import District
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role, Status
from weipian_plugin.giving_way import free_column_by_column
from weipian_plugin.store import overlays, patches
from weipian_plugin.store.library import Library
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.collecting import collecting_later
from weipian_plugin.workflow.coverage import inside_coverage, told_by_survey
from weipian_plugin.workflow.dictionaries import land_classes
from weipian_plugin.workflow.find_batch import find_batch
from weipian_plugin.workflow.overlay_block import Base, Patches, RoleRows, overlay_block
from weipian_plugin.workflow.plans import adopted_plan

THREADS = min(4, max(2, os.cpu_count() or 1))
BLOCK = 5000
"""Patches a job takes: large enough to read each base feature about once, small in memory."""
_CONTROL = (Role.BASIC_FARMLAND, Role.REDLINE, Role.RIVER)
_ROLE_GROUPS = (
    (Role.LAND_CLASS,),
    _CONTROL,
    tuple(role for role in Role if role is not Role.LAND_CLASS and role not in _CONTROL),
)
"""What one job takes: the land classes are half of the work, the other two a quarter each."""


@dataclass(frozen=True)
class AllPatches:
    """The patches to overlay: parallel arrays."""

    patch_no: Texts
    geometry: Geometries
    """EPSG:4490 degrees."""
    inside: Mapping[Role, Bools]
    """For each layer in the library: which patches lie in what it covers."""

    def block(self, index: Ints) -> Patches:
        """Return the patches at these indices, made ready."""
        ground = patch_ground(self.geometry[index])
        return Patches(
            self.patch_no[index], ground, {role: mask[index] for role, mask in self.inside.items()}
        )


@dataclass(frozen=True)
class Tables:
    """Rows for overlay_area and overlay_hit, and the patches whose parcels overlap one another."""

    areas: pd.DataFrame
    hits: pd.DataFrame
    doubled: tuple[str, ...]


@dataclass(frozen=True)
class OverlayOutcome:
    """What an overlay run found."""

    patches: int
    """Patches overlaid."""
    not_evaluated: int
    """Patches of which at least one role could not be evaluated."""
    changed: int
    """Patches whose stored figures changed."""
    findings: tuple[Finding, ...]


def run_overlay(workspace: Path, library: Path, batch: str, actor: str, progress: Progress) -> OverlayOutcome:
    """Overlay the patches of a batch (all for '') and store the figures in one transaction.

    Raises WeipianError when a file is not what it should be or there is nothing to overlay; then, and when
    cancelled, the workspace stays as it was.
    """
    work = Workspace.open(workspace)
    tables = compute(work, library, batch, progress.part(0, 0.8))
    progress.report(0.8, "写入工作库")
    with work.writing(actor, "套合分析", progress) as change:
        changed = overlays.replace(change, tables.areas, tables.hits)
        patches.set_towns(change, main_towns(tables.hits, adopted_plan(work).district))
        progress.check()
    progress.finish()
    count = tables.areas["patch_no"].nunique()
    outcome = OverlayOutcome(count, _not_evaluated(tables.areas), changed, tuple(_findings(tables)))
    free_column_by_column(tables.areas)
    free_column_by_column(tables.hits)
    return outcome


def compute(
    work: Workspace, library: Path, batch: str, progress: Progress, only: Collection[Role] = tuple(Role)
) -> Tables:
    """Return the rows for the patches of a batch (all for '') without storing them.

    Layers of other roles than `only` are passed over as if the library did not hold them, but the land
    classes where only these tell how far others reach.
    """
    numbers, geometry = patches.outlines(work, find_batch(work, batch))
    if not len(numbers):
        raise WeipianError("工作库里没有可套合的图斑，请先导入图斑。")
    held = Library.open(library)
    editions = held.editions()
    told = [role for role in told_by_survey(editions) if role in only]
    wanted = {*only, Role.LAND_CLASS} if told else only
    used = {role: edition for role, edition in editions.items() if role in wanted}
    base = Base(held, used, told, land_classes())
    inside = inside_coverage(to_plane(geometry), editions, adopted_plan(work).district)
    return overlay(AllPatches(numbers, geometry, inside), base, progress)


def overlay(all_patches: AllPatches, base: Base, progress: Progress) -> Tables:
    """Return the rows for all patches, computed in several threads.

    A job is a compact group of patches and a group of roles: so every base feature is read and built about
    once, and memory follows the group.
    """
    order = _spatial_order(all_patches.geometry)
    blocks = [all_patches.block(index) for index in np.array_split(order, _block_count(len(order)))]
    steps: list[None] = []
    stop: list[BaseException] = []

    def check() -> None:
        if stop or progress.is_cancelled():
            raise Cancelled

    def job(block: Patches, roles: Sequence[Role]) -> list[RoleRows]:
        return overlay_block(block, roles, base, check, lambda: steps.append(None))

    with collecting_later(), ThreadPoolExecutor(THREADS) as pool:
        jobs = [pool.submit(job, block, roles) for block in blocks for roles in _ROLE_GROUPS]
        try:
            _follow(jobs, lambda: len(steps) / (len(blocks) * len(Role)), progress)
        except BaseException as error:
            stop.append(error)
            raise
    rows = [part for done in jobs for part in done.result()]
    return Tables(
        beyond_survey(frame([part.areas for part in rows], AREA_COLUMNS), base.told_by_survey),
        frame([part.hits for part in rows if part.hits is not None], HIT_COLUMNS),
        tuple(sorted(number for part in rows for number in part.doubled)),
    )


def main_towns(hits: pd.DataFrame, district: District) -> pd.DataFrame:
    """Return patch_no, town_code, town_name of the township that holds most of each patch.

    It is the one that `jurisdiction.territory` proposes: several features of one township are added up, equal
    shares fall to the first name. The name is the plan's, so that one township is one in all sums; what the
    plan does not know stays as the layer has it, and a layer without names takes no issued one away.
    """
    towns = hits[hits["role"] == Role.TOWNSHIP.value]
    given = zip(towns["label"], towns["class_code"], strict=True)
    towns = towns.assign(town_name=[district.township(name or code) or name for name, code in given])
    summed = (
        towns[towns["town_name"] != ""]
        .groupby(["patch_no", "town_name"], as_index=False)
        .agg(town_code=("class_code", "min"), share=("share", "sum"))
    )
    summed["share"] = summed["share"].round(SHARE_DIGITS)
    summed = summed.sort_values(["patch_no", "share", "town_name"], ascending=[True, False, True])
    return summed.drop_duplicates("patch_no")[["patch_no", "town_code", "town_name"]]


def _spatial_order(geometry: Geometries) -> Ints:
    """Return patch indices along a Hilbert curve, so that neighbours come together."""
    return np.argsort(gpd.GeoSeries(geometry).hilbert_distance().to_numpy(), kind="stable")


def _block_count(patch_count: int) -> int:
    blocks = max(math.ceil(THREADS / len(_ROLE_GROUPS)), math.ceil(patch_count / BLOCK))
    return min(patch_count, blocks)


def _follow(jobs: list[Future[list[RoleRows]]], fraction: Callable[[], float], progress: Progress) -> None:
    """Report until all jobs are done; raise what a job raised, or Cancelled."""
    pending = set(jobs)
    while pending:
        done, pending = wait(pending, timeout=0.2, return_when=FIRST_EXCEPTION)
        for job in done:
            job.result()
        progress.report(fraction(), "套合分析")


def _not_evaluated(areas: pd.DataFrame) -> int:
    return areas.loc[areas["status"] == Status.NOT_EVALUATED.value, "patch_no"].nunique()


def _findings(tables: Tables) -> list[Finding]:
    findings = []
    absent = set(tables.areas.loc[tables.areas["edition"] == "", "role"])
    missing = [role.label for role in Role if role.value in absent]
    if missing:
        findings.append(
            Finding(
                "layer-missing",
                Severity.WARNING,
                f"底图库没有{'、'.join(missing)}图层，相应结果记为未评估。",
                "取得图层后导入底图库，再运行一次套合分析。",
            )
        )
    if tables.doubled:
        findings.append(
            Finding(
                "land-class-overlap",
                Severity.WARNING,
                f"地类图斑图层在{len(tables.doubled)}个图斑内自相重叠，重叠处按耕地优先只计一次。",
                "请核对这些图斑处的地类图斑图层。",
                tables.doubled,
            )
        )
    return findings
