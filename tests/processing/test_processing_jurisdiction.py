"""The jurisdiction algorithms as the toolbox runs them, on the sample; and a plan of another make on it."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import geopandas as gpd
import official_area
import pyogrio
import pytest
import shapely
from processing_runs import dump, rows, run
from qgis.core import QgsApplication

from weipian_plugin.paths import PACKAGE, plan_file

ALGORITHMS = {
    "checkplan": ({"PLAN"}, {"PASSED", "FAILED", "REPORT"}),
    "decide": ({"WORKSPACE", "INPUT", "BY"}, {"RECORDED", "REJECTED", "REPORT"}),
    "setfacts": ({"WORKSPACE", "INPUT", "BY"}, {"RECORDED", "REJECTED", "REPORT"}),
    "dutymap": ({"WORKSPACE", "LIBRARY", "OUTPUT"}, {"OUTPUT"}),
    "whatif": ({"WORKSPACE"}, {"CHANGED", "UNIT_CHANGED", "STATE_CHANGED", "CONTRADICTED", "REPORT"}),
    "adoptplan": ({"WORKSPACE", "PLAN"}, {"VERSION", "CHANGED"}),
}
STATES = "SELECT duty_state, COUNT(*) FROM patch GROUP BY duty_state"
LEADS = "SELECT patch_no, COUNT(*) FROM duty WHERE duty = '查处' GROUP BY patch_no"


@pytest.mark.parametrize("name", ALGORITHMS)
def test_what_must_be_given_and_what_comes_out(name):
    algorithm = QgsApplication.processingRegistry().algorithmById(f"weipian:{name}")
    needed = {
        item.name()
        for item in algorithm.parameterDefinitions()
        if not item.flags() & item.Flag.FlagOptional and item.defaultValue() is None
    }
    assert needed == ALGORITHMS[name][0]
    assert ALGORITHMS[name][1] <= {item.name() for item in algorithm.outputDefinitions()}


def must(name, **parameters):
    done = run(name, **parameters)
    assert done.ok, done.log
    return done.outputs


def table(path: Path, header: str, *lines: str) -> Path:
    with path.open("w", encoding="gbk", newline="") as file:
        csv.writer(file).writerows(line.split("|") for line in (header, *lines))
    return path


@pytest.fixture
def assigned(month, tmp_path):
    return Path(shutil.copy(month.assigned, tmp_path / "工作库.gpkg"))


@pytest.mark.parametrize(("name", "count"), [("wulong_2021.yaml", 9), ("example_by_subject.yaml", 3)])
def test_checkplan_passes_the_shipped_plans(name, count, tmp_path):
    report = tmp_path / "检查.html"
    done = must("checkplan", PLAN=plan_file(name), REPORT=report)
    assert (done["PASSED"], done["FAILED"]) == (count, 0)
    assert "可以采用" in report.read_text(encoding="utf-8")
    own = Path(shutil.copy(plan_file(name), tmp_path / name))
    assert Path(must("checkplan", PLAN=own)["REPORT"]).parent.parent == tmp_path
    # Of a shipped plan the report goes elsewhere: the plug-in's own folder is no place for it.
    elsewhere = Path(must("checkplan", PLAN=plan_file(name))["REPORT"])
    assert not elsewhere.is_relative_to(PACKAGE)
    elsewhere.unlink()


def test_checkplan_lists_faults_instead_of_failing(tmp_path):
    path = tmp_path / "坏.yaml"
    path.write_text("title: 方案\nrules:\n  - id: 甲\n    kind: 不认识\n", encoding="utf-8")
    done = run("checkplan", PLAN=path)
    assert done.ok
    assert done.outputs["PASSED"] == 0
    assert done.outputs["FAILED"] > 5
    assert "第4行" in done.log


def test_every_conflict_is_settled_and_stays_so(month, assigned, tmp_path):
    quarrels = [row[0] for row in rows(assigned, "SELECT patch_no FROM patch WHERE duty_state = '待会商'")]
    assert quarrels
    lines = [f"{number}|确认|按会商意见|会议纪要1号" for number in quarrels]
    given = table(tmp_path / "决定.csv", "图斑编号|决定|理由|依据", *lines, "没有的|确认||")
    done = must("decide", WORKSPACE=assigned, INPUT=given, BY="张三")
    assert (done["RECORDED"], done["REJECTED"]) == (len(quarrels), 1)
    assert Path(done["REPORT"]).exists()
    decided = "SELECT * FROM duty WHERE status = '确认' ORDER BY patch_no"
    before = rows(assigned, decided)
    assert len(before) == len(quarrels)
    must("overlay", WORKSPACE=assigned, LIBRARY=month.library)
    counts = must("assign", WORKSPACE=assigned)
    assert (counts["CONFLICT"], counts["CONTRADICTED"]) == (0, 0)
    assert rows(assigned, decided) == before
    assert {count for _, count in rows(assigned, LEADS)} == {1}


def test_the_duty_map_is_the_district_and_agrees_with_the_overlay_of_its_own_areas(month, assigned, tmp_path):
    before = dump(assigned)
    output = tmp_path / "职责分布.gpkg"
    done = must("dutymap", WORKSPACE=assigned, LIBRARY=month.library, OUTPUT=output)
    assert dump(assigned) == before
    areas = pyogrio.read_dataframe(output, layer="duty_area")
    sums = pyogrio.read_dataframe(output, layer="duty_combination")
    towns = pyogrio.read_dataframe(month.library, layer="township").geometry
    district = official_area.of_wkb(shapely.to_wkb(shapely.union_all(towns.to_numpy())))
    assert done["DISTRICT_KM2"] * 1e6 == pytest.approx(district, abs=1.0)
    assert areas["area_m2"].sum() == pytest.approx(district, abs=1.0)
    assert sums["area_m2"].sum() == pytest.approx(district, abs=1.0)
    assert areas.geometry.is_valid.all()
    forest = pyogrio.read_dataframe(month.library, layer="forest").geometry.to_numpy()
    inside = shapely.intersection(shapely.union_all(forest), shapely.union_all(towns.to_numpy()))
    claimed = areas[areas["rule_ids"].str.split("+").map(lambda ids: "林地" in ids)]["area_m2"].sum()
    assert claimed == pytest.approx(official_area.of_wkb(shapely.to_wkb(inside)), abs=1.0)
    points = gpd.GeoSeries(areas.geometry.representative_point())
    river = shapely.union_all(pyogrio.read_dataframe(month.library, layer="river").geometry.to_numpy())
    met = points.intersects(river)
    assert (areas["units"].str.contains("区水利局") == met).all()


def test_what_if_writes_nothing_and_adoption_is_a_step_of_its_own(assigned, tmp_path):
    text = plan_file("wulong_2021.yaml").read_text(encoding="utf-8")
    changed = text.replace("  min_area_m2: 10\n  min_share: 1%", "  min_area_m2: 100000\n  min_share: 100%")
    path = tmp_path / "新阈值.yaml"
    path.write_text(changed.split("examples:")[0], encoding="utf-8")
    before = assigned.read_bytes()
    tried = must("whatif", WORKSPACE=assigned, PLAN=path)
    assert assigned.read_bytes() == before
    assert tried["CHANGED"] > 0
    assert must("adoptplan", WORKSPACE=assigned, PLAN=path)["CHANGED"]
    leads = "SELECT patch_no, unit FROM duty WHERE duty = '查处'"
    was, states = dict(rows(assigned, leads)), dict(rows(assigned, "SELECT patch_no, duty_state FROM patch"))
    must("assign", WORKSPACE=assigned)
    now, after = dict(rows(assigned, leads)), dict(rows(assigned, "SELECT patch_no, duty_state FROM patch"))
    assert sum(was[number] != now[number] for number in was) == tried["UNIT_CHANGED"]
    assert sum(states[number] != after[number] for number in states) == tried["STATE_CHANGED"]
    assert must("whatif", WORKSPACE=assigned, PLAN=path)["CHANGED"] == 0


def test_a_plan_by_subject_works_on_the_sample_without_a_line_of_code(month, tmp_path):
    work = tmp_path / "示例县.gpkg"
    plan = plan_file("example_by_subject.yaml")
    must("createworkspace", WORKSPACE=work, YEAR=2021, PLAN=plan)
    must("importpatches", WORKSPACE=work, INPUT=month.issued, RECEIVED="2021-07-20")
    must("overlay", WORKSPACE=work, LIBRARY=month.library)
    counts = must("assign", WORKSPACE=work)
    mining = rows(work, "SELECT COUNT(*) FROM patch WHERE kind = '矿产'")[0][0]
    total = rows(work, "SELECT COUNT(*) FROM patch")[0][0]
    assert mining > 0
    # Nothing of this plan rests on a control layer, so that no gap in one can leave a patch open.
    assert (counts["UNIQUE"], counts["DEFAULT"]) == (mining, total - mining)
    assert {row[0] for row in rows(work, "SELECT unit FROM duty WHERE duty = '查处'")} == {"县自然资源局"}
    towns = {row[0] for row in rows(work, "SELECT unit FROM duty WHERE duty = '属地责任'")}
    assert towns <= {row[0] for row in rows(month.library, "SELECT label FROM township")}
    houses = [row[0] for row in rows(work, "SELECT patch_no FROM patch WHERE kind = '土地' LIMIT 2")]
    told = table(tmp_path / "事实.csv", "图斑编号|建设主体|用途", *(f"{n}|村民|农村宅基地" for n in houses))
    assert must("setfacts", WORKSPACE=work, INPUT=told, BY="张三")["RECORDED"] == 2
    must("assign", WORKSPACE=work)
    found = dict(rows(work, "SELECT patch_no, unit FROM duty WHERE unit = '县农业农村局'"))
    assert sorted(found) == sorted(houses)
    reason = rows(work, "SELECT reason FROM duty WHERE unit = '县农业农村局'")[0][0]
    assert reason.startswith(
        "依据方案第三条“负责农村村民未经批准建设住宅的查处”，图斑建设主体为农村村民、用途为住宅"
    )
    output = tmp_path / "图.gpkg"
    done = must("dutymap", WORKSPACE=work, LIBRARY=month.library, OUTPUT=output)
    assert (done["ONE_KM2"], done["SEVERAL_KM2"]) == (0, 0)
    assert done["NONE_KM2"] == pytest.approx(done["DISTRICT_KM2"])
    # The rest of a month's work needs no more of a plan than this one says.
    tried = must("whatif", WORKSPACE=work, REMOVED="生态保护红线、林地、城镇规划建设用地")
    assert tried["CHANGED"] == 0
    sheets = must("dutysheets", WORKSPACE=work, PATCHES=houses[0], OUTPUT=tmp_path / "材料.html")
    assert sheets["PRINTED"] == 1
    given = table(tmp_path / "决定.csv", "图斑编号|决定|新单位|理由", f"{houses[0]}|改派|自然资源局|会商")
    assert must("decide", WORKSPACE=work, INPUT=given, BY="张三")["RECORDED"] == 1
    must("assign", WORKSPACE=work)
    held = rows(work, f"SELECT unit, status FROM duty WHERE duty = '查处' AND patch_no = '{houses[0]}'")
    assert held == [("县自然资源局", "改派")]
    for name in ("statistics", "deadlines"):
        must(name, WORKSPACE=work, AS_OF="2021-07-25", OUTPUT=tmp_path / f"{name}.xlsx")
    must("exportcity", WORKSPACE=work, OUTPUT=tmp_path / "台账.xlsx")
    assert not must("adoptplan", WORKSPACE=work, PLAN=plan)["CHANGED"]


def test_what_if_does_without_a_layer(assigned):
    before = assigned.read_bytes()
    tried = must("whatif", WORKSPACE=assigned, REMOVED="河道管理范围、redline")
    assert assigned.read_bytes() == before
    patches = rows(assigned, "SELECT COUNT(*) FROM patch WHERE duty_state <> '未评估'")[0][0]
    assert tried["STATE_CHANGED"] == patches > 0


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("decide", {"INPUT": "没有.xlsx", "BY": "甲"}, "没有.xlsx"),
        ("whatif", {}, "没有写明要试算什么"),
        ("whatif", {"REMOVED": "河流"}, "没有“河流”这种图层"),
        ("adoptplan", {"PLAN": "没有.yaml"}, "没有.yaml"),
        ("dutymap", {"LIBRARY": "没有.gpkg", "OUTPUT": "图.gpkg"}, "没有.gpkg"),
    ],
)
def test_what_cannot_be_done_fails_with_one_sentence_and_changes_nothing(
    name, given, said, assigned, tmp_path
):
    before = assigned.read_bytes()
    paths = {key: tmp_path / value if "." in value else value for key, value in given.items()}
    done = run(name, WORKSPACE=assigned, **paths)
    assert not done.ok
    assert said in done.log
    assert assigned.read_bytes() == before
