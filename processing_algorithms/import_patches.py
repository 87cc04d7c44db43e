"""weipian:importpatches."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingOutputFile, QgsProcessingParameterCrs

from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.units import AREA_UNITS
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.import_patches import PatchSource, import_patches


class ImportPatchesAlgorithm(WeipianAlgorithm):
    """Bring one issued batch of patches into the workspace."""

    identifier = "importpatches"
    toolbox_group = Group.INTAKE
    title = "导入图斑"
    icon_name = "patches.svg"
    help_text = (
        "把下发的一批卫片图斑导入工作库：认出编码、坐标系和面积单位，修复图形，列出发现的问题并生成报告。\n"
        "原文件不会被改动。有错误的图斑不导入，列在报告里；其余的一次写入，中途出错就一个也不写入。\n"
        "收到日期：写成 2021-07-20；15日判定期限从次日起算。\n"
        "批次：如 2021年7月；不填则用文件名。\n"
        "编码、坐标系、面积单位：一般不填，自动识别并写进报告。\n"
        "更新已有图斑：以前批次里已有的编号，不选则整批不导入；选中则更新下发字段和图形，"
        "清除由旧数据算出的套合结果和职责建议；已作的判定、确认的职责和办理阶段一律不动。\n"
        "只预检：做完全部检查并写出报告，工作库不作任何改动。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_file("INPUT", "下发的图斑文件", tr("所有文件 (*)"))
        self.add_text("RECEIVED", "收到日期（年-月-日）")
        self.add_text("BATCH", "批次", optional=True)
        self.add_text("ENCODING", "属性编码", optional=True, advanced=True)
        self.addParameter(QgsProcessingParameterCrs("CRS", tr("坐标系"), optional=True))
        self.add_text(
            "AREA_UNIT",
            "面积单位",
            optional=True,
            choices=["", *AREA_UNITS],
            advanced=True,
        )
        self.add_flag("UPDATE", "更新已有图斑（重新下发的同一编号）")
        self.add_flag("DRY_RUN", "只预检，不写入")
        self.add_number("PATCHES", "图斑数")
        self.add_number("UPDATED", "其中更新的图斑数")
        self.add_number("FINDINGS", "发现的问题数")
        self.addOutput(QgsProcessingOutputFile("REPORT", tr("导入报告")))

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        source = PatchSource(
            values.source("INPUT"),
            values.day("RECEIVED"),
            values.text("BATCH"),
            values.text("ENCODING"),
            values.crs("CRS"),
            values.text("AREA_UNIT"),
            values.flag("UPDATE"),
        )
        dry_run = values.flag("DRY_RUN")
        outcome = import_patches(values.path("WORKSPACE"), source, person(), progress, dry_run)
        values.tell_findings(outcome.findings)
        return {
            "PATCHES": outcome.patches,
            "UPDATED": outcome.updated,
            "FINDINGS": len(outcome.findings),
            "REPORT": str(outcome.report),
        }
