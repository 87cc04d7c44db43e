"""How a long task tells how far it has come, and learns that it should stop."""

from __future__ import annotations

from weipian_plugin.domain.errors import Cancelled


class Progress:
    """A listener that hears nothing and never cancels; the default everywhere.

    The algorithms and the GUI tasks derive from it and override `_show` and `is_cancelled`.
    """

    def report(self, fraction: float, text: str = "") -> None:
        """Tell that `fraction` (0 to 1) of the task is done; a non-empty `text` says what comes next."""
        self.check()
        self._show(min(max(fraction, 0.0), 1.0), text)

    def finish(self) -> None:
        """Tell that all is done. Never raises: what is stored already can no longer be cancelled."""
        self._show(1.0, "")

    def check(self) -> None:
        """Raise Cancelled if the person asked to stop. Call at least every second of work."""
        if self.is_cancelled():
            raise Cancelled

    def part(self, start: float, end: float) -> Progress:
        """Return a listener for a sub-task that covers `start` to `end` of this one."""
        return _Part(self, start, end)

    def is_cancelled(self) -> bool:
        """Return whether the person asked to stop."""
        return False

    def _show(self, fraction: float, text: str) -> None:
        """Show the fraction and the text."""


class _Part(Progress):
    def __init__(self, whole: Progress, start: float, end: float) -> None:
        self._whole, self._start, self._end = whole, start, end

    def is_cancelled(self) -> bool:
        return self._whole.is_cancelled()

    def _show(self, fraction: float, text: str) -> None:
        self._whole._show(self._start + (self._end - self._start) * fraction, text)
