"""Places that no output can be written to, and outputs that would overwrite what is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_desk import GOOD
from hostile_watch import assert_refused_in_one_sentence, leftovers, snapshot

WRITTEN = [
    (name, parameter, str(value))
    for name, values in GOOD.items()
    for parameter, value in values.items()
    if str(value).startswith(">")
]
FILES = [(name, parameter, value) for name, parameter, value in WRITTEN if "." in value]
BAD_PLACES = {
    "missing-folder": "{out}/没有/深处/{name}",
    "folder": "{folder}/下发",
    "below-a-file": "{folder}/方案.yaml/{name}",
    "too-long": "{out}/{long}{suffix}",
    "proc": "/proc/{name}",
    "line-break": "{out}/a\nb{suffix}",
    "nul": "{out}/a\0b{suffix}",
    "pipe": "{pipe}",
}
OVERWRITING = ["工作库.gpkg", "底图库.gpkg", "方案.yaml", "下发/八月.shp", "判定表.xlsx", "通报.txt"]


@pytest.mark.parametrize("place", BAD_PLACES)
@pytest.mark.parametrize(("name", "parameter", "good"), FILES)
def test_a_place_that_cannot_be_written(desk, hall, name, parameter, good, place):
    import os

    pipe = hall / f"管道{Path(good).suffix}"
    if not pipe.exists():
        os.mkfifo(pipe)
    names = {"out": desk.out, "folder": desk.folder, "name": good[1:], "suffix": Path(good).suffix}
    bad = BAD_PLACES[place].format(**names, long="很长" * 100, pipe=pipe)
    before = snapshot(hall)
    done = desk.run(name, **{parameter: bad})
    assert snapshot(hall) == before
    assert_refused_in_one_sentence(done, bad, Path(bad).parent, Path(bad).name)


@pytest.mark.parametrize("target", OVERWRITING)
@pytest.mark.parametrize(("name", "parameter", "good"), FILES)
def test_what_is_read_is_never_overwritten(desk, hall, name, parameter, good, target):
    bad = desk.folder / target
    if bad.suffix == Path(good).suffix == ".xlsx":
        return  # an older workbook may be replaced
    before = snapshot(hall)
    done = desk.run(name, **{parameter: str(bad)})
    assert snapshot(hall) == before
    assert_refused_in_one_sentence(done, bad)


@pytest.mark.parametrize(("name", "parameter", "good"), FILES)
def test_a_link_as_target_does_not_lead_elsewhere(desk, tmp_path, name, parameter, good):
    here = desk.copy_to(tmp_path / "桌面")
    elsewhere = tmp_path / "别处" / "重要文件"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(b"keep me")
    here.file(good).symlink_to(elsewhere)
    before = snapshot(elsewhere.parent)
    done = here.run(name)
    assert snapshot(elsewhere.parent) == before
    assert not leftovers(snapshot(tmp_path))
    if not done.ok:
        assert_refused_in_one_sentence(done, here.file(good))


@pytest.mark.parametrize("bad", ["方案.yaml", "方案.yaml/清单"])
def test_a_folder_of_outputs_that_is_a_file(desk, hall, bad):
    before = snapshot(hall)
    done = desk.run("dispatch", FOLDER=str(desk.folder / bad))
    assert snapshot(hall) == before
    assert_refused_in_one_sentence(done, desk.folder / bad)
