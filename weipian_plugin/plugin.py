"""The plug-in as QGIS sees it: provider, toolbar, menu and translation, put in place and taken away again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsApplication, QgsMessageLog
from qgis.PyQt.QtCore import QCoreApplication, QTranslator
from qgis.PyQt.QtWidgets import QPushButton

from weipian_plugin import paths
from weipian_plugin.gui import dependencies
from weipian_plugin.gui.about_dialog import AboutDialog
from weipian_plugin.gui.commands import Command, Commands

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from weipian_plugin.processing_algorithms.provider import WeipianProvider

LOG_TAG = "卫片执法"


class WeipianPlugin:
    """What classFactory returns. `initGui` and `unload` may follow each other any number of times."""

    def __init__(self, iface: QgisInterface | None) -> None:
        """Keep QGIS's interface, which is None when qgis_process loads the plug-in."""
        self._iface = iface
        self._provider: WeipianProvider | None = None
        self._commands: Commands | None = None
        self._translator: QTranslator | None = None
        self._states: tuple[dependencies.State, ...] = ()

    @staticmethod
    def tr(text: str) -> str:
        """Return a text of this class in the language of QGIS."""
        return str(QCoreApplication.translate("WeipianPlugin", text))

    def initProcessing(self) -> None:
        """Register the Processing provider, unless a package that it needs is missing; then say so."""
        if self._provider is not None:
            return
        self._states = dependencies.check()
        problem = dependencies.summary(self._states)
        if problem:
            self._warn(problem)
            return
        try:
            # Only now, so that a missing package leads to a sentence: an exception that leaves this method
            # makes qgis_process open a message window that nobody sees, and wait for it.
            from weipian_plugin.processing_algorithms.provider import WeipianProvider
        except ImportError as error:
            self._warn(f"卫片执法插件不完整，无法载入（{error}），请重新安装插件。")
            return
        provider = WeipianProvider()
        if QgsApplication.processingRegistry().addProvider(provider):
            self._provider = provider

    def initGui(self) -> None:
        """Put translation, provider, toolbar and menu in place."""
        if self._iface is None or self._commands is not None:
            return
        self._install_translator()
        self.initProcessing()
        self._commands = Commands(self._iface, self._command_list(), dependencies.summary(self._states))

    def unload(self) -> None:
        """Take away everything that `initProcessing` and `initGui` put in place."""
        if self._commands is not None:
            self._commands.remove()
            self._commands = None
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None

    def _install_translator(self) -> None:
        """Show English where QGIS is not in Chinese, the language of the sources."""
        if _language().startswith("zh"):
            return
        translator = QTranslator()
        if translator.load(str(paths.PACKAGE / "i18n" / "weipian_en.qm")):
            QCoreApplication.installTranslator(translator)
            self._translator = translator

    def _command_list(self) -> list[Command]:
        algorithms = [
            (
                "workspace",
                self.tr("新建工作库"),
                self.tr("为一个年度新建工作库，选定实施方案"),
                "createworkspace",
            ),
            ("library", self.tr("导入底图"), self.tr("把一个底图图层导入底图库"), "importbase"),
            ("patches", self.tr("导入图斑"), self.tr("把下发的卫片图斑导入工作库"), "importpatches"),
            ("overlay", self.tr("套合分析"), self.tr("图斑与底图库各图层套合，计算面积"), "overlay"),
            ("assign", self.tr("分派职责"), self.tr("按实施方案提出各图斑的职责单位"), "assign"),
            ("ledger", self.tr("导出台账"), self.tr("导出上报用的Excel台账"), "exportcity"),
            ("month", self.tr("本月一键办理"), self.tr("导入、套合、分派、导出一次办完"), "month"),
        ]
        commands = [
            Command(name, text, tip, self._starter(algorithm), starts_group=name in {"patches", "month"})
            for name, text, tip, algorithm in algorithms
        ]
        about = Command(
            "about", self.tr("关于/环境检查"), self.tr("版本和运行环境"), self.show_about, False, True
        )
        return [*commands, about]

    @staticmethod
    def _starter(algorithm: str) -> Callable[[], None]:
        """Return what opens the dialog of one of our algorithms."""

        def start() -> None:
            # QGIS's own plug-in, on the path only inside QGIS.
            import processing

            processing.execAlgorithmDialog(f"weipian:{algorithm}", {})

        return start

    def show_about(self) -> None:
        """Show version and environment."""
        parent = self._iface.mainWindow() if self._iface is not None else None
        dialog = AboutDialog(self._states, parent)
        dialog.exec()
        dialog.deleteLater()

    def _warn(self, problem: str) -> None:
        """Say what is wrong in the message log, and in the message bar with a way to the details."""
        QgsMessageLog.logMessage(problem, LOG_TAG, Qgis.MessageLevel.Warning)
        if self._iface is None:
            # qgis_process keeps the log to itself.
            print(problem, file=sys.stderr)
            return
        bar = self._iface.messageBar()
        item = bar.createMessage(self.tr("卫片执法"), problem)
        button = QPushButton(self.tr("查看办法"), item)
        button.clicked.connect(lambda: self.show_about())
        item.layout().addWidget(button)
        bar.pushWidget(item, Qgis.MessageLevel.Warning, 0)


def _language() -> str:
    """Return the language QGIS is shown in: its --lang argument, which locale() ignores, else its setting."""
    arguments = QCoreApplication.arguments()
    if "--lang" in arguments[:-1]:
        return str(arguments[arguments.index("--lang") + 1])
    return str(QgsApplication.instance().locale())
