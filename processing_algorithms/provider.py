"""The Processing provider 卫片执法."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from weipian_plugin.paths import icon_file
from weipian_plugin.processing_algorithms.adopt_plan import AdoptPlanAlgorithm
from weipian_plugin.processing_algorithms.advance import AdvanceAlgorithm
from weipian_plugin.processing_algorithms.assign import AssignAlgorithm
from weipian_plugin.processing_algorithms.backup import BackupAlgorithm, RestoreAlgorithm
from weipian_plugin.processing_algorithms.casework_settings import CaseworkSettingsAlgorithm
from weipian_plugin.processing_algorithms.check_plan import CheckPlanAlgorithm
from weipian_plugin.processing_algorithms.create_workspace import CreateWorkspaceAlgorithm
from weipian_plugin.processing_algorithms.deadlines import DeadlinesAlgorithm
from weipian_plugin.processing_algorithms.decide import DecideAlgorithm
from weipian_plugin.processing_algorithms.determine import DetermineAlgorithm
from weipian_plugin.processing_algorithms.dispatch import DispatchAlgorithm
from weipian_plugin.processing_algorithms.duty_map import DutyMapAlgorithm
from weipian_plugin.processing_algorithms.duty_sheets import DutySheetsAlgorithm
from weipian_plugin.processing_algorithms.export_city import ExportCityAlgorithm
from weipian_plugin.processing_algorithms.extend import ExtendAlgorithm
from weipian_plugin.processing_algorithms.import_base import ImportBaseAlgorithm
from weipian_plugin.processing_algorithms.import_feedback import ImportFeedbackAlgorithm
from weipian_plugin.processing_algorithms.import_patches import ImportPatchesAlgorithm
from weipian_plugin.processing_algorithms.letter import LetterAlgorithm
from weipian_plugin.processing_algorithms.month import MonthAlgorithm
from weipian_plugin.processing_algorithms.overlay import OverlayAlgorithm
from weipian_plugin.processing_algorithms.precheck import PrecheckAlgorithm
from weipian_plugin.processing_algorithms.propose import ProposeAlgorithm
from weipian_plugin.processing_algorithms.rectify import RectifyAlgorithm
from weipian_plugin.processing_algorithms.set_facts import SetFactsAlgorithm
from weipian_plugin.processing_algorithms.split import SplitAlgorithm, UnsplitAlgorithm
from weipian_plugin.processing_algorithms.statistics import StatisticsAlgorithm
from weipian_plugin.processing_algorithms.verify import VerifyAlgorithm
from weipian_plugin.processing_algorithms.what_if import WhatIfAlgorithm
from weipian_plugin.texts import tr

ALGORITHMS = (
    CreateWorkspaceAlgorithm,
    ImportBaseAlgorithm,
    MonthAlgorithm,
    ImportPatchesAlgorithm,
    OverlayAlgorithm,
    AssignAlgorithm,
    SplitAlgorithm,
    UnsplitAlgorithm,
    DutySheetsAlgorithm,
    DecideAlgorithm,
    DutyMapAlgorithm,
    DispatchAlgorithm,
    SetFactsAlgorithm,
    ProposeAlgorithm,
    DetermineAlgorithm,
    AdvanceAlgorithm,
    RectifyAlgorithm,
    ExtendAlgorithm,
    DeadlinesAlgorithm,
    PrecheckAlgorithm,
    ExportCityAlgorithm,
    ImportFeedbackAlgorithm,
    StatisticsAlgorithm,
    LetterAlgorithm,
    CheckPlanAlgorithm,
    WhatIfAlgorithm,
    AdoptPlanAlgorithm,
    CaseworkSettingsAlgorithm,
    BackupAlgorithm,
    RestoreAlgorithm,
    VerifyAlgorithm,
)
"""By group, in the order of the month's work."""


class WeipianProvider(QgsProcessingProvider):
    """All algorithms of the plug-in, under the id `weipian`."""

    def id(self) -> str:
        return "weipian"

    def name(self) -> str:
        return tr("卫片执法")

    def icon(self) -> QIcon:
        return QIcon(str(icon_file("weipian.svg")))

    def loadAlgorithms(self) -> None:
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
