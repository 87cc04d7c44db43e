"""Rectification: what was done about illegal patches, entry by entry, and its acceptance."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Any

import pandas as pd

from weipian_plugin.domain.rectification import Entry
from weipian_plugin.store.change import Change
from weipian_plugin.store.frames import read_frame
from weipian_plugin.store.workspace import Workspace

_READ = (
    "SELECT entry, row.patch_no, measure, row.area_mu, amount_yuan, document_no, done_on, unit, note,"
    " recorded_by, recorded_at FROM rectification AS row JOIN patch ON patch.patch_no = row.patch_no"
    " WHERE :batch_id IS NULL OR batch_id = :batch_id ORDER BY patch.fid, entry"
)
_STORED = (
    "SELECT entry, patch_no, measure, area_mu, amount_yuan, document_no, done_on, unit, note"
    " FROM rectification ORDER BY entry"
)
_LAST = "SELECT COALESCE(MAX(CAST(record_key AS INTEGER)), 0) FROM history WHERE table_name = 'rectification'"
_INSERT = (
    "INSERT INTO rectification (entry, patch_no, measure, area_mu, amount_yuan, document_no, done_on, unit,"
    " note, recorded_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_NAMES = (
    "patch_no",
    "measure",
    "area_mu",
    "amount_yuan",
    "document_no",
    "done_on",
    "unit",
    "note",
    "recorded_by",
)
_ROW = (
    "SELECT patch_no, measure, area_mu, amount_yuan, document_no, done_on, unit, note, recorded_by"
    " FROM rectification WHERE entry = ?"
)

_ILLEGAL = (
    "SELECT held.patch_no, area_mu, COALESCE((SELECT unit FROM duty WHERE duty.patch_no = held.patch_no"
    " AND duty = '查处' ORDER BY status = '建议' LIMIT 1), '')"
    " FROM patch_verified AS held JOIN determination AS judged ON judged.patch_no = held.patch_no"
    " AND judged.revision = (SELECT MAX(revision) FROM determination WHERE patch_no = held.patch_no)"
    " WHERE judged.result = '违法'"
)

Entries = dict[str, dict[int, Entry]]
"""By patch number, then by entry number."""


def read(workspace: Workspace, batch_id: int | None = None) -> pd.DataFrame:
    """Return the entries about the patches of a batch, or all: by patch, in the order they were made."""
    with workspace.reading() as connection:
        return read_frame(connection, _READ, {"batch_id": batch_id}, ("area_mu", "amount_yuan"))


def stored(connection: sqlite3.Connection) -> Entries:
    """Return all entries, inside a transaction."""
    grouped: defaultdict[str, dict[int, Entry]] = defaultdict(dict)
    for entry, patch_no, *values in connection.execute(_STORED):
        grouped[patch_no][entry] = Entry(*values)
    return grouped


def illegal(connection: sqlite3.Connection) -> dict[str, tuple[float, str]]:
    """Return area (亩) and 查处 unit, decided before proposed, of every patch judged 违法 (核实后)."""
    return {number: (area, lead) for number, area, lead in connection.execute(_ILLEGAL)}


def insert(change: Change, patch_no: str, given: Entry, person: str) -> int:
    """Add an entry and return its number, which no entry has had before."""
    pending = [int(item.record_key) for item in change.entries if item.table_name == "rectification"]
    entry = max([change.connection.execute(_LAST).fetchone()[0], *pending]) + 1
    values = (
        patch_no,
        given.measure,
        given.area_mu,
        given.amount_yuan,
        given.document_no,
        given.done_on,
        given.unit,
        given.note,
        person,
    )
    change.connection.execute(_INSERT, (entry, *values, change.at))
    change.record("rectification", str(entry), None, _described(values))
    return entry


def remove(change: Change, entry: int) -> None:
    """Take an entry back; the history keeps what it was."""
    row = change.connection.execute(_ROW, (entry,)).fetchone()
    change.connection.execute("DELETE FROM rectification WHERE entry = ?", (entry,))
    change.record("rectification", str(entry), _described(row), None)


def _described(row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(_NAMES, row, strict=True))
