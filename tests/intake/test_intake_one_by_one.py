"""GeoJSON read feature by feature: the values and types that pyogrio gives when it reads all at once."""

from __future__ import annotations

import json
import math

import pytest
import shapely
from gdal_referee import assert_as_at_once
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_files import SQUARE
from osgeo import gdal, ogr, osr
from pyogrio.errors import DataLayerError, DataSourceError

from weipian_plugin.domain.errors import Cancelled
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake import one_by_one
from weipian_plugin.intake.features import Wanted
from weipian_plugin.intake.gdal_reader import field_names, list_layers, read_features
from weipian_plugin.intake.source import open_source

OUTLINE = {"type": "Polygon", "coordinates": [SQUARE]}
HIGH = {"type": "Polygon", "coordinates": [[[x, y, 7] for x, y in SQUARE]]}
GOOD = [1, 0, -5, 2**31, 2**40, 1.5, True, False, None, "", "甲", "1", "2021-03-05", "2021/03/05"]
MOMENTS = ["2021-03-05T10:11:12", "2021-03-05T10:11:12.125Z", "2021-03-05T10:11:12+08:00"]


@pytest.fixture(autouse=True, params=[True, False], ids=["raising", "returning"])
def _binding_tells_errors(request):
    """Whoever else uses the binding in the same QGIS decides how it tells errors."""
    raising = [module for module in (gdal, ogr, osr) if module.GetUseExceptions()]
    for module in reversed(raising):
        module.DontUseExceptions()
    if request.param:
        gdal.UseExceptions()
    yield
    if request.param:
        gdal.DontUseExceptions()
    for module in raising:
        module.UseExceptions()


def feature(properties, geometry=OUTLINE, **more):
    return {"type": "Feature", **more, "properties": properties, "geometry": geometry}


def written(path, features, **more):
    whole = {"type": "FeatureCollection", **more, "features": features}
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    return path


def got(path, progress=None):
    with open_source(str(path), Progress()) as source:
        assert [kind for _, kind in list_layers(source)] in (["Polygon"], ["Unknown"])
        features = read_features(source, Wanted(), progress or Progress())
        assert field_names(source, Wanted()) == features.fields
        return features


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.dictionaries(st.sampled_from("abc"), st.sampled_from(GOOD)), min_size=1, max_size=6),
    numbered=st.booleans(),
)
def test_any_values_are_read_as_pyogrio_reads_them(tmp_path, rows, numbered):
    """Numbers, truth and texts in one column, missing here and there, whole numbers of any size."""
    ids = [{"id": 10 * row + 7} if numbered else {} for row in range(len(rows))]
    features = [feature(row, **number) for row, number in zip(rows, ids, strict=True)]
    path = written(tmp_path / "a.geojson", features)
    assert_as_at_once(got(path), path)


@pytest.mark.parametrize("geometry", [OUTLINE, HIGH, None], ids=["flat", "high", "none"])
@pytest.mark.parametrize("code", ["EPSG::4490", "EPSG::4524", "OGC:1.3:CRS84"])
def test_shapes_and_coordinate_systems(tmp_path, geometry, code):
    crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:{code}"}}
    features = [feature({"BH": 1}), feature({"BH": 2}, geometry)]
    path = written(tmp_path / "a.geojson", features, crs=crs)
    assert_as_at_once(got(path), path)


@pytest.mark.parametrize("moment", MOMENTS)
def test_moments_are_text(tmp_path, moment):
    values = got(written(tmp_path / "a.geojson", [feature({"SJ": moment})])).values
    assert values[0][0].replace("/", "-").startswith("2021-03-05 10:11:12")


def test_lists_and_times_of_day_are_not_lost(tmp_path):
    properties = {"zs": [1, 2], "wz": ["甲", "乙"], "sj": "10:11:12", "dx": {"甲": 1}}
    features = got(written(tmp_path / "a.geojson", [feature(properties)]))
    values = dict(zip(features.fields, (column[0] for column in features.values), strict=True))
    assert json.loads(values["dx"]) == {"甲": 1}
    assert (values["zs"], values["wz"], values["sj"]) == ("[1, 2]", '["甲", "乙"]', "10:11:12")


def test_text_that_is_no_utf8_is_refused(tmp_path):
    path = written(tmp_path / "a.geojson", [feature({"MC": "QQ"})])
    path.write_bytes(path.read_bytes().replace(b"QQ", "武隆".encode("gbk")))
    with pytest.raises(UnicodeDecodeError):
        got(path)


def test_a_file_that_ends_early_is_refused(tmp_path):
    path = written(tmp_path / "a.geojson", [feature({"BH": row}) for row in range(50)])
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(DataSourceError):
        got(path)


def test_a_layer_that_is_not_there_is_refused(tmp_path):
    path = written(tmp_path / "a.geojson", [feature({"BH": 1})])
    with open_source(str(path), Progress()) as source, pytest.raises(DataLayerError):
        read_features(source, Wanted("别的"), Progress())


def test_fewer_features_than_counted_are_refused(tmp_path, monkeypatch):
    """Whatever makes a reader stop early: rows must not be lost."""
    path = written(tmp_path / "a.geojson", [feature({"BH": row}) for row in range(3)])
    monkeypatch.setattr(one_by_one.ogr.Layer, "GetFeatureCount", lambda _layer: 4)
    with open_source(str(path), Progress()) as source, pytest.raises(DataSourceError):
        read_features(source, Wanted(), Progress())


def test_stops_on_the_way(tmp_path):
    class Stop(Progress):
        def report(self, fraction, message=""):
            if fraction > 0.4:
                raise Cancelled

    path = written(tmp_path / "a.geojson", [feature({"BH": row}) for row in range(2_500)])
    with pytest.raises(Cancelled):
        got(path, Stop())


def test_arcs_are_broken_into_fine_chords():
    """Personal geodatabases may hold curves; there is no driver here that would read one whole."""
    arc = "CIRCULARSTRING (107.70 29.30, 107.705 29.305, 107.71 29.30, 107.705 29.295, 107.70 29.30)"
    circle = ogr.CreateGeometryFromWkt(f"CURVEPOLYGON ({arc})")
    assert shapely.from_wkb(one_by_one._blob(circle)).area == pytest.approx(math.pi * 0.005**2, rel=2e-6)
