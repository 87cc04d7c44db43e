"""What every test needs: no window, no network, one language, the algorithms importable from the checkout."""

from __future__ import annotations

import os
from pathlib import Path

# Before anything of Qt is loaded: pytest-qgis starts QGIS as soon as pytest has read this file.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if not any(os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG")):
    os.environ["LC_ALL"] = "C.UTF-8"

import no_network
import pytest
from hypothesis import HealthCheck, settings

import weipian_plugin

ROOT = Path(__file__).resolve().parents[1]

# In the built plug-in processing_algorithms/ lies inside the package; here it lies beside it.
if str(ROOT) not in weipian_plugin.__path__:
    weipian_plugin.__path__.append(str(ROOT))

no_network.forbid()

# No test is about time: how long an example takes depends on what else the machine does.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(autouse=True)
def _nobody_is_called():
    """Fail a test in which something tried to reach the network, even where the error was swallowed."""
    before = len(no_network.attempts)
    yield
    assert no_network.attempts[before:] == []


@pytest.fixture(autouse=True)
def qgis_show_map():
    """Stand in for the fixture of pytest-qgis: no test shows a map by it, and it makes each a folder.

    Each new folder is numbered after a look at all the others: with ten thousand tests that is half a minute.
    """
