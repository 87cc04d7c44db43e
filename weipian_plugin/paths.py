"""Where the plug-in's own data files are, in the checkout and in the installed plug-in alike."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
"""The folder that holds the package `weipian_plugin`."""


def plan_file(name: str) -> Path:
    """Return the path of a shipped plan file, dictionary or table in `plans/`."""
    return PACKAGE / "plans" / name


def icon_file(name: str) -> Path:
    """Return the path of a shipped SVG icon in `icons/`."""
    return PACKAGE / "icons" / name


def style_file(name: str) -> Path:
    """Return the path of a shipped QML style in `styles/`."""
    return PACKAGE / "styles" / name


def form_folder() -> Path:
    """Return where the `.ui` forms are: inside the package once built, beside it in the checkout."""
    installed = PACKAGE / "forms"
    return installed if installed.exists() else PACKAGE.parent / "forms"


def metadata_file() -> Path:
    """Return the path of `metadata.txt`, the only place of the version."""
    installed = PACKAGE / "metadata.txt"
    return installed if installed.exists() else PACKAGE.parent / "metadata.txt"
