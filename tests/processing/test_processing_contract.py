"""Names that other people's checks call (design, 7 and 8), and the laws of a finished month on the sample."""

from __future__ import annotations

import math
import shutil

import official_area
import openpyxl
import pytest
from processing_runs import dump, rows, run
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsSettings,
    QgsVectorLayer,
)

from weipian_plugin import preferences
from weipian_plugin.domain.roles import Role
from weipian_plugin.processing_algorithms.provider import ALGORITHMS as PROVIDED

ALGORITHMS = {
    "createworkspace": ("WORKSPACE YEAR PLAN?", "WORKSPACE"),
    "importbase": ("LIBRARY INPUT ROLE EDITION ENCODING? CRS?", "FEATURES FINDINGS REPORT"),
    "importpatches": (
        "WORKSPACE INPUT RECEIVED BATCH? ENCODING? CRS? AREA_UNIT?",
        "PATCHES FINDINGS REPORT",
    ),
    "overlay": ("WORKSPACE LIBRARY BATCH?", "PATCHES NOT_EVALUATED"),
    "assign": ("WORKSPACE", "UNIQUE CONFLICT DEFAULT NOT_EVALUATED"),
    "exportcity": ("WORKSPACE OUTPUT", "OUTPUT"),
    "month": ("WORKSPACE LIBRARY INPUT RECEIVED BATCH? OUTPUT", "OUTPUT"),
}
"""Parameters ("?" for optional) and outputs that must be there; others may be, if nobody has to give them."""

TABLES = {
    "batch": (
        "batch_id name source_file source_sha256 received_on due_on patch_count crs encoding area_unit"
        " imported_at"
    ),
    "patch": (
        "fid geom patch_no parent_no batch_id kind county_code town_code town_name patch_type date_before"
        " date_after area_m2 area_mu issued_area duty_state stage attributes"
    ),
    "overlay_area": (
        "patch_no role class_code class_name status area_m2 area_mu net_area_m2 net_area_mu share edition"
    ),
    "overlay_hit": "patch_no role source_fid label class_code area_m2 share",
    "duty": (
        "patch_no duty unit status rule_id clause reason area_m2 share plan_version decided_by decided_on"
    ),
    "determination": "patch_no result category basis document_no decided_by decided_on revision",
    "history": "seq at actor action table_name record_key before after prev_hash hash",
}


@pytest.mark.parametrize("name", ALGORITHMS)
def test_parameters_and_outputs_are_as_agreed(name):
    algorithm = QgsApplication.processingRegistry().algorithmById(f"weipian:{name}")
    wanted = ALGORITHMS[name][0].split()
    optional = {
        item.name(): bool(item.flags() & item.Flag.FlagOptional) or item.defaultValue() is not None
        for item in algorithm.parameterDefinitions()
    }
    assert {given.rstrip("?") for given in wanted} <= optional.keys()
    assert {given for given, may_lack in optional.items() if not may_lack} <= set(wanted)
    assert set(ALGORITHMS[name][1].split()) <= {item.name() for item in algorithm.outputDefinitions()}
    assert len(algorithm.shortHelpString()) > 20
    assert not algorithm.icon().isNull()


def test_the_toolbox_lists_the_steps_of_the_month_in_their_order():
    titles = [algorithm().group() for algorithm in PROVIDED]
    assert titles == sorted(titles)
    assert [title[0] for title in dict.fromkeys(titles)] == list("1234567")
    assert len({algorithm().groupId() for algorithm in PROVIDED}) == 7


def proposed(algorithm):
    """Return what a dialog of the toolbox fills in for files that may be open, and what the command line."""
    made = algorithm().create()
    items = [item for item in made.parameterDefinitions() if item.name() in ("WORKSPACE", "LIBRARY")]
    return {item.name(): (item.defaultValueForGui(), item.defaultValue()) for item in items}


@pytest.fixture
def remembered(tmp_path):
    """A workspace and a library that are open in the window, on a drive that is gone by now."""
    files = {name: tmp_path / f"{name}.gpkg" for name in ("WORKSPACE", "LIBRARY")}
    for name, file in files.items():
        QgsSettings().setValue(getattr(preferences, name), str(file))
    yield files
    QgsSettings().remove(preferences.GROUP)


@pytest.mark.parametrize("algorithm", PROVIDED, ids=lambda algorithm: algorithm.identifier)
def test_the_toolbox_proposes_what_is_open_and_the_command_line_nothing(algorithm, remembered):
    not_open = {"createworkspace": "WORKSPACE", "whatif": "LIBRARY"}.get(algorithm.identifier)
    found = proposed(algorithm)
    assert found == {name: (None if name == not_open else str(remembered[name]), None) for name in found}
    QgsSettings().remove(preferences.GROUP)
    assert proposed(algorithm) == dict.fromkeys(found, (None, None))


