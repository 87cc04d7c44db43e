"""Why a run broke off: whether its workspace or library holds what this plug-in cannot have written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store.library import Library
from weipian_plugin.store.library_check import library_fault
from weipian_plugin.store.verification import verify
from weipian_plugin.store.workspace import Workspace


def explained(error: Exception, workspaces: Iterable[Path], libraries: Iterable[Path]) -> Exception:
    """Return the error to tell a person: that a file was changed outside the plug-in, where one was.

    A refusal is its own explanation; for any other error the files are verified, which takes seconds.
    """
    if isinstance(error, WeipianError):
        return error
    looks = [(_of_workspace, path) for path in workspaces] + [(_of_library, path) for path in libraries]
    told = next(filter(None, (_told(look, path) for look, path in looks)), "")
    return WeipianError(told) if told else error


def _told(look: Callable[[Path], str], path: Path) -> str:
    try:
        return look(path)
    except Exception:  # no matter what: it is the first error that has to be told
        return ""


def _of_workspace(path: Path) -> str:
    problems = verify(Workspace.open(path)).problems
    if not problems:
        return ""
    worst = next((problem for problem in problems if problem.table != "schema"), problems[0])
    return (
        f"工作库“{path.name}”里的数据被别的程序改动过，不能办理，这一步没有保存任何改动：{worst.message}；"
        "请用“核对变更历史”列出全部改动，或从备份恢复。"
    )


def _of_library(path: Path) -> str:
    fault = library_fault(Library.open(path))
    if not fault:
        return ""
    return (
        f"底图库“{path.name}”里的数据被别的程序改动过，不能办理，这一步没有保存任何改动：{fault}；"
        "请重新导入这个图层，或换用完好的底图库。"
    )
