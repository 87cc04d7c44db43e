"""Use case: a month's work in one go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.saving import check_target
from weipian_plugin.store.library import Library
from weipian_plugin.workflow.assign_duties import Assignment, assign_duties
from weipian_plugin.workflow.export_city import export_city
from weipian_plugin.workflow.import_patches import PatchImport, PatchSource, import_patches
from weipian_plugin.workflow.outside_changes import explained
from weipian_plugin.workflow.run_overlay import OverlayOutcome, run_overlay

_STEPS = ("导入图斑", "套合分析", "分派职责", "导出上报工作簿")


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
    check_target(output)
    imported = import_patches(workspace, source, actor, progress.part(0, 0.3))
    files = [workspace], [library]
    with _keeping(1, files):
        overlaid = run_overlay(workspace, library, str(imported.batch_id), actor, progress.part(0.3, 0.6))
    with _keeping(2, files):
        assigned = assign_duties(workspace, actor, progress.part(0.6, 0.8))
    with _keeping(3, files):
        export_city(workspace, output, actor, progress.part(0.8, 1))
    return Month(imported, overlaid, assigned)


@contextmanager
def _keeping(done: int, files: tuple[list[Path], list[Path]]) -> Iterator[None]:
    """Add to an error inside the block which steps are kept and which are still to be run.

    `files`: the workspace and the library, which may be why.
    """
    rest = "".join(f"“{step}”" for step in _STEPS[done:])
    kept = f"已完成的步骤（{'、'.join(_STEPS[:done])}）保留，接着请单独运行{rest}。"
    try:
        yield
    except Cancelled as cancelled:
        raise Cancelled(kept) from cancelled
    except Exception as error:
        told = explained(error, *files)
        if not isinstance(told, WeipianError):
            raise
        raise WeipianError(f"{told}{kept}") from error
