"""weipian:dutysheets."""

from __future__ import annotations

from typing import Any

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.duty_sheets import print_duty_sheets


class DutySheetsAlgorithm(WeipianAlgorithm):
    """Print sheets for the meeting that settles who deals with a patch."""

    identifier = "dutysheets"
    toolbox_group = Group.DUTIES
    title = "图斑职责会商材料"
    icon_name = "assign.svg"
    help_text = (
        "把图斑的职责矩阵写成可打印的一页：每家的主张（面积、占比、条款、图层版本，边角另标）、每项职责的依据语句、"
        "还没有查明的事项、已有的决定，末尾留出会商结果和签字的空格。\n"
        "图斑编号：几个用顿号隔开；不填则写出所有“待会商”的，和决定与新结果不一致、须复核的。\n"
        "按工作库现有的套合结果和方案现算，只读不写。会商结果用“记录职责决定”记入。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_text("PATCHES", "图斑编号", optional=True)
        self.add_target("OUTPUT", "会商材料", "HTML (*.html)")
        self.add_number("PRINTED", "写出的图斑数")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        output = values.output_path("OUTPUT")
        result = print_duty_sheets(values.path("WORKSPACE"), values.text("PATCHES"), output, progress)
        values.tell(tr("写出 {} 个图斑，其中未定的 {} 个。").format(result.patches, result.open_patches))
        return {"OUTPUT": str(output), "PRINTED": result.patches}
