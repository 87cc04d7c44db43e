"""How long work keeps Python to itself, measured from another thread, as the window's is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_PAUSE_SECONDS = 0.001


def longest_hold(work: Callable[[], object]) -> float:
    """Run the work as it runs beside a window; return the longest wait of this thread for Python, in ms."""
    from weipian_plugin.workflow.own_thread import in_own_thread

    working = threading.Thread(target=in_own_thread, args=(work,))
    working.start()
    longest, before = 0.0, time.perf_counter()
    while working.is_alive():
        time.sleep(_PAUSE_SECONDS)
        now = time.perf_counter()
        longest, before = max(longest, now - before - _PAUSE_SECONDS), now
    return 1000 * longest
