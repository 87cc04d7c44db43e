"""Odd paths, files of others, locks and full disks, for every algorithm."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path

import pyogrio
import pytest
from hostile_desk import GOOD
from hostile_places import give_to_nobody, immutable, locked, plain_user
from hostile_watch import assert_refused_in_one_sentence, leftovers, snapshot
from small_disk import fill_up, small_disk

from weipian_plugin.store import connection

LONGEST = 240
WRITES = {
    "importbase importpatches overlay assign importfeedback month decide setfacts adoptplan determine advance"
    " caseworksettings extend split unsplit rectify backup restore"
}
WRITES = set(" ".join(WRITES).split())
"""What changes the workspace or library, or writes beside it."""
SPACE_NOT_NEEDED = {"verify"}
each_algorithm = pytest.mark.parametrize("name", GOOD)


def long_place(hall: Path) -> Path:
    """Return a folder in which the longest path of a desk has 240 characters, in less than 500 bytes."""
    start, end = hall / "2021年 卫片（7月）[一批] 'q' \"d\" {x}", 1 + len("图层/nature_reserve.gpkg")
    while (missing := LONGEST - len(str(start)) - end - 1) > 0:
        start /= "长 folder" * 6 if missing > 50 else ("长-(a)" * missing)[:missing]
    return start


@each_algorithm
def test_long_paths_are_paths_like_others(desk, hall, name):
    place = long_place(hall)
    place.parent.mkdir(exist_ok=True, parents=True)
    here = desk.copy_to(place)
    try:
        done = here.run(name)
        assert done.ok, done.log
        assert not leftovers(snapshot(place))
    finally:
        shutil.rmtree(place)


def other_name(path: Path) -> Path:
    """Return the same file under a name with signs that other programs give a meaning."""
    renamed = path.with_name(f"{path.stem}|layername=甲 'x' \"y\" ;--{path.suffix}")
    for part in path.parent.glob(f"{path.stem}.*"):
        part.rename(renamed.with_suffix(part.suffix))
    return renamed


@each_algorithm
def test_odd_names_of_folders_and_files_are_names_like_others(desk, tmp_path, name):
    place = tmp_path / "a|layername=patch" / "100%20 #1?x=1&y=2;!z $(id) `id`"
    place.parent.mkdir()
    here = desk.copy_to(place)
    given: dict[str, str] = {}
    for parameter, value in GOOD[name].items():
        if isinstance(value, str) and value.startswith("@"):
            given[parameter] = str(other_name(here.file(value)))
        elif isinstance(value, str) and value.startswith(">"):
            place = here.file(value)
            given[parameter] = str(place.with_name(f"{place.stem}|layername=甲 'x' \"y\" ;--{place.suffix}"))
    done = here.run(name, **given)
    assert done.ok, done.log
    assert not leftovers(snapshot(tmp_path))


@each_algorithm
def test_links_are_followed_and_stay(desk, hall, tmp_path, name):
    here = desk.copy_to(tmp_path / "桌面")
    given: dict[str, str] = {}
    for parameter, value in GOOD[name].items():
        if isinstance(value, str) and value.startswith("@") and not value.endswith(".shp"):
            file = here.file(value)
            link = tmp_path / f"链接-{file.name}"
            link.symlink_to(file)
            given[parameter] = str(link)
    done = here.run(name, **given)
    assert done.ok, done.log
    assert not leftovers(snapshot(tmp_path))


@each_algorithm
def test_read_only_everywhere(desk, hall, name):
    here = desk.copy_to(hall / f"只读-{name}")
    give_to_nobody(here.folder, 0o444, 0o555)
    before = snapshot(here.folder)
    with plain_user():
        done = here.run(name)
    assert snapshot(here.folder) == before
    if name in SPACE_NOT_NEEDED:
        assert done.ok, done.log
    else:
        assert_refused_in_one_sentence(done, *here.values(name).values(), here.folder)


@each_algorithm
def test_read_only_but_for_the_outputs(desk, hall, name):
    here = desk.copy_to(hall / f"只读库-{name}")
    give_to_nobody(here.folder, 0o444, 0o555)
    here.out.chmod(0o755)
    before = snapshot(here.folder)
    with plain_user():
        done = here.run(name)
    after = snapshot(here.folder)
    if name in WRITES:
        assert after == before
        assert_refused_in_one_sentence(done, *here.values(name).values(), here.folder)
        return
    assert done.ok, done.log
    assert {path: after.get(path) for path in before} == before
    assert not leftovers(after)
    assert {Path(path).parent for path in after.keys() - before.keys()} <= {here.out, here.out / "清单"}


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        (name, parameter)
        for name, values in GOOD.items()
        for parameter, value in values.items()
        if str(value).startswith("@")
    ],
)
def test_a_file_that_may_not_be_read(desk, hall, name, parameter):
    secret = hall / "他人的"
    file = desk.file(str(GOOD[name][parameter]))
    shutil.copytree(file.parent, secret, ignore=lambda _, names: {n for n in names if n == "出"})
    give_to_nobody(secret, 0o644, 0o755)
    hidden = secret / file.name
    hidden.chmod(0)
    try:
        before = snapshot(desk.folder, secret)
        give_to_nobody(desk.folder, 0o644, 0o755)
        before = snapshot(desk.folder, secret)
        with plain_user():
            done = desk.run(name, **{parameter: str(hidden)})
        assert snapshot(desk.folder, secret) == before
        assert_refused_in_one_sentence(done, hidden)
    finally:
        shutil.rmtree(secret)


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        (name, parameter)
        for name, values in GOOD.items()
        for parameter, value in values.items()
        if str(value).startswith("@") and ".gpkg" in str(value)
    ],
)
def test_a_database_that_another_program_holds(desk, held, monkeypatch, name, parameter):
    monkeypatch.setattr(connection, "LOCK_WAIT_SECONDS", 0.05)
    value = str(GOOD[name][parameter])
    given = f"{held.file(value)}{''.join(value.partition('|')[1:])}"
    before = snapshot(desk.folder, held.folder)
    done = desk.run(name, **{parameter: given})
    assert snapshot(desk.folder, held.folder) == before
    assert_refused_in_one_sentence(done, given, held.file(value))


@pytest.fixture(scope="module")
def held(desk, hall):
    """Return a desk whose databases another process holds."""
    there = desk.copy_to(hall / "被占用")
    pyogrio.set_gdal_config_options({"SQLITE_BUSY_TIMEOUT": 50})
    with locked(*there.folder.glob("*.gpkg"), *there.folder.glob("图层/*.gpkg")):
        yield there
    pyogrio.set_gdal_config_options({"SQLITE_BUSY_TIMEOUT": None})


@pytest.fixture(scope="module")
def disk(hall):
    with small_disk(hall / "小磁盘", "24m") as mounted:
        yield mounted


@pytest.mark.parametrize("left", [0, 24 << 10, 400 << 10], ids=["full", "24k", "400k"])
@each_algorithm
def test_a_disk_that_is_full_or_fills_while_writing(desk, disk, monkeypatch, name, left):
    here = desk.copy_to(disk / "桌面")
    filler = fill_up(disk, left)
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    before = snapshot(here.folder)
    try:
        done = here.run(name)
        after = snapshot(here.folder)
        if done.ok:
            assert left or name in SPACE_NOT_NEEDED, "done without any space"
            assert not leftovers(after)
        else:
            assert_refused_in_one_sentence(done, *here.values(name).values(), here.folder)
            sent = here.out / "清单"
            told = "已写好的 0" not in done.errors[0] and "已写好的" in done.errors[0]
            kept = {path for path in after if told and Path(path).is_relative_to(sent)}
            assert {path: state for path, state in after.items() if path not in kept} == before
            assert all(zipfile.is_zipfile(path) for path in kept if path.endswith(".xlsx"))
        assert {path.name for path in disk.iterdir()} == {here.folder.name, filler.name}
    finally:
        for path in disk.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        (name, parameter)
        for name, values in GOOD.items()
        for parameter, value in values.items()
        if str(value).startswith(">") and "." in str(value)
    ],
)
def test_an_output_that_nobody_may_replace(desk, name, parameter):
    target = desk.file(str(GOOD[name][parameter]))
    target.write_bytes(b"old")
    try:
        with immutable(target):
            before = snapshot(desk.folder)
            done = desk.run(name)
            assert snapshot(desk.folder) == before
        assert_refused_in_one_sentence(done, target)
    finally:
        target.unlink()
