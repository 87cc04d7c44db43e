"""Files that older plug-ins really made: opened whole with all they hold, or left as they were."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing

import numpy as np
import pytest
from killing import kill_at, moments
from older_files import FIRST, OLDER, SECOND, SPLIT, THIRD, content_of, library_of, workspace_of
from small_disk import fill_up, small_disk
from store_samples import as_plain_user

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.store import backup, determinations, duties, notes, patches
from weipian_plugin.store.library import Library
from weipian_plugin.store.schema_check import reference, schema_problems
from weipian_plugin.store.schema_steps import LATEST, STEPS
from weipian_plugin.store.verification import verify
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.run_overlay import run_overlay

posix_only = pytest.mark.skipif(os.name != "posix", reason="needs fork, strace and POSIX permissions")
EVERYTHING = np.array([[0.0, 0.0, 180.0, 90.0]])
GROWING = {"setting", "history", "stage_transition", "gpkg_contents", "gpkg_ogr_contents", "sqlite_sequence"}
"""Tables to which the steps add rows, or change some."""
KEPT_SETTINGS = {"year", "created_at", "format", "review_by_another"}


@pytest.fixture(params=OLDER)
def old(place, request):
    return workspace_of(request.param, place / "老工作库.gpkg")


def commits_of(path):
    """Return SQLite's count of the transactions that changed the file."""
    return int.from_bytes(path.read_bytes()[24:28], "big")


def test_there_is_one_of_every_structure():
    assert list(OLDER) == [step.version - 1 for step in STEPS]


def test_all_that_it_held_is_there(old):
    before, commits = content_of(old), commits_of(old)
    work = Workspace.open(old)
    after = content_of(old)
    for table in before.keys() - GROWING:
        columns = before[table][0].keys() if before[table] else ()
        kept = [{name: row[name] for name in columns} for row in after[table]]
        assert kept == before[table], table
    assert after["history"][: len(before["history"])] == before["history"]
    assert all(row in after["stage_transition"] for row in before["stage_transition"])
    settings = [{row["key"]: row["value"] for row in content["setting"]} for content in (before, after)]
    assert [settings[1][key] for key in KEPT_SETTINGS] == [settings[0][key] for key in KEPT_SETTINGS]
    assert settings[1]["schema_version"] == str(LATEST.version)
    assert settings[1].keys() == settings[0].keys()
    assert commits_of(old) == commits + 1
    assert verify(work).ok


def test_its_structure_is_that_of_a_new_one(old):
    work = Workspace.open(old)
    with closing(reference()) as fresh, work.reading() as connection:
        assert list(schema_problems(connection, fresh)) == []
        assert list(schema_problems(fresh, connection)) == []


def test_it_is_read_as_what_the_clerks_recorded(old):
    work = Workspace.open(old)
    judged = determinations.read(work, latest_only=True)
    assert list(zip(judged["patch_no"], judged["result"], judged["category"], strict=True)) == [
        (FIRST, "违法", "未报即用"),
        (THIRD, "违法", "未报即用"),
    ]
    found = patches.read(work).set_index("patch_no")
    assert found.loc[[FIRST, SECOND, THIRD], "stage"].tolist() == ["已复核", "待核查", "已判定"]
    assert found.loc[[FIRST, SECOND], "town_name"].tolist() == ["西镇", "东乡"]
    pieces = [number for number in found.index if number.startswith(f"{SPLIT}_")]
    assert [found.loc[number, "parent_no"] for number in pieces] == [SPLIT] * 2
    assert ("督查", "区规划自然资源局", "确认") in {
        tuple(row)
        for row in duties.read(work).query("patch_no == @FIRST")[["duty", "unit", "status"]].to_numpy()
    }
    assert notes.read(work)[["patch_no", "text"]].to_numpy().tolist() == [[FIRST, "市级备注"]]


def test_the_copy_is_the_older_file(old):
    before = content_of(old)
    Workspace.open(old)
    (copy,) = backup.copies_of(old)
    assert content_of(copy) == before


@pytest.mark.parametrize("structure", [1, 6])
def test_an_older_library_is_read_and_overlaid(place, structure):
    path = library_of(structure, place / "底图库.gpkg")
    work = Workspace.open(workspace_of(1, place / "工作库.gpkg"))
    content, before = path.read_bytes(), content_of(work.path)
    library = Library.open(path)
    counts = {role: len(library.near(role, EVERYTHING).wkb) for role in library.editions()}
    assert counts == {Role.LAND_CLASS: 2, Role.REDLINE: 1, Role.TOWNSHIP: 2}
    run_overlay(work.path, path, "", "甲", Progress())
    after = content_of(work.path)
    assert shares(after) == pytest.approx(shares(before), rel=1e-12)
    assert path.read_bytes() == content


def shares(content):
    """Return the areas of those patches that are worked on, by patch, role and class."""
    return {
        (row["patch_no"], row["role"], row["class_code"]): row["area_m2"]
        for row in content["overlay_area"]
        if row["patch_no"] in (FIRST, SECOND, THIRD) and row["area_m2"] is not None
    }


