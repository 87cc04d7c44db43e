"""weipian:rectify."""

from __future__ import annotations

from typing import Any

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person, tr
from weipian_plugin.workflow.rectify import rectify
from weipian_plugin.workflow.row_outcomes import TableSource


class RectifyAlgorithm(WeipianAlgorithm):
    """Record remedies of illegal patches and their acceptance."""

    identifier = "rectify"
    title = "登记查处整改"
    icon_name = "assign.svg"
    help_text = (
        "把违法图斑的查处整改情况成批记入工作库，逐行报告记录了什么、退回了什么和原因。只有判定为违法的图斑才能登记。\n"
        "表格（.xlsx 或 .csv）的列，先后不限：图斑编号、措施、日期、单位（必填），"
        "面积（亩）、金额（元）、文号（按措施要求）、备注、操作（登记或撤销，不填为登记）。\n"
        "措施：制止通知、立案、罚款、没收、拆除、复耕、复绿、补办、移送、断供、问责，"
        "以及复耕验收、复绿验收、整改验收。制止通知、立案等须写文号，罚款须写金额。\n"
        "没收、拆除、复耕、复绿、补办的面积合计不得超过图斑面积；同一块地先拆除后复耕的，面积只写在复耕一行。\n"
        "验收由方案写明的单位进行（方案写明几家的，几家都要登记），其余由查处单位或负总责的单位验收；面积不填即验收全部。\n"
        "剩余未整改面积为0并且全部验收，才算“已整改”。同一张表再运行一次，不会重复记录。"
    )

    def define(self) -> None:
        self.add_file("WORKSPACE", "工作库", "GeoPackage (*.gpkg)")
        self.add_file("INPUT", "查处整改表", tr("表格 (*.xlsx *.csv)"))
        self.add_text("BY", "经办人")
        self.add_report("逐行报告")
        self.add_number("RECORDED", "记录的行数")
        self.add_number("REJECTED", "退回的行数")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        report = values.report_path()
        source = TableSource(values.path("INPUT"), values.text("BY"), report)
        outcome = rectify(values.path("WORKSPACE"), source, person(), progress)
        values.tell_refused(outcome.outcomes)
        values.tell(tr("记录 {} 行，退回 {} 行。").format(outcome.recorded, outcome.rejected))
        return {"RECORDED": outcome.recorded, "REJECTED": outcome.rejected, "REPORT": str(report)}
