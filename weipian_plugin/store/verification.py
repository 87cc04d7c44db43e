"""Find every row that was changed outside the plug-in: the tables against what the history says they are.

The chain first, then the file as a whole, its structure, and every row; all of it as it is at one moment.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import batches, history
from weipian_plugin.store.file_check import file_problems, geometry_problems
from weipian_plugin.store.problems import Problem
from weipian_plugin.store.record_check import compare_records
from weipian_plugin.store.records import OVERLAY, RECORDED
from weipian_plugin.store.schema_check import reference, schema_problems
from weipian_plugin.store.workspace import Workspace

_KNOWN = frozenset([item.table for item in RECORDED] + list(OVERLAY))


@dataclass(frozen=True)
class Verification:
    """What was found."""

    chain: history.Verdict
    problems: tuple[Problem, ...]
    """Chain first, then the file and its structure, then the rows table by table."""
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
    """Check the chain, the file, its structure and every row of casework; change nothing."""
    progress = progress or Progress()
    with workspace.reading() as connection:
        connection.execute("BEGIN")
        connection.create_function("geometry_digest", 1, _geometry_digest, deterministic=True)
        connection.create_function("text_digest", 1, _text_digest, deterministic=True)
        try:
            return _whatever_its_text(connection, progress)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_CORRUPT:
                raise
            return Verification(history.Verdict(False, 0, None, ""), (_damaged(str(error)),), 0)


def _whatever_its_text(connection: sqlite3.Connection, progress: Progress) -> Verification:
    try:
        return _verified(connection, progress)
    except sqlite3.OperationalError as error:
        if "decode" not in str(error):
            raise
    # Somebody put in bytes that are no text: slower, but it can be said where.
    connection.text_factory = _any_text
    return _verified(connection, progress)


def _verified(connection: sqlite3.Connection, progress: Progress) -> Verification:
    progress.report(0.0, "核对历史链")
    chain = history.verify(connection)
    problems = [*_chain_problems(chain), *_damage(connection)]
    progress.report(0.4, "核对各表的记录")
    with closing(reference()) as trusted:
        problems += [Problem("schema", *found) for found in schema_problems(connection, trusted)]
        records = compare_records(connection, trusted, problems, progress.part(0.4, 0.9))
        problems += file_problems(connection, trusted)
    problems += geometry_problems(connection, progress.part(0.9, 1.0))
    problems += _unknown_tables(connection)
    return Verification(chain, tuple(problems), records)


def _chain_problems(chain: history.Verdict) -> Iterator[Problem]:
    if chain.first_bad is not None:
        yield Problem(
            "history",
            str(chain.first_bad),
            f"历史链从第{chain.first_bad}行起断开：这一行或它之前的行被改动、删除或插入过",
        )


def _damage(connection: sqlite3.Connection) -> Iterator[Problem]:
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        yield _damaged(found)


def _damaged(found: str) -> Problem:
    return Problem("file", "integrity_check", f"文件已损坏（{found}），请从备份恢复")


def _unknown_tables(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield what the history tells of tables that hold no casework: such rows prove nothing."""
    for table, seq in connection.execute(
        "SELECT table_name, MIN(seq) FROM history GROUP BY table_name ORDER BY 1"
    ):
        if table not in _KNOWN:
            yield Problem("history", str(seq), f"历史里有表“{table}”的记录，工作库没有这种办理记录")


def _geometry_digest(value: Any) -> str:
    try:
        return batches.geometry_digest(value)
    except (WeipianError, TypeError):
        return "不是图形"


def _text_digest(value: Any) -> str:
    return sha256(value.encode(errors="surrogateescape")).hexdigest() if isinstance(value, str) else ""


def _any_text(raw: bytes) -> str:
    return raw.decode(errors="surrogateescape")
