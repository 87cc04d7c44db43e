"""weipian:letter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.letters import KINDS, LetterOrder, produce_letter


class LetterAlgorithm(WeipianAlgorithm):
    """Write a letter of the office as .odt."""

    identifier = "letter"
    toolbox_group = Group.REPORTING
    title = "出具信函和总结"
    icon_name = "ledger.svg"
    help_text = (
        "按工作库的统计数据出具督办函、通报、约谈提请、年度工作总结，写成 .odt 文档，"
        "WPS、Word、LibreOffice 都能打开和修改。\n"
        "依据：方案四（一）“函告督办、通报和提请区政府进行警示约谈”，三（二）年度书面工作总结，"
        "五（五）综合评估和统计排序、警示约谈。\n"
        "单位：督办函必填，写乡镇街道、管委会或查处单位；通报、年度工作总结不填即全区；"
        "约谈提请不填则列出比例超过控制目标、有超期、退回或未整改图斑的乡镇街道。\n"
        "截止日期：数据统计到哪一天，2021-11-30 的样子。\n"
        "模板：插件文件夹里 plans/letters 有四个 .txt，写法和可用的名称见 supervision.txt 开头。"
        "复制到工作库旁边的“信函模板”文件夹，改名为 督办函.txt、通报.txt、约谈提请.txt、年度工作总结.txt，"
        "用记事本修改，以后就用它；也可以在这里另选一个。写错的按行号提示。\n"
        "出具的是草稿，由经办人核对、编号、审签。工作库不作任何改动。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_text("KIND", "信函种类", choices=list(KINDS))
        self.add_text("UNIT", "单位", optional=True)
        self.add_text("AS_OF", "截止日期")
        self.add_file("TEMPLATE", "模板", tr("文本 (*.txt)"), optional=True)
        self.add_target("OUTPUT", "信函", tr("文档 (*.odt)"))

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        output = values.output_path("OUTPUT")
        template = values.source("TEMPLATE")
        order = LetterOrder(
            values.text("KIND"),
            values.day("AS_OF"),
            values.text("UNIT"),
            Path(template) if template else None,
        )
        produce_letter(values.path("WORKSPACE"), order, output, progress)
        return {"OUTPUT": str(output)}
