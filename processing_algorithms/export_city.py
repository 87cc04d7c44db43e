"""weipian:exportcity."""

from __future__ import annotations

from typing import Any

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.export_city import Checking, export_city
from weipian_plugin.workflow.templates import SHIPPED


class ExportCityAlgorithm(WeipianAlgorithm):
    """Write the submission workbook."""

    identifier = "exportcity"
    toolbox_group = Group.REPORTING
    title = "导出上报工作簿"
    icon_name = "ledger.svg"
    help_text = (
        "把工作库里的图斑、套合面积、职责分派、判定和查处整改导出为一个 Excel 工作簿：\n"
        "核查判定汇总表、图斑台账、违法图斑查处整改台账、部门分派清单、乡镇统计与排序、占用耕地比例、套合面积审核表、"
        "上报自查、汇总、各部门和各乡镇的清单、填报说明。\n"
        "合计、排名和比例是公式，可以在表里继续筛选、核对；判定结果等可从下拉列表中选；编码是文本，不会丢掉前面的零。\n"
        "列模板决定有哪些表、哪些列、列名和先后：填“完整版”“市级简表”，或自己的 .yaml 文件。\n"
        "上报自查：标注＝照样导出并逐图斑标出问题；拒绝＝有须补正的图斑就不导出；不查＝不检查。\n"
        "市级填好后退回的文件，用“导入市级反馈和填报表”读回，请勿删除其中隐藏的内容。\n"
        "目标文件正被 Excel 打开时会提示关闭，不会损坏原文件。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_text(
            "TEMPLATE", "列模板", next(iter(SHIPPED)), optional=True, choices=list(SHIPPED), advanced=True
        )
        levels = [level.value for level in Checking]
        self.add_text("CHECK", "上报自查", levels[0], optional=True, choices=levels, advanced=True)
        self.add_target("OUTPUT", "上报工作簿", "Excel (*.xlsx)")
        self.add_number("PATCHES", "图斑数")
        self.add_number("BLOCKING", "须补正的图斑数")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        output = values.output_path("OUTPUT")
        checking = _checking(values.text("CHECK"))
        template = values.source("TEMPLATE")
        done = export_city(values.path("WORKSPACE"), output, person(), progress, template, checking)
        if checking is not Checking.NONE:
            values.tell(tr("上报自查：{} 个图斑中有 {} 个须补正。").format(done.patches, done.blocking))
        return {"OUTPUT": str(output), "PATCHES": done.patches, "BLOCKING": done.blocking}


def _checking(text: str) -> Checking:
    try:
        return Checking(text or Checking.MARK)
    except ValueError:
        known = "、".join(level.value for level in Checking)
        raise WeipianError(tr("“上报自查”只能写{}，现在是“{}”。").format(known, text)) from None
