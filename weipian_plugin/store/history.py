"""The history: one row per change, each holding the hash of the one before, never changed afterwards.

The chain proves that no row inside it was altered, removed or put in later without rebuilding every row
after it; only the printed head hash on a signed sheet proves that the chain as a whole was not rebuilt.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from weipian_plugin.store.frames import canonical_json, insert_many

GENESIS = "0" * 64
"""What the first row names as the hash before it."""

_INSERT = "INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_WALK = (
    "SELECT seq, at, actor, action, table_name, record_key, before, after, prev_hash, hash"
    " FROM history ORDER BY seq"
)


@dataclass(frozen=True)
class Entry:
    """One change of one record, as it was and as it became (JSON-able values; None for no record)."""

    table_name: str
    record_key: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Verdict:
    """What walking the chain found."""

    ok: bool
    rows: int
    first_bad: int | None
    """seq of the first row that does not follow from the one before; None when all do."""
    head: str
    """Hash of the last row: what goes on the signed sheet."""


def append(
    connection: sqlite3.Connection, at: str, actor: str, action: str, entries: Iterable[Entry]
) -> None:
    """Append the entries of one action to the chain. Belongs inside the transaction of the change."""
    seq, prev_hash = connection.execute(
        "SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1"
    ).fetchone() or (0, GENESIS)
    insert_many(connection, _INSERT, _linked(seq, prev_hash, (at, actor, action), entries))


def _linked(
    seq: int, prev_hash: str, stamp: tuple[str, str, str], entries: Iterable[Entry]
) -> Iterator[tuple[Any, ...]]:
    for entry in entries:
        seq += 1
        before, after = _text(entry.before), _text(entry.after)
        row = (seq, *stamp, entry.table_name, entry.record_key, before, after, prev_hash)
        prev_hash = row_hash(row)
        yield (*row, prev_hash)


def row_hash(row: tuple[Any, ...]) -> str:
    """Return the hash of a row.

    SHA-256 over the canonical JSON list of seq, at, actor, action, table_name, record_key, before, after
    and prev_hash.
    """
    return sha256(canonical_json(row).encode(errors="surrogateescape")).hexdigest()


def verify(connection: sqlite3.Connection) -> Verdict:
    """Walk the chain from the first row and return what was found."""
    prev_hash, first_bad = GENESIS, None
    for expected_seq, row in enumerate(connection.execute(_WALK), start=1):
        sound = row[0] == expected_seq and row[8] == prev_hash and row[9] == row_hash(row[:9])
        if not sound:
            first_bad = row[0]
            break
        prev_hash = row[9]
    rows = connection.execute("SELECT COUNT(*) FROM history").fetchone()[0]
    return Verdict(first_bad is None, rows, first_bad, head(connection))


def head(connection: sqlite3.Connection) -> str:
    """Return the hash of the last row; 64 zeros before the first change."""
    row = connection.execute("SELECT hash FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    return GENESIS if row is None else str(row[0])


def _text(value: Any) -> str | None:
    return None if value is None else canonical_json(value)
