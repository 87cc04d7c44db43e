"""weipian:month."""

from __future__ import annotations

from typing import Any

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.assign import OUTPUTS
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.import_patches import PatchSource
from weipian_plugin.workflow.month import run_month


class MonthAlgorithm(WeipianAlgorithm):
    """Import, overlay, assign and export in one go."""

    identifier = "month"
    toolbox_group = Group.INTAKE
    title = "本月一键办理"
    icon_name = "month.svg"
    help_text = (
        "一次完成：导入下发图斑、套合分析、分派职责、导出上报工作簿。每一步与单独运行完全相同。\n"
        "导入之后如果某一步失败，前面已完成的步骤保留，可以单独接着运行。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_library("底图库")
        self.add_file("INPUT", "下发的图斑文件", tr("所有文件 (*)"))
        self.add_text("RECEIVED", "收到日期（年-月-日）")
        self.add_text("BATCH", "批次", optional=True)
        self.add_target("OUTPUT", "上报工作簿", "Excel (*.xlsx)")
        self.add_number("PATCHES", "图斑数")
        for output, state in OUTPUTS.items():
            self.add_number(output, "{}的图斑数", state.value)

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        source = PatchSource(values.source("INPUT"), values.day("RECEIVED"), values.text("BATCH"))
        output = values.output_path("OUTPUT")
        outcome = run_month(
            values.path("WORKSPACE"), values.path("LIBRARY"), source, output, person(), progress
        )
        values.tell_findings(outcome.imported.findings + outcome.overlaid.findings)
        states = {name: outcome.assigned.states[state] for name, state in OUTPUTS.items()}
        return {"OUTPUT": str(output), "PATCHES": outcome.imported.patches, **states}
