"""weipian:deadlines."""

from __future__ import annotations

from datetime import date
from typing import Any

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.deadlines import list_deadlines

OUTPUTS = ("WAITING", "OVERDUE", "DUE_7", "DUE_15")


class DeadlinesAlgorithm(WeipianAlgorithm):
    """Write the workbook of deadlines."""

    identifier = "deadlines"
    toolbox_group = Group.JUDGING
    title = "期限预警表"
    icon_name = "ledger.svg"
    help_text = (
        "按收到日期计算每个图斑的判定期限（方案三（一）：15日内完成合法性判定），写成 Excel：\n"
        "期限队列（按剩余天数排列）、按乡镇和按单位的逾期统计、今后15天到期预测、月清季核年度截止、延期记录。\n"
        "自然日或工作日、从哪天起算、期满遇节假日是否顺延、市级审核期间暂停，"
        "都在方案文件的 deadlines 一节设置，"
        "表上写明；方案没有规定的标“非文件规定”。\n"
        "节假日表随插件提供；要改，把 plans/holidays.yaml 复制到工作库所在文件夹，改名“节假日.yaml”后修改，"
        "以它为准，升级插件不会覆盖。\n"
        "拆分出的图斑沿用原图斑的收到日期、延期和市级审核天数；撤销的延期从撤销日期起不再计算。\n"
        "截至日期不填为今天；填以前的日期，只算到那天为止的办理步骤、判定、拆分和延期。本工具不改动工作库。\n"
        "输出：OUTPUT 工作簿；WAITING 待判定数；OVERDUE 逾期数；DUE_7、DUE_15 今后7天、15天内到期数。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_text("AS_OF", "截至日期（年-月-日，不填为今天）", optional=True)
        self.add_target("OUTPUT", "期限预警表", "Excel (*.xlsx)")
        self.add_number("WAITING", "待判定的图斑数")
        self.add_number("OVERDUE", "逾期的图斑数")
        self.add_number("DUE_7", "7日内到期的图斑数")
        self.add_number("DUE_15", "15日内到期的图斑数")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        as_of = values.day("AS_OF") if values.text("AS_OF") else date.today()
        output = values.output_path("OUTPUT")
        run = list_deadlines(values.path("WORKSPACE"), output, as_of, person(), progress)
        values.tell(tr("待判定 {} 个，其中逾期 {} 个。").format(run.waiting, run.overdue))
        counts = dict(zip(OUTPUTS, (run.waiting, run.overdue, run.due_7, run.due_15), strict=True))
        return {"OUTPUT": str(output)} | counts
