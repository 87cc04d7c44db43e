"""The plug-in as QGIS sees it: provider, windows and translation, put in place and taken away."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsApplication, QgsMessageLog, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QTimer, QTranslator

from weipian_plugin import paths, preferences
from weipian_plugin.gui import dependencies
from weipian_plugin.texts import LOG_TAG, tr

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from weipian_plugin.gui.bare_office import BareOffice
    from weipian_plugin.gui.office import Office
    from weipian_plugin.processing_algorithms.provider import WeipianProvider


class WeipianPlugin:
    """What classFactory returns. `initGui` and `unload` may follow each other any number of times."""

    def __init__(self, iface: QgisInterface | None) -> None:
        """Keep QGIS's interface, which is None when qgis_process loads the plug-in."""
        self._iface = iface
        self._provider: WeipianProvider | None = None
        self._office: Office | BareOffice | None = None
        self._translator: QTranslator | None = None
        self._states: tuple[dependencies.State, ...] = ()

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
            self._warn(tr("卫片执法插件不完整，无法载入（{}），请重新安装插件。").format(error))
            return
        provider = WeipianProvider()
        if QgsApplication.processingRegistry().addProvider(provider):
            self._provider = provider

    def initGui(self) -> None:
        """Put translation, provider, toolbar and menu in place."""
        if self._iface is None or self._office is not None:
            return
        self._install_translator()
        self.initProcessing()
        if self._provider is None:
            # Without its packages the plug-in offers one thing only: what is missing and how to add it.
            from weipian_plugin.gui.bare_office import BareOffice

            self._office = BareOffice(self._iface, self._states)
        else:
            from weipian_plugin.gui.office import Office

            self._office = Office(self._iface, self._states)

    def unload(self) -> None:
        """Take away everything that `initProcessing` and `initGui` put in place."""
        if self._office is not None:
            self._office.remove()
            self._office = None
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
        if self._iface is not None:
            QTimer.singleShot(0, _forget_if_removed)

    def _install_translator(self) -> None:
        """Show English where QGIS is not in Chinese, the language of the sources."""
        if _language().startswith("zh"):
            return
        translator = QTranslator()
        if translator.load(str(paths.PACKAGE / "i18n" / "weipian_en.qm")):
            QCoreApplication.installTranslator(translator)
            self._translator = translator

    def _warn(self, problem: str) -> None:
        """Say what is wrong in the message log; qgis_process keeps the log to itself."""
        QgsMessageLog.logMessage(problem, LOG_TAG, Qgis.MessageLevel.Warning)
        if self._iface is None:
            print(problem, file=sys.stderr)


def _forget_if_removed() -> None:
    """Forget what a person chose on this computer once the plug-in's folder is gone.

    QGIS tells a plug-in that it is unloaded, not that it is being removed; the folder goes right after that,
    and an update puts it back in the same breath.
    """
    if not paths.PACKAGE.exists():
        QgsSettings().remove(preferences.GROUP)


def _language() -> str:
    """Return the language QGIS is shown in: its --lang argument, which locale() ignores, else its setting."""
    arguments = QCoreApplication.arguments()
    if "--lang" in arguments[:-1]:
        return str(arguments[arguments.index("--lang") + 1])
    return str(QgsApplication.instance().locale())
