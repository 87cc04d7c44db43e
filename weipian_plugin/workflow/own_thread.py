"""Work in a thread that Python itself has made.

QGIS lends its own threads to tasks and algorithms, and Python forgets such a thread as soon as one piece of
work is over, though the thread lives on. pyproj 3.7.0 keeps a pointer for the thread's whole life to what
Python has freed by then, so that the next work in the same thread would crash QGIS.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from weipian_plugin.workflow.collecting import collecting_later

Result = TypeVar("Result")
_TURN_SECONDS = 0.0005
"""How long work may keep another thread waiting for Python. By default it is ten times as long, and QGIS
calls into Python dozens of times for what happens once in the window: it adds up to what one notices.
Windows counts in whole milliseconds; there it means at once, where 5 ms may be a tick of its clock, 16 ms."""


def in_own_thread(work: Callable[[], Result]) -> Result:
    """Do the work in a fresh thread, wait for it, and return what it returns or raise what it raises.

    The main thread is Python's own already, and nobody would hear progress there: it does the work itself.
    """
    if threading.current_thread() is threading.main_thread():
        return work()
    run = _Run(work)
    with collecting_later():
        run.start()
        run.join()
    if run.error is not None:
        raise run.error
    return run.results[0]


class _Run(threading.Thread, Generic[Result]):
    """One piece of work, its result or its error."""

    def __init__(self, work: Callable[[], Result]) -> None:
        super().__init__(name="weipian", daemon=True)
        self._work = work
        self.results: list[Result] = []
        self.error: BaseException | None = None

    def run(self) -> None:
        """Do the work; an error is kept for who waits."""
        try:
            with _window_first.while_working():
                self.results.append(self._work())
        except BaseException as error:  # handed on to the thread that waits
            self.error = error


class _WindowFirst:
    """Shortens the turns of all threads while any work runs, and gives QGIS its own setting back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running = 0
        self._before = 0.0

    @contextmanager
    def while_working(self) -> Iterator[None]:
        with self._lock:
            if not self._running:
                self._before = sys.getswitchinterval()
                sys.setswitchinterval(_TURN_SECONDS)
            self._running += 1
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1
                if not self._running:
                    sys.setswitchinterval(self._before)


_window_first = _WindowFirst()
