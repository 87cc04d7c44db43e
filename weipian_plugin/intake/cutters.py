"""Read the lines or polygons by which a patch is to be cut."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.plan.model import District
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.crs import choose_crs, to_degrees
from weipian_plugin.intake.features import Wanted
from weipian_plugin.intake.gdal_reader import list_layers, read_features
from weipian_plugin.intake.source import Source, open_source
from weipian_plugin.intake.sqlite_file import without_queries


def read_cutters(path: str, crs: str, district: District, progress: Progress) -> NDArray[np.object_]:
    """Return the lines or polygons of a layer in EPSG:4490 degrees, 2-D; `crs` overrules the file's own.

    The path may end with `|layername=`. Raises WeipianError for a file that cannot be read, that has no
    geometry, or whose coordinate system is not known.
    """
    with open_source(path, progress.part(0.0, 0.5)) as source:
        geometries, label = _read(source, progress.part(0.5, 1.0))
    geometries = geometries[~(shapely.is_missing(geometries) | shapely.is_empty(geometries))]
    if not len(geometries):
        raise WeipianError("切割图层里没有线，也没有面，请检查图层。")
    choice = choose_crs(shapely.bounds(geometries), label, crs, district)
    return to_degrees(geometries, choice)


def _read(source: Source, progress: Progress) -> tuple[NDArray[np.object_], str]:
    """Return the geometries in the file's own coordinates and its CRS text."""
    try:
        wanted = Wanted(_layer(source), attributes=False, encoding="ISO-8859-1")
        found = read_features(source, wanted, progress)
    except (DataSourceError, DataLayerError) as error:
        raise WeipianError(f"切割图层“{source.original.name}”读不出来，请检查文件和图层名。") from error
    blobs = np.empty(0, dtype=object) if found.blobs is None else found.blobs
    return shapely.from_wkb(blobs, on_invalid="ignore"), found.crs


def _layer(source: Source) -> str:
    """Return the layer that is named, else the first that has shapes; '' where none has."""
    layers = without_queries(source, [name for name, _ in list_layers(source)])
    if not source.layer:
        return layers[0] if layers else ""
    named = [layer for layer in layers if layer.casefold() == source.layer.casefold()]
    if not named:
        raise DataLayerError
    return named[0]
