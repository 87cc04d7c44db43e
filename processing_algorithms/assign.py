"""weipian:assign."""

from __future__ import annotations

from typing import Any

from weipian_plugin.domain.duties import DutyState
from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.assign_duties import assign_duties

OUTPUTS = {
    "UNIQUE": DutyState.UNIQUE,
    "CONFLICT": DutyState.CONFLICT,
    "DEFAULT": DutyState.DEFAULT,
    "NOT_EVALUATED": DutyState.NOT_EVALUATED,
}


class AssignAlgorithm(WeipianAlgorithm):
    """Propose for every patch who has to do what under the plan."""

    identifier = "assign"
    toolbox_group = Group.INTAKE
    title = "分派职责"
    icon_name = "assign.svg"
    help_text = (
        "按工作方案给每个图斑建议查处单位、协办单位、属地责任单位等，每条都写明依据的条款、图层版本、面积和比例。\n"
        "几个单位都有依据的记为“待会商”，由人决定；没有专门规定的由规划自然资源部门兜底；"
        "有图层未评估的记为“未评估”。\n"
        "已由人确认、改派、增加、撤销的不会被改动；决定之后套合结果或方案变了、与决定不一致的，"
        "写在台账的“与决定不一致（须复核）”一栏并在日志里列出，个数为输出 CONTRADICTED，请复核。"
    )

    def define(self) -> None:
        self.add_workspace()
        for output, state in OUTPUTS.items():
            self.add_number(output, "{}的图斑数", state.value)
        self.add_number("CONTRADICTED", "与决定不一致、待复核的图斑数")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        outcome = assign_duties(values.path("WORKSPACE"), person(), progress)
        values.tell(tr("分派了 {} 个图斑，其中 {} 个有变化。").format(outcome.patches, outcome.changed))
        values.tell_findings(outcome.findings)
        counts = {output: outcome.states[state] for output, state in OUTPUTS.items()}
        return {**counts, "CONTRADICTED": outcome.contradicted}
