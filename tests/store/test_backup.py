"""Backups: whole, never over another file, kept by count."""

from __future__ import annotations

import errno
import os
import threading
import time

import pytest
from store_samples import add_batch, patch_frame

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import backup, history, patches
from weipian_plugin.store.files import reason_of
from weipian_plugin.store.workspace import Workspace


def test_a_copy_is_a_workspace_of_its_own(workspace, tmp_path):
    add_batch(workspace, patch_frame(3))
    backup.backup_to(workspace.path, tmp_path / "备份" / "一.gpkg")
    add_batch(workspace, patch_frame(3, first=10))
    copy = Workspace.open(tmp_path / "备份" / "一.gpkg")
    assert len(patches.read(copy)) == 3
    assert len(patches.read(workspace)) == 6


def test_an_existing_file_is_not_overwritten(workspace, tmp_path):
    target = tmp_path / "一.gpkg"
    target.write_text("别的")
    with pytest.raises(WeipianError, match="已经存在，不会覆盖"):
        backup.backup_to(workspace.path, target)
    assert target.read_text() == "别的"


def test_a_missing_source_and_a_bad_target_are_said(workspace, tmp_path):
    with pytest.raises(WeipianError, match="无法打开"):
        backup.backup_to(tmp_path / "没有.gpkg", tmp_path / "一.gpkg")
    (tmp_path / "文件").write_text("")
    with pytest.raises(WeipianError, match="无法写入备份"):
        backup.backup_to(workspace.path, tmp_path / "文件" / "一.gpkg")
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == ["文件"]


def test_the_latest_copies_are_kept(workspace):
    made = [backup.back_up(workspace.path, kept=3) for _ in range(5)]
    assert backup.copies_of(workspace.path) == made[:1:-1]
    assert Workspace.open(made[-1]).year == 2021


def test_what_a_person_put_beside_the_copies_stays(workspace):
    first = backup.back_up(workspace.path)
    kept = first.rename(first.with_name("工作库_年终上报前.gpkg"))
    made = [backup.back_up(workspace.path, kept=1) for _ in range(2)]
    assert kept.exists()
    assert backup.copies_of(workspace.path) == made[1:]


@pytest.mark.parametrize(
    ("code", "reason"),
    [(32, "正被别的程序占用"), (33, "正被别的程序占用"), (5, "没有权限"), (None, "没有权限")],
)
def test_windows_tells_a_file_in_use_by_a_number_of_its_own(code, reason):
    error = PermissionError(errno.EACCES, "Permission denied")
    if code is not None:
        error.winerror = code
    assert reason_of(error) == reason


def test_what_a_killed_copy_left_goes_after_a_day(workspace):
    folder = backup.back_up(workspace.path).parent
    old, fresh = folder / ".工作库.gpkg.123.part", folder / ".工作库.gpkg.124.part"
    for part, hours in ((old, 25), (fresh, 1)):
        part.write_bytes(b"x")
        os.utime(part, (time.time() - hours * 3600,) * 2)
    backup.back_up(workspace.path)
    assert (old.exists(), fresh.exists()) == (False, True)


def test_a_copy_made_while_others_write_is_whole(workspace, tmp_path):
    stop = threading.Event()

    def write_on():
        for turn in range(1000):
            if stop.is_set():
                return
            add_batch(workspace, patch_frame(50, first=turn * 50))

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        for number in range(5):
            target = tmp_path / f"{number}.gpkg"
            backup.backup_to(workspace.path, target)
            copy = Workspace.open(target)
            assert len(patches.read(copy)) % 50 == 0
            with copy.reading() as connection:
                assert history.verify(connection).ok
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        stop.set()
        writer.join()
