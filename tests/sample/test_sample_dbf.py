"""The dbf bytes: widths, code page mark, GBK text, and what other readers make of them."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from weipian_plugin.sample.dbf import Field, write_dbf
from weipian_plugin.sample.writers import write_shapefile

FIELDS = (Field("MC", "C", 10), Field("MJ", "N", 12, 2), Field("NF", "N", 4))
TABLE = pd.DataFrame({"MC": ["耕地", "", "A地"], "MJ": [1.005, 0.0, 123456.789], "NF": [2020, 0, 7]})


def test_bytes_of_a_small_table(tmp_path: Path) -> None:
    write_dbf(tmp_path / "a.dbf", TABLE, FIELDS, "gbk", 0)
    data = (tmp_path / "a.dbf").read_bytes()
    assert data[0] == 3
    assert int.from_bytes(data[4:8], "little") == 3
    assert int.from_bytes(data[8:10], "little") == 32 + 3 * 32 + 1
    assert int.from_bytes(data[10:12], "little") == 1 + 10 + 12 + 4
    assert data[29] == 0
    first = data[129 : 129 + 27]
    assert first == b" " + "耕地".encode("gbk") + b" " * 6 + b"        1.00" + b"2020"
    assert data[-1:] == b"\x1a"
    assert len(data) == 129 + 3 * 27 + 1


def test_text_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="MC"):
        write_dbf(tmp_path / "a.dbf", pd.DataFrame({"MC": ["六个汉字太长"]}), FIELDS[:1], "gbk", 0)


def test_gdal_reads_it_back(tmp_path: Path) -> None:
    shapes = [shapely.box(n, 0, n + 1, 1) for n in range(3)]
    layer = gpd.GeoDataFrame(TABLE, geometry=shapes, crs="EPSG:4490")
    path = tmp_path / "图斑（3个）.shp"
    write_shapefile(layer, path, FIELDS, language_byte=0x4D, code_page="")
    # QGIS has GDAL ignore the language byte, and on some systems pyogrio shares its GDAL.
    pyogrio.set_gdal_config_options({"SHAPE_ENCODING": None})
    back = pyogrio.read_dataframe(path)
    assert back["MC"].fillna("").tolist() == ["耕地", "", "A地"]
    assert back["MJ"].tolist() == [1.0, 0.0, 123456.79]
    assert back["NF"].tolist() == [2020, 0, 7]
    assert back.crs.to_epsg() == 4490
    assert shapely.equals(back.geometry.to_numpy(), layer.geometry.to_numpy()).all()
    assert not path.with_suffix(".cpg").exists()
