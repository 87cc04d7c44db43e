"""Reading layers with GDAL: geometry of every kind, attributes of all but shapefiles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake import gdal_reader
from weipian_plugin.intake.features import Wanted
from weipian_plugin.intake.raw_layer import RawLayer
from weipian_plugin.intake.source import Source
from weipian_plugin.intake.sqlite_file import without_queries
from weipian_plugin.intake.wkb import from_wkb

_NOT_POLYGON = ("Point", "LineString", "MultiPoint", "MultiLineString")


def polygon_layers(source: Source) -> list[str]:
    """Return the names of the layers that may hold polygons; views are none."""
    require_driver(source)
    with _speaking_of(source):
        layers = gdal_reader.list_layers(source)
    polygons = [name for name, kind in layers if not kind.startswith(_NOT_POLYGON)]
    return without_queries(source, polygons)


def field_names(source: Source, layer: str, encoding: str | None = None) -> list[str]:
    """Return the field names of a layer; '' is the only one."""
    with _speaking_of(source):
        return gdal_reader.field_names(source, Wanted(layer, encoding=encoding))


def require_driver(source: Source) -> None:
    """Raise WeipianError where this GDAL cannot read the kind at all."""
    if not gdal_reader.has_driver(source.kind):
        raise _no_driver(source)


def _no_driver(source: Source) -> WeipianError:
    return WeipianError(
        f"本机不能直接读取{source.kind.value}（{source.original.name}），"
        "请在 ArcGIS 里导出为文件地理数据库（.gdb）、GeoPackage 或 shapefile 后再导入。"
    )


def read_geometry(source: Source, layer: str, progress: Progress) -> RawLayer:
    """Return the layer without attributes."""
    # Field names come along undecoded; this encoding takes any byte.
    return _read(source, Wanted(layer, attributes=False, encoding="ISO-8859-1"), progress)


def read_layer(source: Source, layer: str, progress: Progress) -> RawLayer:
    """Return the layer with all its attributes; text is UTF-8 by the format's own rule."""
    return _read(source, Wanted(layer), progress)


def _read(source: Source, wanted: Wanted, progress: Progress) -> RawLayer:
    with _speaking_of(source):
        found = gdal_reader.read_features(source, wanted, progress.part(0.0, 0.3))
    if found.blobs is None or found.geometry_type.startswith(_NOT_POLYGON):
        raise WeipianError(f"{source.original.name} 不是面图层，请换成面图层。")
    progress.report(0.3)
    geometries, unreadable, closed = from_wkb(found.blobs, progress.part(0.3, 1.0))
    return RawLayer(
        attributes=_frame(found.fields, found.values, len(found.fids)),
        fids=found.fids,
        geometries=geometries,
        unreadable=unreadable,
        unclosed=closed,
        crs_wkt=_wkt(found.crs),
        encoding="UTF-8",
        encoding_why=f"{source.kind.value}格式规定文字为 UTF-8",
        layer=wanted.layer,
    )


def _frame(names: Sequence[str], values: Sequence[NDArray[np.generic]], count: int) -> pd.DataFrame:
    columns = dict(zip(names, values, strict=True))
    # Copied, all texts would go into one block: a table that keeps the window waiting whenever it is moved.
    return pd.DataFrame(columns, index=pd.RangeIndex(count), copy=False)


def _wkt(crs: str) -> str:
    """Return the CRS text; GeoPackage's "undefined" counts as none."""
    return "" if "undefined" in crs.lower() else crs


@contextmanager
def _speaking_of(source: Source) -> Iterator[None]:
    """Turn the reader's own errors into one sentence about the file."""
    try:
        yield
    except (DataSourceError, DataLayerError, UnicodeDecodeError, RuntimeError) as error:
        raise _told(source, error) from error


def _told(source: Source, error: Exception) -> WeipianError:
    name = source.original.name
    if type(error) is DataLayerError:
        return WeipianError(f"{name} 里没有指定的图层，请检查图层名。")
    if isinstance(error, DataSourceError) and "locked" in str(error):
        return WeipianError(f"{name} 正被其他程序占用，请关闭占用它的程序后重试。")
    if isinstance(error, DataSourceError) and "ODBC" in str(error):
        # GDAL reads Access databases through a driver of the system, which most PCs do not have.
        return _no_driver(source)
    return WeipianError(f"{name} 读不出来，文件可能已损坏或不完整，请重新拷贝或索取。")
