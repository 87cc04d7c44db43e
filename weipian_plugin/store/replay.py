"""Play the history of one record again, to know what its rows should be today."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from weipian_plugin.store.records import Recorded

Row = dict[str, Any]


@dataclass
class Replay:
    """The rows of one record as the history tells them, step by step."""

    recorded: Recorded
    defaults: Mapping[str, Any]
    rows: list[Row] = field(default_factory=list)
    contradicted: list[int] = field(default_factory=list)
    """seq of every step that found the record other than the steps before had left it."""
    unreadable: list[int] = field(default_factory=list)
    """seq of every step that tells nothing that the plug-in could have written."""

    def step(self, seq: int, stamps: Mapping[str, Any], before: Any, after: Any) -> None:
        """Take one history row of the record: `before` and `after` as JSON text."""
        try:
            gone, come = _listed(before), _listed(after)
        except (ValueError, TypeError):
            self.unreadable.append(seq)
            return
        if self.recorded.appended:
            self._put(come, stamps)
        elif _is_part(before) and _is_part(after) and self.rows:
            self._merge(seq, gone[0], come[0])
        else:
            for row in gone:
                self._take(seq, row)
            self._put(come, stamps)

    def _put(self, rows: list[Row], stamps: Mapping[str, Any]) -> None:
        stamped = {column: stamps[name] for column, name in self.recorded.stamps.items()}
        for row in rows:
            known = {name: value for name, value in row.items() if name not in self.recorded.key_columns}
            self.rows.append({**self.defaults, **stamped, **known})

    def _take(self, seq: int, part: Row) -> None:
        found = self._find(part)
        if found is None:
            self.contradicted.append(seq)
        else:
            self.rows.remove(found)

    def _merge(self, seq: int, part: Row, change: Row) -> None:
        found = self._find(part)
        if found is None:
            self.contradicted.append(seq)
            found = self.rows[0] if len(self.rows) == 1 else None
        if found is not None:
            found.update(change)

    def _find(self, part: Row) -> Row | None:
        wanted = {name: value for name, value in part.items() if name not in self.recorded.key_columns}
        return next((row for row in self.rows if wanted.items() <= row.items()), None)


def _is_part(text: Any) -> bool:
    """Return whether a record tells one row, or a part of one, and not a list of rows."""
    return isinstance(text, str) and not text.startswith("[")


def _listed(text: Any) -> list[Row]:
    """Return the rows that a record tells; a single value stands in the column `value`.

    Raises ValueError or TypeError for what is no JSON text.
    """
    if text is None:
        return []
    told = json.loads(text)
    rows = told if isinstance(told, list) else [told]
    return [row if isinstance(row, dict) else {"value": row} for row in rows]
