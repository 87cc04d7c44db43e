"""Python's search for garbage: not in the midst of work, and never outside the main thread.

The search destroys what it finds in the thread that happens to be running. A closed window lies in a cycle
as soon as one of its buttons calls a function of its own, and Qt wants windows, pictures and what hangs on
them destroyed by the main thread alone.
"""

from __future__ import annotations

import ctypes
import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Search for garbage again when this and all other work is over, in the main thread.

    It is faster too: the search looks through all objects with every 700 new ones, and a large workbook has
    millions of cells, none in a cycle: two fifths of the time went there.
    """
    _collector.pause()
    try:
        yield
    finally:
        _collector.resume()


class _Collector:
    """Counts who works, in any thread, and gives QGIS its own setting back."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        """The main thread may be called while it holds the lock itself."""
        self._working = 0
        self._was_on = False
        self._call = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(self._called)
        # Kept for ever: it may be called after the plug-in was unloaded and this module was forgotten.
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._call))

    def pause(self) -> None:
        with self._lock:
            self._working += 1
            if gc.isenabled():
                self._was_on = True
                gc.disable()

    def resume(self) -> None:
        with self._lock:
            self._working -= 1
            if self._working:
                return
        if threading.current_thread() is threading.main_thread():
            self._restore()
        else:
            # Python's own way to have the main thread do something, whether or not Qt's event loop turns.
            # It refuses only where dozens of calls wait already: ours is among them, or comes with the next.
            ctypes.pythonapi.Py_AddPendingCall(self._call, None)

    def _restore(self) -> None:
        with self._lock:
            if self._working or not self._was_on:
                return
            # What has piled up is looked through before the thread that has just ended its work can do so.
            gc.collect(0)
            self._was_on = False
            gc.enable()

    def _called(self, _nothing: object) -> int:
        self._restore()
        return 0


_collector = _Collector()
