"""What the verification finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is not as the history says."""

    table: str
    key: str
    """Record key, or the name of the trigger, or seq of a history row."""
    message: str
    """Chinese: what is wrong, with the values."""

    @property
    def place(self) -> str:
        """Where it is, as table/key."""
        return f"{self.table}/{self.key}"
