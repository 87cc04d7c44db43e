"""Work in a thread that Python itself has made.

QGIS lends its own threads to tasks and algorithms, and Python forgets such a thread as soon as one piece of
work is over, though the thread lives on. pyproj 3.7.0 keeps a pointer for the thread's whole life to what
Python has freed by then, so that the next work in the same thread would crash QGIS.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Result = TypeVar("Result")


def in_own_thread(work: Callable[[], Result]) -> Result:
    """Do the work in a fresh thread, wait for it, and return what it returns or raise what it raises.

    The main thread is Python's own already, and nobody would hear progress there: it does the work itself.
    """
    if threading.current_thread() is threading.main_thread():
        return work()
    run = _Run(work)
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
            self.results.append(self._work())
        except BaseException as error:  # handed on to the thread that waits
            self.error = error
