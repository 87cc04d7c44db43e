"""The algorithms that record a table which the office filled in, row by row."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import Any, Protocol

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm, person
from weipian_plugin.texts import tr
from weipian_plugin.workflow.row_outcomes import RowOutcome, TableSource


class RecordedRows(Protocol):
    """What became of the rows of a table."""

    @property
    def outcomes(self) -> tuple[RowOutcome, ...]:
        """Each row's."""

    @property
    def recorded(self) -> int:
        """How many rows count as recorded."""

    @property
    def rejected(self) -> int:
        """How many rows were refused."""


class TableAlgorithm(WeipianAlgorithm):
    """An algorithm that records the rows of INPUT; subclasses fill the attributes and `record`."""

    table_title = ""
    """What INPUT is."""
    person_title = ""
    """Who answers for the rows."""
    recorded_title = "记录的行数"
    summary_text = "记录 {} 行，退回 {} 行。"

    @abstractmethod
    def record(self, workspace: Path, source: TableSource, actor: str, progress: Progress) -> RecordedRows:
        """Record the rows that can be recorded, write the report and return what became of each row."""

    def define(self) -> None:
        self.add_workspace()
        self.add_file("INPUT", self.table_title, tr("表格 (*.xlsx *.csv)"))
        self.add_text("BY", self.person_title)
        self.add_report("逐行报告")
        self.add_number("RECORDED", self.recorded_title)
        self.add_number("REJECTED", "退回的行数")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        report = values.report_path()
        source = TableSource(values.path("INPUT"), values.text("BY"), report)
        run = self.record(values.path("WORKSPACE"), source, person(), progress)
        values.tell_refused(run.outcomes)
        values.tell(tr(self.summary_text).format(run.recorded, run.rejected))
        return {"RECORDED": run.recorded, "REJECTED": run.rejected, "REPORT": str(report)}
