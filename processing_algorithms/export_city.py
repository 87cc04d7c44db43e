"""weipian:exportcity."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingParameterFileDestination

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person, tr
from weipian_plugin.workflow.export_city import export_city


class ExportCityAlgorithm(WeipianAlgorithm):
    """Write the Excel ledger."""

    identifier = "exportcity"
    title = "导出台账"
    icon_name = "ledger.svg"
    help_text = (
        "把工作库里的图斑、套合面积和职责分派导出为 Excel 台账：\n"
        "图斑台账、汇总、各部门和各乡镇的清单、填报说明。\n"
        "合计是公式，可以在表里继续筛选、核对；编码是文本，不会丢掉前面的零。\n"
        "目标文件正被 Excel 打开时会提示关闭，不会损坏原文件。"
    )

    def define(self) -> None:
        self.add_file("WORKSPACE", "工作库", "GeoPackage (*.gpkg)")
        self.addParameter(
            QgsProcessingParameterFileDestination("OUTPUT", tr("台账"), fileFilter="Excel (*.xlsx)")
        )

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        output = values.output_path("OUTPUT")
        export_city(values.path("WORKSPACE"), output, person(), progress)
        return {"OUTPUT": str(output)}
