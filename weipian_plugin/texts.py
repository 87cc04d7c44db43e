"""The texts of the windows in the language of QGIS; the sources are Chinese, i18n/ has the others."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

LOG_TAG = "卫片执法"
"""Under which the plug-in's messages stand in the log of QGIS."""


def translatable(text: str) -> str:
    """Return a text as it is: it is translated where it is shown, and found for the translation here."""
    return text


def tr(text: str) -> str:
    """Return a text in the language of QGIS. Inside a QObject `self.tr` does the same for its class."""
    return str(QCoreApplication.translate("weipian", text))
