"""The QGIS settings in which the plug-in remembers what a person chose on this computer."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsSettings

GROUP = "weipian"
"""What all of them begin with."""
PERSON = "weipian/person"
"""Name of the person at the desk, written into the history."""
WORKSPACE = "weipian/workspace"
"""Path of the workspace that was open last."""
LIBRARY = "weipian/library"
"""Path of the library that was used last."""
RECENT_WORKSPACES = "weipian/recent_workspaces"
"""Paths of workspaces, the last one first."""


def person() -> str:
    """Return the name of the person at the desk; '' when nobody has said so yet."""
    return str(QgsSettings().value(PERSON, "") or "").strip()


def path(setting: str) -> Path | None:
    """Return the path that a setting remembers; None when nobody has chosen one yet."""
    text = str(QgsSettings().value(setting, "") or "")
    return Path(text) if text else None
