"""What every algorithm shares: texts, parameters, progress, and errors as one Chinese sentence.

Titles and helps are written in Chinese and translated here, for the window of QGIS; on the command line no
translation is loaded. `scripts/translations.py` knows these attributes and the methods `add_…`.
"""

from __future__ import annotations

import re
import traceback
from abc import abstractmethod
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtGui import QIcon

from weipian_plugin import preferences
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.progress import Progress
from weipian_plugin.paths import icon_file
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.processing_algorithms.required import RequiredFile, RequiredTarget, RequiredText
from weipian_plugin.store import holder
from weipian_plugin.text_files import has_control_characters, require_usable
from weipian_plugin.texts import tr
from weipian_plugin.workflow import outside_changes
from weipian_plugin.workflow.own_thread import in_own_thread
from weipian_plugin.workflow.reports import CASEWORK_FOLDER, report_path
from weipian_plugin.workflow.row_outcomes import RowOutcome

_DAY = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)


class WeipianAlgorithm(QgsProcessingAlgorithm):
    """An algorithm of the provider `weipian`; subclasses fill the attributes, `define` and `perform`."""

    identifier = ""
    """Name after `weipian:`."""
    toolbox_group: Group
    title = ""
    """Chinese title in the toolbox."""
    help_text = ""
    """Chinese help: what it does, what it needs, what comes out."""
    icon_name = "weipian.svg"

    @abstractmethod
    def define(self) -> None:
        """Add the parameters and outputs."""

    @abstractmethod
    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        """Do the work and return the outputs; raise WeipianError when it cannot be done."""

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.define()

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        try:
            self._require_acceptable(parameters, context)
            values, progress = Values(self, parameters, context, feedback), FeedbackProgress(feedback)
            return in_own_thread(lambda: self.perform(values, progress))
        except WeipianError as error:
            raise QgsProcessingException(str(error)) from error
        except Exception as error:
            feedback.pushDebugInfo(traceback.format_exc())
            raise QgsProcessingException(self._why(error, parameters)) from error

    def _why(self, error: Exception, parameters: dict[str, Any]) -> str:
        """Return the sentence on an error that nobody foresaw: most often somebody altered the workspace."""
        works, libraries = (
            [Path(str(parameters[name])) for name in names if parameters.get(name)]
            for names in (("WORKSPACE", "COPY"), ("LIBRARY",))
        )
        told = outside_changes.explained(error, works, libraries)
        if isinstance(told, WeipianError):
            return str(told)
        sentence = tr("程序内部出错（{}），没有保存任何改动；请把运行日志发给维护人员。")
        return sentence.format(f"{type(error).__name__}: {error}")

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        # QGIS would refuse in English; `processAlgorithm` refuses the same values in the clerk's words.
        return True, ""

    def _require_acceptable(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        for definition in self.parameterDefinitions():
            value = parameters.get(definition.name())
            is_missing = value is None and _is_required(definition)
            if not is_missing and definition.checkValueIsAcceptable(value, context):
                continue
            title = definition.description()
            if value is None or not str(value).strip():
                raise WeipianError(tr("没有填写“{}”，请填写后重试。").format(title))
            # What is wrong with a file, `workflow` says better.
            if not isinstance(definition, QgsProcessingParameterFile):
                raise WeipianError(tr("“{}”不能是“{}”，请改正后重试。").format(title, value))

    def createInstance(self) -> WeipianAlgorithm:
        return type(self)()

    def name(self) -> str:
        return self.identifier

    def displayName(self) -> str:
        return tr(self.title)

    def group(self) -> str:
        return tr(self.toolbox_group.value)

    def groupId(self) -> str:
        return self.toolbox_group.name.lower()

    def shortHelpString(self) -> str:
        return tr(self.help_text)

    def icon(self) -> QIcon:
        return QIcon(str(icon_file(self.icon_name)))

    def add_workspace(self) -> None:
        """Add the workspace; the toolbox proposes the one that is open, the command line none."""
        self._add_remembered("WORKSPACE", tr("工作库"), preferences.WORKSPACE)

    def add_library(self, title: str) -> None:
        """Add the library; the toolbox proposes the one that is in use, the command line none."""
        self._add_remembered("LIBRARY", tr(title), preferences.LIBRARY)

    def _add_remembered(self, name: str, title: str, setting: str) -> None:
        parameter = RequiredFile(name, title, fileFilter="GeoPackage (*.gpkg)")
        path = preferences.path(setting)
        # Not asked whether it is there: QGIS starts with this, and a drive that is gone would block it.
        if path is not None:
            parameter.setGuiDefaultValueOverride(str(path))
        self.addParameter(parameter)

    def add_file(self, name: str, title: str, file_filter: str, optional: bool = False) -> None:
        """Add a file parameter; the file need not exist yet."""
        kind = QgsProcessingParameterFile if optional else RequiredFile
        self.addParameter(kind(name, tr(title), optional=optional, fileFilter=file_filter))

    def add_text(
        self,
        name: str,
        title: str,
        default: str | None = None,
        optional: bool = False,
        choices: list[str] | None = None,
        advanced: bool = False,
    ) -> None:
        """Add a text parameter; `choices` are offered in a list, but anything may be typed."""
        is_required = default is None and not optional
        kind = RequiredText if is_required else QgsProcessingParameterString
        parameter = kind(name, tr(title), default, optional=optional)
        if choices:
            # QGIS shows nothing for a value of an enum, and offers '' by itself where nothing is a choice.
            hints = [str(choice) for choice in choices if choice]
            parameter.setMetadata({"widget_wrapper": {"value_hints": hints}})
        if advanced:
            parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.addParameter(parameter)

    def add_target(self, name: str, title: str, file_filter: str) -> None:
        """Add a file to be written."""
        self.addParameter(RequiredTarget(name, tr(title), file_filter))

    def add_flag(self, name: str, title: str) -> None:
        """Add a yes or no that is no unless asked for."""
        self.addParameter(QgsProcessingParameterBoolean(name, tr(title), defaultValue=False))

    def add_number(self, name: str, title: str, *shown: object) -> None:
        """Add a figure among the outputs; `shown` fills what the title leaves open."""
        self.addOutput(QgsProcessingOutputNumber(name, tr(title).format(*shown)))

    def add_report(self, title: str) -> None:
        """Add the file REPORT; without a place given it goes into a folder beside the workspace or plan."""
        shown = tr("{}（不填则存到旁边的“{}”文件夹）").format(tr(title), CASEWORK_FOLDER)
        parameter = QgsProcessingParameterFileDestination(
            "REPORT", shown, "HTML (*.html)", optional=True, createByDefault=False
        )
        self.addParameter(parameter)


class Values:
    """The values of the parameters of one run, in the types that `workflow` takes."""

    def __init__(
        self,
        algorithm: WeipianAlgorithm,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        self._algorithm, self._parameters = algorithm, parameters
        self._context, self._feedback = context, feedback

    def text(self, name: str) -> str:
        """Return a text without surrounding blanks, '' when not given; WeipianError for what nobody types."""
        value = (self._algorithm.parameterAsString(self._parameters, name, self._context) or "").strip()
        if has_control_characters(value):
            raise WeipianError(tr("“{}”里有不能用的控制字符，请重新填写。").format(self._title(name)))
        return value

    def source(self, name: str) -> str:
        """Return a text that may name a file, as a path, a layer in a file, or a word that stands for one."""
        value = self.text(name)
        if not value.isprintable():
            raise WeipianError(tr("“{}”里有不能用在路径中的字符，请重新选择文件。").format(self._title(name)))
        return value

    def path(self, name: str) -> Path:
        """Return a file path; raise WeipianError when it was not given."""
        value = self.source(name)
        if not value:
            raise WeipianError(tr("没有填写“{}”，请选择文件。").format(self._title(name)))
        require_usable(Path(value))
        return Path(value)

    def output_path(self, name: str) -> Path:
        """Return the path of a file to be written; raise WeipianError for one that is no file of its kind."""
        self.path(name)
        path = Path(self._algorithm.parameterAsFileOutput(self._parameters, name, self._context))
        wanted = self._algorithm.parameterDefinition(name).defaultFileExtension()
        if wanted and path.suffix.lower() != f".{wanted}":
            raise WeipianError(tr("输出文件“{}”的扩展名应为 .{}，请改名后重试。").format(path.name, wanted))
        return path

    def report_path(self, beside: str = "WORKSPACE") -> Path:
        """Return where the report goes: REPORT if given, else a fresh file beside the file `beside` names."""
        if self.text("REPORT"):
            return self.output_path("REPORT")
        return report_path(self.path(beside), self._algorithm.title, CASEWORK_FOLDER)

    def flag(self, name: str) -> bool:
        """Return a yes or no."""
        return self._algorithm.parameterAsBoolean(self._parameters, name, self._context)

    def integer(self, name: str) -> int:
        """Return a whole number."""
        return self._algorithm.parameterAsInt(self._parameters, name, self._context)

    def day(self, name: str) -> date:
        """Return a date written yyyy-mm-dd; raise WeipianError for anything else."""
        value = self.text(name)
        with suppress(ValueError):
            if _DAY.fullmatch(value):
                return date.fromisoformat(value)
        title = self._title(name)
        raise WeipianError(tr("“{}”应写成 2021-07-20 的样子，现在是“{}”。").format(title, value))

    def crs(self, name: str) -> str:
        """Return a coordinate system as the clerk gave it, such as EPSG:4524; '' when left open."""
        value = self.text(name)
        if not value:
            return ""
        crs = self._algorithm.parameterAsCrs(self._parameters, name, self._context)
        if not crs.isValid():
            raise WeipianError(tr("不认识坐标系“{}”，请写成 EPSG:4524 的样子。").format(value))
        return crs.authid() or crs.toWkt()

    def _title(self, name: str) -> str:
        return str(self._algorithm.parameterDefinition(name).description())

    def tell(self, text: str) -> None:
        """Write a line to the log of the run."""
        self._feedback.pushInfo(text)

    def tell_refused(self, outcomes: Iterable[RowOutcome]) -> None:
        """Write the rows of a table that were not recorded, and why, to the log of the run."""
        for row in outcomes:
            if not row.recorded:
                self.tell(tr("第{}行（{}）退回：{}").format(row.line, row.patch_no, row.said))

    def tell_findings(self, findings: tuple[Finding, ...]) -> None:
        """Write the findings to the log of the run."""
        for finding in findings:
            self.tell(f"【{finding.severity.value}】{finding.message}{finding.advice}")


class FeedbackProgress(Progress):
    """Passes progress to the toolbox and cancel from it."""

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self._feedback, self._text = feedback, ""

    def is_cancelled(self) -> bool:
        return bool(self._feedback.isCanceled())

    def _show(self, fraction: float, text: str) -> None:
        self._feedback.setProgress(100 * fraction)
        if text and text != self._text:
            self._text = text
            self._feedback.setProgressText(text)


def _is_required(definition: QgsProcessingParameterDefinition) -> bool:
    return definition.defaultValue() is None and not definition.flags() & definition.Flag.FlagOptional


def person() -> str:
    """Return who is at the desk: the name set in QGIS, else the login name."""
    return preferences.person() or holder.user()
