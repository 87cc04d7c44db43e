"""Use case: a month's work in one go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from weipian_plugin.domain.progress import Progress
from weipian_plugin.store.library import Library
from weipian_plugin.workflow.assign_duties import Assignment, assign_duties
from weipian_plugin.workflow.export_city import export_city
from weipian_plugin.workflow.import_patches import PatchImport, PatchSource, import_patches
from weipian_plugin.workflow.run_overlay import OverlayOutcome, run_overlay


@dataclass(frozen=True)
class Month:
    """What each step brought."""

    imported: PatchImport
    overlaid: OverlayOutcome
    assigned: Assignment


def run_month(
    workspace: Path, library: Path, source: PatchSource, output: Path, actor: str, progress: Progress
) -> Month:
    """Import a batch, overlay it, assign all patches and write the ledger; each step as when run alone.

    Raises WeipianError when a step cannot be done; the steps before it are kept.
    """
    Library.open(library)
    imported = import_patches(workspace, source, actor, progress.part(0, 0.3))
    overlaid = run_overlay(workspace, library, str(imported.batch_id), actor, progress.part(0.3, 0.6))
    assigned = assign_duties(workspace, actor, progress.part(0.6, 0.8))
    export_city(workspace, output, actor, progress.part(0.8, 1))
    return Month(imported, overlaid, assigned)
