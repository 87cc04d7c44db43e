"""Everything that the workspace holds about one patch, read by its number in a few milliseconds."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from weipian_plugin.store import evidence_files, returns
from weipian_plugin.store.evidence_files import EvidenceFile
from weipian_plugin.store.frames import read_frame

Row = dict[str, Any]

_PATCH = (
    "SELECT patch_no, parent_no, kind, county_code, town_code, town_name, patch_type, date_before,"
    " date_after, area_m2, area_mu, issued_area, duty_state, stage,"
    " split_state, attributes, name AS batch, received_on"
    " FROM patch JOIN batch USING (batch_id) WHERE patch_no = ?"
)
_AREAS = (
    "SELECT patch_no, role, class_code, class_name, status, area_m2, area_mu, net_area_m2, net_area_mu,"
    " share, edition FROM overlay_area WHERE patch_no = ? ORDER BY fid"
)
_HITS = (
    "SELECT patch_no, role, source_fid, label, class_code, area_m2, share FROM overlay_hit"
    " WHERE patch_no = ? ORDER BY area_m2 DESC, fid"
)
_FACTS = "SELECT patch_no, fact, value FROM patch_fact WHERE patch_no = ? ORDER BY fid"
_DUTIES = (
    "SELECT duty, unit, status, clause, reason, area_m2, share, decided_by, decided_on, decision_reason,"
    " reference, note FROM duty WHERE patch_no = ? ORDER BY fid"
)
_DETERMINATIONS = (
    "SELECT result, category, basis, document_no, decided_by, decided_on, revision, evidence, dictionary"
    " FROM determination WHERE patch_no = ? ORDER BY revision"
)
_DOUBTS = "SELECT reason, noted_by, noted_on, after_revision FROM doubt WHERE patch_no = ? ORDER BY fid"
_EVENTS = (
    "SELECT step, from_stage, to_stage, person, taken_on, reason FROM stage_event"
    " WHERE patch_no = ? ORDER BY fid"
)
_TASKS = (
    "SELECT reason, category, opened_by, opened_on, closed_on FROM return_task"
    " WHERE patch_no = ? ORDER BY fid"
)
_MEASURES = "SELECT DISTINCT measure FROM rectification WHERE patch_no = ?"
_HISTORY = (
    "SELECT seq, at, actor, action, table_name, record_key, before, after FROM history"
    " WHERE record_key = :number"
    "  AND table_name IN ('patch', 'overlay_area', 'duty', 'determination', 'stage_event', 'doubt',"
    "   'extension', 'extension_withdrawal', 'patch_note', 'evidence_file')"
    " OR table_name IN ('patch_fact', 'return_task')"
    "  AND record_key > :number || ':' AND record_key < :number || ';'"
    " OR table_name = 'duty_decision'"
    "  AND record_key IN (SELECT CAST(fid AS TEXT) FROM duty_decision WHERE patch_no = :number)"
    " OR table_name = 'rectification'"
    "  AND record_key IN (SELECT CAST(entry AS TEXT) FROM rectification WHERE patch_no = :number)"
    " ORDER BY seq"
)
_LAST = (
    "SELECT table_name FROM history WHERE record_key = ? AND table_name IN ('determination', 'stage_event')"
    " ORDER BY seq DESC LIMIT 1"
)


@dataclass(frozen=True)
class PatchRecord:
    """The rows of one patch, each list in the order they were written."""

    patch: Row
    """Columns of `patch` with `batch` (name) and `received_on`."""
    areas: pd.DataFrame
    hits: pd.DataFrame
    facts: pd.DataFrame
    duties: Sequence[Row]
    determinations: Sequence[Row]
    """Every revision; evidence as JSON text."""
    doubts: Sequence[Row]
    events: Sequence[Row]
    tasks: Sequence[Row]
    """What the city asks for; of a piece that is not reported yet also what was asked of the whole."""
    measures: frozenset[str]
    """What was done about it."""
    files: Sequence[EvidenceFile]
    history: Sequence[Row]
    """before and after as JSON text."""


def read(connection: sqlite3.Connection, patch_no: str) -> PatchRecord | None:
    """Return the rows of a patch; None when the workspace does not have it."""
    found = _rows(connection, _PATCH, patch_no)
    if not found:
        return None
    numbers = ("area_m2", "area_mu", "net_area_m2", "net_area_mu", "share")
    return PatchRecord(
        found[0],
        read_frame(connection, _AREAS, (patch_no,), numbers),
        read_frame(connection, _HITS, (patch_no,), ("area_m2", "share")),
        read_frame(connection, _FACTS, (patch_no,)),
        _rows(connection, _DUTIES, patch_no),
        _rows(connection, _DETERMINATIONS, patch_no),
        _rows(connection, _DOUBTS, patch_no),
        _rows(connection, _EVENTS, patch_no),
        _tasks(connection, patch_no, found[0]["stage"]),
        frozenset(row[0] for row in connection.execute(_MEASURES, (patch_no,))),
        evidence_files.attached(connection, patch_no),
        _named(connection.execute(_HISTORY, {"number": patch_no})),
    )


def determinations_of(connection: sqlite3.Connection, patch_no: str) -> list[Row]:
    """Return every revision of the determination of a patch, the first one first."""
    return _rows(connection, _DETERMINATIONS, patch_no)


def events_of(connection: sqlite3.Connection, patch_no: str) -> list[Row]:
    """Return the steps that a patch took, in their order."""
    return _rows(connection, _EVENTS, patch_no)


def is_corrected(connection: sqlite3.Connection, patch_no: str) -> bool:
    """Return whether the last determination took no step: it corrects one that stood."""
    row = connection.execute(_LAST, (patch_no,)).fetchone()
    return row is not None and row[0] == "determination"


def _tasks(connection: sqlite3.Connection, patch_no: str, stage: str) -> list[Row]:
    whole = [] if stage in returns.SETTLING else returns.ancestors(connection, patch_no)
    return [row for number in (patch_no, *whole) for row in _rows(connection, _TASKS, number)]


def _rows(connection: sqlite3.Connection, statement: str, patch_no: str) -> list[Row]:
    return _named(connection.execute(statement, (patch_no,)))


def _named(cursor: sqlite3.Cursor) -> list[Row]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
