"""A workspace of an older structure is brought up to date when it is opened, whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from older_files import FIRST, SECOND, SPLIT, workspace_of
from store_samples import add_batch, as_plain_user, forked, history_of, patch_frame

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import backup, files, patches
from weipian_plugin.store.connection import connect
from weipian_plugin.store.schema_check import reference, schema_problems
from weipian_plugin.store.schema_steps import LATEST, STEPS, SchemaStep
from weipian_plugin.store.verification import verify
from weipian_plugin.store.workspace import Workspace

posix_only = pytest.mark.skipif(os.name != "posix", reason="needs fork and POSIX permissions")


@pytest.fixture
def old(place):
    """Return the path of a workspace of version 1 with five patches, one of them split in two."""
    return workspace_of(1, place / "老工作库.gpkg")


def setting(path, key):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()[0]


def steps_recorded(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT before, after FROM history WHERE action = '升级工作库结构' AND table_name = 'setting'"
            " ORDER BY seq"
        ).fetchall()


EVERY_STEP = [(f'"{step.version - 1}"', f'"{step.version}"') for step in STEPS]


def test_the_steps_count_on_from_version_1():
    assert [step.version for step in STEPS] == list(range(2, len(STEPS) + 2))
    assert (files.WORKSPACE.schema_version, files.WORKSPACE.since_plugin) == (
        LATEST.version,
        LATEST.since_plugin,
    )


def test_an_upgraded_workspace_ends_like_a_new_one(old):
    """Whoever changes the structure of new workspaces adds the step for the old ones."""
    assert setting(old, "schema_version") == "1"
    work = Workspace.open(old)
    with closing(reference()) as fresh, work.reading() as connection:
        assert list(schema_problems(connection, fresh)) == []
        assert list(schema_problems(fresh, connection)) == []
    assert setting(old, "schema_version") == str(LATEST.version)
    assert setting(old, "since_plugin") == LATEST.since_plugin


def test_what_it_held_is_kept_and_proved(old):
    with closing(sqlite3.connect(old)) as connection:
        before = connection.execute("SELECT patch_no, geom, attributes FROM patch").fetchall()
        chain = connection.execute("SELECT * FROM history ORDER BY seq").fetchall()
    work = Workspace.open(old)
    with work.reading() as connection:
        assert connection.execute("SELECT patch_no, geom, attributes FROM patch").fetchall() == before
        assert connection.execute("SELECT * FROM history ORDER BY seq").fetchall()[: len(chain)] == chain
    assert verify(work).ok
    assert steps_recorded(old) == EVERY_STEP
    add_batch(work, patch_frame(2, first=10, kind=""))
    assert patches.read(work)["kind"].tolist() == ["土地"] * 7 + [""] * 2
    assert verify(work).ok


def test_splits_get_the_day_that_the_history_tells(old):
    with closing(sqlite3.connect(old)) as connection:
        told = connection.execute(
            "SELECT substr(at, 1, 10) FROM history WHERE action = '拆分图斑'"
        ).fetchone()
    work = Workspace.open(old)
    with work.reading() as connection:
        days = connection.execute("SELECT patch_no, split_on FROM patch WHERE split_on <> ''").fetchall()
    assert days == [(SPLIT, *told)]
    assert verify(work).ok


def test_the_copy_from_before_is_kept(old):
    content = old.read_bytes()
    Workspace.open(old)
    (copy,) = backup.copies_of(old)
    assert setting(copy, "schema_version") == "1"
    assert copy.read_bytes()[100:] == content[100:]
    Workspace.open(old)
    assert backup.copies_of(old) == [copy]


def test_a_step_may_fill_in_values(old, monkeypatch):
    def fill(change):
        change.connection.execute("UPDATE patch SET town_name = '白马镇' WHERE fid = 2")
        change.record("patch", SECOND, {"town_name": "东乡"}, {"town_name": "白马镇"})

    steps = (*STEPS[:-1], SchemaStep(LATEST.version, LATEST.since_plugin, fill))
    monkeypatch.setattr("weipian_plugin.store.upgrade.STEPS", steps)
    work = Workspace.open(old)
    assert verify(work).ok
    assert patches.read(work)["town_name"].tolist()[:3] == ["西镇", "白马镇", "东乡"]
    assert history_of(work, "patch")[-1] == (SECOND, {"town_name": "东乡"}, {"town_name": "白马镇"})


def test_a_failing_step_leaves_the_file_as_it_was(old, monkeypatch):
    def fail(change):
        raise ZeroDivisionError

    steps = (*STEPS[:-1], SchemaStep(LATEST.version, LATEST.since_plugin, fail))
    monkeypatch.setattr("weipian_plugin.store.upgrade.STEPS", steps)
    before = old.read_bytes()
    with pytest.raises(ZeroDivisionError):
        Workspace.open(old)
    assert old.read_bytes() == before
    assert backup.copies_of(old) == []


def test_a_change_from_outside_is_still_found(old):
    with closing(connect(old)) as connection:
        connection.execute("UPDATE patch SET area_mu = 1 WHERE fid = 1")
    assert verify(Workspace.open(old)).first_bad == f"patch/{FIRST}"


def test_who_may_not_write_is_told(old, monkeypatch):
    monkeypatch.setattr("weipian_plugin.store.connection.LOCK_WAIT_SECONDS", 0.2)
    with closing(sqlite3.connect(old, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WeipianError, match="“老工作库.gpkg”由较早版本的插件建立，须先升级.*占用"):
            Workspace.open(old)
    assert Workspace.open(old).year == 2021


@posix_only
def test_an_old_workspace_in_a_read_only_folder(open_folder):
    old = workspace_of(1, open_folder / "老工作库.gpkg")
    before = old.read_bytes()
    old.chmod(0o444)
    open_folder.chmod(0o555)
    refused = as_plain_user(lambda: Workspace.open(old))
    assert isinstance(refused, WeipianError)
    assert "须先升级才能打开" in str(refused)
    assert old.read_bytes() == before


@posix_only
def test_two_programs_open_it_at_once(old):
    children = [forked(lambda: Workspace.open(old).year) for _ in range(2)]
    assert [child.result() for child in children] == [2021, 2021]
    assert steps_recorded(old) == EVERY_STEP
    assert verify(Workspace.open(old)).ok


def test_an_older_plug_in_writes_no_more_into_an_upgraded_workspace(workspace):
    """A docked plug-in may have the file open for days, while a colleague with a newer one upgrades it."""
    add_batch(workspace, patch_frame(1))
    with closing(sqlite3.connect(workspace.path)) as connection:
        connection.execute("UPDATE setting SET value = '99' WHERE key = 'schema_version'")
        connection.execute("UPDATE setting SET value = '3.7.0' WHERE key = 'since_plugin'")
        connection.commit()
    before = Path(workspace.path).read_bytes()
    with pytest.raises(WeipianError, match="请升级到 3.7.0 或以上版本"), workspace.writing("甲", "试"):
        pass
    assert workspace.path.read_bytes() == before
