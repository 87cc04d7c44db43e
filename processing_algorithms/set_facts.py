"""weipian:setfacts."""

from __future__ import annotations

from typing import Any

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person, tr
from weipian_plugin.workflow.row_outcomes import TableSource
from weipian_plugin.workflow.set_facts import set_facts


class SetFactsAlgorithm(WeipianAlgorithm):
    """Record what persons found out about patches."""

    identifier = "setfacts"
    title = "记录图斑事实"
    icon_name = "patches.svg"
    help_text = (
        "把查明的图斑种类、建设主体、用途和处理结果成批记入工作库，每次改动都留历史。分派时这里的先于下发属性。\n"
        "表格（.xlsx 或 .csv，GBK、UTF-8 都可以）的列，先后不限，多余的列不读：\n"
        "  图斑编号（必填）；图斑种类（土地、矿产）；建设主体；用途；\n"
        "  处理结果（几项用顿号隔开，写“无”即清空）；依据；日期（不填为今天）。\n"
        "用语以方案文件为准，如 农村村民、企业；住宅、厂房；没收、移送。\n"
        "留空的不改动；写“未查明”的按未查明处理，下发属性写了什么也不用——未查明不等于“不是”。\n"
        "记录后请再运行一次“分派职责”。\n"
        "填写人：查明事实的人。"
    )

    def define(self) -> None:
        self.add_file("WORKSPACE", "工作库", "GeoPackage (*.gpkg)")
        self.add_file("INPUT", "图斑事实表", tr("表格 (*.xlsx *.csv)"))
        self.add_text("BY", "填写人")
        self.add_report("逐行报告")
        self.add_number("RECORDED", "记录的行数")
        self.add_number("REJECTED", "退回的行数")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        report = values.report_path()
        source = TableSource(values.path("INPUT"), values.text("BY"), report)
        outcome = set_facts(values.path("WORKSPACE"), source, person(), progress)
        values.tell_refused(outcome.outcomes)
        values.tell(tr("记录 {} 行，退回 {} 行。").format(outcome.recorded, outcome.rejected))
        return {"RECORDED": outcome.recorded, "REJECTED": outcome.rejected, "REPORT": str(report)}