@posix_only
def test_killed_at_any_write_it_is_the_old_one_or_the_new_one(place):
    """At every sync, rename and removal, and at some of the page writes between them."""
    old, log = workspace_of(1, place / "老工作库.gpkg"), place / "记录"
    before = content_of(old)
    all_of_them = moments(lambda: Workspace.open(old), log)
    wholly = {table: len(rows) for table, rows in content_of(old).items()}
    writes = [moment for moment in all_of_them if moment[0] == "pwrite64"]
    chosen = [moment for moment in all_of_them if moment[0] != "pwrite64"] + writes[:: len(writes) // 5]
    assert {"fdatasync", "unlink", "rename"} <= {name for name, _ in chosen}
    ends = set()
    for moment in chosen:
        shutil.rmtree(backup.folder_of(old), ignore_errors=True)
        workspace_of(1, old)
        kill_at(lambda: Workspace.open(old), moment, log)
        found = content_of(old)
        is_new = {row["key"]: row["value"] for row in found["setting"]}["schema_version"] != "1"
        ends.add(is_new)
        if is_new:
            assert {table: len(rows) for table, rows in found.items()} == wholly, moment
            assert [content_of(copy) for copy in backup.copies_of(old)] == [before], moment
        else:
            assert found == before, moment
        assert verify(Workspace.open(old)).ok, moment
        assert content_of(backup.copies_of(old)[0]) == before, moment
    assert ends == {False, True}


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    with small_disk(tmp_path_factory.mktemp("小") / "盘", "4m") as mounted:
        yield mounted


@posix_only
@pytest.mark.parametrize("left", [0, 16 << 10, 200 << 10, 400 << 10, 1 << 20])
def test_a_disk_that_fills_during_the_copy_or_the_upgrade(disk, left):
    """The copy needs 356 KB, the journal and what the file grows by another 100."""
    old = workspace_of(1, disk / "老工作库.gpkg")
    content, filler = old.read_bytes(), fill_up(disk, left)
    try:
        if left == 1 << 20:
            assert Workspace.open(old).year == 2021
            return
        with pytest.raises(WeipianError, match="须先升级才能打开，没有升级成：.*磁盘(已满|空间不足).*。$"):
            Workspace.open(old)
        assert old.read_bytes() == content
        assert {file.name for file in disk.rglob("*")} == {old.name, filler.name}
    finally:
        for file in disk.iterdir():
            shutil.rmtree(file) if file.is_dir() else file.unlink()


@posix_only
def test_a_read_only_file_in_a_folder_where_one_may_write(open_folder):
    old = workspace_of(1, open_folder / "老工作库.gpkg")
    content = old.read_bytes()
    old.chmod(0o444)
    open_folder.chmod(0o777)
    refused = as_plain_user(lambda: Workspace.open(old))
    assert isinstance(refused, WeipianError)
    assert "由较早版本的插件建立，须先升级才能打开" in str(refused)
    assert "只读" in str(refused)
    assert old.read_bytes() == content
    assert [file.name for file in open_folder.iterdir()] == [old.name]


def test_while_another_program_writes(old, monkeypatch):
    monkeypatch.setattr("weipian_plugin.store.connection.LOCK_WAIT_SECONDS", 0.1)
    content = old.read_bytes()
    for lock in ("IMMEDIATE", "EXCLUSIVE"):
        with closing(sqlite3.connect(old, isolation_level=None)) as other:
            other.execute(f"BEGIN {lock}")
            with pytest.raises(WeipianError, match="占用.*请等对方完成或关闭后重试。$"):
                Workspace.open(old)
        assert old.read_bytes() == content
        assert [file.name for file in old.parent.iterdir()] == [old.name]


def test_while_another_program_reads(old, monkeypatch):
    """Who reads holds up the commit: the upgrade waits, gives up, and the file is as it was."""
    monkeypatch.setattr("weipian_plugin.store.connection.LOCK_WAIT_SECONDS", 0.1)
    content = old.read_bytes()
    with closing(sqlite3.connect(old, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM patch").fetchone()
        with pytest.raises(WeipianError, match="占用.*请等对方完成或关闭后重试。$"):
            Workspace.open(old)
    assert old.read_bytes() == content
    assert [file.name for file in old.parent.iterdir()] == [old.name]
    assert Workspace.open(old).year == 2021


def newer(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE setting SET value = '99' WHERE key = 'schema_version'")
        connection.execute("UPDATE setting SET value = '3.7.0' WHERE key = 'since_plugin'")
        connection.commit()
    return path


@pytest.mark.parametrize(
    ("make", "kind", "label"), [(workspace_of, Workspace, "工作库"), (library_of, Library, "底图库")]
)
def test_a_newer_file_names_the_plug_in_to_get(place, make, kind, label):
    path = newer(make(1, place / "新.gpkg"))
    content = path.read_bytes()
    with pytest.raises(WeipianError) as refused:
        kind.open(path)
    assert str(refused.value) == (
        f"{label}“{path}”由更新版本的插件建立，本插件不能打开，请升级到 3.7.0 或以上版本。"
    )
    assert path.read_bytes() == content
    assert [file.name for file in place.iterdir()] == [path.name]


DAMAGE = {
    "触发器“stage_event_never_updated”": "DROP TRIGGER stage_event_never_updated",
    "触发器“doubt_only_while_open”": "DROP TABLE doubt",
    "列“split_state”": "ALTER TABLE patch RENAME COLUMN split_state TO other",
}


@pytest.mark.parametrize("missing", DAMAGE)
def test_an_older_file_that_lacks_a_part_is_refused_in_chinese(place, missing):
    """So are the files of the days before 0.1.0, which had the number of that structure already."""
    old = workspace_of(1, place / "老工作库.gpkg")
    with closing(sqlite3.connect(old)) as connection:
        connection.execute(DAMAGE[missing])
        connection.commit()
    content = old.read_bytes()
    with pytest.raises(WeipianError, match=f"结构与本插件建立的不一致（缺少{missing}）.*请从备份恢复。$"):
        Workspace.open(old)
    assert old.read_bytes() == content
    assert [file.name for file in place.iterdir()] == [old.name]
