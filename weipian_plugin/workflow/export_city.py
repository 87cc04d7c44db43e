"""Use case: write the submission workbook for the city."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.ledger import write_ledger
from weipian_plugin.exchange.records import PatchRecord, build_records, with_checks
from weipian_plugin.exchange.saving import check_target
from weipian_plugin.giving_way import free_row_by_row
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.collecting import collecting_later
from weipian_plugin.workflow.ledger_content import ledger_content
from weipian_plugin.workflow.precheck import check_content, refuse_blocking
from weipian_plugin.workflow.templates import find_template

__all__ = ["Checking", "CityExport", "export_city", "ledger_content"]


class Checking(StrEnum):
    """What the export does about what the self-check finds."""

    MARK = "标注"
    REFUSE = "拒绝"
    NONE = "不查"


@dataclass(frozen=True)
class CityExport:
    """What was written."""

    patches: int
    blocking: int
    """Patches that must be completed before they go to the city."""
    template: str


def export_city(
    workspace: Path,
    output: Path,
    actor: str,
    progress: Progress,
    template: str = "",
    checking: Checking = Checking.MARK,
) -> CityExport:
    """Write all patches of the workspace into the submission workbook.

    `template` is the name of a shipped column template or a path; '' for the full one. Raises WeipianError
    when there is nothing to export, the target cannot be written, or the self-check refuses; what was at the
    target then stays.
    """
    with collecting_later():
        return _export(Workspace.open(workspace), output, actor, progress, template, checking)


def _export(
    work: Workspace, output: Path, actor: str, progress: Progress, template: str, checking: Checking
) -> CityExport:
    check_target(output)
    wanted = find_template(template)
    progress.report(0, "读取工作库")
    content = ledger_content(work, actor)
    blocking = 0
    records: list[PatchRecord] | None = None
    if checking is not Checking.NONE:
        progress.report(0.1, "上报前自查")
        records = build_records(content, wanted.area_decimals, progress.part(0.1, 0.25))
        content, checked = check_content(work, content, records)
        records = with_checks(records, content.checks)
        blocking = len(checked.blocked)
        if checking is Checking.REFUSE:
            refuse_blocking(checked)
    write_ledger(output, content, progress.part(0.25, 1), wanted, records)
    free_row_by_row(records or [])
    return CityExport(len(content.patches), blocking, wanted.name)
