"""Layers read by pyogrio some hundred features at a time.

It keeps Python, and so the window, for as long as it reads: six seconds for 200,000 parcels. By feature ids
any piece is found at once, also where features were deleted, which reading on from a place is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import pyogrio

from weipian_plugin.domain.progress import Progress
from weipian_plugin.giving_way import slices, with_breaths
from weipian_plugin.intake import one_by_one
from weipian_plugin.intake.features import ARC_STEP, Features, Ids, Wanted
from weipian_plugin.intake.source import Kind, Source
from weipian_plugin.intake.sqlite_file import row_ids

_FEATURES = {Kind.SHAPEFILE: 2_000, Kind.FILE_GDB: 300, Kind.GEOPACKAGE: 300, Kind.SQLITE: 300}
"""Features read in some twenty milliseconds; of shapefiles only the geometry is read here."""
_ARC_OPTION = "OGR_ARC_STEPSIZE"


def list_layers(source: Source) -> list[tuple[str, str]]:
    """Return name and geometry type of the layers that have geometry."""
    return [(str(name), str(kind)) for name, kind in pyogrio.list_layers(source.data) if kind is not None]


def field_names(source: Source, wanted: Wanted) -> list[str]:
    """Return the field names of a layer."""
    return [str(name) for name in pyogrio.read_info(source.data, **_place(wanted))["fields"]]


def read_features(source: Source, wanted: Wanted, progress: Progress) -> Features:
    """Return all features; raises pyogrio's errors."""
    filters = _filters(source, wanted, progress.part(0.0, 0.1))
    pieces = []
    with _fine_arcs():
        for index, piece in enumerate(with_breaths(filters)):
            progress.report(0.1 + 0.9 * index / len(filters))
            pieces.append(_read(source, wanted, piece))
        return _joined(pieces) if pieces else _read(source, wanted, {})


@contextmanager
def _fine_arcs() -> Iterator[None]:
    before = pyogrio.get_gdal_config_option(_ARC_OPTION)
    pyogrio.set_gdal_config_options({_ARC_OPTION: str(ARC_STEP)})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({_ARC_OPTION: before})


def _place(wanted: Wanted) -> dict[str, Any]:
    return {"layer": wanted.layer or None, "encoding": wanted.encoding}


def _read(source: Source, wanted: Wanted, piece: Mapping[str, Any]) -> Features:
    columns: list[str] | None = None if wanted.attributes else []
    meta, fids, blobs, values = pyogrio.raw.read(
        source.data,
        return_fids=True,
        columns=columns,
        force_2d=True,
        datetime_as_string=True,
        **_place(wanted),
        **piece,
    )
    return Features(
        [str(name) for name in meta["fields"]],
        meta["crs"] or "",
        str(meta["geometry_type"]),
        np.asarray(fids, dtype=np.int64),
        blobs,
        list(values),
    )


def _joined(pieces: Sequence[Features]) -> Features:
    """Return the pieces as one; a number missing in one of them makes the column one of floats.

    The pieces are used up: let go of all at once, they would keep the window waiting.
    """
    blobs = [piece.blobs for piece in pieces if piece.blobs is not None]
    fids = np.concatenate([piece.fids for piece in pieces])
    fields = with_breaths(pieces[0].fields, len(fids))
    return pieces[0]._replace(
        fids=fids,
        blobs=np.concatenate(blobs) if blobs else None,
        values=[np.concatenate([piece.values.pop(0) for piece in pieces]) for _ in fields],
    )


def _filters(source: Source, wanted: Wanted, progress: Progress) -> list[dict[str, Any]]:
    """Return the options that tell each piece; none where there is but one."""
    ids, place = _ids(source, wanted, progress)
    pieces = [ids[part] for part in slices(len(ids), _FEATURES[source.kind])]
    if len(pieces) < 2:
        return []
    if not place:
        return [{"fids": piece} for piece in pieces]
    # A database reads from id to id sooner than id by id.
    return [{"where": f'"{place}" BETWEEN {piece[0]} AND {piece[-1]}'} for piece in pieces]


def _ids(source: Source, wanted: Wanted, progress: Progress) -> tuple[Ids, str]:
    """Return the ids of all features and the column of a database that holds them, '' for none."""
    if source.kind not in (Kind.GEOPACKAGE, Kind.SQLITE):
        return one_by_one.feature_ids(source, wanted, progress), ""
    info = pyogrio.read_info(source.data, **_place(wanted))
    column = str(info["fid_column"])
    if not column:
        return np.empty(0, dtype=np.int64), ""
    return row_ids(source, info["layer_name"], column), column.replace('"', '""')
