"""The steps that run over all patches at the press of a button: overlay and assignment."""

from __future__ import annotations

from weipian_plugin.domain.duties import DutyState
from weipian_plugin.domain.findings import Finding
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.start.opening import require_person
from weipian_plugin.texts import tr
from weipian_plugin.workflow.assign_duties import Assignment, assign_duties
from weipian_plugin.workflow.run_overlay import OverlayOutcome, run_overlay


class Steps:
    """What the buttons 套合分析 and 分派职责 do."""

    def __init__(self, desk: Desk) -> None:
        """Work for this desk."""
        self._desk = desk

    def overlay(self) -> None:
        """Overlay all patches of the workspace with the library."""
        workspace, library = self._desk.session.workspace, self._desk.session.library
        actor = require_person(self._desk)
        if workspace is None or library is None or not actor:
            return
        self._desk.worker.start(
            tr("套合分析"),
            lambda progress: run_overlay(workspace, library, "", actor, progress),
            self._overlaid,
        )

    def assign(self) -> None:
        """Propose duties for all patches by the plan in force."""
        workspace = self._desk.session.workspace
        actor = require_person(self._desk)
        if workspace is None or not actor:
            return
        self._desk.worker.start(
            tr("分派职责"), lambda progress: assign_duties(workspace, actor, progress), self._assigned
        )

    def _overlaid(self, outcome: OverlayOutcome) -> None:
        self._desk.session.tell_changed()
        text = tr("套合分析完成：{patches}个图斑，{changed}个结果有变化，{open}个有图层未评估。")
        self._tell(
            text.format(patches=outcome.patches, changed=outcome.changed, open=outcome.not_evaluated),
            outcome.findings,
        )

    def _assigned(self, outcome: Assignment) -> None:
        self._desk.session.tell_changed()
        counts = tr("，").join(f"{state.value} {outcome.states.get(state, 0)}" for state in DutyState)
        text = tr("分派完成：{patches}个图斑（{counts}）。")
        self._tell(text.format(patches=outcome.patches, counts=counts), outcome.findings)

    def _tell(self, text: str, findings: tuple[Finding, ...]) -> None:
        details = "\n".join(f"【{one.severity.value}】{one.message}{one.advice}" for one in findings)
        self._desk.messages.success(text, details)
