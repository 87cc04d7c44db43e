"""weipian:rectify."""

from __future__ import annotations

from pathlib import Path

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.processing_algorithms.table_algorithm import TableAlgorithm
from weipian_plugin.workflow.rectify import rectify
from weipian_plugin.workflow.row_outcomes import TableRun, TableSource


class RectifyAlgorithm(TableAlgorithm):
    """Record remedies of illegal patches and their acceptance."""

    identifier = "rectify"
    toolbox_group = Group.JUDGING
    title = "登记查处整改"
    icon_name = "assign.svg"
    table_title = "查处整改表"
    person_title = "经办人"
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

    def record(self, workspace: Path, source: TableSource, actor: str, progress: Progress) -> TableRun:
        return rectify(workspace, source, actor, progress)
