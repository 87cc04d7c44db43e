"""Bytes changed at random: the readers take the file or refuse it in one sentence, nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from intake_files import DISTRICT, SQUARE, box, patch_dbf, write_shapefile

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.patches import PatchOptions, read_patches

SUFFIXES = (".shp", ".shx", ".dbf", ".prj")
QUICK = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CHANGES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound")
    path = write_shapefile(folder / "a", [[SQUARE], [box(107.8, 29.4)], None], patch_dbf(3))
    return {suffix: path.with_suffix(suffix).read_bytes() for suffix in SUFFIXES}


def changed(content: bytes, changes: list[tuple[int, int]]) -> bytes:
    mutable = bytearray(content)
    for position, value in changes:
        mutable[position % len(mutable)] = value
    return bytes(mutable)


def try_to_read(path: Path) -> None:
    """Read; a refusal is one sentence, an intake accounts for every row."""
    try:
        intake = read_patches(str(path), PatchOptions(district=DISTRICT), Progress())
    except WeipianError as refusal:
        assert str(refusal).endswith("。")
        return
    decisions = intake.decisions
    assert decisions.taken + decisions.dropped == decisions.read
    assert len(intake.frame) == decisions.taken > 0
    assert intake.frame.geometry.is_valid.all()
    assert intake.frame["patch_no"].is_unique


@QUICK
@given(suffix=st.sampled_from(SUFFIXES), changes=CHANGES)
def test_changed_bytes(tmp_path, parts, suffix, changes):
    for other, content in parts.items():
        (tmp_path / f"a{other}").write_bytes(changed(content, changes) if other == suffix else content)
    try_to_read(tmp_path / "a.shp")


@QUICK
@given(suffix=st.sampled_from(SUFFIXES), share=st.floats(0, 1))
def test_cut_files(tmp_path, parts, suffix, share):
    for other, content in parts.items():
        end = int(len(content) * share) if other == suffix else len(content)
        (tmp_path / f"a{other}").write_bytes(content[:end])
    try_to_read(tmp_path / "a.shp")


@QUICK
@given(changes=CHANGES)
def test_changed_zip(tmp_path, parts, changes):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for suffix, content in parts.items():
            archive.writestr(f"图斑{suffix}", content)
    path.write_bytes(changed(path.read_bytes(), changes))
    try_to_read(path)


@QUICK
@given(content=st.binary(max_size=300), suffix=st.sampled_from((".shp", ".zip", ".gpkg", ".geojson", ".db")))
@example(content=b"SQLite format 3\x00", suffix=".gpkg")
@example(content=b'{"type":"FeatureCollection","features":[]}', suffix=".geojson")
@example(content=b"PK\x05\x06" + bytes(18), suffix=".zip")
def test_anything_at_all(tmp_path, content, suffix):
    path = tmp_path / f"x{suffix}"
    path.write_bytes(content)
    try_to_read(path)
