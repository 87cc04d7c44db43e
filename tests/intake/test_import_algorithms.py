"""The two imports as the toolbox runs them: defaults, outputs and the log."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus import NUMBER, shapes
from import_runs import new_workspace, rows
from intake_files import PRJ_4490, Dbf, box, snapshot, write_shapefile
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

from weipian_plugin.processing_algorithms.provider import WeipianProvider


@pytest.fixture(scope="module", autouse=True)
def provider(qgis_app, qgis_processing):
    registry = QgsApplication.processingRegistry()
    if registry.providerById("weipian") is not None:
        yield
        return
    # Processing does not keep Python's part of the provider alive.
    added = WeipianProvider()
    registry.addProvider(added)
    yield
    registry.removeProvider(added)


def run(name, **parameters):
    """Run an algorithm; return whether it went well, its outputs and its log."""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"weipian:{name}")
    feedback = QgsProcessingFeedback(False)
    given = {key: str(value) if isinstance(value, Path) else value for key, value in parameters.items()}
    outputs, ok = algorithm.run(given, QgsProcessingContext(), feedback)
    return ok, outputs, feedback.textLog()


def red_line(folder, name="STBHHX"):
    dbf = Dbf([(b"LHDM", "C", 20, 0)]).add(b"5001560001")
    return write_shapefile(folder / name, [[box(107.7, 29.3)]], dbf, PRJ_4490)


def test_base_layer_without_a_role(tmp_path):
    library = tmp_path / "底图库.gpkg"
    ok, outputs, log = run("importbase", LIBRARY=library, INPUT=red_line(tmp_path), EDITION="2018年")
    assert ok
    assert (outputs["ROLE"], outputs["FEATURES"], outputs["FINDINGS"]) == ("redline", 1, 0)
    assert Path(outputs["REPORT"]).is_file()
    assert "图层种类：生态保护红线（得分：生态保护红线 80 分）" in log


def test_base_layer_on_a_tie(tmp_path):
    library = tmp_path / "底图库.gpkg"
    source = red_line(tmp_path, "河道_林地")
    before = snapshot(tmp_path)
    ok, _, log = run("importbase", LIBRARY=library, INPUT=source, EDITION="2018年")
    assert not ok
    assert "请用“图层种类”（ROLE）指定。" in log
    assert snapshot(tmp_path) == before


def test_dry_runs(tmp_path):
    library, source = tmp_path / "底图库.gpkg", red_line(tmp_path)
    ok, outputs, _ = run("importbase", LIBRARY=library, INPUT=source, EDITION="2018年", DRY_RUN=True)
    assert ok
    assert not library.exists()
    assert Path(outputs["REPORT"]).parent == tmp_path / "导入报告"
    workspace, patches = new_workspace(tmp_path), shapes()(tmp_path)
    before = workspace.read_bytes()
    given = {"WORKSPACE": workspace, "INPUT": patches, "RECEIVED": "2021-07-01"}
    ok, outputs, _ = run("importpatches", **given, DRY_RUN=True)
    assert ok
    assert (outputs["PATCHES"], outputs["UPDATED"], outputs["FINDINGS"]) == (1, 0, 0)
    assert Path(outputs["REPORT"]).is_file()
    assert workspace.read_bytes() == before


def test_patches_issued_again(tmp_path):
    workspace = new_workspace(tmp_path)
    (tmp_path / "一").mkdir()
    (tmp_path / "二").mkdir()
    given = {"WORKSPACE": workspace, "RECEIVED": "2021-07-01"}
    assert run("importpatches", **given, BATCH="一批", INPUT=shapes()(tmp_path / "一"))[0]
    again = shapes(TBLX=["TL"])(tmp_path / "二")
    ok, _, log = run("importpatches", **given, BATCH="二批", INPUT=again)
    assert not ok
    assert "请选“更新已有图斑”（UPDATE）" in log
    ok, outputs, log = run("importpatches", **given, BATCH="二批", INPUT=again, UPDATE=True)
    assert ok
    assert (outputs["PATCHES"], outputs["UPDATED"], outputs["FINDINGS"]) == (1, 1, 1)
    assert f"已按本文件更新下发字段：{NUMBER}" in log
    assert rows(workspace, "SELECT patch_type FROM patch") == [("TL",)]
