"""Layers read feature by feature through GDAL's own binding, which lets go of Python at every call.

For what pyogrio reads only at once, and so keeps Python, and the window, to itself: files that are gone
through from the beginning for any piece, and the ids of features. Values and types are those of pyogrio,
but times of day and lists, which it leaves out: times are text here, lists are JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, ogr
from pyogrio.errors import DataLayerError, DataSourceError

from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.features import ARC_STEP, Features, Ids, Wanted
from weipian_plugin.intake.source import Kind, Source

_DRIVERS = {
    Kind.GEOJSON: ("GeoJSON", "GeoJSONSeq", "ESRIJSON", "TopoJSON"),
    Kind.PERSONAL_GDB: ("PGeo",),
    Kind.FILE_GDB: ("OpenFileGDB",),
    Kind.SHAPEFILE: ("ESRI Shapefile",),
}
_NUMBERS = {
    (ogr.OFTInteger, ogr.OFSTNone): np.int32,
    (ogr.OFTInteger, ogr.OFSTBoolean): np.bool_,
    (ogr.OFTInteger, ogr.OFSTInt16): np.int16,
    (ogr.OFTInteger64, ogr.OFSTNone): np.int64,
    (ogr.OFTReal, ogr.OFSTNone): np.float64,
    (ogr.OFTReal, ogr.OFSTFloat32): np.float32,
}
_LISTS = (ogr.OFTIntegerList, ogr.OFTInteger64List, ogr.OFTRealList, ogr.OFTStringList)
_REPORT_EVERY = 1_000

Getter = Callable[[Any, int], Any]


def has_driver(kind: Kind) -> bool:
    """Return whether this GDAL has a driver for the kind."""
    return kind not in _DRIVERS or any(gdal.GetDriverByName(name) is not None for name in _DRIVERS[kind])


def list_layers(source: Source) -> list[tuple[str, str]]:
    """Return name and geometry type of the layers that have geometry."""
    with _opened(source) as data:
        layers = [data.GetLayer(index) for index in range(data.GetLayerCount())]
        return [(layer.GetName(), _kind(layer)) for layer in layers if layer.GetGeomType() != ogr.wkbNone]


def field_names(source: Source, wanted: Wanted) -> list[str]:
    """Return the field names of a layer."""
    with _opened(source) as data:
        return [field.GetName() for field in _fields(_layer(data, wanted))]


def feature_ids(source: Source, wanted: Wanted, progress: Progress) -> Ids:
    """Return the ids of all features in the order of the file; raises as `read_features` does."""
    with _opened(source, wanted.encoding) as data:
        layer = _layer(data, wanted)
        layer.SetIgnoredFields([*(field.GetName() for field in _fields(layer)), "OGR_GEOMETRY"])
        ids = [feature.GetFID() for feature in _all(layer, progress)]
        if source.kind is not Kind.SHAPEFILE:  # whose count has those in it that were deleted
            _require_all(layer, ids)
        return np.array(ids, dtype=np.int64)


def read_features(source: Source, wanted: Wanted, progress: Progress) -> Features:
    """Return all features. Raises pyogrio's errors, `DataSourceError` also when some are missing."""
    with _opened(source, wanted.encoding) as data:
        layer = _layer(data, wanted)
        fields = _fields(layer) if wanted.attributes else []
        getters = [_getter(field) for field in fields]
        columns: list[list[Any]] = [[] for _ in fields]
        fids, blobs = [], []
        for feature in _all(layer, progress):
            fids.append(feature.GetFID())
            blobs.append(_blob(feature.GetGeometryRef()))
            for index, (getter, column) in enumerate(zip(getters, columns, strict=True)):
                column.append(getter(feature, index) if feature.IsFieldSetAndNotNull(index) else None)
        _require_all(layer, fids)
        return Features(
            [field.GetName() for field in fields],
            _crs(layer),
            _kind(layer),
            np.array(fids, dtype=np.int64),
            _objects(blobs) if layer.GetGeomType() != ogr.wkbNone else None,
            [_array(field, columns.pop(0)) for field in fields],
        )


