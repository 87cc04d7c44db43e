"""weipian:decide."""

from __future__ import annotations

from pathlib import Path

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.processing_algorithms.table_algorithm import TableAlgorithm
from weipian_plugin.workflow.decide_duties import decide_duties
from weipian_plugin.workflow.row_outcomes import TableRun, TableSource


class DecideAlgorithm(TableAlgorithm):
    """Record what persons decided about duties."""

    identifier = "decide"
    toolbox_group = Group.DUTIES
    title = "记录职责决定"
    icon_name = "assign.svg"
    table_title = "职责决定表"
    person_title = "决定人"
    help_text = (
        "把会商、审定的结果成批记入工作库：确认、改派、增加、撤销图斑的职责。逐行报告记录了什么、退回了什么和原因。\n"
        "表格（.xlsx 或 .csv，GBK、UTF-8 都可以）的列，先后不限，多余的列不读：\n"
        "  图斑编号（必填）；决定（必填）：确认、改派、增加、撤销；\n"
        "  职责：查处、协办、属地责任、复耕验收、复绿验收、没收接收、移送受理、断供、督查，不填即查处；\n"
        "  单位：被确认、增加、撤销的单位，或改派前的单位，只有一家时可不填；新单位：改派后的单位；\n"
        "  理由：改派、增加、撤销和待会商、未评估图斑的确认必填；依据：会议纪要、文号；日期：不填为今天。\n"
        "单位写方案文件里的名称、简称或别名，或乡镇街道、管委会的名称。\n"
        "每个图斑始终恰有一个查处单位：查处只能确认或改派，不能增加、撤销。"
        "查处经人决定后，图斑状态记为“唯一”（由谁决定、原状态和理由留在职责分派表、职责决定表和历史里）。\n"
        "以后重新套合、分派都不会改动这里记录的决定，只注明不一致之处。同一张表再运行一次，不会重复记录。\n"
        "决定人：作出决定的人。"
    )

    def record(self, workspace: Path, source: TableSource, actor: str, progress: Progress) -> TableRun:
        return decide_duties(workspace, source, actor, progress)
