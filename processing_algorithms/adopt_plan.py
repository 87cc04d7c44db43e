"""weipian:adoptplan."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingOutputBoolean, QgsProcessingOutputString

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.adopt_plan import adopt_plan


class AdoptPlanAlgorithm(WeipianAlgorithm):
    """Let a workspace work by another plan file from now on."""

    identifier = "adoptplan"
    toolbox_group = Group.RULES
    title = "采用方案文件"
    icon_name = "workspace.svg"
    help_text = (
        "让工作库从现在起按另一份方案文件分派职责。采用之前检查写法并演算示例，有一个不符就不采用。\n"
        "原来的方案文件仍存在工作库里，谁在什么时候采用的记入历史。\n"
        "已有的分派不会随之改变：采用后请再运行一次“分派职责”。人已作的决定不变。\n"
        "想先看影响，请用“试算方案或图层改动”。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_file("PLAN", "方案文件", "YAML (*.yaml *.yml)")
        self.addOutput(QgsProcessingOutputString("VERSION", tr("采用的版本")))
        self.addOutput(QgsProcessingOutputBoolean("CHANGED", tr("是否换了方案文件")))

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        outcome = adopt_plan(values.path("WORKSPACE"), values.path("PLAN"), person())
        values.tell_findings(outcome.findings)
        adopted = tr("已采用《{}》（{}），请再运行一次“分派职责”。")
        said = adopted if outcome.changed else tr("工作库已在用《{}》（{}），没有改动。")
        values.tell(said.format(outcome.title, outcome.version))
        return {"VERSION": outcome.version, "CHANGED": outcome.changed}
