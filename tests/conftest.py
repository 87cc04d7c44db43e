"""What every test needs: the algorithms importable as part of the package, from the checkout."""

from __future__ import annotations

import os
from pathlib import Path

import weipian_plugin

# pytest-qgis starts a QGIS application; without a screen that needs Qt's offscreen platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parents[1]

# In the built plug-in processing_algorithms/ lies inside the package; here it lies beside it.
if str(ROOT) not in weipian_plugin.__path__:
    weipian_plugin.__path__.append(str(ROOT))
