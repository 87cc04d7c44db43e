"""weipian:importfeedback."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingParameterBoolean

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.import_feedback import FeedbackSource, import_feedback


class ImportFeedbackAlgorithm(WeipianAlgorithm):
    """Take back a workbook that the city audited or a unit filled in."""

    identifier = "importfeedback"
    toolbox_group = Group.REPORTING
    title = "导入市级反馈和填报表"
    icon_name = "ledger.svg"
    help_text = (
        "把市级审核后退回的上报工作簿，或乡镇、部门填好的分派工作簿读回来，逐格比较导出时、现在、对方三方的值。\n"
        "认图斑先用隐藏的系统标识，再用图斑编号（全角、空格不碍事）；两者不符、编号被存成数字丢了末位的，"
        "一律不猜，列在报告里。排序、筛选、隐藏、增删列、改列名、调列序都不影响。\n"
        "能改动的：判定（按记录判定的规则，判定人记为市级，记为新一次）；退回原因记为待办，图斑转为市级退回（没有办理上报的记为“市级退回补记”，审核结束的不动）；"
        "备注和填报内容；建设主体、用途。面积、编号、图形、职责永远不改，面积不同的按提醒（≤0.1亩）、警告（>0.1亩）、"
        "严重（>1亩）列出。\n"
        "两边都改过的、同一图斑几行写得不一样的、单元格是公式的，都列为冲突，不采用；对方清空的格子不当作删除。\n"
        "不勾选“应用”只出报告；勾选后没有冲突的一次写入并留历史。同一份表再导入一次，不会有任何改动。\n"
        "输出：CHANGED 改动的格数和待办数；CONFLICTS 冲突数；UNMATCHED 没有认出图斑的行数。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_file("INPUT", "反馈表或填报表", "Excel (*.xlsx)")
        self.addParameter(QgsProcessingParameterBoolean("APPLY", tr("应用没有冲突的改动"), False))
        self.add_report("核对报告")
        self.add_number("CHANGED", "改动数")
        self.add_number("CONFLICTS", "冲突数")
        self.add_number("UNMATCHED", "没有认出图斑的行数")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        report = values.report_path()
        source = FeedbackSource(values.path("INPUT"), report, values.flag("APPLY"))
        run = import_feedback(values.path("WORKSPACE"), source, person(), progress)
        for warning in run.warnings:
            values.tell(warning)
        for row in run.unmatched:
            values.tell(tr("{}没有认出图斑：{}。").format(row.place, row.why))
        text = tr("改动 {} 处，冲突 {} 处，没有认出图斑的 {} 行，面积差异 {} 处。")
        values.tell(text.format(run.changed, run.conflicts, len(run.unmatched), len(run.areas)))
        return {
            "CHANGED": run.changed,
            "CONFLICTS": run.conflicts,
            "UNMATCHED": len(run.unmatched),
            "REPORT": str(report),
        }
