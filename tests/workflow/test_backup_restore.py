"""Copies before imports, and going back to one."""

from __future__ import annotations

import sqlite3

import pytest
from casework_samples import QUIET, add_patches, halving, number_of, workspace_with

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import backup, patches
from weipian_plugin.store.verification import verify
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.backup import back_up_workspace, restore_workspace
from weipian_plugin.workflow.split import split_patch


@pytest.fixture
def work(tmp_path):
    return workspace_with(tmp_path, 2)


def count(path):
    return len(patches.read(Workspace.open(path), with_geometry=False))


def test_restored_is_what_the_copy_was(work):
    copy = back_up_workspace(work.path, 3, QUIET)
    split_patch(work.path, number_of(1), halving(1), "乙", QUIET)
    with work.reading() as connection:
        head = connection.execute("SELECT hash FROM history ORDER BY seq DESC").fetchone()[0]
    outcome = restore_workspace(work.path, None, "乙", QUIET)
    assert (outcome.copy, outcome.was_damaged) == (copy, False)
    assert (count(work.path), count(outcome.before)) == (2, 4)
    assert verify(work).ok
    with work.reading() as connection:
        value = connection.execute("SELECT value FROM setting WHERE key = 'restored_from'").fetchone()[0]
        assert connection.execute("SELECT actor, action FROM history ORDER BY seq DESC").fetchone() == (
            "乙",
            "恢复备份",
        )
    assert copy.name in value
    assert head in value
    restore_workspace(work.path, outcome.before, "乙", QUIET)
    assert count(work.path) == 4


def test_an_open_connection_sees_the_restored_state(work):
    back_up_workspace(work.path, 3, QUIET)
    add_patches(work, 3, first=10)
    with work.reading() as connection:
        assert connection.execute("SELECT COUNT(*) FROM patch").fetchone() == (5,)
        restore_workspace(work.path, None, "乙", QUIET)
        assert connection.execute("SELECT COUNT(*) FROM patch").fetchone() == (2,)


def test_a_copy_changed_outside_is_refused(work):
    copy = back_up_workspace(work.path, 3, QUIET)
    add_patches(work, 3, first=10)
    with sqlite3.connect(copy) as connection:
        connection.execute("UPDATE batch SET name = '别的'")
    before = work.path.read_bytes()
    with pytest.raises(WeipianError, match="核对不通过.*没有恢复"):
        restore_workspace(work.path, copy, "乙", QUIET)
    assert work.path.read_bytes() == before
    assert backup.copies_of(work.path) == [copy]


def test_a_damaged_workspace_is_set_aside(work):
    copy = back_up_workspace(work.path, 3, QUIET)
    work.path.write_bytes(b"x" * 5000)
    outcome = restore_workspace(work.path, None, "乙", QUIET)
    assert (outcome.copy, outcome.was_damaged) == (copy, True)
    assert outcome.before.read_bytes() == b"x" * 5000
    assert count(work.path) == 2
    assert verify(work).ok


def test_a_workspace_in_use_is_left_alone(work, monkeypatch):
    back_up_workspace(work.path, 3, QUIET)
    add_patches(work, 1, first=10)
    monkeypatch.setattr("weipian_plugin.store.connection.LOCK_WAIT_SECONDS", 0.3)
    with work.writing("丙", "长时间写入"), pytest.raises(WeipianError, match="占用"):
        restore_workspace(work.path, None, "乙", QUIET)
    assert count(work.path) == 3


def test_refusals(work, tmp_path):
    with pytest.raises(WeipianError, match="没有备份"):
        restore_workspace(work.path, None, "乙", QUIET)
    with pytest.raises(WeipianError, match="同一个文件"):
        restore_workspace(work.path, work.path, "乙", QUIET)
    with pytest.raises(WeipianError, match="至少要保留1份"):
        back_up_workspace(work.path, 0, QUIET)
    with pytest.raises(WeipianError, match="找不到"):
        restore_workspace(work.path, tmp_path / "没有.gpkg", "乙", QUIET)


def test_a_failed_step_forgets_its_copy_and_no_older_one(work):
    kept = [backup.back_up(work.path, 2) for _ in range(2)]
    with pytest.raises(WeipianError), backup.backed_up(work.path, 2):
        raise WeipianError("示例")
    assert backup.copies_of(work.path) == kept[::-1]
    with backup.backed_up(work.path, 2) as copy:
        add_patches(work, 1, first=10)
    assert backup.copies_of(work.path) == [copy, kept[1]]
    assert count(copy) == 2
