"""Use cases: split a patch into children, and undo that while nothing was decided on a child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.geodesy import Geometries
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.split import cut
from weipian_plugin.intake.cutters import read_cutters
from weipian_plugin.store import splits
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.plans import adopted_plan


@dataclass(frozen=True)
class SplitOutcome:
    """What a split made, or an undone split took away."""

    patch_no: str
    children: tuple[str, ...]


@dataclass(frozen=True)
class CutterLayer:
    """A layer of lines or polygons to cut by."""

    path: str
    """`|layername=` allowed."""
    crs: str = ""
    """Such as EPSG:4524; '' for the layer's own."""


def split_by_layer(
    workspace: Path,
    patch_no: str,
    layer: CutterLayer,
    actor: str,
    progress: Progress,
    day: date | None = None,
) -> SplitOutcome:
    """Split a patch by the lines or polygons of a layer; otherwise as `split_patch`.

    Raises WeipianError when the layer cannot be used too.
    """
    district = adopted_plan(Workspace.open(workspace)).district
    cutters = read_cutters(layer.path, layer.crs, district, progress.part(0, 0.5))
    return split_patch(workspace, patch_no, cutters, actor, progress.part(0.5, 1), day)


def split_patch(
    workspace: Path,
    patch_no: str,
    cutters: Geometries,
    actor: str,
    progress: Progress,
    day: date | None = None,
) -> SplitOutcome:
    """Split a patch by lines or polygons in EPSG:4490 degrees, in one transaction.

    From `day` on (None: today) the children count in the parent's place. They start at 待核查 without overlay
    and duties, with what is known of the parent (kind, subject, use) said to come from it; the parent leaves
    the work and keeps its own overlay. Raises WeipianError when the patch cannot be split or nothing is cut;
    nothing is changed then.
    """
    if not actor:
        raise WeipianError("没有写明由谁拆分，请填写姓名。")
    day = day or date.today()
    if day > date.today():
        raise WeipianError(f"拆分日期{day.isoformat()}晚于今天，请核对。")
    work = Workspace.open(workspace)
    parent = splits.find(work, patch_no)
    pieces = cut(parent.geometry, cutters)
    progress.report(0.5, "写入工作库")
    with work.writing(actor, "拆分图斑", progress) as change:
        children = splits.split(change, patch_no, parent.geom, pieces, day.isoformat())
        progress.check()
    progress.finish()
    return SplitOutcome(patch_no, tuple(children))


def unsplit_patch(workspace: Path, patch_no: str, actor: str, progress: Progress) -> SplitOutcome:
    """Take a split back, in one transaction: the children go, the parent returns to the work.

    Raises WeipianError when the patch is not split or something was decided on a child; nothing is changed
    then.
    """
    if not actor:
        raise WeipianError("没有写明由谁撤销拆分，请填写姓名。")
    work = Workspace.open(workspace)
    with work.writing(actor, "撤销拆分", progress) as change:
        children = splits.unsplit(change, patch_no)
    progress.finish()
    return SplitOutcome(patch_no, tuple(children))