@contextmanager
def _opened(source: Source, encoding: str | None = None) -> Iterator[gdal.Dataset]:
    options = [f"ENCODING={encoding}"] if encoding and source.kind is Kind.SHAPEFILE else []
    # Not told to the screen, whatever the other users of this GDAL have set.
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        data = gdal.OpenEx(
            str(source.data), gdal.OF_VECTOR, allowed_drivers=_DRIVERS[source.kind], open_options=options
        )
        if data is None:
            raise DataSourceError(gdal.GetLastErrorMsg())
        yield data
    except (DataSourceError, DataLayerError):
        raise
    except RuntimeError as error:
        # What the binding raises where anyone in this QGIS has told it to raise.
        raise DataSourceError(str(error)) from error
    finally:
        gdal.PopErrorHandler()


def _layer(data: gdal.Dataset, wanted: Wanted) -> ogr.Layer:
    layer = data.GetLayerByName(wanted.layer) if wanted.layer else data.GetLayer(0)
    if layer is None:
        raise DataLayerError(wanted.layer)
    return layer


def _fields(layer: ogr.Layer) -> list[ogr.FieldDefn]:
    shape = layer.GetLayerDefn()
    return [shape.GetFieldDefn(index) for index in range(shape.GetFieldCount())]


def _kind(layer: ogr.Layer) -> str:
    name = str(ogr.GeometryTypeToName(ogr.GT_Flatten(layer.GetGeomType())))
    return name.removesuffix(" (any)").replace(" ", "")


def _all(layer: ogr.Layer, progress: Progress) -> Iterator[ogr.Feature]:
    count, read = layer.GetFeatureCount(), 0
    layer.ResetReading()
    while (feature := _next(layer)) is not None:
        read += 1
        if read % _REPORT_EVERY == 0:
            progress.report(read / max(count, read))
        yield feature


def _next(layer: ogr.Layer) -> ogr.Feature | None:
    """Return the next feature, None at the end; a feature that cannot be read is no end."""
    gdal.ErrorReset()
    feature = layer.GetNextFeature()
    if feature is None and gdal.GetLastErrorType() >= gdal.CE_Failure:
        raise DataSourceError(gdal.GetLastErrorMsg())
    return feature


def _require_all(layer: ogr.Layer, ids: Sequence[int]) -> None:
    """Refuse a layer of which GDAL has left out what it could not read."""
    if len(ids) != layer.GetFeatureCount():
        raise DataSourceError(gdal.GetLastErrorMsg())


def _blob(geometry: ogr.Geometry | None) -> bytes | None:
    if geometry is None:
        return None
    geometry.SetMeasured(False)
    geometry.Set3D(False)
    if geometry.HasCurveGeometry():
        geometry = geometry.GetLinearGeometry(ARC_STEP)
    return bytes(geometry.ExportToIsoWkb(ogr.wkbNDR))


def _getter(field: ogr.FieldDefn) -> Getter:
    kind = field.GetType()
    if kind == ogr.OFTReal:
        return ogr.Feature.GetFieldAsDouble
    if kind in (ogr.OFTInteger, ogr.OFTInteger64):
        return ogr.Feature.GetFieldAsInteger64
    if kind == ogr.OFTBinary:
        return _bytes
    return _list if kind in _LISTS else _text


def _bytes(feature: ogr.Feature, index: int) -> bytes:
    return bytes(feature.GetFieldAsBinary(index))


def _text(feature: ogr.Feature, index: int) -> str:
    # The binding lets bytes pass that are no UTF-8: to be refused here, not when the text is stored.
    return str(feature.GetFieldAsString(index).encode("utf-8", "surrogateescape"), "utf-8")


def _list(feature: ogr.Feature, index: int) -> str:
    return json.dumps(feature.GetField(index), ensure_ascii=False)


def _array(field: ogr.FieldDefn, column: list[Any]) -> NDArray[np.generic]:
    """Return the values of a field; a missing number makes them floats."""
    dtype = _NUMBERS.get((field.GetType(), field.GetSubType()))
    if dtype is None:
        return _objects(column)
    is_whole = issubclass(dtype, np.floating) or None not in column
    return np.array(column, dtype=dtype if is_whole else np.float64)


def _objects(column: Sequence[Any]) -> NDArray[np.object_]:
    array = np.empty(len(column), dtype=object)
    array[:] = column
    return array


def _crs(layer: ogr.Layer) -> str:
    reference = layer.GetSpatialRef()
    if reference is None:
        return ""
    reference.AutoIdentifyEPSG()
    name, code = reference.GetAuthorityName(None), reference.GetAuthorityCode(None)
    return f"{name}:{code}" if name and code else reference.ExportToWkt()
