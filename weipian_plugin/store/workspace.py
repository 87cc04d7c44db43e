"""The workspace (工作库): one year's casework in one GeoPackage, changed only with its history."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from weipian_plugin.domain.errors import Damaged, WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import files, geopackage, history, holder, sql
from weipian_plugin.store.backup import backed_up
from weipian_plugin.store.change import Change
from weipian_plugin.store.clock import now
from weipian_plugin.store.connection import begin, connect, connect_to_read, told
from weipian_plugin.store.upgrade import bring_up_to_date


class StoredPlan(NamedTuple):
    """The plan file that the workspace works by."""

    name: str
    text: str
    version: int
    """Counts the plan files that the workspace has adopted, from 1."""


class Workspace:
    """A workspace file. Holds no connection, so it may be used from any thread."""

    def __init__(self, path: Path, settings: dict[str, str]) -> None:
        self._path = path
        self._settings = settings

    @classmethod
    def create(cls, path: Path | str, year: int, plan_name: str, plan_text: str, actor: str) -> Workspace:
        """Make a new workspace for a year; raise WeipianError when the file exists already."""
        path = Path(path)
        if not 1949 <= year <= 9999:
            raise WeipianError(f"年度“{year}”不对，请填写四位年份，例如 2021。")

        def build(connection: sqlite3.Connection) -> None:
            change = Change(connection, now(), actor, "建立工作库")
            create_tables(connection)
            files.write_settings(connection, {"year": str(year), "created_at": change.at})
            change.record("setting", "year", None, str(year))
            adopt_plan(change, plan_name, plan_text)
            history.append(connection, change.at, actor, change.action, change.entries)

        files.make(path, files.WORKSPACE, build)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path | str, keep_copy: bool = True) -> Workspace:
        """Open a workspace; one of an older structure is brought up to date first.

        `keep_copy` keeps a copy of it from before that. Raises WeipianError for a file that is missing,
        foreign, of a newer version, or older and not to be written.
        """
        path = Path(path)
        work = cls(path, files.read_settings(path, files.WORKSPACE))
        if files.is_older(work._settings, files.WORKSPACE):
            work._upgrade(keep_copy)
        return work

    def _upgrade(self, keep_copy: bool) -> None:
        try:
            with self.writing(holder.user(), "升级工作库结构", keep_copy=keep_copy) as change:
                bring_up_to_date(change)
        except Damaged:
            raise
        except WeipianError as error:
            raise WeipianError(
                f"工作库“{self._path.name}”由较早版本的插件建立，须先升级才能打开，没有升级成：{error}"
            ) from error

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def year(self) -> int:
        """The year whose casework the workspace holds."""
        return int(self._settings["year"])

    @property
    def tag(self) -> str:
        """What tells this workspace from others in the workbooks it writes: the same in all its copies."""
        made = f"{self._settings['year']}|{self._settings.get('created_at', '')}"
        return sha256(made.encode()).hexdigest()[:8].upper()

    def plan(self) -> StoredPlan:
        """Return the plan file adopted last."""
        with self.reading() as connection:
            row = connection.execute(
                "SELECT name, text, version FROM plan_file ORDER BY version DESC LIMIT 1"
            ).fetchone()
        if row is None:
            raise WeipianError(f"工作库“{self._path}”里没有实施方案文件，请从备份恢复。")
        return StoredPlan(*row)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that can only read."""
        with told(self._path), closing(connect_to_read(self._path)) as connection:
            yield connection

    @contextmanager
    def writing(
        self, actor: str, action: str, progress: Progress | None = None, keep_copy: bool = False
    ) -> Iterator[Change]:
        """Give a change: one transaction that is kept whole with its history when the block ends well.

        Waits for other writers, telling `progress`; raises WeipianError naming the holder after
        LOCK_WAIT_SECONDS, or when a newer plug-in has upgraded the file meanwhile. Any exception in the
        block undoes everything. `keep_copy` keeps a copy of the workspace just as the change found it:
        nobody else writes between the copy and the change.
        """
        with told(self._path), closing(connect(self._path)) as connection:
            begin(connection, self._path, progress or Progress())
            files.checked_settings(connection, self._path, files.WORKSPACE)
            copy = backed_up(self._path) if keep_copy else nullcontext()
            with holder.announced(self._path, actor, action), copy, _transaction(connection):
                change = Change(connection, now(), actor, action)
                yield change
                history.append(connection, change.at, actor, action, change.entries)


def adopt_plan(change: Change, name: str, text: str) -> int:
    """Make a plan file the one in force and return its version; the same text again changes nothing."""
    row = change.connection.execute(
        "SELECT version, name, sha256 FROM plan_file ORDER BY version DESC LIMIT 1"
    ).fetchone()
    digest = sha256(text.encode()).hexdigest()
    if row is not None and row[1:] == (name, digest):
        return int(row[0])
    version = 1 if row is None else int(row[0]) + 1
    change.connection.execute(
        "INSERT INTO plan_file (version, name, text, sha256, adopted_at, adopted_by)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (version, name, text, digest, change.at, change.actor),
    )
    change.record("plan_file", str(version), None, {"name": name, "sha256": digest})
    return version


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit what `begin` has begun; undo it on any exception."""
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of casework in an empty GeoPackage."""
    geopackage.run(connection, sql.script("workspace"))
    geopackage.run(connection, sql.script("stages"))
    geopackage.run(connection, sql.script("returns"))
    geopackage.run(connection, sql.script("evidence_files"))
    geopackage.register_feature_table(connection, "patch", "卫片图斑")
    geopackage.create_rtree_triggers(connection, "patch")
