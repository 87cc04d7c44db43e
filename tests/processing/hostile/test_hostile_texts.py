"""What is typed: wrong days and numbers, nothing at all, and words that are code elsewhere."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from hostile_desk import GOOD, OTHERWISE
from hostile_watch import assert_refused_in_one_sentence, leftovers, snapshot
from qgis.core import QgsProcessingParameterString

NO_DAY = [
    "昨天",
    "2021-02-30",
    "2021-13-01",
    "0021-07-20",
    "2021-07-20T",
    "٢٠٢١-٠٧-٢٠",
    "-1",
]
DAYS = [
    (name, parameter)
    for name, values in (*GOOD.items(), *OTHERWISE.items())
    for parameter, value in values.items()
    if parameter not in ("BATCH",) and re.fullmatch(r"20\d\d-\d\d-\d\d", str(value))
]
NUMBERS = [("createworkspace", "YEAR"), ("backup", "KEEP")]
NO_NUMBER = ["", "今年", "-1", "1e400", "NaN", "99999999999999999999", "2021; DROP TABLE patch"]
PERSONS = [(name, "BY") for name in ("decide", "setfacts", "determine", "advance", "rectify")]
CODE = {
    "formula": "=cmd|' /C calc'!A0<script>alert(1)</script><img src=x onerror=alert(1)>&lt;",
    "sql": "'; DROP TABLE patch; --\"`“”{}%s%(x)s{0}\\ [% eval('1') %] ../../etc/passwd",
    "sum": "@SUM(1+1)\u202e\U0001f9d1\u200d\U0001f33e",
    "long": "很长" * 5000,
}
NUL = "甲\0乙"


def texts() -> list[tuple[str, str]]:
    from weipian_plugin.processing_algorithms.provider import ALGORITHMS

    found = []
    for kind in ALGORITHMS:
        algorithm = kind()
        algorithm.initAlgorithm()
        found += [
            (algorithm.name(), item.name())
            for item in algorithm.parameterDefinitions()
            if isinstance(item, QgsProcessingParameterString)
        ]
    return found


@pytest.mark.parametrize("bad", NO_DAY)
@pytest.mark.parametrize(("name", "parameter"), DAYS)
def test_a_wrong_day(desk, hall, tmp_path, name, parameter, bad):
    others = OTHERWISE.get(name, {})
    given = dict(others) if parameter in others else {}
    if "REPORT" in GOOD[name]:
        given["REPORT"] = str(tmp_path / "报告.html")
    before = snapshot(hall)
    done = desk.run(name, **{**given, parameter: bad})
    assert snapshot(hall) == before
    if done.ok and done.outputs.get("REJECTED", 0) >= 1:  # a table whose every row is refused for its day
        return
    assert_refused_in_one_sentence(done, bad)


@pytest.mark.parametrize("bad", NO_NUMBER)
@pytest.mark.parametrize(("name", "parameter"), NUMBERS)
def test_a_wrong_number(desk, hall, name, parameter, bad):
    before = snapshot(hall)
    done = desk.run(name, **{parameter: bad})
    assert snapshot(hall) == before
    assert_refused_in_one_sentence(done, bad)


@pytest.mark.parametrize("bad", ["", "   ", "\t", "\u3000", None])
@pytest.mark.parametrize(("name", "parameter"), PERSONS)
def test_nobody_answers_for_it(desk, hall, name, parameter, bad):
    before = snapshot(hall)
    done = desk.run(name, **{parameter: bad})
    assert snapshot(hall) == before
    assert_refused_in_one_sentence(done)


@pytest.mark.parametrize(("name", "parameter"), texts())
def test_a_nul_byte_is_refused(desk, hall, name, parameter):
    before = snapshot(hall)
    done = desk.run(name, **{parameter: NUL})
    assert snapshot(hall) == before
    assert_refused_in_one_sentence(done)


@pytest.mark.parametrize("code", CODE)
@pytest.mark.parametrize(("name", "parameter"), texts())
def test_code_is_only_text(desk, tmp_path, name, parameter, code):
    """Refused, or done with the words as words; in any case the tables are there and nothing runs."""
    here = desk.copy_to(tmp_path / "桌面")
    given = CODE[code]
    before = snapshot(here.folder)
    done = here.run(name, **{parameter: given})
    after = snapshot(here.folder)
    if done.ok:
        assert not leftovers(after)
    else:
        assert after == before
        assert_refused_in_one_sentence(done, given, *re.split(r"[\s;；,，、]+", given))
    for path in map(Path, after.keys() - before.keys()):
        assert_only_text(path)


def assert_only_text(path: Path) -> None:
    """Hold that a page has no element of the words, and a workbook no formula of them."""
    if path.suffix == ".html":
        assert not re.search(r"<script|<img|onerror=alert\(1\)>", path.read_text(encoding="utf-8"))
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            for part in book.namelist():
                content = book.read(part).decode("utf-8", errors="replace")
                assert not re.search(r"<f>[^<]*(cmd|SUM\(1\+1\))", content), part
