"""The one door to GDAL: the layers of a source, their fields, and their features.

They raise the errors of pyogrio.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake import one_by_one, piecewise
from weipian_plugin.intake.features import Features, Wanted
from weipian_plugin.intake.source import Kind, Source

_FROM_THE_BEGINNING = (Kind.GEOJSON, Kind.PERSONAL_GDB)
"""Gone through from the beginning for any piece of them."""


class _Reader(Protocol):
    def list_layers(self, source: Source) -> list[tuple[str, str]]: ...

    def field_names(self, source: Source, wanted: Wanted) -> list[str]: ...

    def read_features(self, source: Source, wanted: Wanted, progress: Progress) -> Features: ...


def has_driver(kind: Kind) -> bool:
    """Return whether GDAL reads the kind: for personal geodatabases it must be built with ODBC."""
    with _quietly():
        return one_by_one.has_driver(kind)


def list_layers(source: Source) -> list[tuple[str, str]]:
    """Return name and geometry type of the layers that have geometry."""
    with _quietly():
        return _reader(source).list_layers(source)


def field_names(source: Source, wanted: Wanted) -> list[str]:
    """Return the field names of a layer."""
    with _quietly():
        return _reader(source).field_names(source, wanted)


def read_features(source: Source, wanted: Wanted, progress: Progress) -> Features:
    """Return all features of a layer."""
    with _quietly():
        return _reader(source).read_features(source, wanted, progress)


def _reader(source: Source) -> _Reader:
    return one_by_one if source.kind in _FROM_THE_BEGINNING else piecewise


@contextmanager
def _quietly() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
