"""weipian:split and weipian:unsplit."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingOutputString, QgsProcessingParameterCrs

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.split import CutterLayer, split_by_layer, unsplit_patch


class SplitAlgorithm(WeipianAlgorithm):
    """Cut a patch into children."""

    identifier = "split"
    toolbox_group = Group.INTAKE
    title = "拆分图斑"
    icon_name = "patches.svg"
    help_text = (
        "用线或面把一个图斑切成几个子图斑（编号加 _1、_2……），分别套合、分派、判定。\n"
        "用线切：线的两端要伸出图斑边界，每一块成为一个子图斑。用面切：每个面盖住的部分成为一个子图斑，"
        "剩下的成为最后一个；面不能相互重叠。\n"
        "子图斑合起来与原图斑完全一致，否则不拆分。子图斑从“待核查”开始，拆分后请再运行套合分析和分派职责。\n"
        "原图斑标为“被拆分”，保留自己的套合结果，不再办理；统计分“原始下发”和“核实后”两种口径，不会重复计算。\n"
        "拆分日期不填为今天：截至更早日期的统计仍按原图斑计。"
        "子图斑沿用原图斑的收到日期、延期和市级审核天数。\n"
        "输出：CHILDREN 子图斑个数；NUMBERS 子图斑编号。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_text("PATCH", "图斑编号")
        self.add_file("INPUT", "切割线或切割面图层", tr("所有文件 (*)"))
        self.addParameter(QgsProcessingParameterCrs("CRS", tr("切割图层的坐标系"), optional=True))
        self.add_text("BY", "经办人", optional=True)
        self.add_text("SPLIT_ON", "拆分日期（年-月-日，不填为今天）", optional=True)
        self.add_number("CHILDREN", "子图斑个数")
        self.addOutput(QgsProcessingOutputString("NUMBERS", tr("子图斑编号")))

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        outcome = split_by_layer(
            values.path("WORKSPACE"),
            values.text("PATCH"),
            CutterLayer(values.source("INPUT"), values.crs("CRS")),
            values.text("BY") or person(),
            progress,
            values.day("SPLIT_ON") if values.text("SPLIT_ON") else None,
        )
        numbers = "、".join(outcome.children)
        values.tell(tr("图斑 {} 拆分为：{}。").format(outcome.patch_no, numbers))
        return {"CHILDREN": len(outcome.children), "NUMBERS": numbers}


class UnsplitAlgorithm(WeipianAlgorithm):
    """Undo a split."""

    identifier = "unsplit"
    toolbox_group = Group.INTAKE
    title = "撤销拆分"
    icon_name = "patches.svg"
    help_text = (
        "撤销一个图斑的拆分：子图斑连同套合结果和建议的职责一并移除，原图斑恢复办理；变更历史里都有记录。\n"
        "图斑编号填原图斑的编号。任何一个子图斑上已有判定、确认的职责、整改记录或再次拆分的，不能撤销。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_text("PATCH", "原图斑编号")
        self.add_text("BY", "经办人", optional=True)
        self.add_number("CHILDREN", "移除的子图斑个数")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        by = values.text("BY") or person()
        outcome = unsplit_patch(values.path("WORKSPACE"), values.text("PATCH"), by, progress)
        values.tell(
            tr("已撤销图斑 {} 的拆分，移除：{}。").format(outcome.patch_no, "、".join(outcome.children))
        )
        return {"CHILDREN": len(outcome.children)}
