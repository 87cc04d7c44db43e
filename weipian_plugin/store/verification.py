"""Find every row that was changed outside the plug-in: the tables against what the history says they are.

One walk over the chain, then one walk over history and table side by side, in the order of the records, so
that memory does not grow with the workspace. All of it sees one moment of the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import batches, history, overlays, sql
from weipian_plugin.store.frames import canonical_json
from weipian_plugin.store.records import FIXED, OVERLAY, RECORDED, UNRECORDED_SETTINGS, Recorded
from weipian_plugin.store.replay import Replay, Row
from weipian_plugin.store.schema_check import reference, schema_problems
from weipian_plugin.store.workspace import Workspace

_TOLD = (
    "SELECT record_key, seq, at, actor, before, after FROM history WHERE table_name = ?"
    " ORDER BY record_key, seq"
)
_ROWS = "SELECT $key, $columns FROM $table ORDER BY 1"
_AREAS = (
    "SELECT patch_no, role, class_code, class_name, status, area_m2, area_mu, net_area_m2, net_area_mu,"
    " share, edition FROM overlay_area ORDER BY patch_no"
)
_HITS = (
    "SELECT patch_no, role, source_fid, label, class_code, area_m2, share FROM overlay_hit ORDER BY patch_no"
)
_OVERLAY = Recorded("overlay_area", "patch_no", ("patch_no",), "套合结果")
_KNOWN = frozenset([item.table for item in RECORDED] + list(OVERLAY))
_SHOWN = 60

Grouped = Iterator[tuple[str, list[Any]]]


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


@dataclass(frozen=True)
class Verification:
    """What was found."""

    chain: history.Verdict
    problems: tuple[Problem, ...]
    """Chain first, then the structure of the file, then the rows table by table."""
    records: int
    """Records compared."""

    @property
    def ok(self) -> bool:
        """Whether everything is as the history says."""
        return not self.problems

    @property
    def first_bad(self) -> str:
        """Where the first problem is, as table/key; '' when there is none."""
        return self.problems[0].place if self.problems else ""


def verify(workspace: Workspace, progress: Progress | None = None) -> Verification:
    """Check the chain, the structure of the file and every row of casework; change nothing."""
    progress = progress or Progress()
    with workspace.reading() as connection:
        connection.execute("BEGIN")
        connection.create_function("geometry_digest", 1, batches.geometry_digest, deterministic=True)
        connection.create_function("text_digest", 1, _text_digest, deterministic=True)
        progress.report(0.0, "核对历史链")
        chain = history.verify(connection)
        problems = [*_chain_problems(chain), *_damage(connection)]
        progress.report(0.4, "核对各表的记录")
        with closing(reference()) as trusted:
            problems += [Problem("schema", *found) for found in schema_problems(connection, trusted)]
            records = _compare_all(connection, trusted, problems, progress.part(0.4, 1.0))
    return Verification(chain, tuple(problems), records)


def _chain_problems(chain: history.Verdict) -> Iterator[Problem]:
    if chain.first_bad is not None:
        yield Problem(
            "history",
            str(chain.first_bad),
            f"历史链从第{chain.first_bad}行起断开：这一行或它之前的行被改动、删除或插入过",
        )


def _damage(connection: sqlite3.Connection) -> Iterator[Problem]:
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        yield Problem("file", "quick_check", f"文件已损坏（{found}），请从备份恢复")


def _compare_all(
    connection: sqlite3.Connection, trusted: sqlite3.Connection, problems: list[Problem], progress: Progress
) -> int:
    """Compare all tables, adding to `problems`; return how many records there are."""
    count = 0
    for number, recorded in enumerate(RECORDED):
        progress.report(number / (len(RECORDED) + 1))
        count += _compare(connection, recorded, _defaults(trusted, recorded), problems, progress)
    count += _compare_overlay(connection, problems, progress)
    problems += _fixed(connection, trusted)
    problems += _unknown_tables(connection)
    return count


def _compare(
    connection: sqlite3.Connection,
    recorded: Recorded,
    defaults: Row,
    problems: list[Problem],
    progress: Progress,
) -> int:
    told = _grouped(connection.execute(_TOLD, (recorded.table,)))
    stored = _grouped(connection.execute(_select(recorded, list(defaults))))
    count = 0
    for count, (key, steps, rows) in enumerate(_side_by_side(told, stored), start=1):
        if count % 5000 == 0:
            progress.check()
        if recorded.table == "setting" and key in UNRECORDED_SETTINGS:
            continue
        replay = _replayed(recorded, defaults, steps)
        live = [dict(zip(defaults, row[1:], strict=True)) for row in rows]
        problems += (Problem(recorded.table, key, text) for text in _differences(recorded, key, replay, live))
    return count


def _compare_overlay(connection: sqlite3.Connection, problems: list[Problem], progress: Progress) -> int:
    areas = _grouped(connection.execute(_AREAS))
    hits = _grouped(connection.execute(_HITS))
    both = ((key, [(first, second)]) for key, first, second in _side_by_side(areas, hits))
    told = _grouped(connection.execute(_TOLD, (_OVERLAY.table,)))
    count = 0
    for count, (key, steps, rows) in enumerate(_side_by_side(told, both), start=1):
        if count % 500 == 0:
            progress.check()
        expected = _replayed(_OVERLAY, {}, steps).rows
        found = overlays.summary_of(*rows[0]) if rows else None
        if found != (expected[0] if expected else None):
            problems.append(
                Problem(_OVERLAY.table, key, f"图斑“{key}”的套合结果与历史不符：有行被改动、增加或删除")
            )
    return count


def _replayed(recorded: Recorded, defaults: Row, steps: list[Any]) -> Replay:
    replay = Replay(recorded, defaults)
    for _, seq, at, actor, before, after in steps:
        replay.step(seq, {"at": at, "actor": actor}, before, after)
    return replay


def _differences(recorded: Recorded, key: str, replay: Replay, live: list[Row]) -> Iterator[str]:
    what = f"{recorded.label}“{key}”"
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
    """Take one equal row out of `spare`; return whether there was one."""
    if row not in spare:
        return False
    spare.remove(row)
    return True


def _changes(expected: Row, found: Row) -> str:
    names = [name for name in found if found[name] != expected.get(name)]
    return "；".join(
        f"{name} 应为 {_shown(expected.get(name))}，现为 {_shown(found[name])}" for name in names
    )


def _shown(value: Any) -> str:
    text = canonical_json(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _select(recorded: Recorded, columns: list[str]) -> str:
    """Return the query for the rows of a table; expressions come from the constants of `records`."""
    listed = ", ".join(recorded.derived.get(name, sql.quoted(name)) for name in columns)
    return sql.fill(_ROWS, key=recorded.key, columns=listed or "NULL", table=sql.quoted(recorded.table))


def _defaults(trusted: sqlite3.Connection, recorded: Recorded) -> Row:
    """Return the columns that are compared, with their default values."""
    left_out = {"fid", *recorded.key_columns, *recorded.unrecorded}
    columns = trusted.execute(f"PRAGMA table_info({sql.quoted(recorded.table)})").fetchall()
    return {
        name: None if default is None else trusted.execute(f"SELECT {default}").fetchone()[0]
        for _, name, _, _, default, _ in columns
        if name not in left_out
    }


def _fixed(connection: sqlite3.Connection, trusted: sqlite3.Connection) -> Iterator[Problem]:
    for table in FIXED:
        statement = sql.fill("SELECT * FROM $table ORDER BY 1", table=sql.quoted(table))
        if connection.execute(statement).fetchall() != trusted.execute(statement).fetchall():
            yield Problem(table, "*", f"表 {table} 的内容被改动，它是固定的规则")


def _unknown_tables(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield what the history tells of tables that hold no casework: such rows prove nothing."""
    for (table,) in connection.execute("SELECT DISTINCT table_name FROM history ORDER BY 1"):
        if table not in _KNOWN:
            yield Problem("history", table, f"历史里有表“{table}”的记录，工作库没有这种办理记录")


def _grouped(rows: Iterator[Any]) -> Grouped:
    """Yield rows that are ordered by their first value, together by it."""
    for key, part in groupby(rows, key=itemgetter(0)):
        yield key, list(part)


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


def _text_digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
