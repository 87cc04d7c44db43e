"""weipian:caseworksettings."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingOutputString

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.casework_settings import NO, YES, change_casework_settings
from weipian_plugin.workflow.categories import BY_YEAR, SHIPPED


class CaseworkSettingsAlgorithm(WeipianAlgorithm):
    """Change how a workspace's casework is done."""

    identifier = "caseworksettings"
    toolbox_group = Group.RULES
    title = "办案设置"
    icon_name = "workspace.svg"
    help_text = (
        "改变工作库的办案设置，不填的不变；改动记入历史，以前的判定不受影响。\n"
        "判定字典：按年度（默认：2025年及以前用月清系统口径，2026年起用一体化口径）、"
        "categories_2021、categories_2026，或自备的字典文件"
        "（YAML，写法见插件 plans 文件夹里的 categories_2021.yaml）。"
        "字典写错的，逐条给出行号，不予采用。\n"
        "复核人须与判定人不同：是（默认）或否。\n"
        "输出：CHANGED 改变的设置数；DICTIONARY 现在所用的字典和版本。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_text("CATEGORIES", "判定字典（不填则不变）", optional=True, choices=["", BY_YEAR, *SHIPPED])
        self.add_text(
            "REVIEW_BY_ANOTHER", "复核人须与判定人不同（不填则不变）", optional=True, choices=["", YES, NO]
        )
        self.add_number("CHANGED", "改变的设置数")
        self.addOutput(QgsProcessingOutputString("DICTIONARY", tr("所用的判定字典")))

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        outcome = change_casework_settings(
            values.path("WORKSPACE"), person(), values.source("CATEGORIES"), values.text("REVIEW_BY_ANOTHER")
        )
        values.tell(tr("改变了 {} 项设置；判定字典：{}。").format(outcome.changed, outcome.dictionary))
        return {"CHANGED": outcome.changed, "DICTIONARY": outcome.dictionary}
