"""weipian:setfacts."""

from __future__ import annotations

from pathlib import Path

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.processing_algorithms.table_algorithm import TableAlgorithm
from weipian_plugin.workflow.row_outcomes import TableRun, TableSource
from weipian_plugin.workflow.set_facts import set_facts


class SetFactsAlgorithm(TableAlgorithm):
    """Record what persons found out about patches."""

    identifier = "setfacts"
    toolbox_group = Group.JUDGING
    title = "记录图斑事实"
    icon_name = "patches.svg"
    table_title = "图斑事实表"
    person_title = "填写人"
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

    def record(self, workspace: Path, source: TableSource, actor: str, progress: Progress) -> TableRun:
        return set_facts(workspace, source, actor, progress)
