"""weipian:whatif."""

from __future__ import annotations

from typing import Any

from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.processing_algorithms.layer_roles import role_choice, roles_of
from weipian_plugin.workflow.what_if import Scenario, what_if
from weipian_plugin.workflow.what_if_report import verdict, write_what_if


class WhatIfAlgorithm(WeipianAlgorithm):
    """Tell what another plan file or other layer editions would change."""

    identifier = "whatif"
    toolbox_group = Group.RULES
    title = "试算方案或图层改动"
    icon_name = "assign.svg"
    help_text = (
        "试算换一份方案文件、换几个图层版本之后，哪些图斑会换查处单位、换状态，各乡镇街道、各单位的图斑数和面积怎样变。\n"
        "只读不写：工作库没有任何改动。要采用时，方案文件用“采用方案文件”，图层用“套合分析”，再“分派职责”。\n"
        "方案文件、底图库、去掉的图层至少写一样。底图库里有的图层替换原来的，没有的图层仍按工作库里的套合结果。\n"
        "去掉的图层：图层的名称或代码，多个用顿号隔开，如 河道管理范围、redline；去掉后按未评估处理。\n"
        "人已作的决定在试算中不变，与新结果不一致的另列。\n"
        "输出：CHANGED 会变的图斑数；UNIT_CHANGED 换查处单位的；STATE_CHANGED 换状态的；"
        "CONTRADICTED 决定与新结果不一致的；REPORT 报告。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_file("PLAN", "试算的方案文件", "YAML (*.yaml *.yml)", optional=True)
        self.add_file("LIBRARY", "含有替换图层的底图库", "GeoPackage (*.gpkg)", optional=True)
        self.add_text(
            "REMOVED",
            "试算去掉的图层",
            optional=True,
            choices=["", *(role_choice(role) for role in Role)],
        )
        self.add_report("试算报告")
        self.add_number("CHANGED", "会变的图斑数")
        self.add_number("UNIT_CHANGED", "换查处单位的图斑数")
        self.add_number("STATE_CHANGED", "换状态的图斑数")
        self.add_number("CONTRADICTED", "决定与新结果不一致的图斑数")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        plan, library = (values.path(name) if values.text(name) else None for name in ("PLAN", "LIBRARY"))
        scenario = Scenario(plan, library, roles_of(values.text("REMOVED")))
        result = what_if(values.path("WORKSPACE"), scenario, progress)
        report = values.report_path()
        write_what_if(report, result)
        values.tell(verdict(result))
        found = result.comparison
        return {
            "CHANGED": len(found.changes),
            "UNIT_CHANGED": found.unit_changes,
            "STATE_CHANGED": found.state_changes,
            "CONTRADICTED": len(result.contradictions),
            "REPORT": str(report),
        }
