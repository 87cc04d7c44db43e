"""Use case: bring an issued batch of patches into the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from weipian_plugin.domain.deadlines import due_on
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.overlay.common_ground import Check
from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.options import PatchOptions
from weipian_plugin.intake.patches import PatchIntake, read_patches
from weipian_plugin.intake.report import write_report
from weipian_plugin.store import batches, patches, splits
from weipian_plugin.store.reissue import renew
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.earlier_batches import Comparison, compare
from weipian_plugin.workflow.holidays import holidays_of
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.reports import DRY, kept_if_done, report_path


@dataclass(frozen=True)
class PatchSource:
    """A batch to import, as the clerk described it; '' where left open."""

    path: str
    received: date
    batch: str = ""
    encoding: str = ""
    crs: str = ""
    area_unit: str = ""
    update: bool = False
    """Whether patches that earlier batches have already may be renewed."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Canonical name -> name in the file, '' for none; the others are found by their names."""


@dataclass(frozen=True)
class PatchImport:
    """What an import of patches brought, or would bring."""

    batch_id: int | None
    """None after a dry run."""
    batch: str
    patches: int
    """Patches taken, the renewed ones among them."""
    updated: int
    findings: tuple[Finding, ...]
    report: Path


def import_patches(
    workspace: Path, source: PatchSource, actor: str, progress: Progress, dry_run: bool = False
) -> PatchImport:
    """Read, clean and store a batch in one transaction; a copy of the workspace before it is kept.

    A dry run does all of it but store: only the report is written. Raises WeipianError when the file cannot
    be taken or was imported before; nothing is changed then.
    """
    work = Workspace.open(workspace)
    plan = adopted_plan(work)
    intake = read_patches(source.path, patch_options(work, source, plan), progress.part(0, 0.6))
    progress.report(0.6, "与以前的批次比对")
    intake, compared = against_earlier(work, source, intake, progress.check)
    name = source.batch or Path(intake.decisions.path).stem
    batch = _batch(name, source, plan, intake) | {"due_on": _due_on(work, source, plan)}
    progress.report(0.7, "写入报告" if dry_run else "写入工作库")
    report = report_path(workspace, f"{name}{DRY if dry_run else ''}")
    with kept_if_done(report):
        _write_report(report, workspace, batch, intake, compared, dry_run)
        batch_id = None if dry_run else _store(work, batch, intake, compared, actor, progress)
    progress.finish()
    taken, updated = len(intake.frame), len(compared.renewals)
    return PatchImport(batch_id, name, taken, updated, intake.findings, report)


def against_earlier(
    work: Workspace, source: PatchSource, intake: PatchIntake, check: Check
) -> tuple[PatchIntake, Comparison]:
    """Return a batch with what the batches before it say to it, and what it means for the workspace.

    Raises WeipianError when it cannot be imported, because it was before.
    """
    _refuse_known_file(work, intake)
    compared = compare(work, intake, source.update, check)
    return replace(intake, findings=(*intake.findings, *compared.findings)), compared


def _store(
    work: Workspace,
    batch: dict[str, Any],
    intake: PatchIntake,
    compared: Comparison,
    actor: str,
    progress: Progress,
) -> int:
    with work.writing(actor, "导入图斑", progress, keep_copy=True) as change:
        batch_id = batches.add(change, batch, compared.fresh, intake.findings)
        renew(change, compared.renewals)
        splits.adopt(change, compared.splits)
        progress.check()
    return batch_id


def _write_report(
    report: Path,
    workspace: Path,
    batch: dict[str, Any],
    intake: PatchIntake,
    compared: Comparison,
    dry_run: bool,
) -> None:
    facts = {
        "批次": batch["name"],
        "收到日期": batch["received_on"],
        "判定期限": batch["due_on"],
        "工作库": workspace,
        "新图斑": f"{len(compared.fresh)} 个",
        "更新的图斑": f"{len(compared.renewals)} 个" if compared.renewals else "",
    }
    title = f"图斑导入报告：{batch['name']}"
    write_report(report, title, intake.decisions, intake.findings, facts, dry_run)


def patch_options(work: Workspace, source: PatchSource, plan: Plan) -> PatchOptions:
    """Return how to read a batch for a workspace."""
    known = frozenset(patches.read(work, with_geometry=False)["patch_no"])
    return PatchOptions(
        source.encoding, source.crs, source.area_unit, plan.district, known, fields=source.fields
    )


def _refuse_known_file(work: Workspace, intake: PatchIntake) -> None:
    known = batches.find_by_sha256(work, intake.decisions.sha256)
    if not known.empty:
        first = known.iloc[0]
        raise WeipianError(
            f"这个文件已经在{first['imported_at'][:10]}作为批次“{first['name']}”导入过，没有重复导入；"
            "要重新套合、分派或导出，请单独运行“套合分析”“分派职责”“导出上报工作簿”。"
        )


def _due_on(work: Workspace, source: PatchSource, plan: Plan) -> str:
    return due_on(source.received, plan.deadlines.term, holidays_of(work)).isoformat()


def _batch(name: str, source: PatchSource, plan: Plan, intake: PatchIntake) -> dict[str, Any]:
    decisions = intake.decisions
    return {
        "name": name,
        "source_file": decisions.path,
        "source_sha256": decisions.sha256,
        "received_on": source.received.isoformat(),
        "crs": decisions.crs,
        "encoding": decisions.encoding,
        "area_unit": decisions.area_unit,
        "report": decisions.as_dict(),
    }
