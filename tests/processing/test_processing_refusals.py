"""What cannot be done is refused in one Chinese sentence, and no file is touched."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from processing_runs import digests, rows, run

from scripts.build import ROOT

FOREIGN = re.compile(r"Traceback|Error|Exception|errno|could not|failed|No such|None", re.IGNORECASE)
DONE = {
    "createworkspace": {"WORKSPACE": "{new}", "YEAR": 2021},
    "importbase": {"LIBRARY": "{library}", "INPUT": "{urban}", "ROLE": "urban", "EDITION": "某版"},
    "importpatches": {"WORKSPACE": "{empty}", "INPUT": "{issued}", "RECEIVED": "2021-07-20"},
    "overlay": {"WORKSPACE": "{work}", "LIBRARY": "{library}"},
    "assign": {"WORKSPACE": "{work}"},
    "exportcity": {"WORKSPACE": "{work}", "OUTPUT": "{folder}/台账.xlsx"},
    "month": {
        "WORKSPACE": "{empty}",
        "LIBRARY": "{library}",
        "INPUT": "{issued}",
        "RECEIVED": "2021-07-20",
        "OUTPUT": "{folder}/台账.xlsx",
    },
}
"""Values with which each algorithm would succeed; a case spoils one of them."""

NO_WORKSPACE = [
    "",
    "  ",
    "/没有/工作库.gpkg",
    "{folder}",
    "{text}",
    "{fake}",
    "{foreign}",
    "{library}",
    "{issued}",
]
NO_LIBRARY = ["", "/没有/底图库.gpkg", "{text}", "{fake}", "{foreign}", "{work}"]
NO_SOURCE = [
    "",
    "/没有/图斑.shp",
    "{folder}/没有.shp",
    "{notshape}",
    "{text}",
    "{fake}",
    "{foreign}|layername=没有",
]
NO_CRS = ["EPSG:3857", "EPSG:2360", "EPSG:999999", "武隆"]
NO_DAY = [
    "",
    "昨天",
    "2021-13-01",
    "2021-02-30",
    "2021/07/20",
    "20210720",
    "2021-07-20x",
    "2021-W29-2",
    "0021-07-20",
]
NO_OUTPUT = [
    "",
    "{folder}/没有/台账.xlsx",
    "{folder}",
    "{folder}/台账.xls",
    "{folder}/目录.xlsx",
    "/proc/台账.xlsx",
]
CASES = [
    *[
        (name, "WORKSPACE", bad)
        for name in ("importpatches", "overlay", "assign", "month")
        for bad in NO_WORKSPACE
    ],
    *[("exportcity", "WORKSPACE", bad) for bad in NO_WORKSPACE],
    *[(name, "LIBRARY", bad) for name in ("overlay", "month") for bad in NO_LIBRARY],
    *[("importbase", "LIBRARY", bad) for bad in NO_LIBRARY],
    *[(name, "INPUT", bad) for name in ("importbase", "importpatches", "month") for bad in NO_SOURCE],
    *[(name, "CRS", bad) for name in ("importbase", "importpatches") for bad in NO_CRS],
    ("importpatches", "CRS", "EPSG:4524"),
    ("importbase", "CRS", "EPSG:4490"),
    *[(name, "RECEIVED", bad) for name in ("importpatches", "month") for bad in NO_DAY],
    *[(name, "OUTPUT", bad) for name in ("exportcity", "month") for bad in NO_OUTPUT],
    *[("importbase", "ROLE", bad) for bad in ("农田", "LAND-CLASS")],
    *[("importbase", "EDITION", bad) for bad in ("", "   ")],
    *[("importpatches", "ENCODING", bad) for bad in ("火星文", "base64", "UTF-8")],
    ("importpatches", "AREA_UNIT", "光年"),
    *[("overlay", "BATCH", bad) for bad in ("八月", "99", "-1")],
    *[
        ("createworkspace", "WORKSPACE", bad)
        for bad in ("", "{work}", "{folder}", "/没有/w.gpkg", "{folder}/w.txt")
    ],
    *[("createworkspace", "YEAR", bad) for bad in ("", "今年", 0, 1900, 20210)],
    *[("createworkspace", "PLAN", bad) for bad in ("/没有.yaml", "{folder}", "{badplan}", "{work}", "{gbk}")],
]


@pytest.fixture(scope="module")
def desk(month, tmp_path_factory):
    """A folder with good files and spoilt ones; tests must leave it as it is."""
    folder = tmp_path_factory.mktemp("桌面")
    names = {"folder": folder, "new": folder / "新.gpkg"}
    copies = {"work": month.imported, "empty": month.empty, "library": month.library}
    for name, path in copies.items():
        names[name] = shutil.copy(path, folder / f"{name}.gpkg")
    texts = {"text": "说明.txt", "fake": "假.gpkg", "notshape": "假.shp", "badplan": "坏方案.yaml"}
    for name, file in texts.items():
        names[name] = folder / file
        names[name].write_text("标题: [没有关上", encoding="utf-8")
    names["gbk"] = folder / "方案.yaml"
    names["gbk"].write_bytes("标题: 方案".encode("gbk"))
    redline = month.source("redline").split("|")[0]
    names["foreign"] = shutil.copy(redline, folder / "外来.gpkg")
    (folder / "目录.xlsx").mkdir()
    return names | {"issued": month.issued, "urban": month.source("urban")}


def values(name, desk, **spoilt):
    return {
        key: value.format(**desk) if isinstance(value, str) else value
        for key, value in (DONE[name] | spoilt).items()
    }


@pytest.fixture
def untouched(month, desk):
    return digests(desk["folder"]), digests(month.issued.parent)


@pytest.mark.parametrize(("name", "parameter", "bad"), CASES)
def test_refusal_is_one_chinese_sentence_and_touches_nothing(month, desk, untouched, name, parameter, bad):
    done = run(name, **values(name, desk, **{parameter: bad}))
    assert not done.ok
    sentence = done.log.strip().splitlines()[-1]
    known = [*map(str, desk.values()), str(bad)]
    for text in sorted(known, key=len, reverse=True):
        sentence = sentence.replace(text, "")
    assert len(re.findall(r"[一-鿿]", sentence)) >= 8, done.log
    assert sentence.endswith("。") or bad == "{badplan}"  # its faults are listed by line
    assert not FOREIGN.search(sentence), done.log
    assert "程序内部出错" not in done.log
    assert (digests(desk["folder"]), digests(month.issued.parent)) == untouched


def test_a_batch_is_taken_once(month, tmp_path):
    work = shutil.copy(month.imported, tmp_path / "w.gpkg")
    before = digests(tmp_path)
    for name in ("importpatches", "month"):
        given = {"LIBRARY": month.library, "OUTPUT": tmp_path / "台账.xlsx"} if name == "month" else {}
        done = run(name, WORKSPACE=work, INPUT=month.issued, RECEIVED="2021-07-20", BATCH="另一批", **given)
        assert not done.ok
        assert "作为批次“七月”导入过" in done.log
        assert digests(tmp_path) == before


def test_refused_base_layer_leaves_no_new_library(month, tmp_path):
    done = run(
        "importbase",
        LIBRARY=tmp_path / "新.gpkg",
        INPUT=month.source("urban"),
        ROLE="urban",
        EDITION="e",
        CRS="EPSG:4490",
    )
    assert not done.ok
    assert list(tmp_path.iterdir()) == []


def test_month_that_fails_late_says_what_is_kept(month, tmp_path):
    work, library = shutil.copy(month.empty, tmp_path / "w.gpkg"), tmp_path / "l.gpkg"
    content = bytearray(month.library.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 200_000] = b"\xff" * 200_000
    library.write_bytes(content)
    given = {"LIBRARY": library, "INPUT": month.issued, "RECEIVED": "2021-07-20"}
    done = run("month", WORKSPACE=work, OUTPUT=tmp_path / "t.xlsx", **given)
    assert not done.ok
    sentence = done.log.strip().splitlines()[-1]
    assert "已损坏" in sentence
    assert "已完成的步骤（导入图斑）保留，接着请单独运行“套合分析”“分派职责”“导出上报工作簿”。" in sentence
    tables = ("patch", "overlay_area", "duty")
    counts = [rows(work, f"SELECT count(*) FROM {table}")[0][0] for table in tables]
    assert counts == [month.outputs["importpatches"]["PATCHES"], 0, 0]
    assert not (tmp_path / "t.xlsx").exists()


def command(*arguments, cwd):
    words = [str(ROOT / "scripts" / "qgis_process"), "run", *arguments]
    return subprocess.run(words, cwd=cwd, capture_output=True, encoding="utf-8", timeout=120, check=False)


def test_from_the_command_line_with_relative_paths(month, tmp_path):
    shutil.copy(month.empty, tmp_path / "工作库.gpkg")
    given = [f"LIBRARY={month.library}", f"INPUT={month.issued}", "RECEIVED=2021-07-20", "OUTPUT=台账.xlsx"]
    done = command("weipian:month", "--", "WORKSPACE=工作库.gpkg", *given, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "台账.xlsx").stat().st_size > 10_000
    assert f"PATCHES:\t{month.outputs['importpatches']['PATCHES']}" in done.stdout


@pytest.mark.parametrize("bad", ["WORKSPACE=", "WORKSPACE=没有.gpkg"])
def test_command_line_refuses_in_chinese(month, tmp_path, bad):
    done = command("weipian:overlay", "--", bad, f"LIBRARY={month.library}", cwd=tmp_path)
    assert done.returncode != 0
    said = [line for line in done.stderr.splitlines() if re.search(r"[一-鿿]", line)]
    assert said
    assert "Incorrect parameter" not in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []
