"""Read the lines or polygons by which a patch is to be cut."""

from __future__ import annotations

import warnings

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.plan.model import District
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.crs import choose_crs, to_degrees
from weipian_plugin.intake.source import Source, open_source
from weipian_plugin.intake.sqlite_file import without_queries


def read_cutters(path: str, crs: str, district: District, progress: Progress) -> NDArray[np.object_]:
    """Return the lines or polygons of a layer in EPSG:4490 degrees, 2-D; `crs` overrules the file's own.

    The path may end with `|layername=`. Raises WeipianError for a file that cannot be read, that has no
    geometry, or whose coordinate system is not known.
    """
    with open_source(path, progress) as source:
        geometries, label = _read(source)
    geometries = geometries[~(shapely.is_missing(geometries) | shapely.is_empty(geometries))]
    if not len(geometries):
        raise WeipianError("切割图层里没有线，也没有面，请检查图层。")
    choice = choose_crs(shapely.bounds(geometries), label, crs, district)
    return to_degrees(geometries, choice)


def _read(source: Source) -> tuple[NDArray[np.object_], str]:
    """Return the geometries in the file's own coordinates and its CRS text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            meta, _, blobs, _ = pyogrio.raw.read(
                source.data, layer=_layer(source), columns=[], encoding="ISO-8859-1", force_2d=True
            )
    except (DataSourceError, DataLayerError) as error:
        raise WeipianError(f"切割图层“{source.original.name}”读不出来，请检查文件和图层名。") from error
    found = np.empty(0, dtype=object) if blobs is None else blobs
    return shapely.from_wkb(found, on_invalid="ignore"), meta["crs"] or ""


def _layer(source: Source) -> str | None:
    """Return the layer that is named, else the first that has shapes; None where none has."""
    shapes = [str(name) for name, kind in pyogrio.list_layers(source.data) if kind is not None]
    layers = without_queries(source, shapes)
    if not source.layer:
        return layers[0] if layers else None
    named = [layer for layer in layers if layer.casefold() == source.layer.casefold()]
    if not named:
        raise DataLayerError
    return named[0]
