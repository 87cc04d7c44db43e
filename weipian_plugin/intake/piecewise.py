"""GDAL's reader some hundred features at a time.

It keeps Python, and so the window, for as long as it reads: six seconds for 200,000 parcels. By feature ids
any piece is found at once, also where features were deleted, which reading on from a place is not.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyogrio
from numpy.typing import NDArray

from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.chunks import slices
from weipian_plugin.intake.source import Kind, Source
from weipian_plugin.intake.sqlite_file import row_ids

Ids = NDArray[np.int64]
_FEATURES = {Kind.SHAPEFILE: 2_000, Kind.FILE_GDB: 300, Kind.GEOPACKAGE: 300}
"""Features read in some twenty milliseconds; of shapefiles only the geometry is read here. Files of other
kinds are gone through from the beginning for any piece, so they are read at once."""
_IDS = 3_000
_BREATH_SECONDS = 0.005
"""Between pieces: to show one thing the window may need Python ten times, and would wait for ten pieces."""


class Features(NamedTuple):
    """What GDAL gives of a layer; everything but `meta` goes feature by feature."""

    meta: Mapping[str, Any]
    fids: Ids
    blobs: NDArray[np.object_] | None
    """Well-known binary; None where the layer has no geometry at all."""
    values: list[NDArray[np.generic]]
    """One array a field of `meta`."""


def read_features(source: Source, progress: Progress, **options: Any) -> Features:
    """Return all features, read with these options of `pyogrio.raw.read`; raises its errors."""
    wanted = _pieces(source, options)
    if len(wanted) <= 1:
        return _read(source.data, options)
    pieces = []
    for index, piece in enumerate(wanted):
        progress.report(index / len(wanted))
        pieces.append(_read(source.data, {**options, **piece}))
        time.sleep(_BREATH_SECONDS)
    return _joined(pieces)


def _read(path: Path, options: Mapping[str, Any]) -> Features:
    meta, fids, blobs, values = pyogrio.raw.read(path, return_fids=True, **options)
    return Features(meta, np.asarray(fids, dtype=np.int64), blobs, list(values))


def _joined(pieces: Sequence[Features]) -> Features:
    """Return the pieces as one; a number missing in one of them makes the column one of floats.

    The pieces are used up: let go of all at once, they would keep the window waiting.
    """
    blobs = [piece.blobs for piece in pieces if piece.blobs is not None]
    fields = range(len(pieces[0].values))
    return Features(
        pieces[0].meta,
        np.concatenate([piece.fids for piece in pieces]),
        np.concatenate(blobs) if blobs else None,
        [np.concatenate([piece.values.pop(0) for piece in pieces]) for _ in fields],
    )


def _pieces(source: Source, options: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the options that tell each piece; none where the features are not found by their ids."""
    if source.kind not in _FEATURES:
        return []
    where = {name: options.get(name) for name in ("layer", "encoding")}
    info = pyogrio.read_info(source.data, **where)
    if source.kind is not Kind.GEOPACKAGE:
        ids = _numbered(source.data, where, info)
        return [{"fids": ids[part]} for part in slices(len(ids), _FEATURES[source.kind])]
    if not info["fid_column"]:
        return []
    # A database reads from id to id sooner than id by id.
    name = str(info["fid_column"]).replace('"', '""')
    ids = row_ids(source, info["layer_name"], info["fid_column"])
    pieces = (ids[part] for part in slices(len(ids), _FEATURES[source.kind]))
    return [{"where": f'"{name}" BETWEEN {piece[0]} AND {piece[-1]}'} for piece in pieces]


def _numbered(path: Path, where: Mapping[str, Any], info: Mapping[str, Any]) -> Ids:
    """Return the ids of a file that numbers its features: in pieces where these prove to be all.

    Else at once: where features were deleted, some formats count them on and some do not.
    """
    pieces = [np.empty(0, dtype=np.int64)]
    if info["capabilities"]["fast_set_next_by_index"]:
        # Never past the end: there GDAL begins anew with some formats.
        for start in range(0, info["features"], _IDS):
            pieces.append(_some_ids(path, {**where, "skip_features": start, "max_features": _IDS}))
            time.sleep(_BREATH_SECONDS)
    ids = np.concatenate(pieces)
    is_whole = len(ids) == info["features"] and bool((np.diff(ids) > 0).all())
    return ids if is_whole else _some_ids(path, where)


def _some_ids(path: Path, options: Mapping[str, Any]) -> Ids:
    _, fids, _, _ = pyogrio.raw.read(path, columns=[], read_geometry=False, return_fids=True, **options)
    return np.asarray(fids, dtype=np.int64)
