"""Copies before imports, and going back to one."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing

import pytest
from casework_samples import QUIET, add_patches, halving, number_of, workspace_with
from feedback_samples import Returned, feed, reported_workspace, state
from older_files import workspace_of

from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import backup, files, holder, patches
from weipian_plugin.store.library import Library
from weipian_plugin.store.verification import verify
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow import backup as use_case
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


class Listener(Progress):
    """Hears what is said, and cancels as soon as a text or a fraction says so."""

    def __init__(self, stop=lambda fraction, text: False):
        self.said, self.stop, self.stopped = [], stop, False

    def is_cancelled(self):
        return self.stopped

    def _show(self, fraction, text):
        self.said.append(text)
        self.stopped = self.stopped or self.stop(fraction, text)


def locked_for(path, seconds):
    """Hold the file so that it cannot even be read, as a program does while it commits."""
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    timer = threading.Timer(seconds, other.close)
    timer.start()
    return timer


def test_waiting_for_a_writer_is_said(work):
    back_up_workspace(work.path, 3, QUIET)
    ear = Listener()
    other = sqlite3.connect(work.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.8, other.close)
    timer.start()
    restore_workspace(work.path, None, "乙", ear)
    timer.join()
    assert f"正在等待：{holder.UNKNOWN_HOLDER}" in ear.said


def test_a_file_that_cannot_be_read_now_is_not_taken_for_damaged(work, monkeypatch):
    back_up_workspace(work.path, 3, QUIET)
    before = work.path.read_bytes()
    monkeypatch.setattr("weipian_plugin.store.connection.LOCK_WAIT_SECONDS", 0.2)
    timer = locked_for(work.path, 2)
    with pytest.raises(WeipianError, match="占用"):
        restore_workspace(work.path, None, "乙", QUIET)
    timer.join()
    assert work.path.read_bytes() == before
    assert len(backup.copies_of(work.path)) == 1


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_what_somebody_writes_meanwhile_is_never_lost(work, monkeypatch, mode):
    copy = back_up_workspace(work.path, 3, QUIET)
    really = use_case.overwrite

    def late(*given):
        add_patches(work, 1, first=10)
        really(*given)

    monkeypatch.setattr(use_case, "overwrite", late)
    with closing(sqlite3.connect(work.path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("SELECT * FROM setting").fetchall()
        with pytest.raises(WeipianError, match="刚被别人改动，没有恢复"):
            restore_workspace(work.path, None, "乙", QUIET)
        assert count(work.path) == 3
        assert verify(work).ok
        assert backup.copies_of(work.path) == [copy]
        monkeypatch.undo()
        outcome = restore_workspace(work.path, None, "乙", QUIET)
        assert (count(work.path), count(outcome.before)) == (2, 3)
        assert connection.execute("PRAGMA journal_mode").fetchone() == (mode.lower(),)


def test_cancelled_half_way_leaves_everything(work):
    add_patches(work, 1500, first=10)
    copy = back_up_workspace(work.path, 3, QUIET)
    add_patches(work, 1, first=5000)
    before = work.path.read_bytes()
    halfway = Listener(lambda fraction, text: text == "恢复备份")  # heard while pages are copied
    with pytest.raises(Cancelled):
        restore_workspace(work.path, None, "乙", halfway)
    assert work.path.read_bytes() == before
    assert backup.copies_of(work.path) == [copy]
    assert sorted(file.name for file in work.path.parent.iterdir() if file.is_file()) == [work.path.name]


def test_a_copy_of_another_workspace_is_refused(work, tmp_path):
    (tmp_path / "别的").mkdir()
    other = workspace_with(tmp_path / "别的", 1)
    with other.writing("甲", "试") as change:
        files.write_settings(change.connection, {"created_at": "2020-01-01T00:00:00+08:00"})
    before = work.path.read_bytes()
    with pytest.raises(WeipianError, match="不是这个工作库的备份（它是2021年的另一个工作库）"):
        restore_workspace(work.path, other.path, "乙", QUIET)
    assert work.path.read_bytes() == before


def test_a_file_of_another_kind_is_never_replaced(work, tmp_path):
    copy = back_up_workspace(work.path, 3, QUIET)
    Library.create(tmp_path / "底图库.gpkg")
    (tmp_path / "台账.xlsx").write_text("台账")
    with closing(sqlite3.connect(work.path)) as connection:
        connection.execute("UPDATE setting SET value = '99' WHERE key = 'schema_version'")
        connection.commit()
    contents = {file: file.read_bytes() for file in tmp_path.glob("*.*")}
    for name, why in (
        ("底图库.gpkg", "是底图库，这里需要的是工作库"),
        ("台账.xlsx", "应以 .gpkg 结尾"),
        (work.path.name, "由更新版本的插件建立"),
    ):
        with pytest.raises(WeipianError, match=why):
            restore_workspace(tmp_path / name, copy, "乙", QUIET)
    assert {file: file.read_bytes() for file in tmp_path.glob("*.*")} == contents


def test_a_workspace_that_is_gone_comes_back(work):
    copy = back_up_workspace(work.path, 3, QUIET)
    work.path.unlink()
    outcome = restore_workspace(work.path, None, "乙", QUIET)
    assert (outcome.copy, outcome.before, outcome.was_damaged) == (copy, None, False)
    assert count(work.path) == 2
    assert verify(work).ok


def test_a_copy_from_before_an_upgrade_is_restored_and_upgraded(tmp_path):
    path = workspace_of(1, tmp_path / "老工作库.gpkg")
    work = Workspace.open(path)
    (copy,) = backup.copies_of(path)
    content = copy.read_bytes()
    add_patches(work, 2, first=10)
    outcome = restore_workspace(path, copy, "乙", QUIET)
    assert (count(path), count(outcome.before)) == (7, 9)
    assert copy.read_bytes() == content
    assert verify(Workspace.open(path)).ok
    with work.reading() as connection:
        actions = connection.execute("SELECT DISTINCT action FROM history ORDER BY seq").fetchall()
    assert [row[0] for row in actions][-2:] == ["升级工作库结构", "恢复备份"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["老工作库.gpkg", "老工作库_备份"]


def test_a_damaged_copy_is_refused(work, tmp_path):
    add_patches(work, 300, first=10)
    copy = back_up_workspace(work.path, 3, QUIET)
    spoilt = bytearray(copy.read_bytes())
    spoilt[len(spoilt) // 2 :] = b"x" * (len(spoilt) - len(spoilt) // 2)
    copy.write_bytes(spoilt)
    before = work.path.read_bytes()
    with pytest.raises(WeipianError, match="备份“.*”(已损坏|核对不通过).*没有恢复"):
        restore_workspace(work.path, None, "乙", QUIET)
    assert work.path.read_bytes() == before


def test_refusals(work, tmp_path):
    with pytest.raises(WeipianError, match="没有备份"):
        restore_workspace(work.path, None, "乙", QUIET)
    with pytest.raises(WeipianError, match="同一个文件"):
        restore_workspace(work.path, work.path, "乙", QUIET)
    with pytest.raises(WeipianError, match="至少要保留1份"):
        back_up_workspace(work.path, 0, QUIET)
    with pytest.raises(WeipianError, match="找不到"):
        restore_workspace(work.path, tmp_path / "没有.gpkg", "乙", QUIET)


def test_a_copy_is_kept_before_feedback_is_merged(tmp_path):
    work = reported_workspace(tmp_path)
    before = state(work)
    book = Returned(work).put(1, "reason", "需补充实地照片").save(tmp_path / "反馈.xlsx")
    feed(work, book, apply=False)
    assert backup.copies_of(work.path) == []
    feed(work, book)
    (copy,) = backup.copies_of(work.path)
    assert state(Workspace.open(copy)) == before != state(work)
    feed(work, book)
    assert backup.copies_of(work.path) == [copy]  # nothing new, nothing written


def test_a_failed_step_forgets_its_copy_and_no_older_one(work):
    kept = [backup.back_up(work.path, 2) for _ in range(2)]
    with pytest.raises(WeipianError), backup.backed_up(work.path, 2):
        raise WeipianError("示例")
    assert backup.copies_of(work.path) == kept[::-1]
    with backup.backed_up(work.path, 2) as copy:
        add_patches(work, 1, first=10)
    assert backup.copies_of(work.path) == [copy, kept[1]]
    assert count(copy) == 2
