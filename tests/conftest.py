"""What every test needs: the algorithms importable as part of the package, from the checkout."""

from __future__ import annotations

from pathlib import Path

import weipian_plugin

ROOT = Path(__file__).resolve().parents[1]

# In the built plug-in processing_algorithms/ lies inside the package; here it lies beside it.
if str(ROOT) not in weipian_plugin.__path__:
    weipian_plugin.__path__.append(str(ROOT))
