"""Large layers, read in pieces: to the last value what GDAL gives when it reads all at once."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from gdal_referee import assert_as_at_once
from intake_files import SQUARE
from pyogrio.errors import DataSourceError

from weipian_plugin.domain.errors import Cancelled
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake import piecewise
from weipian_plugin.intake.features import Wanted
from weipian_plugin.intake.gdal_reader import read_features
from weipian_plugin.intake.source import open_source

COUNT = 1_203
"""Several pieces of a database, the last one short."""
FORMATS = [
    ("a.shp", "ESRI Shapefile", {}),
    ("a.gdb", "OpenFileGDB", {"layer": "DLTB"}),
    ("a.gpkg", "GPKG", {"layer": "DLTB"}),
    ("a.geojson", "GeoJSON", {}),
]


def layer():
    """Return features whose columns are whole in some pieces and not in others."""
    rows = np.arange(COUNT)
    holes = np.where(rows < 500, "", "x").astype(object)
    holes[700] = None
    return gpd.GeoDataFrame(
        {
            "BH": [f"编号{row}" for row in rows],
            "ZS": pd.array(np.where(rows == 900, pd.NA, rows), dtype="Int32"),
            "XS": np.where(rows % 7 == 0, np.nan, rows / 3),
            "WZ": holes,
            "RQ": pd.Timestamp("2021-03-15 08:00") + pd.to_timedelta(rows, "h"),
        },
        geometry=[shapely.affinity.translate(shapely.Polygon(SQUARE), row * 1e-5) for row in rows],
        crs=4490,
    )


@pytest.fixture(params=FORMATS, ids=[driver for _, driver, _ in FORMATS])
def path(request, tmp_path):
    name, driver, named = request.param
    # A shapefile knows no time of day.
    columns = layer().drop(columns="RQ") if name == "a.shp" else layer()
    pyogrio.write_dataframe(columns, tmp_path / name, driver=driver, **named)
    return tmp_path / name


def delete(path, ids):
    """Take features out, as an editor does."""
    ogr = pytest.importorskip("osgeo.ogr")
    data = ogr.Open(str(path), 1)
    for number in ids:
        assert data.GetLayer(0).DeleteFeature(number) == 0
    data = None


ALL = Wanted()


def read(path, wanted=ALL):
    """Return the layer as the intake reads it, after a look at what it should be."""
    with open_source(str(path), Progress()) as source:
        got = read_features(source, wanted, Progress())
    assert_as_at_once(got, path, columns=None if wanted.attributes else [])
    return got


def test_pieces_are_the_whole(path):
    got = read(path)
    assert len(got.fids) == COUNT


def test_geometry_alone(path):
    assert read(path, Wanted(attributes=False)).values == []


def test_deleted_features_stay_away_and_no_other(path):
    """Some formats count deleted features on, others do not; ids may have gaps of any size."""
    gone = [3, 10, *range(480, 520), COUNT - 1]
    delete(path, gone)
    assert len(read(path).fids) == COUNT - len(gone)


@pytest.mark.parametrize("cut", [0, 200], ids=["ends early", "garbage in the middle"])
def test_a_damaged_geodatabase_loses_no_features_in_silence(tmp_path, cut):
    path = tmp_path / "a.gdb"
    pyogrio.write_dataframe(layer(), path, driver="OpenFileGDB", layer="DLTB")
    table = max(path.glob("*.gdbtable"), key=lambda part: part.stat().st_size)
    whole, middle = table.read_bytes(), table.stat().st_size // 2
    table.write_bytes(whole[:middle] + b"\xff" * cut + (whole[middle + cut :] if cut else b""))
    with open_source(str(path), Progress()) as source, pytest.raises(DataSourceError):
        read_features(source, Wanted(), Progress())


@pytest.mark.parametrize("left", [0, 1, 300, 301, 600, 601])
def test_any_number_of_features(tmp_path, left):
    pyogrio.write_dataframe(layer().iloc[:left], tmp_path / "a.gpkg", layer="DLTB", geometry_type="Polygon")
    assert len(read(tmp_path / "a.gpkg").fids) == left


def test_names_of_tables_and_columns_may_hold_quotes(tmp_path):
    path = tmp_path / "a.gpkg"
    pyogrio.write_dataframe(layer(), path, layer='DL"TB', layer_options={"FID": 'f"id'})
    read(path)


@pytest.mark.parametrize(("number", "most"), [(0, 2_000), (1, 300), (2, 300)], ids=["shp", "gdb", "gpkg"])
def test_no_piece_keeps_the_window_waiting(tmp_path, monkeypatch, number, most):
    name, driver, named = FORMATS[number]
    columns = pd.concat([layer().drop(columns="RQ")] * 2, ignore_index=True)
    pyogrio.write_dataframe(columns, tmp_path / name, driver=driver, **named)
    sizes, read = [], piecewise._read

    def noted(*given):
        sizes.append(len((got := read(*given)).fids))
        return got

    monkeypatch.setattr(piecewise, "_read", noted)
    with open_source(str(tmp_path / name), Progress()) as source:
        read_features(source, Wanted(), Progress())
    assert sum(sizes) == 2 * COUNT
    assert max(sizes) == most


def test_stops_between_pieces(tmp_path):
    class Stop(Progress):
        def report(self, fraction, message=""):
            if fraction > 0.5:
                raise Cancelled

    pyogrio.write_dataframe(layer(), tmp_path / "a.gpkg", layer="DLTB")
    with open_source(str(tmp_path / "a.gpkg"), Progress()) as source, pytest.raises(Cancelled):
        read_features(source, Wanted(), Stop())
