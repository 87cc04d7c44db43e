"""weipian:precheck."""

from __future__ import annotations

from typing import Any

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.precheck import precheck


class PrecheckAlgorithm(WeipianAlgorithm):
    """Check the patches before they go to the city."""

    identifier = "precheck"
    toolbox_group = Group.REPORTING
    title = "上报前自查"
    icon_name = "ledger.svg"
    help_text = (
        "按市级审核退回图斑的十四类原因和面积关系逐图斑检查，写出报告：每个图斑还缺什么、怎么办。\n"
        "须补正：缺少必须的内容或数据矛盾，上报前必须补齐；提醒：可能被退回，请核对；"
        "须由人确认：程序无法判断的事项（如照片真伪、材料是否属于本图斑）。\n"
        "检查项目和限值可以调整：把插件里的 plans/precheck.yaml 复制到工作库所在文件夹，"
        "改名为“上报自查.yaml”再改。\n"
        "只读工作库，不改动任何数据。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_report("自查报告")
        self.add_number("PATCHES", "图斑数")
        self.add_number("BLOCKING", "须补正的图斑数")
        self.add_number("WARNINGS", "有提醒的图斑数")
        self.add_number("CONFIRM", "须由人确认的图斑数")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        report = values.report_path()
        done = precheck(values.path("WORKSPACE"), report, person(), progress)
        values.tell(
            tr("{} 个图斑：须补正 {} 个，有提醒 {} 个，须由人确认 {} 个。").format(
                done.patches, done.blocking, done.warnings, done.confirm
            )
        )
        return {
            "PATCHES": done.patches,
            "BLOCKING": done.blocking,
            "WARNINGS": done.warnings,
            "CONFIRM": done.confirm,
            "REPORT": str(report),
        }
