"""How long the event loop stood still: what a person feels as a window that hangs."""

from __future__ import annotations

import time
from types import TracebackType

from qgis.PyQt.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer

TICK_MS = 5


class Watchdog(QObject):
    """Ticks in the event loop of the thread that makes it, and keeps the longest time between two ticks.

    with Watchdog() as dog:
        …
    dog.longest_ms

    What happens between entering and the first turn of the event loop counts, and so does the end.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Prepare the timer; it runs inside the `with` block only."""
        super().__init__(parent)
        self.longest_ms = 0.0
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def __enter__(self) -> Watchdog:
        """Start watching."""
        self.longest_ms = 0.0
        self._last = time.perf_counter()
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop watching; what is still waiting in the event loop is let through and counted."""
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        self._tick()
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        self._last = now
