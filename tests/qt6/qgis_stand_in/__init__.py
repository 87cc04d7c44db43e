"""Puts the real PyQt6 behind `qgis.PyQt`, stand-ins behind `qgis.core` and `qgis.gui`, which no wheel has.

What runs on it is our own code on the real Qt 6: forms, models, painting, keys, threads. What QGIS does
(layers, maps, projects) it cannot show: a stand-in of these is a name and nothing more. pytest loads this as
a plug-in.
"""

from __future__ import annotations

import importlib
import os
import sys
from types import ModuleType
from unittest.mock import MagicMock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from qgis_stand_in import core, gui
from qgis_stand_in.names import Anything

MODULES = "QtCore QtGui QtWidgets QtXml QtSvg QtPrintSupport QtTest uic sip".split()
"""Modules of PyQt6 that qgis.PyQt has under the same name."""


class _Module(ModuleType):
    """A module of QGIS that has every class: a working stand-in, or a mere name."""

    def __init__(self, name: str, known: ModuleType) -> None:
        super().__init__(name)
        self._known = known

    def __getattr__(self, name: str) -> object:
        if not name.startswith(("Qgs", "Qgis")):
            raise AttributeError(name)
        made = getattr(self._known, name, None) or Anything(name, (), {})
        setattr(self, name, made)
        return made


def install() -> None:
    """Make `qgis` importable in a Python that has PyQt6 and no QGIS."""
    for name in ("qgis", "qgis.PyQt"):
        sys.modules[name] = ModuleType(name)
        sys.modules[name].__path__ = []
    for name in MODULES:
        sys.modules[f"qgis.PyQt.{name}"] = importlib.import_module(f"PyQt6.{name}")
        setattr(sys.modules["qgis.PyQt"], name, sys.modules[f"qgis.PyQt.{name}"])
    sys.modules["qgis.core"] = _Module("qgis.core", core)
    sys.modules["qgis.gui"] = _Module("qgis.gui", gui)
    # GDAL's binding comes with QGIS; nothing here reads a file through it.
    sys.modules["osgeo"] = MagicMock()


install()


@pytest.fixture(scope="session")
def qgis_app(qapp):
    """What pytest-qgis gives: here Qt's application is all there is."""
    return qapp


@pytest.fixture(scope="session")
def qgis_canvas(qgis_app):
    """A widget where the map would be."""
    from PyQt6.QtWidgets import QWidget

    return QWidget()
