"""weipian:createworkspace."""

from __future__ import annotations

from datetime import date
from typing import Any

from qgis.core import QgsProcessingOutputFile, QgsProcessingParameterNumber

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.create_workspace import create_workspace


class CreateWorkspaceAlgorithm(WeipianAlgorithm):
    """Make a new workspace for one year's casework."""

    identifier = "createworkspace"
    toolbox_group = Group.BASE
    title = "新建工作库"
    icon_name = "workspace.svg"
    help_text = (
        "新建一个年度的工作库（GeoPackage），图斑、套合结果、职责分派、判定和变更历史都存在里面。\n"
        "工作库：新文件的位置，已有的文件不会被覆盖。\n"
        "年度：卫片执法年度，如 2021。\n"
        "方案文件：写明职责分工的 YAML 文件；不填则用随插件提供的武隆区2021年工作方案。"
    )

    def define(self) -> None:
        self.add_file("WORKSPACE", "工作库（新文件 *.gpkg）", "GeoPackage (*.gpkg)")
        self.addParameter(
            QgsProcessingParameterNumber("YEAR", tr("年度"), defaultValue=date.today().year, minValue=2000)
        )
        self.add_file("PLAN", "方案文件", "YAML (*.yaml *.yml)", optional=True)
        self.addOutput(QgsProcessingOutputFile("WORKSPACE", tr("工作库")))

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        workspace = values.path("WORKSPACE")
        plan = values.path("PLAN") if values.text("PLAN") else None
        outcome = create_workspace(workspace, values.integer("YEAR"), plan, person())
        values.tell_findings(outcome.findings)
        values.tell(
            tr("已新建工作库 {}，采用《{}》（{}）。").format(
                workspace, outcome.plan_title, outcome.plan_version
            )
        )
        return {"WORKSPACE": str(workspace)}
