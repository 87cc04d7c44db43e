"""The few exceptions of the plug-in. Each carries one Chinese sentence for the clerk."""

from __future__ import annotations


class WeipianError(Exception):
    """A task cannot be done: the message is one Chinese sentence that says what is wrong and what to do.

    Raised anywhere below the border (algorithm, dialog) and shown there word for word. Whoever raises it has
    changed nothing, or has undone what it changed.
    """


class Cancelled(WeipianError):
    """The person asked the running task to stop; nothing of it was kept but what `kept` says."""

    def __init__(self, kept: str = "") -> None:
        super().__init__(f"已按要求取消，{kept or '本次没有改动任何数据。'}")


class Damaged(WeipianError):
    """A file is there but can no longer be read as what it was."""
