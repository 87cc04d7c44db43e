"""Write layers as shapefiles (with our own dbf) and GeoPackages (version 1.2), the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import pyogrio

from weipian_plugin.sample.dbf import Field, write_dbf

FIXED_TIME = "2021-07-18T00:00:00.000Z"
GBK_MARK = 0x4D
"""Language byte of code page 936."""


def write_shapefile(
    layer: gpd.GeoDataFrame, path: Path, fields: Sequence[Field], language_byte: int, code_page: str
) -> None:
    """Write `layer` with its attributes in GBK; an empty `code_page` leaves the .cpg away."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pyogrio.write_dataframe(layer[["geometry"]], path, driver="ESRI Shapefile", geometry_type="Polygon")
    write_dbf(path.with_suffix(".dbf"), layer, fields, "gbk", language_byte)
    cpg = path.with_suffix(".cpg")
    if code_page:
        cpg.write_text(code_page, encoding="ascii")
    else:
        cpg.unlink(missing_ok=True)


def write_geopackage(layer: gpd.GeoDataFrame, path: Path, layer_name: str) -> None:
    """Write `layer` as a layer of the GeoPackage `path`, beside what is in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": FIXED_TIME})
    try:
        pyogrio.write_dataframe(
            layer,
            path,
            layer=layer_name,
            driver="GPKG",
            geometry_type="MultiPolygon",
            promote_to_multi=True,
            dataset_options={"VERSION": "1.2"},
        )
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def remove_previous(folder: Path) -> None:
    """Remove the layers of an earlier sample from `folder`, and nothing else."""
    for pattern in ("*.shp", "*.shx", "*.dbf", "*.prj", "*.cpg", "*.gpkg", "*.gpkg-wal", "*.gpkg-shm"):
        for path in folder.glob(pattern):
            path.unlink()
