"""weipian:checkplan."""

from __future__ import annotations

from typing import Any

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.check_plan import check_plan, write_plan_report


class CheckPlanAlgorithm(WeipianAlgorithm):
    """Check a plan file and work its examples."""

    identifier = "checkplan"
    toolbox_group = Group.RULES
    title = "检查方案文件"
    icon_name = "assign.svg"
    help_text = (
        "检查一份方案文件（YAML）的写法，并逐个演算文件里的示例，结果写成一页报告。不改动任何文件。\n"
        "写法有问题的，逐条给出行号和允许的写法；示例演算不符的，写明应为什么、实为什么。\n"
        "有写法问题或示例不符的方案文件不能采用。\n"
        "输出：PASSED 相符的示例数；FAILED 不符的示例数（写法有问题时为问题处数）；REPORT 报告。\n"
        "怎样写方案文件，见《方案文件写法》。"
    )

    def define(self) -> None:
        self.add_file("PLAN", "方案文件", "YAML (*.yaml *.yml)")
        self.add_report("检查报告")
        self.add_number("PASSED", "相符的示例数")
        self.add_number("FAILED", "不符的示例数")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        check = check_plan(values.path("PLAN"))
        for problem in check.problems:
            values.tell(str(problem))
        for example in check.examples:
            if not example.passed:
                said = tr("；").join(example.differences)
                values.tell(tr("第{}行：{}：{}").format(example.line, example.name, said))
        values.tell_findings(check.findings)
        values.tell(check.verdict)
        report = values.report_path("PLAN")
        write_plan_report(report, check)
        return {"PASSED": check.passed, "FAILED": check.failed, "REPORT": str(report)}
