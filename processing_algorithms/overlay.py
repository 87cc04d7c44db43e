"""weipian:overlay."""

from __future__ import annotations

from typing import Any

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.run_overlay import run_overlay


class OverlayAlgorithm(WeipianAlgorithm):
    """Lay the patches over all base layers."""

    identifier = "overlay"
    toolbox_group = Group.INTAKE
    title = "套合分析"
    icon_name = "overlay.svg"
    help_text = (
        "把工作库里的图斑与底图库的全部图层套合，算出每个图斑占各地类、各管理范围的面积（椭球面积，平方米和亩）。\n"
        "重叠的范围只计一次；没有导入的图层记为“未评估”，不会当作“没有占用”。\n"
        "结果只是线索，不是判定。重复运行，数据没变结果就不变。\n"
        "批次：不填则套合全部图斑。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_library("底图库")
        self.add_text("BATCH", "批次", optional=True)
        self.add_number("PATCHES", "套合的图斑数")
        self.add_number("NOT_EVALUATED", "有图层未评估的图斑数")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        outcome = run_overlay(
            values.path("WORKSPACE"), values.path("LIBRARY"), values.text("BATCH"), person(), progress
        )
        values.tell_findings(outcome.findings)
        values.tell(tr("套合 {} 个图斑，其中 {} 个的结果有变化。").format(outcome.patches, outcome.changed))
        return {"PATCHES": outcome.patches, "NOT_EVALUATED": outcome.not_evaluated}
