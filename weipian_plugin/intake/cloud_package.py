"""The evidence database of 国土调查云: a SQLite file with table JCTB and the patch outline as WKT in TBFW."""

from __future__ import annotations

import re

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.raw_layer import RawLayer
from weipian_plugin.intake.source import Source
from weipian_plugin.intake.sqlite_file import query
from weipian_plugin.intake.values import Series

_OUTLINE = "TBFW"
_SRID = re.compile(r"^\s*SRID\s*=\s*(\d+)\s*;", re.IGNORECASE)


def is_cloud_package(source: Source) -> bool:
    """Return whether the SQLite file has the table JCTB; False also for other databases."""
    return "JCTB" in _tables(source)


def is_geopackage(source: Source) -> bool:
    """Return whether the SQLite file is a GeoPackage under another suffix."""
    return "GPKG_CONTENTS" in _tables(source)


def read_cloud_package(source: Source, progress: Progress) -> RawLayer:
    """Return the patches of the package; raises WeipianError when it has no outlines."""
    table = query(source, "SELECT * FROM JCTB")
    columns = {str(name).upper(): name for name in table.columns}
    if _OUTLINE not in columns:
        raise WeipianError(f"{source.original.name} 的表 JCTB 没有图斑范围字段 TBFW，请换成带图形的数据包。")
    outlines = table.pop(columns[_OUTLINE])
    progress.report(0.3)
    geometries, unreadable = _geometries(outlines)
    progress.report(1.0)
    return RawLayer(
        attributes=table,
        fids=np.arange(1, len(table) + 1, dtype=np.int64),
        geometries=geometries,
        unreadable=unreadable,
        unclosed=np.zeros(len(table), dtype=bool),
        crs_wkt=_crs(outlines),
        encoding="UTF-8",
        encoding_why="SQLite 格式规定文字为 UTF-8",
        layer="JCTB",
    )


def _tables(source: Source) -> set[str]:
    names = query(source, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return {str(name).upper() for name in names["name"]}


def _geometries(outlines: Series) -> tuple[NDArray[np.object_], NDArray[np.bool_]]:
    texts = [None if not _is_filled(text) else _SRID.sub("", str(text)) for text in outlines]
    geometries = np.array([_parse(text) for text in texts] + [None], dtype=object)[:-1]
    unreadable = np.array(
        [text is not None and shape is None for text, shape in zip(texts, geometries, strict=True)],
        dtype=bool,
    )
    return shapely.force_2d(geometries), unreadable


def _is_filled(text: object) -> bool:
    return isinstance(text, str) and bool(text.strip())


def _parse(text: str | None) -> shapely.Geometry | None:
    if text is None:
        return None
    try:
        return shapely.from_wkt(text)
    except shapely.errors.GEOSException:
        return None


def _crs(outlines: Series) -> str:
    """Return the CRS that the outlines name in front (EWKT), '' when they name none."""
    found = {match.group(1) for text in outlines if isinstance(text, str) and (match := _SRID.match(text))}
    return f"EPSG:{found.pop()}" if len(found) == 1 else ""
