"""Files that are locked, read-only, in WAL mode, full, left half-written or oddly named."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import subprocess
import threading
from contextlib import closing, contextmanager

import pytest
from store_samples import add_batch, as_plain_user, forked, patch_frame

from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.store import connection as connections
from weipian_plugin.store import holder, patches
from weipian_plugin.store.workspace import Workspace

posix_only = pytest.mark.skipif(os.name != "posix", reason="needs fork and POSIX permissions")


@pytest.fixture
def short_wait(monkeypatch):
    monkeypatch.setattr(connections, "LOCK_WAIT_SECONDS", 0.3)


@contextmanager
def locked(path):
    """Hold the write lock as another program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def write_something(workspace, progress=None):
    with workspace.writing("甲", "试", progress) as change:
        patches.set_duty_states(change, {})
        change.record("setting", "x", None, 1)


@pytest.mark.parametrize(
    "name", ["a%20b.gpkg", "问?号.gpkg", "井#号.gpkg", "引'号.gpkg", "空 格（全角）.gpkg"]
)
def test_any_file_name_will_do(tmp_path, name):
    workspace = Workspace.create(tmp_path / name, 2021, "a.yaml", "", "甲")
    add_batch(workspace, patch_frame(1))
    assert len(patches.read(Workspace.open(tmp_path / name))) == 1
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_lock_of_an_unknown_program_is_told_as_qgis(workspace, short_wait):
    before = workspace.path.read_bytes()
    with locked(workspace.path), pytest.raises(WeipianError, match="可能有人在 QGIS 里直接编辑它") as caught:
        write_something(workspace)
    assert "本次没有改动" in str(caught.value)
    assert workspace.path.read_bytes() == before


def test_the_writer_is_named_while_it_writes(workspace, short_wait):
    with workspace.writing("王科长", "导入图斑"):
        note = json.loads(holder.sidecar_of(workspace.path).read_text(encoding="utf-8"))
        assert (note["actor"], note["action"], note["pid"]) == ("王科长", "导入图斑", os.getpid())
        with pytest.raises(WeipianError, match=f"王科长.*在电脑 {platform.node()} 上进行“导入图斑”"):
            write_something(workspace)
    assert not holder.sidecar_of(workspace.path).exists()
    write_something(workspace)


def test_the_losing_writer_leaves_the_winners_note(workspace, short_wait):
    with workspace.writing("甲", "长活"):
        with pytest.raises(WeipianError):
            write_something(workspace)
        assert holder.sidecar_of(workspace.path).exists()


@posix_only
def test_a_note_left_by_a_killed_program_is_no_holder(workspace, short_wait):
    child = forked(lambda: None)
    child.result()
    gone = child.pid
    note = {
        "user": "u",
        "host": platform.node(),
        "pid": gone,
        "actor": "甲",
        "action": "导入",
        "since": "昨天",
    }
    holder.sidecar_of(workspace.path).write_text(json.dumps(note), encoding="utf-8")
    assert holder.describe(workspace.path) == holder.UNKNOWN_HOLDER
    write_something(workspace)
    assert not holder.sidecar_of(workspace.path).exists()


def test_a_note_from_another_computer_is_believed(workspace):
    note = {"user": "u", "host": "服务器", "pid": 1, "actor": "甲", "action": "导入", "since": "09:00"}
    holder.sidecar_of(workspace.path).write_text(json.dumps(note), encoding="utf-8")
    assert holder.describe(workspace.path) == "甲（u）自 09:00 起在电脑 服务器 上进行“导入”"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"user": 1}', "\ud800"])
def test_a_damaged_note_is_no_holder(workspace, text):
    holder.sidecar_of(workspace.path).write_bytes(text.encode("utf-8", "surrogatepass"))
    assert holder.describe(workspace.path) == holder.UNKNOWN_HOLDER


class Listener(Progress):
    def __init__(self, stop=False):
        self.texts, self.stop = [], stop

    def is_cancelled(self):
        return self.stop and bool(self.texts)

    def _show(self, fraction, text):
        self.texts.append(text)


