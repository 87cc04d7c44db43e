"""weipian:backup and weipian:restore."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingOutputFile, QgsProcessingParameterNumber

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.store.backup import KEPT
from weipian_plugin.texts import tr
from weipian_plugin.workflow.backup import back_up_workspace, restore_workspace


class BackupAlgorithm(WeipianAlgorithm):
    """Copy the workspace."""

    identifier = "backup"
    toolbox_group = Group.KEEPING
    title = "备份工作库"
    icon_name = "workspace.svg"
    help_text = (
        "把工作库完整复制到旁边的“工作库名_备份”文件夹，QGIS 正打开着也可以。\n"
        "导入图斑、导入市级反馈和填报表、升级工作库结构之前会自动备份一份。\n"
        "保留份数：超过的旧备份会删掉最早的。\n"
        "输出：COPY 备份文件。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.addParameter(QgsProcessingParameterNumber("KEEP", tr("保留份数"), defaultValue=KEPT, minValue=1))
        self.addOutput(QgsProcessingOutputFile("COPY", tr("备份文件")))

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        copy = back_up_workspace(values.path("WORKSPACE"), values.integer("KEEP"), progress)
        values.tell(tr("已备份到 {}。").format(copy))
        return {"COPY": str(copy)}


class RestoreAlgorithm(WeipianAlgorithm):
    """Go back to a copy of the workspace."""

    identifier = "restore"
    toolbox_group = Group.KEEPING
    title = "恢复备份"
    icon_name = "workspace.svg"
    help_text = (
        "把工作库恢复成一份备份的样子。恢复之前先把现在的工作库也备份一份，随时可以再换回来。\n"
        "备份要先核对通过；被其他软件改动过的备份不会用来恢复。\n"
        "恢复会作为一条变更历史记下来，写明用的哪份备份和恢复前的链尾校验值。\n"
        "备份文件：不填则用最近的一份。输出：BEFORE 恢复前的工作库存放的位置。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_file("COPY", "备份文件", "GeoPackage (*.gpkg)", optional=True)
        self.add_text("BY", "经办人", optional=True)
        self.addOutput(QgsProcessingOutputFile("BEFORE", tr("恢复前的工作库")))

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        copy = values.path("COPY") if values.text("COPY") else None
        by = values.text("BY") or person()
        outcome = restore_workspace(values.path("WORKSPACE"), copy, by, progress)
        if outcome.was_damaged:
            values.tell(tr("原工作库已损坏，移到 {}。").format(outcome.before))
        values.tell(tr("工作库已恢复为 {}。").format(outcome.copy))
        if outcome.before is None:
            values.tell(tr("原来的位置上没有工作库。"))
            return {"BEFORE": ""}
        values.tell(tr("恢复前的样子在 {}。").format(outcome.before))
        return {"BEFORE": str(outcome.before)}
