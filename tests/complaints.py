"""What QGIS says in its log that a person would take for a fault of the plug-in."""

from __future__ import annotations

import re
from collections.abc import Iterable

OF_QGIS_ITSELF = re.compile(
    r"Python[^:]*: warning:\S*/(qgis/utils|pyplugin_installer/installer_data)\.py:\d+: DeprecationWarning"
)
"""How a newer Python speaks of the code of QGIS that looks for plug-ins."""


def complaints(messages: Iterable[str]) -> list[str]:
    """Return the messages that speak of us or of Python."""
    said = [text for text in messages if "weipian" in text.lower() or "python" in text.lower()]
    return [text for text in said if not OF_QGIS_ITSELF.match(text)]
