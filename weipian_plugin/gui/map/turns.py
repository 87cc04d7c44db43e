"""Many small steps in the main thread, with the event loop between them: the window never waits long."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from qgis.PyQt.QtCore import QObject, QTimer

Step = Callable[[], None]
BREATH_MS = 2
"""Between steps. Without any time, what one step asks to be drawn adds up with the next step."""


class Turns(QObject):
    """Runs steps in their order, and lets the window do in between what it has to."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with nothing to do."""
        super().__init__(parent)
        self._steps: deque[Step] = deque()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)

    def run(self, steps: Iterable[Step]) -> None:
        """Run these steps in place of what is left of earlier ones."""
        self._steps = deque(steps)
        self._timer.start(0)

    def stop(self) -> None:
        """Forget what is left."""
        self._steps.clear()
        self._timer.stop()

    def _next(self) -> None:
        if self._steps:
            self._steps.popleft()()
        if self._steps:
            self._timer.start(BREATH_MS)
