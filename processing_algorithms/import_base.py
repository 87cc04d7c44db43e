"""weipian:importbase."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingOutputFile,
    QgsProcessingOutputString,
    QgsProcessingParameterCrs,
)

from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.processing_algorithms.layer_roles import role_choice, role_of
from weipian_plugin.texts import tr
from weipian_plugin.workflow.import_base import BaseSource, import_base


class ImportBaseAlgorithm(WeipianAlgorithm):
    """Bring one base layer into the library."""

    identifier = "importbase"
    toolbox_group = Group.BASE
    title = "导入底图"
    icon_name = "library.svg"
    help_text = (
        "把一个底图图层导入底图库：认出编码和坐标系，修复图形，统一到 CGCS2000 经纬度并建立索引。\n"
        "同一种图层再次导入时，新版全部成功后才替换旧版。原文件不会被改动。\n"
        "底图库：不存在时新建。\n"
        "图层文件：shp、gpkg（可写 路径|layername=图层名）、gdb 等。\n"
        "图层种类：这个图层在套合里充当什么；不填则按图层名和字段识别，拿不准时说明各类得分、不导入。\n"
        "版本：如 2020年度变更调查，会写进依据语句和台账。\n"
        "编码、坐标系：一般不填，自动识别并写进报告。\n"
        "方案文件：用来核对图层是否落在本区；不填则按底图库里的乡镇界，没有乡镇界则按武隆区。\n"
        "只预检：做完全部检查并写出报告，底图库不作任何改动。"
    )

    def define(self) -> None:
        self.add_library("底图库（不存在则新建 *.gpkg）")
        self.add_file("INPUT", "图层文件", tr("所有文件 (*)"))
        choices = ["", *(role_choice(role) for role in Role)]
        self.add_text("ROLE", "图层种类（不填则自动识别）", optional=True, choices=choices)
        self.add_text("EDITION", "版本")
        self.add_text("ENCODING", "属性编码", optional=True, advanced=True)
        self.addParameter(QgsProcessingParameterCrs("CRS", tr("坐标系"), optional=True))
        self.add_file("PLAN", "方案文件（用来核对位置）", "YAML (*.yaml *.yml)", optional=True)
        self.add_flag("DRY_RUN", "只预检，不写入")
        self.addOutput(QgsProcessingOutputString("ROLE", tr("图层种类")))
        self.add_number("FEATURES", "要素数")
        self.add_number("FINDINGS", "发现的问题数")
        self.addOutput(QgsProcessingOutputFile("REPORT", tr("导入报告")))

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        source = BaseSource(
            values.source("INPUT"),
            role_of(values.text("ROLE")) if values.text("ROLE") else None,
            values.text("EDITION"),
            values.text("ENCODING"),
            values.crs("CRS"),
            values.path("PLAN") if values.text("PLAN") else None,
        )
        outcome = import_base(values.path("LIBRARY"), source, progress, values.flag("DRY_RUN"))
        values.tell(tr("图层种类：{}（得分：{}）").format(outcome.role.label, outcome.scores))
        values.tell_findings(outcome.findings)
        return {
            "ROLE": outcome.role.value,
            "FEATURES": outcome.features,
            "FINDINGS": len(outcome.findings),
            "REPORT": str(outcome.report),
        }
