"""The groups of the toolbox. Their numbers make QGIS list them in the order of the month's work."""

from __future__ import annotations

from enum import Enum

from weipian_plugin.texts import translatable


class Group(Enum):
    """What the algorithms are for; the value is the Chinese title."""

    BASE = translatable("1 工作库与底图")
    INTAKE = translatable("2 导入、套合与分派")
    DUTIES = translatable("3 会商与下发")
    JUDGING = translatable("4 核查判定与整改")
    REPORTING = translatable("5 上报、反馈与统计")
    RULES = translatable("6 方案与设置")
    KEEPING = translatable("7 备份与核对")
