"""The texts of the windows in the language of QGIS; the sources are Chinese, i18n/ has the others."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication


def tr(text: str) -> str:
    """Return a text in the language of QGIS. Inside a QObject `self.tr` does the same for its class."""
    return str(QCoreApplication.translate("weipian", text))