@pytest.mark.parametrize("name", ["createworkspace", "land_class", "importpatches", "overlay", "assign"])
def test_outputs_that_are_declared_are_given(month, name):
    identifier = "importbase" if name == "land_class" else name
    algorithm = QgsApplication.processingRegistry().algorithmById(f"weipian:{identifier}")
    assert {item.name() for item in algorithm.outputDefinitions()} == month.outputs[name].keys()


@pytest.mark.parametrize("table", TABLES)
def test_tables_have_the_agreed_columns(month, table):
    present = {row[1] for row in rows(month.assigned, f"PRAGMA table_info({table})")}
    assert set(TABLES[table].split()) <= present


def test_library_has_a_table_and_an_edition_a_role(month):
    editions = rows(
        month.library, "SELECT role, edition, source, sha256, feature_count, imported_at FROM layer_edition"
    )
    assert {row[0] for row in editions} == {role.value for role in Role}
    for role, edition, source, sha256, count, imported_at in editions:
        assert rows(month.library, f"SELECT count(*) FROM {role}") == [(count,)]
        assert month.outputs[role]["FEATURES"] == count
        assert edition and source and len(sha256) == 64 and imported_at
        srs = rows(month.library, "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (role,))
        assert srs == [(4490,)]


def test_qgis_opens_patches_as_multipolygons_in_4490(month):
    layer = QgsVectorLayer(f"{month.assigned}|layername=patch", "patch", "ogr")
    assert layer.isValid()
    assert layer.crs().authid() == "EPSG:4490"
    assert layer.featureCount() == month.outputs["importpatches"]["PATCHES"]


def test_patch_areas_are_the_survey_formulas_over_the_issued_vertices(month):
    issued = {
        feature["JCBH"]: feature.geometry()
        for feature in QgsVectorLayer(str(month.issued), "issued", "ogr").getFeatures()
    }
    stored = dict(rows(month.assigned, "SELECT patch_no, area_m2 FROM patch"))
    assert stored.keys() == issued.keys()
    for number, geometry in issued.items():
        assert stored[number] == pytest.approx(official_area.of_wkb(bytes(geometry.asWkb())), rel=1e-9)


def test_land_classes_sum_to_every_patch_at_a_hundredth_mu(month):
    summed = "SELECT patch_no, sum(area_mu) FROM overlay_area WHERE role = 'land_class' GROUP BY patch_no"
    stored = dict(rows(month.assigned, "SELECT patch_no, area_mu FROM patch"))
    found = dict(rows(month.assigned, summed))
    assert found.keys() == stored.keys()
    for number, mu in found.items():
        assert round(mu, 2) == round(stored[number], 2)
        assert mu == pytest.approx(stored[number], abs=1e-5)


def test_every_patch_has_every_role_and_one_investigating_unit(month):
    count = month.outputs["importpatches"]["PATCHES"]
    pairs = "SELECT count(*) FROM (SELECT DISTINCT patch_no, role FROM overlay_area)"
    assert rows(month.assigned, pairs) == [(13 * count,)]
    investigating = (
        "SELECT patch_no, count(*), min(clause LIKE '%四（%'), min(unit <> '') FROM duty"
        " WHERE duty = '查处' GROUP BY 1"
    )
    found = rows(month.assigned, investigating)
    assert len(found) == count
    assert {row[1:] for row in found} == {(1, 1, 1)}


def test_counts_of_states_are_those_of_the_table(month):
    states = dict(rows(month.assigned, "SELECT duty_state, count(*) FROM patch GROUP BY 1"))
    names = {"UNIQUE": "唯一", "CONFLICT": "待会商", "DEFAULT": "兜底", "NOT_EVALUATED": "未评估"}
    for output, state in names.items():
        assert month.outputs["assign"][output] == states.get(state, 0)
    unsettled = "SELECT count(DISTINCT patch_no) FROM overlay_area WHERE status = '未评估'"
    assert rows(month.assigned, unsettled) == [(month.outputs["overlay"]["NOT_EVALUATED"],)]


def test_second_run_of_overlay_and_assign_changes_nothing(month, tmp_path):
    work = shutil.copy(month.assigned, tmp_path / "again.gpkg")
    before = dump(work)
    assert run("overlay", WORKSPACE=work, LIBRARY=month.library).ok
    assert run("assign", WORKSPACE=work).ok
    assert dump(work) == before


def test_qgis_own_overlap_analysis_agrees(month, tmp_path):
    roles = ["redline", "river", "traffic", "forest", "nature_reserve", "urban", "basic_farmland"]
    context = QgsProcessingContext()
    context.setEllipsoid("EPSG:1024")
    patches = QgsVectorLayer(f"{month.assigned}|layername=patch", "patch", "ogr")
    layers = [QgsVectorLayer(f"{month.library}|layername={role}", role, "ogr") for role in roles]
    given = {"INPUT": patches, "LAYERS": layers, "OUTPUT": str(tmp_path / "native.gpkg")}
    native = QgsApplication.processingRegistry().createAlgorithmById("native:calculatevectoroverlaps")
    _, ok = native.run(given, context, QgsProcessingFeedback())
    assert ok
    ours = {
        row[:2]: row[2]
        for row in rows(
            month.assigned, "SELECT patch_no, role, area_m2 FROM overlay_area WHERE role <> 'land_class'"
        )
    }
    compared = 0
    for feature in QgsVectorLayer(str(tmp_path / "native.gpkg"), "native", "ogr").getFeatures():
        for role in roles:
            mine = ours[feature["patch_no"], role]
            assert (mine or 0) == pytest.approx(feature[f"{role}_area"], abs=1e-5 * feature["area_m2"])
            compared += mine is not None and mine > 0
    assert compared > 50


@pytest.fixture(scope="module")
def ledger(month, tmp_path_factory):
    path = tmp_path_factory.mktemp("台账") / "台账.xlsx"
    done = run("exportcity", WORKSPACE=month.assigned, OUTPUT=path)
    assert done.ok, done.log
    assert done.outputs["OUTPUT"] == str(path)
    return openpyxl.load_workbook(path, data_only=True)


def records(sheet):
    head = next(
        row[0].row for row in sheet.iter_rows(max_row=8) if "图斑编号" in [cell.value for cell in row]
    )
    titles = [cell.value for cell in sheet[head]]
    rows = [
        dict(zip(titles, row, strict=True)) for row in sheet.iter_rows(min_row=head + 1, values_only=True)
    ]
    # Below the patches come the lines for signatures.
    return [record for record in rows if record["图斑编号"]]


def test_ledger_says_what_the_tables_say(month, ledger):
    found = {record["图斑编号"]: record for record in records(ledger["图斑台账"])}
    stored = rows(
        month.assigned,
        "SELECT patch.patch_no, area_mu, duty_state, unit, reason FROM patch JOIN duty USING (patch_no)"
        " WHERE duty = '查处'",
    )
    assert found.keys() == {row[0] for row in stored}
    for number, mu, state, unit, reason in stored:
        values = list(found[number].values())
        assert round(mu, 2) in values
        assert state in values
        assert unit in values
        assert any(isinstance(value, str) and reason in value for value in values)


def test_ledger_shows_what_is_not_evaluated_as_such(month, tmp_path):
    work = shutil.copy(month.imported, tmp_path / "w.gpkg")
    library = tmp_path / "l.gpkg"
    given = {"INPUT": month.source("township"), "ROLE": "township", "EDITION": "x"}
    assert run("importbase", LIBRARY=library, **given).ok
    assert run("overlay", WORKSPACE=work, LIBRARY=library).outputs["NOT_EVALUATED"] == len(
        rows(work, "SELECT 1 FROM patch")
    )
    assert run("assign", WORKSPACE=work).ok
    assert run("exportcity", WORKSPACE=work, OUTPUT=tmp_path / "x.xlsx").ok
    for record in records(openpyxl.load_workbook(tmp_path / "x.xlsx", data_only=True)["图斑台账"]):
        ranges = [value for title, value in record.items() if title and ("红线" in title or "河道" in title)]
        assert ranges
        assert set(ranges) == {"未评估"}
        assert "未评估" in [value for title, value in record.items() if title and "状态" in title]


def test_month_does_what_the_single_steps_do(month, tmp_path):
    work = shutil.copy(month.empty, tmp_path / "w.gpkg")
    given = {"LIBRARY": month.library, "INPUT": month.issued, "RECEIVED": "2021-07-20", "BATCH": "七月"}
    done = run("month", WORKSPACE=work, OUTPUT=tmp_path / "台账.xlsx", **given)
    assert done.ok, done.log
    assert done.outputs["PATCHES"] == month.outputs["importpatches"]["PATCHES"]
    for table in ("patch", "overlay_area", "overlay_hit", "duty"):
        assert dump(work)[table] == dump(month.assigned)[table]
    assert "图斑台账" in openpyxl.load_workbook(tmp_path / "台账.xlsx").sheetnames
    assert rows(work, "SELECT due_on FROM batch") == [("2021-08-04",)]
    assert math.isclose(done.progress[-1], 100)
