"""Every file that an algorithm reads, spoilt in every way: refused in one sentence, nothing is touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hostile_desk import GOOD
from hostile_files import CASES, FileCase
from hostile_watch import assert_refused_in_one_sentence, leftovers, snapshot
from qgis.core import QgsApplication

GONE = {"missing", "broken-link"}
DAMAGED = {
    "empty",
    "truncated",
    "random",
    "random-after-head",
    "wrecked",
    "sparse",
    "sparse-after-content",
}
DONE = {
    ("importbase", "LIBRARY"): GONE,
    ("restore", "WORKSPACE"): GONE | DAMAGED,
    ("checkplan", "PLAN"): {"empty"},
    ("importpatches", "INPUT"): {"sparse-after-content"},
    ("month", "INPUT"): {"sparse-after-content"},
}
"""What is no fault: a library that is to be made, a workspace to be restored, a plan whose check finds
faults, a shapefile with zeros behind its last record."""
READ = [
    (name, parameter, case)
    for name, values in GOOD.items()
    for parameter, value in values.items()
    if isinstance(value, str) and value.startswith("@")
    for case in CASES
    if not case.only or value[1:] in case.only
]


def ids(row) -> str:
    return f"{row[0]}-{row[1]}-{row[2].key}"


def is_no_fault(name: str, parameter: str, case: FileCase) -> bool:
    return case.key in DONE.get((name, parameter), ())


def is_optional(name: str, parameter: str) -> bool:
    algorithm = QgsApplication.processingRegistry().algorithmById(f"weipian:{name}")
    definition = algorithm.parameterDefinition(parameter)
    return bool(definition.flags() & definition.Flag.FlagOptional)


def spoil(case: FileCase, good: Path, folder: Path) -> str:
    """Make the bad file in a folder of its own, a shapefile with its other parts, and return the value."""
    folder.mkdir(parents=True)
    parts = good.parent.glob(f"{good.stem}.*") if good.suffix == ".shp" else ()
    for part in parts:
        if part != good:
            shutil.copy(part, folder)
    return case.spoil(good, folder)


@pytest.fixture(scope="module")
def spoilt(hall):
    """Return a function that gives the bad file of a case, made once for each good one."""
    made: dict[tuple[str, str], str] = {}

    def give(good: Path, case: FileCase) -> str:
        key = (good.name, case.key)
        if key not in made:
            made[key] = spoil(case, good, hall / "坏文件" / case.key / good.stem)
        return made[key]

    return give


@pytest.mark.parametrize("row", [row for row in READ if not is_no_fault(*row)], ids=ids)
def test_a_bad_file_is_refused_and_nothing_touched(desk, spoilt, row):
    name, parameter, case = row
    if case.key == "blank" and is_optional(name, parameter):
        return
    bad = spoilt(desk.file(str(GOOD[name][parameter])), case)
    there = Path(bad).parent if case.key != "missing-folder" else Path(bad).parents[1]
    before = snapshot(desk.folder, there)
    done = desk.run(name, **{parameter: bad})
    assert snapshot(desk.folder, there) == before
    assert_refused_in_one_sentence(done, bad, Path(bad).name, Path(bad).parent)


@pytest.mark.parametrize("row", [row for row in READ if is_no_fault(*row)], ids=ids)
def test_what_is_no_fault_is_done(desk, tmp_path, row):
    name, parameter, case = row
    here = desk.copy_to(tmp_path / "桌面")
    bad = spoil(case, desk.file(str(GOOD[name][parameter])), tmp_path / "坏")
    done = here.run(name, **{parameter: bad})
    assert done.ok, done.log
    assert not leftovers(snapshot(tmp_path))
