"""Parameters that must be given, whose absence is told in the clerk's words.

`qgis_process` asks each definition whether a missing value is acceptable, and says in English which are not,
before any code of ours runs. These say yes to a value that is not there at all, and `base` refuses it in
Chinese. To QGIS they stay required: the toolbox marks them, and a value that was cleared is not acceptable.
"""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
)


class _Required:
    """To come before a class of QGIS."""

    def checkValueIsAcceptable(self, value: Any, context: QgsProcessingContext | None = None) -> bool:
        return value is None or super().checkValueIsAcceptable(value, context)  # type: ignore[misc]


class RequiredFile(_Required, QgsProcessingParameterFile):
    """A file to be read, or a GeoPackage to be made."""


class RequiredText(_Required, QgsProcessingParameterString):
    """A text."""


class RequiredTarget(_Required, QgsProcessingParameterFileDestination):
    """A file to be written."""


class RequiredFolder(_Required, QgsProcessingParameterFolderDestination):
    """A folder to be written into."""
