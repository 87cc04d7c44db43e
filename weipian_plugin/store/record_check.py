"""Compare the rows of casework with what the history says they are, record by record.

History and table are walked side by side in the order of the records, so that memory does not grow with the
workspace. Values may be of any type here: what another program put in is a finding, never an error.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import overlays, sql
from weipian_plugin.store.frames import canonical_json
from weipian_plugin.store.problems import Problem
from weipian_plugin.store.records import FILE_SETTINGS, RECORDED, Recorded
from weipian_plugin.store.replay import Replay, Row

_TOLD = (
    "SELECT record_key, seq, at, actor, before, after, NULL FROM history WHERE table_name = :table"
    " ORDER BY record_key, seq"
)
_TOLD_IN_ORDER = (
    "SELECT record_key, seq, at, actor, before, after, SUM(:appended OR before IS NULL) OVER (ORDER BY seq)"
    " FROM history WHERE table_name = :table ORDER BY record_key, seq"
)
_ROWS = "SELECT $key, $types, $columns FROM $table ORDER BY 1"
_AREAS = (
    "SELECT patch_no, role, class_code, class_name, status, area_m2, area_mu, net_area_m2, net_area_mu,"
    " share, edition FROM overlay_area ORDER BY patch_no"
)
_HITS = (
    "SELECT patch_no, role, source_fid, label, class_code, area_m2, share FROM overlay_hit ORDER BY patch_no"
)
_OVERLAY = Recorded("overlay_area", "patch_no", ("patch_no",), "套合结果")
_BEYOND_TEXT = "\U0010ffff"
_SHOWN = 60
_CHECK_EVERY = 2000

Grouped = Iterator[tuple[str, list[Any]]]


class _Columns(NamedTuple):
    """The columns of a table as the plug-in makes it."""

    names: tuple[str, ...]
    """Those that are read: all that `defaults` has, after `fid` where there is one."""
    defaults: Row
    """Value that a row has where the history names none, by column; without `fid` and the key's columns."""
    key_types: str
    """What SQLite calls the types of the key's columns, joined by blanks."""


def compare_records(
    connection: sqlite3.Connection, trusted: sqlite3.Connection, problems: list[Problem], progress: Progress
) -> int:
    """Compare all tables, adding to `problems`; return how many records there are.

    `trusted` is an empty workspace as the plug-in makes it.
    """
    count = 0
    for number, recorded in enumerate(RECORDED):
        progress.report(number / (len(RECORDED) + 1))
        count += _compare(connection, recorded, _columns(trusted, recorded), problems, progress)
    return count + _compare_overlay(connection, problems, progress)


def _compare(
    connection: sqlite3.Connection,
    recorded: Recorded,
    columns: _Columns,
    problems: list[Problem],
    progress: Progress,
) -> int:
    stored = _grouped(connection.execute(_select(recorded, columns.names)))
    count = 0
    for key, steps, rows in _side_by_side(_grouped(_told(connection, recorded)), stored):
        count += 1
        if count % _CHECK_EVERY == 0:
            progress.check()
        if recorded.table != "setting" or key not in FILE_SETTINGS:
            found = _record_faults(recorded, columns, key, steps, rows)
            problems += (Problem(recorded.table, key, text) for text in found)
    return count


def _record_faults(
    recorded: Recorded, columns: _Columns, key: str, steps: list[Any], rows: list[Any]
) -> Iterator[str]:
    """Yield what is wrong with one record: `steps` of the history and `rows` of the table speak of it."""
    live = [dict(zip(columns.names, row[2:], strict=True)) for row in rows if row[1] == columns.key_types]
    if len(live) < len(rows):
        yield f"{recorded.label}“{key}”有编号不是应有类型的行：不是由插件写入的"
    yield from _differences(recorded, key, _replayed(recorded, columns.defaults, steps), live)


def _told(connection: sqlite3.Connection, recorded: Recorded) -> Iterable[Any]:
    if "ordinal" in recorded.stamps.values():
        values = {"table": recorded.table, "appended": recorded.appended}
        return connection.execute(_TOLD_IN_ORDER, values)
    return connection.execute(_TOLD, {"table": recorded.table})


def _compare_overlay(connection: sqlite3.Connection, problems: list[Problem], progress: Progress) -> int:
    areas = _grouped(connection.execute(_AREAS))
    hits = _grouped(connection.execute(_HITS))
    both = ((key, [(first, second)]) for key, first, second in _side_by_side(areas, hits))
    count = 0
    for key, steps, rows in _side_by_side(_grouped(_told(connection, _OVERLAY)), both):
        count += 1
        if count % _CHECK_EVERY == 0:
            progress.check()
        expected = _replayed(_OVERLAY, {}, steps).rows
        if _summary(rows) != (expected[0] if expected else None):
            problems.append(
                Problem(_OVERLAY.table, key, f"图斑“{key}”的套合结果与历史不符：有行被改动、增加或删除")
            )
    return count


