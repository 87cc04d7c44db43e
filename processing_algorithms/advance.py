"""weipian:advance."""

from __future__ import annotations

from typing import Any

from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.stages import Stage
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.advance import StepSource, advance

STEPS = ["复核", "复核不通过", "审定", "审定不通过", "撤回", "上报", "市级退回", "审核结束"]
"""Offered in the list; what is allowed stands in the workspace."""


class AdvanceAlgorithm(WeipianAlgorithm):
    """Take patches one step on, or back."""

    identifier = "advance"
    toolbox_group = Group.JUDGING
    title = "办理复核、审定、上报"
    icon_name = "assign.svg"
    help_text = (
        "给一批图斑办理一步：复核、复核不通过、审定、审定不通过、撤回、上报、市级退回、审核结束。\n"
        "依次为：待核查、已判定、已复核、已审定、已上报、审核结束。\n"
        "复核不通过、审定不通过、撤回都回到待核查；市级退回的图斑重新判定后再走一遍。其他跳转一律不行，"
        "工作库本身也会拒绝。\n"
        "哪些图斑：选一张表（.xlsx 或 .csv，要有图斑编号；可另有步骤、理由、日期各列），"
        "或写批次、办理阶段；只写步骤和批次的，办理该批次里到了这一步的全部图斑。\n"
        "复核人不能是判定人（可在“办案设置”里改）；退回的各步必须写理由。\n"
        "每一步都记下办理人、日期和理由。输出：ADVANCED 办理的图斑数；REJECTED 退回的行数；REPORT 逐行报告。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_file("INPUT", "图斑表", tr("表格 (*.xlsx *.csv)"), optional=True)
        self.add_text("BATCH", "批次", optional=True)
        self.add_text("STAGE", "只办理这个阶段的图斑", optional=True, choices=["", *Stage])
        self.add_text("STEP", "步骤（表里有步骤列的可不填）", optional=True, choices=STEPS)
        self.add_text("BY", "办理人")
        self.add_text("ON", "办理日期（年-月-日，不填为今天）", optional=True)
        self.add_text("REASON", "理由（退回的必填）", optional=True)
        self.add_report("逐行报告")
        self.add_number("ADVANCED", "办理的图斑数")
        self.add_number("REJECTED", "退回的行数")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        report = values.report_path()
        source = StepSource(
            step=values.text("STEP"),
            person=values.text("BY"),
            report=report,
            table=values.path("INPUT") if values.text("INPUT") else None,
            batch=values.text("BATCH"),
            stage=values.text("STAGE"),
            reason=values.text("REASON"),
            taken_on=values.text("ON"),
        )
        outcome = advance(values.path("WORKSPACE"), source, person(), progress)
        values.tell_refused(outcome.outcomes)
        values.tell(tr("办理 {} 个图斑，退回 {} 行。").format(outcome.advanced, outcome.rejected))
        return {"ADVANCED": outcome.advanced, "REJECTED": outcome.rejected, "REPORT": str(report)}
