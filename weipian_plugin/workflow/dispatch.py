"""Use case: write for every department and township the workbook of its patches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.columns import DISPATCH_SHEETS, DISPATCH_TEMPLATE, LedgerTemplate
from weipian_plugin.exchange.content import LedgerContent
from weipian_plugin.exchange.dispatch import DISPATCHED, tasks_by_unit, write_dispatch
from weipian_plugin.exchange.records import Record, build_records
from weipian_plugin.exchange.saving import check_target
from weipian_plugin.giving_way import free_row_by_row
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.text_files import name_from
from weipian_plugin.workflow.ledger_content import ledger_content
from weipian_plugin.workflow.templates import find_template

SHIPPED: Mapping[str, Path] = {"分派清单": DISPATCH_TEMPLATE}
_SEPARATORS = re.compile(r"[、，,；;]+")


@dataclass(frozen=True)
class Dispatch:
    """What was written."""

    files: tuple[Path, ...]
    patches: int
    """Patches over all files; one that several units deal with counts for each."""


def dispatch(
    workspace: Path, folder: Path, units: str, actor: str, progress: Progress, template: str = ""
) -> Dispatch:
    """Write one workbook a unit into `folder`, which is made; `units` '' for all, else names joined with 、.

    Raises WeipianError when there is nothing to send, a unit has no patches, or a target cannot be written:
    all targets are tried before the first is written.
    """
    work = Workspace.open(workspace)
    wanted = find_template(template, SHIPPED, DISPATCH_SHEETS)
    progress.report(0, "读取工作库")
    content = ledger_content(work, actor)
    tasks = _tasks(content, wanted, units)
    with _made(folder):
        targets = _targets(folder, list(tasks), content)
        for path in targets.values():
            check_target(path)
        return _write(targets, tasks, content, wanted, progress.part(0.2, 1))


def _tasks(content: LedgerContent, template: LedgerTemplate, units: str) -> dict[str, list[Record]]:
    named = [name.strip() for name in _SEPARATORS.split(units) if name.strip()]
    duties = [duty.value for duty in DutyName] if named else DISPATCHED
    found = tasks_by_unit(build_records(content, template.area_decimals), template.area_decimals, duties)
    if not found:
        raise WeipianError("还没有分派职责，没有可以下发的清单，请先运行“分派职责”。")
    unknown = [name for name in named if name not in found]
    if unknown:
        raise WeipianError(f"没有分派给“{unknown[0]}”的图斑，可选的单位：{'、'.join(found)}。")
    return {unit: found[unit] for unit in named or found}


def _write(
    targets: Mapping[str, Path],
    tasks: Mapping[str, list[Record]],
    content: LedgerContent,
    template: LedgerTemplate,
    progress: Progress,
) -> Dispatch:
    whole, done = sum(map(len, tasks.values())), 0
    written: list[Path] = []
    for unit, own in tasks.items():
        part = progress.part(done / whole, (done + len(own)) / whole)
        part.report(0, f"正在写“{targets[unit].name}”")
        try:
            write_dispatch(targets[unit], unit, own, content, template, part)
        except Cancelled as cancelled:
            raise Cancelled(f"已写好的 {len(written)} 个文件保留。") from cancelled
        except WeipianError as error:
            raise WeipianError(f"{error}已写好的 {len(written)} 个文件保留。") from error
        written.append(targets[unit])
        done += len(own)
        free_row_by_row(own)
    progress.finish()
    return Dispatch(tuple(written), whole)


def _targets(folder: Path, units: Sequence[str], content: LedgerContent) -> dict[str, Path]:
    """Return the file of each unit; names that come to the same are numbered."""
    found: dict[str, Path] = {}
    for unit in units:
        name, number = f"{name_from(unit) or '未命名'}_图斑任务清单_{content.made_on:%Y%m%d}", 2
        path = folder / f"{name}.xlsx"
        while path in found.values():
            path, number = folder / f"{name}_{number}.xlsx", number + 1
        found[unit] = path
    return found


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make the folder, with those above it; take them away again, if empty, when the block fails."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WeipianError(f"建不了文件夹“{folder}”，请检查权限，或另选位置。") from error
    try:
        yield
    except BaseException:
        with suppress(OSError):
            for place in missing:
                place.rmdir()
        raise
