"""weipian:extend."""

from __future__ import annotations

from typing import Any

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.extend import ExtensionSource, extend

_SINGLE = {
    "PATCH_NO": "patch_no",
    "DAYS": "days",
    "APPROVED_BY": "approved_by",
    "APPROVED_ON": "approved_on",
    "REASON": "reason",
    "DOCUMENT_NO": "document_no",
    "OPERATION": "operation",
    "WITHDRAWN_ON": "withdrawn_on",
}


OPERATIONS = ["登记", "撤销"]


class ExtendAlgorithm(WeipianAlgorithm):
    """Record extensions of the term for the determination, and take them back."""

    identifier = "extend"
    toolbox_group = Group.JUDGING
    title = "延长判定期限"
    icon_name = "patches.svg"
    help_text = (
        "记录经批准的判定期限延长，天数的算法（自然日或工作日）与方案文件一致；几次延长相加。\n"
        "成批：在“延长表”里选表格（.xlsx 或 .csv），列为 图斑编号、延长天数、批准人、理由（必填）、批准日期、"
        "文号、操作、撤销日期；批准日期不填为今天。\n"
        "单个：不选表格，填写图斑编号、延长天数、批准人、理由。\n"
        "同一批准（图斑、天数、批准日期、文号都相同）再记一次，不会重复计算。\n"
        "记错的延期：操作写“撤销”，图斑编号、延长天数、批准日期、文号与原记录一致（只有一次相符的，后两项可不填），"
        "批准人写由谁批准撤销，理由写为何撤销，撤销日期不填为今天；从撤销日期起不再计算。记录和撤销都不能修改，历史可查。\n"
        "输出：RECORDED 新记录的行数；REJECTED 退回的行数；REPORT 逐行报告。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_file("INPUT", "延长表（成批时）", tr("表格 (*.xlsx *.csv)"), optional=True)
        self.add_text("PATCH_NO", "图斑编号（单个时）", optional=True)
        self.add_text("DAYS", "延长天数", optional=True)
        self.add_text("APPROVED_BY", "批准人", optional=True)
        self.add_text("APPROVED_ON", "批准日期（年-月-日，不填为今天）", optional=True)
        self.add_text("REASON", "理由", optional=True)
        self.add_text("DOCUMENT_NO", "文号", optional=True)
        self.add_text("OPERATION", "操作（登记或撤销，不填为登记）", optional=True, choices=OPERATIONS)
        self.add_text("WITHDRAWN_ON", "撤销日期（年-月-日，不填为今天）", optional=True)
        self.add_report("逐行报告")
        self.add_number("RECORDED", "新记录的行数")
        self.add_number("REJECTED", "退回的行数")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        report = values.report_path()
        single = {key: values.text(name) for name, key in _SINGLE.items()}
        table = values.path("INPUT") if values.text("INPUT") else None
        given = single if any(single.values()) else None
        source = ExtensionSource(report, table, given)
        outcome = extend(values.path("WORKSPACE"), source, person(), progress)
        values.tell_refused(outcome.outcomes)
        values.tell(tr("新记录 {} 行，退回 {} 行。").format(outcome.recorded, outcome.rejected))
        return {"RECORDED": outcome.recorded, "REJECTED": outcome.rejected, "REPORT": str(report)}
