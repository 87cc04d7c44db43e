"""The tasks of one window: what is out of date is dropped, and nothing comes back to a closed window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weipian_plugin.gui.work import Work, Worker, WorkTask

Done = Callable[[Any], None]
Failed = Callable[[BaseException], None]


class Jobs:
    """Starts tasks for a window that may be closed before they are over."""

    def __init__(self, worker: Worker, quiet_reads: bool = False) -> None:
        """Run everything with this worker; quiet reads come often, and QGIS does not list them."""
        self._worker = worker
        self._quiet_reads = quiet_reads
        self._newest: dict[str, WorkTask] = {}
        self._closed = False

    def start(
        self,
        title: str,
        work: Work,
        done: Done,
        failed: Failed | None = None,
        over: Callable[[], None] | None = None,
    ) -> WorkTask:
        """Run a task to its end, whatever becomes of the window; tell the window while it is there.

        `over` is called before that, well ended or not, even if the window is closed: for the other windows.
        """
        first = over or (lambda: None)
        well = _both(first, self._while_open(done))
        badly = _both(first, self._while_open(failed or (lambda _error: None)))
        return self._worker.start(title, work, well, badly)

    def start_newest(
        self, name: str, title: str, work: Work, done: Done, failed: Failed | None = None
    ) -> WorkTask:
        """Run a task that only reads, in the place of an older one of the same name, which ends unheard.

        Where the person cancels it, `failed` hears of that as of any other error.
        """
        self.drop(name)
        told = self._while_open(done), self._while_open(failed or (lambda _error: None))
        well, badly = (_both(lambda: self._end(name), one) for one in told)
        task = self._worker.start(title, work, well, badly, quiet=self._quiet_reads)
        self._newest[name] = task
        return task

    def drop(self, name: str) -> None:
        """Let the newest task of a name end unheard."""
        task = self._newest.pop(name, None)
        if task is not None:
            self._worker.drop(task)

    def is_running(self, name: str) -> bool:
        """Return whether the newest task of a name is not over yet."""
        return name in self._newest

    def close(self) -> None:
        """Drop what only reads, and tell the window nothing any more."""
        self._closed = True
        for name in list(self._newest):
            self.drop(name)

    def _end(self, name: str) -> None:
        del self._newest[name]

    def _while_open(self, told: Callable[[Any], None]) -> Callable[[Any], None]:
        return lambda value: None if self._closed else told(value)


def _both(first: Callable[[], None], then: Callable[[Any], None]) -> Callable[[Any], None]:
    def call(value: Any) -> None:
        first()
        then(value)

    return call
