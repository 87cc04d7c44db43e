"""A workbook appears whole or not at all."""

from __future__ import annotations

import errno

import pytest

from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.exchange.saving import replacing


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_new_file_takes_the_place_of_the_old(tmp_path):
    path = tmp_path / "台账（1548个）.xlsx"
    path.write_text("old")
    with replacing(path) as temporary:
        assert temporary.parent == tmp_path
        temporary.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert names(tmp_path) == [path.name]


@pytest.mark.parametrize("error", [Cancelled(), ValueError("x")])
def test_failed_block_keeps_the_old_file(tmp_path, error):
    path = tmp_path / "a.xlsx"
    path.write_text("old")
    with pytest.raises(type(error)), replacing(path) as temporary:
        temporary.write_text("half")
        raise error
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.xlsx"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EACCES, "in use"), "Excel 或 WPS 打开"),
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘空间"),
    ],
)
def test_refusals_of_the_system_become_one_sentence(tmp_path, error, words):
    path = tmp_path / "a.xlsx"
    path.write_text("old")
    with pytest.raises(WeipianError, match=words), replacing(path) as temporary:
        temporary.write_text("half")
        raise error
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.xlsx"]


def test_target_opened_meanwhile_is_told(tmp_path):
    """What Windows does when Excel holds the target: moving fails, here because a folder took its place."""
    path = tmp_path / "a.xlsx"
    with pytest.raises(WeipianError), replacing(path) as temporary:
        temporary.write_text("new")
        (path / "x").mkdir(parents=True)
    assert names(tmp_path) == ["a.xlsx"]


@pytest.mark.parametrize("lock", ["~$台账.xlsx", ".~台账.xlsx", ".~lock.台账.xlsx#"])
def test_a_target_open_elsewhere_is_told_before_any_work_and_after_it(tmp_path, lock):
    path = tmp_path / "台账.xlsx"
    path.write_text("old")
    (tmp_path / lock).write_bytes(b"\x02\xbc\xd7")
    with pytest.raises(WeipianError, match="正被 Excel、WPS 或 LibreOffice 打开") as told, replacing(path):
        pytest.fail("the block must not run")
    assert str(told.value).count("。") == 1
    (tmp_path / lock).unlink()
    with pytest.raises(WeipianError, match="打开"), replacing(path) as temporary:
        temporary.write_text("new")
        (tmp_path / lock).touch()
    assert path.read_text() == "old"
    assert names(tmp_path) == sorted([lock, "台账.xlsx"])


def test_a_lock_that_was_left_behind_does_not_stop_a_new_file(tmp_path):
    (tmp_path / "~$台账.xlsx").touch()
    with replacing(tmp_path / "台账.xlsx") as temporary:
        temporary.write_text("new")
    assert (tmp_path / "台账.xlsx").read_text() == "new"


def test_windows_refuses_to_replace_an_open_file(tmp_path, monkeypatch):
    """As Windows does it: the target can be opened when the work begins, and not be replaced at its end."""
    path = tmp_path / "a.xlsx"
    path.write_text("old")

    def refuse(self, target):
        raise PermissionError(errno.EACCES, "The process cannot access the file", str(target))

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    with pytest.raises(WeipianError, match="可能正被 Excel 或 WPS 打开"), replacing(path) as temporary:
        temporary.write_text("new")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.xlsx"]


@pytest.mark.parametrize("name", ["a.xls", "a", "a.csv", "没有/a.xlsx"])
def test_wrong_targets_are_told_before_any_work(tmp_path, name):
    with pytest.raises(WeipianError), replacing(tmp_path / name):
        pytest.fail("the block must not run")
    assert names(tmp_path) == []


def test_capital_extension_is_fine(tmp_path):
    with replacing(tmp_path / "A.XLSX") as temporary:
        temporary.write_text("new")
    assert names(tmp_path) == ["A.XLSX"]
