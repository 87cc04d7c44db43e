"""weipian:determine."""

from __future__ import annotations

from pathlib import Path

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.processing_algorithms.table_algorithm import TableAlgorithm
from weipian_plugin.workflow.determine import DeterminationRun, determine
from weipian_plugin.workflow.row_outcomes import TableSource


class DetermineAlgorithm(TableAlgorithm):
    """Record what a person judged the patches to be."""

    identifier = "determine"
    toolbox_group = Group.JUDGING
    title = "记录合法性判定"
    icon_name = "assign.svg"
    table_title = "判定表"
    person_title = "判定人"
    recorded_title = "新记录的行数"
    summary_text = "新记录 {} 行，退回 {} 行。"
    help_text = (
        "把判定结果成批记入工作库，逐行报告记录了什么、退回了什么和原因；退回的行不影响其他行。\n"
        "表格（.xlsx 或 .csv，GBK、UTF-8 都可以）的列，先后不限，多余的列不读：\n"
        "  图斑编号、判定结果（必填）；类别、判定依据（必填）；文号；判定日期：不填为今天；\n"
        "  类别要求的举证项，列名即举证项名称，如 批准时间、批准面积、到期时间、用地协议备案编号。\n"
        "判定结果：合法、违法、其他；不能判定的写“存疑”并写明原因，图斑留在待核查，不算判定，也不当作违法。\n"
        "合法的必须有文号，没有批文的不予记录；临时用地也要文号，已到期的不予记录；"
        "违法的不要求证明故意，也不要文号。\n"
        "类别按工作库所用的字典（默认按年度，可在“办案设置”里改），每次判定都记下所用的字典和版本。\n"
        "记录后图斑转为“已判定”。再次判定是新的一次，以前各次保留；已复核的须先退回。"
        "同一张表再运行一次，不会重复记录。\n"
        "输出：RECORDED 新记录的行数；REJECTED 退回的行数；REPORT 逐行报告。"
    )

    def record(
        self, workspace: Path, source: TableSource, actor: str, progress: Progress
    ) -> DeterminationRun:
        return determine(workspace, source, actor, progress)
