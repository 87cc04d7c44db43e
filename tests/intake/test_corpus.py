"""Every input of the corpus through the whole import: stored exactly so, or refused and nothing touched."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import geopandas as gpd
import pytest
from corpus import CASES, NUMBER, Case
from import_runs import new_workspace, rows, stored_codes, take
from intake_files import snapshot

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.intake.catalogue import CATALOGUE

DOCS = Path(__file__).resolve().parents[2] / "docs" / "import_traps.md"


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """Return one empty workspace, to be copied."""
    return new_workspace(tmp_path_factory.mktemp("corpus"))


def by_trap(case: Case) -> str:
    return case.trap


@pytest.fixture
def desk(tmp_path, empty):
    """Return a folder for the issued files, and a workspace in a folder of its own."""
    issued, work = tmp_path / "下发", tmp_path / "工作"
    issued.mkdir()
    work.mkdir()
    return issued, Path(shutil.copy(empty, work / "工作库.gpkg"))


@pytest.mark.parametrize("case", [case for case in CASES if case.refusal], ids=by_trap)
def test_refused_and_nothing_touched(desk, case):
    issued, workspace = desk
    path = case.build(issued)
    originals, work = snapshot(issued), snapshot(workspace.parent)
    with pytest.raises(WeipianError) as refused:
        take(workspace, path, **case.options)
    assert case.refusal in str(refused.value)
    assert re.fullmatch(r"[^\n]+。", str(refused.value))
    assert "data." not in str(refused.value), "the name of a temporary copy"
    assert snapshot(issued) == originals
    assert snapshot(workspace.parent) == work


@pytest.mark.parametrize("case", [case for case in CASES if not case.refusal], ids=by_trap)
def test_taken_exactly_so(desk, case):
    issued, workspace = desk
    path = case.build(issued)
    originals = snapshot(issued)
    done = take(workspace, path, **case.options)
    assert snapshot(issued) == originals
    assert [finding.code for finding in done.findings] == list(case.codes)
    assert stored_codes(workspace) == list(case.codes)
    assert rows(workspace, "SELECT count(*) FROM patch") == [(case.count,)]
    for name, value in ({"patch_no": NUMBER} | case.first).items():
        [(stored,)] = rows(workspace, f"SELECT {name} FROM patch ORDER BY fid LIMIT 1")
        assert stored == (pytest.approx(value, abs=0.01) if isinstance(value, float) else value)
    shape = gpd.read_file(workspace, layer="patch").sort_values("patch_no").geometry.iloc[0]
    assert (shape.centroid.x, shape.centroid.y) == pytest.approx(case.place, abs=1e-7)
    page = done.report.read_text(encoding="utf-8")
    assert all(CATALOGUE[code].advice in page for code in case.codes)


def listing() -> str:
    """Return the corpus as the table that docs show."""
    lines = ["| input | outcome |", "|---|---|"]
    for case in CASES:
        named = "，".join(f"`{code}`" for code in case.codes)
        outcome = f"refused: …{case.refusal}…" if case.refusal else f"taken{'，' + named if named else ''}"
        lines.append(f"| {case.trap} | {outcome} |")
    return "\n".join(lines)


def test_the_corpus_is_large_enough():
    assert len(CASES) >= 40
    assert len({case.trap for case in CASES}) == len(CASES)


def test_docs_list_the_corpus():
    assert listing() in DOCS.read_text(encoding="utf-8")
