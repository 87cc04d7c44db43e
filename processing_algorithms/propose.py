"""weipian:propose."""

from __future__ import annotations

from typing import Any

from weipian_plugin.domain.categories import DOUBTFUL, RESULTS
from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.proposal_report import report_proposals

OUTPUTS = dict(zip(("LEGAL", "ILLEGAL", "OTHER", "DOUBTFUL"), (*RESULTS, DOUBTFUL), strict=True))


class ProposeAlgorithm(WeipianAlgorithm):
    """Suggest what each patch might be judged to be."""

    identifier = "propose"
    toolbox_group = Group.JUDGING
    title = "判定建议"
    icon_name = "overlay.svg"
    help_text = (
        "按套合结果给每个图斑提出判定建议，写成一页报告，并列出已有的判定，供核查时参考。\n"
        "依次看：批文、设施农用地、临时用地（到收到日期未到期的）、农村道路、其他，都不符合的才建议违法；"
        "每条写明覆盖率、未覆盖的亩数和规则编号。\n"
        "审批、备案、临时用地图层有没评估的，建议只能是存疑，不会是违法。\n"
        "建议不是判定，不写入工作库；判定由人作出，用“记录合法性判定”记录。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_text("BATCH", "批次（不填则全部）", optional=True)
        self.add_report("建议报告")
        for output, result in OUTPUTS.items():
            self.add_number(output, "建议{}的图斑数", result)

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        report = values.report_path()
        counts = report_proposals(values.path("WORKSPACE"), values.text("BATCH"), report, progress)
        shown = tr("，").join(f"{result} {counts[result]}" for result in OUTPUTS.values())
        values.tell(tr("建议的图斑数：{}。").format(shown))
        return {output: counts[result] for output, result in OUTPUTS.items()} | {"REPORT": str(report)}
