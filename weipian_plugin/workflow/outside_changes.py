"""Why a run broke off: whether its workspace holds what this plug-in cannot have written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store.verification import verify
from weipian_plugin.store.workspace import Workspace


def explained(error: Exception, workspaces: Iterable[Path]) -> Exception:
    """Return the error to tell a person: that a workspace was changed outside the plug-in, where one was.

    A refusal is its own explanation; for any other error the workspaces are verified, which takes seconds.
    """
    if isinstance(error, WeipianError):
        return error
    told = next(filter(None, map(_told_of, workspaces)), "")
    return WeipianError(told) if told else error


def _told_of(path: Path) -> str:
    try:
        problems = verify(Workspace.open(path)).problems
    except Exception:  # no matter what: it is the first error that has to be told
        return ""
    if not problems:
        return ""
    worst = next((problem for problem in problems if problem.table != "schema"), problems[0])
    return (
        f"工作库“{path.name}”里的数据被别的程序改动过，不能办理，本次没有保存任何改动：{worst.message}；"
        "请用“核对变更历史”列出全部改动，或从备份恢复。"
    )