def _summary(rows: list[Any]) -> Any:
    """Return what the history would say of one patch's overlay rows; no digest has rows of foreign types."""
    if not rows:
        return None
    areas, hits = rows[0]
    if any(isinstance(value, bytes) for row in (*areas, *hits) for value in row):
        return "foreign"
    try:
        return overlays.summary_of(areas, hits)
    except (TypeError, ValueError):
        return "foreign"


def _replayed(recorded: Recorded, defaults: Row, steps: list[Any]) -> Replay:
    replay = Replay(recorded, defaults)
    for _, seq, at, actor, before, after, ordinal in steps:
        replay.step(seq, {"at": at, "actor": actor, "ordinal": ordinal}, before, after)
    return replay


def _differences(recorded: Recorded, key: str, replay: Replay, live: list[Row]) -> Iterator[str]:
    what = f"{recorded.label}“{key}”"
    for seq in replay.unreadable:
        yield f"{what}在历史第{seq}行的内容无法读取，不是由插件写入的"
    for seq in replay.contradicted:
        yield f"{what}在历史第{seq}行之前曾被改动，后来的办理覆盖了它"
    spare = list(live)
    missing = [row for row in replay.rows if not _taken(row, spare)]
    if len(missing) == 1 and len(spare) == 1:
        yield f"{what}被改动：{_changes(missing[0], spare[0])}"
        return
    if missing:
        yield f"{what}少了{len(missing)}行：被删除或改动"
    if spare:
        yield f"{what}多出{len(spare)}行：不是由插件写入的"


def _taken(row: Row, spare: list[Row]) -> bool:
    """Take out of `spare` a row that has all that `row` says; return whether there was one."""
    found = next((one for one in spare if row.items() <= one.items()), None)
    if found is None:
        return False
    spare.remove(found)
    return True


def _changes(expected: Row, found: Row) -> str:
    names = [name for name in expected if name not in found or found[name] != expected[name]]
    return "；".join(
        f"{name} 应为 {_shown(expected[name])}，现为 {_shown(found.get(name))}" for name in names
    )


def _shown(value: Any) -> str:
    text = f"x'{value.hex()}'" if isinstance(value, bytes) else canonical_json(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _select(recorded: Recorded, names: Iterable[str]) -> str:
    """Return the query for the rows of a table; expressions come from the constants of `records`."""
    listed = ", ".join(recorded.derived.get(name, sql.quoted(name)) for name in names)
    types = " || ' ' || ".join(f"typeof({sql.quoted(name)})" for name in recorded.key_columns)
    return sql.fill(
        _ROWS,
        key=recorded.key,
        types=types or "''",
        columns=listed or "NULL",
        table=sql.quoted(recorded.table),
    )


def _columns(trusted: sqlite3.Connection, recorded: Recorded) -> _Columns:
    left_out = {"fid", *recorded.key_columns, *recorded.unrecorded}
    listed = trusted.execute(f"PRAGMA table_info({sql.quoted(recorded.table)})").fetchall()
    types = {name: kind.lower() for _, name, kind, _, _, _ in listed}
    defaults = {
        name: None if default is None else trusted.execute(f"SELECT {default}").fetchone()[0]
        for _, name, _, _, default, _ in listed
        if name not in left_out
    }
    names = ("fid", *defaults) if "fid" in types else tuple(defaults)
    return _Columns(names, defaults, " ".join(types[name] for name in recorded.key_columns))


def _grouped(rows: Iterable[Any]) -> Grouped:
    """Yield rows that are ordered by their first value, together by it."""
    for key, part in groupby(rows, key=lambda row: _key(row[0])):
        yield key, list(part)


def _key(value: Any) -> str:
    """Return a key as text that sorts as SQLite sorts: nothing, numbers, text, and blobs last."""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return f"{_BEYOND_TEXT}{value.hex()}"
    return "" if value is None else str(value)


def _side_by_side(left: Grouped, right: Grouped) -> Iterator[tuple[str, list[Any], list[Any]]]:
    """Yield what two streams, both in the order of their keys, have for each key; [] for nothing."""
    one, other = next(left, None), next(right, None)
    while one is not None or other is not None:
        if one is not None and (other is None or one[0] < other[0]):
            yield one[0], one[1], []
            one = next(left, None)
        elif other is not None and (one is None or other[0] < one[0]):
            yield other[0], [], other[1]
            other = next(right, None)
        elif one is not None and other is not None:
            yield one[0], one[1], other[1]
            one, other = next(left, None), next(right, None)
