"""Killed in the middle, and several writers at once: all of a step or nothing, and the chain stays sound."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import time
from contextlib import closing

import numpy as np
import pytest
from store_samples import add_batch, as_plain_user, edition_of, forked, layer_frame, patch_frame

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.roles import Role
from weipian_plugin.store import batches, history, overlays, patches
from weipian_plugin.store.connection import connect
from weipian_plugin.store.library import Library
from weipian_plugin.store.workspace import Workspace

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")


def assert_sound(path):
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def assert_whole_batches(workspace, size):
    """Check that every batch is there with all its patches, R-tree entries and history, or not at all."""
    with workspace.reading() as connection:
        verdict = history.verify(connection)
        counts = [
            connection.execute(statement).fetchone()[0]
            for statement in (
                "SELECT COUNT(*) FROM batch",
                "SELECT COUNT(*) FROM patch",
                "SELECT COUNT(*) FROM rtree_patch_geom",
                "SELECT COUNT(*) FROM history WHERE table_name = 'patch'",
            )
        ]
        assert connection.execute("SELECT rtreecheck('rtree_patch_geom')").fetchone() == ("ok",)
    assert verdict.ok
    assert counts[1:] == [counts[0] * size] * 3
    return counts[0]


def test_killed_at_random_moments(workspace):
    """Kill a program that imports batch after batch; what is there afterwards is whole."""
    size, found = 400, 1
    frames = [patch_frame(size, first=number * size) for number in range(200)]

    def import_on_and_on():
        for frame in frames[assert_whole_batches(workspace, size) :]:
            add_batch(workspace, frame)

    began = time.monotonic()
    add_batch(workspace, frames[0])
    one_batch = time.monotonic() - began
    chance = random.Random(2021)
    for longest in range(3, 15):
        child = forked(import_on_and_on)
        # Measured, because it depends on the machine; ever longer, because that does other things meanwhile.
        time.sleep(chance.uniform(0.2, longest) * one_batch)
        child.kill()
        assert_sound(workspace.path)
        now = assert_whole_batches(Workspace.open(workspace.path), size)
        assert now >= found
        found = now
    assert found > 1
    add_batch(workspace, patch_frame(1, first=900_000))
    assert not list(workspace.path.parent.glob("*.writing.json"))


def spilling_writer(workspace, frame):
    """Write so much with so little cache that the file itself is changed before the commit; then hang."""
    with workspace.writing("甲", "导入图斑") as change:
        change.connection.execute("PRAGMA cache_size = 5")
        batches.add(change, {name: "" for name in batches.GIVEN}, frame, [])
        history.append(change.connection, change.at, "甲", "导入图斑", change.entries)
        os.kill(os.getpid(), 9)


def test_a_journal_left_behind_is_rolled_back_by_a_reader(workspace):
    add_batch(workspace, patch_frame(3))
    before = workspace.path.read_bytes()
    forked(lambda: spilling_writer(workspace, patch_frame(2000, first=100))).wait()
    journal = workspace.path.with_name(workspace.path.name + "-journal")
    assert journal.stat().st_size > 0
    assert workspace.path.read_bytes() != before
    assert len(patches.read(Workspace.open(workspace.path))) == 3
    assert workspace.path.read_bytes() == before
    assert not journal.exists()


def test_a_journal_in_a_read_only_folder_is_not_read_over(workspace, open_folder):
    forked(lambda: spilling_writer(workspace, patch_frame(2000))).wait()
    for suffix in ("", "-journal"):
        copy = open_folder / f"a.gpkg{suffix}"
        shutil.copy(f"{workspace.path}{suffix}", copy)
        copy.chmod(0o444)
    open_folder.chmod(0o555)
    refused = as_plain_user(lambda: Workspace.open(open_folder / "a.gpkg"))
    assert isinstance(refused, WeipianError)


def test_a_killed_base_import_keeps_the_earlier_layer(library):
    library.replace_layer(edition_of(Role.LAND_CLASS, "旧"), layer_frame(50))
    frame = layer_frame(40_000)
    for delay in (0.1, 0.3, 0.5):
        child = forked(lambda: library.replace_layer(edition_of(Role.LAND_CLASS, "新"), frame))
        time.sleep(delay)
        child.kill()
        again = Library.open(library.path)
        edition = again.editions()[Role.LAND_CLASS]
        found = again.near(Role.LAND_CLASS, np.array([[0, 0, 180, 90.0]]))
        assert (edition.edition, edition.feature_count, len(found.wkb)) in [
            ("旧", 50, 50),
            ("新", 40_000, 40_000),
        ]
        assert_sound(library.path)


def test_a_killed_creation_leaves_no_workspace(place):
    chance = random.Random(1)
    for _ in range(6):
        child = forked(lambda: Workspace.create(place / "新.gpkg", 2021, "a.yaml", "x" * 10**6, "甲"))
        time.sleep(chance.uniform(0.0, 0.03))
        child.kill()
        if (place / "新.gpkg").exists():
            assert Workspace.open(place / "新.gpkg").plan().text == "x" * 10**6
            break
    else:
        Workspace.create(place / "新.gpkg", 2021, "a.yaml", "", "甲")


def test_two_writers_at_once_lose_nothing(workspace):
    add_batch(workspace, patch_frame(1))
    rounds = 40

    def count_up(name):
        for turn in range(rounds):
            with workspace.writing(name, "试") as change:
                (value,) = change.connection.execute(
                    "SELECT value FROM setting WHERE key = 'created_at'"
                ).fetchone()
                value = int(value) if value.isdecimal() else 0
                change.connection.execute(
                    "UPDATE setting SET value = ? WHERE key = 'created_at'", (str(value + 1),)
                )
                change.record("setting", f"{name}-{turn}", value, value + 1)

    children = [forked(lambda name=name: count_up(name)) for name in ("甲", "乙", "丙")]
    assert [child.result() for child in children] == [None] * 3
    with workspace.reading() as connection:
        assert connection.execute("SELECT value FROM setting WHERE key = 'created_at'").fetchone() == (
            str(3 * rounds),
        )
        assert history.verify(connection) == history.Verdict(
            True, 2 + 2 + 3 * rounds, None, history.head(connection)
        )


def test_readers_see_whole_steps_while_a_writer_works(workspace):
    size = 100
    child = forked(lambda: [add_batch(workspace, patch_frame(size, first=n * size)) for n in range(20)])
    seen = set()
    while os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        seen.add(len(patches.read(workspace, with_geometry=False)))
    assert child.result() == list(range(1, 21))
    assert all(count % size == 0 for count in seen)


def test_overlay_results_of_a_killed_run_are_absent(workspace):
    add_batch(workspace, patch_frame(1))
    areas = overlays.read_areas(workspace)

    def run():
        with workspace.writing("甲", "套合分析") as change:
            change.connection.execute("PRAGMA cache_size = 5")
            change.connection.execute(
                "INSERT INTO overlay_hit (patch_no, role, source_fid, area_m2, share)"
                " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
                " SELECT '500156SJBG21000001', 'river', i, 1, 1 FROM n"
            )
            os.kill(os.getpid(), 9)

    forked(run).wait()
    assert overlays.read_hits(workspace).empty
    assert overlays.read_areas(workspace).equals(areas)
    with closing(connect(workspace.path)) as connection:
        assert history.verify(connection).ok
