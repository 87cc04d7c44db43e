"""How long the event loop stood still: what a person feels as a window that hangs."""

from __future__ import annotations

import time
from pathlib import Path
from types import TracebackType

from qgis.PyQt.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer

TICK_MS = 5
BUSY_MS = 100
"""The office's bound."""


class Watchdog(QObject):
    """Ticks in the event loop of the thread that makes it, and keeps the longest time between two ticks.

    with Watchdog() as dog:
        …
    dog.longest_ms, dog.busiest_ms

    `longest_ms` is by the clock, without the time in which other programs had the processor; `busiest_ms` is
    what the thread itself has worked between two ticks.

    What happens between entering and the first turn of the event loop counts, and so does the end.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Prepare the timer; it runs inside the `with` block only."""
        super().__init__(parent)
        self.longest_ms = self.busiest_ms = 0.0
        self._last = self._worked = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def __enter__(self) -> Watchdog:
        """Start watching."""
        self.longest_ms = self.busiest_ms = 0.0
        self._last, self._worked = _clock(), time.thread_time()
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
        now, worked = _clock(), time.thread_time()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        self.busiest_ms = max(self.busiest_ms, (worked - self._worked) * 1000)
        self._last, self._worked = now, worked


def _clock() -> float:
    """Return the seconds by the clock, less those that this thread was ready and had no processor."""
    waited = int(Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()[1])
    return time.perf_counter() - waited / 1e9