def test_a_write_waits_for_the_lock_and_says_so(workspace):
    listener = Listener()
    release, held = threading.Event(), threading.Event()

    def hold():
        with locked(workspace.path) as other:
            held.set()
            release.wait(5)
            other.execute("ROLLBACK")

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(5)
    threading.Timer(0.6, release.set).start()
    write_something(workspace, listener)
    thread.join()
    assert listener.texts[0].startswith("正在等待：可能有人在 QGIS 里")


def test_waiting_can_be_cancelled(workspace):
    with locked(workspace.path), pytest.raises(Cancelled):
        write_something(workspace, Listener(stop=True))


def test_a_full_disk_keeps_what_was_there(workspace):
    add_batch(workspace, patch_frame(3))
    before = workspace.path.read_bytes()
    with pytest.raises(WeipianError, match="磁盘已满"), workspace.writing("甲", "试") as change:
        change.connection.execute("PRAGMA max_page_count = 1")
        change.connection.execute("INSERT INTO setting (key, value) VALUES ('大', ?)", ("x" * 10**6,))
    assert workspace.path.read_bytes() == before


@posix_only
def test_a_really_full_disk(tmp_path):
    disk = tmp_path / "小盘"
    disk.mkdir()
    if (
        os.geteuid() != 0
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], check=False).returncode
    ):
        pytest.skip("may not mount a small disk here")
    try:
        workspace = Workspace.create(disk / "a.gpkg", 2021, "a.yaml", "", "甲")
        with pytest.raises(WeipianError, match="磁盘已满"):
            add_batch(workspace, patch_frame(2000))
        assert len(patches.read(workspace)) == 0
        with pytest.raises(WeipianError, match="磁盘已满|空间"):
            Workspace.create(disk / "b.gpkg", 2021, "a.yaml", "x" * 2_000_000, "甲")
        assert [file.name for file in disk.iterdir()] == ["a.gpkg"]
    finally:
        subprocess.run(["umount", disk], check=True)


@posix_only
@pytest.mark.parametrize("wal", [False, True])
def test_reading_from_a_read_only_folder(open_folder, wal):
    workspace = Workspace.create(open_folder / "只读.gpkg", 2021, "a.yaml", "", "甲")
    add_batch(workspace, patch_frame(3))
    if wal:
        with closing(sqlite3.connect(workspace.path)) as other:
            assert other.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    workspace.path.chmod(0o444)
    open_folder.chmod(0o555)
    path = workspace.path
    assert as_plain_user(lambda: len(patches.read(Workspace.open(path)))) == 3
    refused = as_plain_user(lambda: write_something(Workspace.open(path)))
    assert isinstance(refused, WeipianError)
    assert "只读" in str(refused) or "无法打开" in str(refused)
    assert [file.name for file in open_folder.iterdir()] == ["只读.gpkg"]


@posix_only
def test_creating_in_a_read_only_folder(open_folder):
    open_folder.chmod(0o555)
    refused = as_plain_user(lambda: Workspace.create(open_folder / "新.gpkg", 2021, "a.yaml", "", "甲"))
    assert isinstance(refused, WeipianError)
    assert "新.gpkg" in str(refused)
    assert list(open_folder.iterdir()) == []


@posix_only
def test_a_file_one_may_not_read(open_folder):
    workspace = Workspace.create(open_folder / "密.gpkg", 2021, "a.yaml", "", "甲")
    workspace.path.chmod(0o000)
    path = workspace.path
    refused = as_plain_user(lambda: Workspace.open(path))
    assert isinstance(refused, WeipianError)
    assert "无法读取工作库" in str(refused)


def test_a_file_in_wal_mode_is_read_and_written(workspace):
    with closing(sqlite3.connect(workspace.path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("UPDATE setting SET value = '2031' WHERE key = 'year'")
        other.commit()
        assert Workspace.open(workspace.path).year == 2031  # what only the WAL holds is seen
        add_batch(workspace, patch_frame(3))
        assert len(patches.read(workspace)) == 3
    assert len(patches.read(workspace)) == 3


def test_a_truncated_file_is_said(workspace):
    add_batch(workspace, patch_frame(500))
    workspace.path.write_bytes(workspace.path.read_bytes()[:20000])
    with pytest.raises(WeipianError, match="损坏|不是"):
        patches.read(Workspace.open(workspace.path))
