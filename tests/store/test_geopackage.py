"""Blobs against shapely and GDAL, and the R-tree under edits."""

from __future__ import annotations

import sqlite3
import struct

import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from store_samples import edition_of, layer_frame

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.roles import Role
from weipian_plugin.store import geopackage

degrees = st.tuples(
    st.floats(-180, 180, allow_nan=False).map(lambda x: round(x, 7)),
    st.floats(-90, 90, allow_nan=False).map(lambda y: round(y, 7)),
)
rings = st.lists(degrees, min_size=3, max_size=12).map(lambda points: shapely.Polygon(points))
geometries = st.one_of(
    rings,
    st.lists(rings, min_size=1, max_size=3).map(shapely.MultiPolygon),
    st.builds(shapely.Point, st.floats(-180, 180), st.floats(-90, 90)),
    st.sampled_from([shapely.MultiPolygon(), shapely.Polygon(), None]),
)


@given(st.lists(geometries, max_size=4))
def test_round_trip(given_geometries):
    blobs = geopackage.encode(np.array(given_geometries, dtype=object))
    back = geopackage.decode(blobs)
    assert len(back) == len(given_geometries)
    for was, is_now in zip(given_geometries, back, strict=True):
        assert (is_now is None) if was is None else is_now.wkb == was.wkb


@given(geometries)
def test_box_of_the_header_is_the_geometrys_box(geometry):
    (blob,) = geopackage.encode(np.array([geometry], dtype=object))
    if geometry is None:
        assert blob is None
        assert geopackage.is_empty(blob) is None
    elif geometry.is_empty:
        assert geopackage.is_empty(blob) == 1
        assert geopackage.box_of(blob) is None
    else:
        minx, miny, maxx, maxy = geometry.bounds
        assert geopackage.is_empty(blob) == 0
        assert geopackage.box_of(blob) == (minx, maxx, miny, maxy)


def test_header_byte_by_byte():
    (blob,) = geopackage.encode(np.array([shapely.box(107.5, 29.25, 107.75, 29.5)], dtype=object))
    assert blob[:8] == b"GP\x00\x03\x8a\x11\x00\x00"  # 4490 = 0x118a, little endian, envelope xy
    assert struct.unpack("<4d", blob[8:40]) == (107.5, 107.75, 29.25, 29.5)
    assert blob[40:] == shapely.to_wkb(shapely.box(107.5, 29.25, 107.75, 29.5), byte_order=1)
    (empty,) = geopackage.encode(np.array([shapely.MultiPolygon()], dtype=object))
    assert empty[:8] == b"GP\x00\x11\x8a\x11\x00\x00"
    assert len(empty) == 8 + 9


@pytest.mark.parametrize("code, length", list(enumerate([8, 40, 56, 56, 72])))
def test_every_envelope_kind_of_the_standard_is_skipped(code, length):
    body = shapely.to_wkb(shapely.box(1, 2, 3, 4), byte_order=1)
    blob = struct.pack("<2sBBi", b"GP", 0, 1 | code << 1, 4490) + b"\0" * (length - 8) + body
    assert geopackage.wkb_of(blob) == body
    assert geopackage.wkbs_of([blob]) == [body]


def test_box_without_envelope_and_in_big_endian():
    body = shapely.to_wkb(shapely.box(1, 2, 3, 4), byte_order=0)
    bare = struct.pack(">2sBBi", b"GP", 0, 0, 4490) + body
    assert geopackage.box_of(bare) == (1, 3, 2, 4)
    big = struct.pack(">2sBBi4d", b"GP", 0, 0b10, 4490, 1, 3, 2, 4) + body
    assert geopackage.box_of(big) == (1, 3, 2, 4)


@pytest.mark.parametrize("blob", [b"", b"GP", b"XX\0\x03" + b"\0" * 40, b"GP\0\x0b" + b"\0" * 90])
def test_other_bytes_are_refused(blob):
    with pytest.raises(WeipianError, match="GeoPackage"):
        geopackage.wkb_of(blob)


def test_gdal_reads_what_we_write_and_we_read_what_gdal_writes(library, tmp_path):
    ours = layer_frame(5)
    library.replace_layer(edition_of(Role.LAND_CLASS), ours)
    theirs = pyogrio.read_dataframe(library.path, layer="land_class")
    assert theirs.crs.to_epsg() == 4490
    assert theirs.geometry.to_wkb().tolist() == ours.geometry.to_wkb().tolist()

    pyogrio.write_dataframe(ours, tmp_path / "gdal.gpkg", layer="t", driver="GPKG")
    rows = sqlite3.connect(tmp_path / "gdal.gpkg").execute("SELECT geom FROM t ORDER BY fid").fetchall()
    assert [row[0] for row in rows] == geopackage.encode(ours.geometry.to_numpy())
