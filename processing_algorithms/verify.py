"""weipian:verify."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingOutputBoolean, QgsProcessingOutputString

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.verify import LISTED, verify_workspace


class VerifyAlgorithm(WeipianAlgorithm):
    """Compare every row of casework with the history."""

    identifier = "verify"
    toolbox_group = Group.KEEPING
    title = "核对变更历史"
    icon_name = "workspace.svg"
    help_text = (
        "核对工作库有没有在插件之外被改动过：变更历史逐条首尾相连，每一条办理记录都与历史一致，"
        "保护历史的触发器完好。不改动任何内容。\n"
        "输出：OK 是否通过；FIRST_BAD 第一处不符的位置（表/记录）；HEAD 链尾校验值；PROBLEMS 不符的处数。\n"
        "链尾校验值应印在签字的表上，能证明什么、不能证明什么，见《历史与证明》。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.addOutput(QgsProcessingOutputBoolean("OK", tr("是否通过")))
        self.addOutput(QgsProcessingOutputString("FIRST_BAD", tr("第一处不符")))
        self.addOutput(QgsProcessingOutputString("HEAD", tr("链尾校验值")))
        self.add_number("PROBLEMS", "不符的处数")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        proof = verify_workspace(values.path("WORKSPACE"), progress)
        for problem in proof.problems[:LISTED]:
            values.tell(f"{problem.message}（{problem.place}）")
        values.tell(proof.verdict)
        return {
            "OK": proof.ok,
            "FIRST_BAD": proof.first_bad,
            "HEAD": proof.head,
            "PROBLEMS": len(proof.problems),
        }
