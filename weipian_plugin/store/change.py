"""An open change of a workspace: where it writes and what it notes for the history."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import Any

from weipian_plugin.store.history import Entry


@dataclass(frozen=True)
class Change:
    """One open transaction: write through `connection`, and record what changed."""

    connection: sqlite3.Connection
    at: str
    """ISO date and time with offset, the same for every row of the change."""
    actor: str
    action: str
    entries: list[Entry] = field(default_factory=list)

    def record(self, table_name: str, record_key: str, before: Any, after: Any) -> None:
        """Note one changed record for the history: JSON-able values, None where there was or is none."""
        self.entries.append(Entry(table_name, str(record_key), before, after))
