"""Reading layers with GDAL: geometry of every kind, attributes of all but shapefiles."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pandas as pd
import pyogrio
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.piecewise import read_features
from weipian_plugin.intake.raw_layer import RawLayer
from weipian_plugin.intake.source import Kind, Source
from weipian_plugin.intake.sqlite_file import without_queries
from weipian_plugin.intake.wkb import from_wkb

_NOT_POLYGON = ("Point", "LineString", "MultiPoint", "MultiLineString")
_ARC_STEP = "OGR_ARC_STEPSIZE"
_DRIVERS = {Kind.PERSONAL_GDB: "PGeo", Kind.FILE_GDB: "OpenFileGDB"}


def polygon_layers(source: Source) -> list[str]:
    """Return the names of the layers that may hold polygons; views are none."""
    require_driver(source)
    with _speaking_of(source), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        layers = pyogrio.list_layers(source.data)
    polygons = [
        str(name) for name, kind in layers if kind is not None and not str(kind).startswith(_NOT_POLYGON)
    ]
    return without_queries(source, polygons)


def field_names(source: Source, layer: str, encoding: str | None = None) -> list[str]:
    """Return the field names of a layer; '' is the only one."""
    with _speaking_of(source), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        info = pyogrio.read_info(source.data, layer=layer or None, encoding=encoding)
        return [str(name) for name in info["fields"]]


def require_driver(source: Source) -> None:
    """Raise WeipianError where this GDAL cannot read the kind at all."""
    driver = _DRIVERS.get(source.kind)
    if driver and driver not in pyogrio.list_drivers():
        raise _no_driver(source)


def _no_driver(source: Source) -> WeipianError:
    return WeipianError(
        f"本机不能直接读取{source.kind.value}（{source.original.name}），"
        "请在 ArcGIS 里导出为文件地理数据库（.gdb）、GeoPackage 或 shapefile 后再导入。"
    )


def read_geometry(source: Source, layer: str, progress: Progress) -> RawLayer:
    """Return the layer without attributes."""
    # Field names come along undecoded; this encoding takes any byte.
    return _read(source, layer, [], progress, "ISO-8859-1")


def read_layer(source: Source, layer: str, progress: Progress) -> RawLayer:
    """Return the layer with all its attributes; text is UTF-8 by the format's own rule."""
    return _read(source, layer, None, progress)


def _read(
    source: Source,
    layer: str,
    columns: Sequence[str] | None,
    progress: Progress,
    encoding: str | None = None,
) -> RawLayer:
    with _speaking_of(source), warnings.catch_warnings(), _fine_arcs():
        warnings.simplefilter("ignore")
        meta, fids, blobs, values = read_features(
            source,
            progress.part(0.0, 0.3),
            layer=layer or None,
            columns=columns,
            encoding=encoding,
            force_2d=True,
            datetime_as_string=True,
        )
    if blobs is None or str(meta["geometry_type"]).startswith(_NOT_POLYGON):
        raise WeipianError(f"{source.original.name} 不是面图层，请换成面图层。")
    progress.report(0.3)
    geometries, unreadable, closed = from_wkb(blobs, progress.part(0.3, 1.0))
    return RawLayer(
        attributes=_frame(meta["fields"], values, len(fids)),
        fids=fids,
        geometries=geometries,
        unreadable=unreadable,
        unclosed=closed,
        crs_wkt=_wkt(meta["crs"]),
        encoding="UTF-8",
        encoding_why=f"{source.kind.value}格式规定文字为 UTF-8",
        layer=layer,
    )


def _frame(names: NDArray[np.object_], values: Sequence[NDArray[np.generic]], count: int) -> pd.DataFrame:
    columns = {str(name): value for name, value in zip(names, values, strict=True)}
    # Copied, all texts would go into one block: a table that keeps the window waiting whenever it is moved.
    return pd.DataFrame(columns, index=pd.RangeIndex(count), copy=False)


def _wkt(crs: str | None) -> str:
    """Return the CRS text; GeoPackage's "undefined" counts as none."""
    return "" if crs is None or "undefined" in crs.lower() else crs


@contextmanager
def _fine_arcs() -> Iterator[None]:
    """Have arcs broken into chords of a tenth of a degree: the default of four loses 0.08 % of a circle."""
    before = pyogrio.get_gdal_config_option(_ARC_STEP)
    pyogrio.set_gdal_config_options({_ARC_STEP: "0.1"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({_ARC_STEP: before})


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
