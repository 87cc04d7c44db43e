"""weipian:statistics."""

from __future__ import annotations

from datetime import date
from typing import Any

from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.ratio import percent
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.statistics import compile_statistics


class StatisticsAlgorithm(WeipianAlgorithm):
    """Write the workbook of statistics."""

    identifier = "statistics"
    toolbox_group = Group.REPORTING
    title = "统计与违法占耕比例"
    icon_name = "ledger.svg"
    help_text = (
        "统计截至某日的图斑，写成 Excel：六项比例及其分子分母、最低最高可能值、对比例影响最大的十个图斑；"
        "按乡镇、查处单位、类别、办理阶段、月份、季度的统计；分乡镇、分月和逐月末的比例；乡镇街道综合评估排序。\n"
        "统计分“原始下发”和“核实后”两种口径，拆分图斑不重复计算；校核列是公式，各项相加不符时标红。\n"
        "违法占用耕地面积比例＝违法占用耕地÷（合法新增建设用地占用耕地＋违法占用耕地），耕地为扣除田坎的净面积；"
        "其他用地不进分子分母；分母为0时记“—”。算法可在方案文件 ratio 一节的 formula 里改，标“非文件规定”。\n"
        "截至日期不填为今天；填以前的日期，按那天为止的收到、拆分、判定、退回、存疑和整改统计，"
        "乡镇、查处单位和套合结果按现状。复核、审定不通过，撤回、撤销判定和存疑的图斑计为未判定。本工具不改动工作库。\n"
        "输出：RATIO 比例（0到1的数；分母为0时没有这一项）；OUTPUT 工作簿。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_text("AS_OF", "截至日期（年-月-日，不填为今天）", optional=True)
        self.add_target("OUTPUT", "统计表", "Excel (*.xlsx)")
        self.add_number("RATIO", "违法占用耕地面积比例")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        as_of = values.day("AS_OF") if values.text("AS_OF") else date.today()
        output = values.output_path("OUTPUT")
        run = compile_statistics(values.path("WORKSPACE"), output, as_of, person(), progress)
        caveat = run.figures.caveat
        values.tell(tr("违法占用耕地面积比例：{}。{}").format(percent(run.ratio), caveat))
        return {"OUTPUT": str(output)} | ({} if run.ratio is None else {"RATIO": run.ratio})
