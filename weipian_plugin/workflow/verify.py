"""Use case: find out whether anything was changed outside the plug-in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from weipian_plugin.domain.progress import Progress
from weipian_plugin.store.problems import Problem
from weipian_plugin.store.verification import verify
from weipian_plugin.store.workspace import Workspace

LISTED = 50
"""How many problems are said one by one."""


@dataclass(frozen=True)
class Proof:
    """What the verification found, in the office's words."""

    ok: bool
    first_bad: str
    """Where the first problem is, as table/record; '' when there is none."""
    head: str
    """Hash of the last history row: what goes on the signed sheet."""
    problems: tuple[Problem, ...]
    steps: int
    """Rows of the history."""
    records: int
    """Records compared with it."""

    @property
    def verdict(self) -> str:
        """One Chinese sentence."""
        if self.ok:
            return (
                f"核对通过：{self.steps}条变更历史首尾相连，{self.records}条办理记录与历史一致。"
                f"链尾校验值 {self.head}，请印在签字的表上："
                "只有与签字表上的值相同，才能证明历史没有整体重做过。"
            )
        return (
            f"核对不通过：发现{len(self.problems)}处与变更历史不符，第一处在 {self.first_bad}。"
            "请查明是谁用其他软件改动了工作库；需要时从备份恢复。"
        )


def verify_workspace(workspace: Path, progress: Progress) -> Proof:
    """Compare every row of casework with the history; change nothing.

    Raises WeipianError only when the file cannot be read as a workspace.
    """
    found = verify(Workspace.open(workspace), progress)
    progress.finish()
    return Proof(found.ok, found.first_bad, found.chain.head, found.problems, found.chain.rows, found.records)
