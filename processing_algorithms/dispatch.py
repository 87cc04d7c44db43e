"""weipian:dispatch."""

from __future__ import annotations

from typing import Any

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.processing_algorithms.required import RequiredFolder
from weipian_plugin.texts import tr
from weipian_plugin.workflow.dispatch import dispatch


class DispatchAlgorithm(WeipianAlgorithm):
    """Write the workbook of every department and township."""

    identifier = "dispatch"
    toolbox_group = Group.DUTIES
    title = "下发任务清单"
    icon_name = "ledger.svg"
    help_text = (
        "按单位写出任务清单，每个部门、乡镇、街道、管委会一个 Excel 文件："
        "它负责的图斑、职责和依据、判定期限，"
        "以及由它填写的核查情况、现场用途、建设主体、整改措施、拆除面积、完成日期、照片编号等。\n"
        "单位不填写就写全部有职责的单位（不含督查）；填写单位名称（几个用顿号分开）就只写这些单位。\n"
        "要填写的列由列模板决定，可以另给自己的 .yaml 文件。\n"
        "填好退回的文件，用“导入市级反馈和填报表”读回，请勿删除其中隐藏的内容。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_text("UNIT", "单位（不填为全部）", optional=True)
        self.add_text("TEMPLATE", "列模板", optional=True, advanced=True)
        self.addParameter(RequiredFolder("FOLDER", tr("放清单的文件夹")))
        self.add_number("FILES", "文件数")
        self.add_number("PATCHES", "任务数")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        folder = values.output_path("FOLDER")
        units, template = values.text("UNIT"), values.source("TEMPLATE")
        done = dispatch(values.path("WORKSPACE"), folder, units, person(), progress, template)
        values.tell(tr("写好 {} 个文件，共 {} 条任务。").format(len(done.files), done.patches))
        return {"FOLDER": str(folder), "FILES": len(done.files), "PATCHES": done.patches}
