"""Decisions about duties: what a person ruled stands in `duty`, how it came about in `duty_decision`."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from weipian_plugin.store.change import Change
from weipian_plugin.store.frames import canonical_json, insert_many, plain, want

RULING_COLUMNS = (
    "patch_no",
    "duty",
    "unit",
    "status",
    "rule_id",
    "clause",
    "reason",
    "area_m2",
    "share",
    "plan_version",
    "decided_by",
    "decided_on",
    "decision",
    "decision_reason",
    "reference",
)
"""The columns of `duty` that a ruling fills; `note` is written by `set_notes`."""

LOG_COLUMNS = (
    "patch_no",
    "duty",
    "decision",
    "unit",
    "former_unit",
    "reason",
    "reference",
    "decided_by",
    "decided_on",
    "seen",
    "former_seen",
)
"""One decision as it was given; `seen` and `former_seen` are JSON text."""

_SELECT_RULINGS = (
    "SELECT patch_no, duty, unit, status, rule_id, clause, reason, area_m2, share, plan_version, decided_by,"
    " decided_on, decision, decision_reason, reference FROM duty WHERE status <> '建议' ORDER BY fid"
)
_SELECT_LOG = (
    "SELECT patch_no, duty, decision, unit, former_unit, reason, reference, decided_by, decided_on, seen,"
    " former_seen FROM duty_decision ORDER BY fid"
)
_INSERT_RULING = (
    "INSERT INTO duty (patch_no, duty, unit, status, rule_id, clause, reason, area_m2, share, plan_version,"
    " decided_by, decided_on, decision, decision_reason, reference)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_LOG = (
    "INSERT INTO duty_decision (patch_no, duty, decision, unit, former_unit, reason, reference, decided_by,"
    " decided_on, seen, former_seen, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_DELETE_RULING = "DELETE FROM duty WHERE patch_no = ? AND duty = ? AND unit = ? AND status <> '建议'"
_SELECT_NOTES = (
    "SELECT patch_no, duty, unit, note FROM wanted CROSS JOIN duty USING (patch_no) WHERE status <> '建议'"
)
_UPDATE_NOTE = "UPDATE duty SET note = ? WHERE patch_no = ? AND duty = ? AND unit = ? AND status <> '建议'"

Row = tuple[Any, ...]
RowKey = tuple[str, str, str]
"""Patch number, duty, unit."""


def rulings(connection: sqlite3.Connection) -> dict[str, list[Row]]:
    """Return the decided duties by patch, as rows of RULING_COLUMNS."""
    return _by_patch(connection.execute(_SELECT_RULINGS))


def log(connection: sqlite3.Connection) -> dict[str, list[Row]]:
    """Return the decisions given so far by patch, oldest first, as rows of LOG_COLUMNS."""
    return _by_patch(connection.execute(_SELECT_LOG))


def replace_rulings(change: Change, patch_no: str, before: Sequence[Row], after: Sequence[Row]) -> None:
    """Put a patch's decided duties (rows of RULING_COLUMNS) in the place of those it had."""
    gone = [row for row in before if row not in after]
    come = [row for row in after if row not in before]
    change.connection.executemany(_DELETE_RULING, [row[:3] for row in gone])
    insert_many(change.connection, _INSERT_RULING, come)
    if gone or come:
        change.record("duty", patch_no, _described(gone), _described(come))


def add_to_log(change: Change, rows: Iterable[Row]) -> None:
    """Append decisions (rows of LOG_COLUMNS) as they were given."""
    for row in rows:
        cursor = change.connection.execute(_INSERT_LOG, (*row, change.at))
        given = dict(zip(LOG_COLUMNS, row, strict=True)) | {"recorded_at": change.at}
        change.record("duty_decision", str(cursor.lastrowid), None, given)


def set_notes(change: Change, patch_numbers: Iterable[str], notes: Mapping[RowKey, str]) -> int:
    """Set the note of each decided duty of these patches, '' for none given; return how many changed."""
    want(change.connection, patch_numbers)
    stored = {row[:3]: row[3] for row in change.connection.execute(_SELECT_NOTES)}
    changed = [(key, notes.get(key, "")) for key, note in stored.items() if notes.get(key, "") != note]
    change.connection.executemany(_UPDATE_NOTE, [(note, *key) for key, note in changed])
    for key, note in changed:
        who = {"duty": key[1], "unit": key[2]}
        change.record("duty", key[0], who | {"note": stored[key]}, who | {"note": note})
    return len(changed)


def seen_text(seen: Mapping[str, Any] | None) -> str:
    """Return what was known then as the JSON text of the columns `seen` and `former_seen`."""
    return canonical_json(plain(seen or {}))


def _by_patch(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[0]].append(row)
    return dict(grouped)


def _described(rows: Sequence[Row]) -> list[dict[str, Any]] | None:
    return [dict(zip(RULING_COLUMNS[1:], row[1:], strict=True)) for row in rows] or None
