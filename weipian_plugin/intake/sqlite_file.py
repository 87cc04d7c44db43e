"""Looking into a database from outside without GDAL: read-only, nothing made beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.intake.source import Kind, Source
from weipian_plugin.sqlite_uri import sqlite_uri

_IDS = 'SELECT "{}" FROM "{}" ORDER BY 1'
_QUERIES = "SELECT name FROM sqlite_master WHERE type = 'view' OR sql LIKE 'CREATE VIRTUAL TABLE%'"


def query(source: Source, statement: str) -> pd.DataFrame:
    """Return what a statement finds; raise WeipianError for a file that is no whole database."""
    with _reading(source) as connection:
        cursor = connection.execute(statement)
        rows = cursor.fetchall()
        names = [column[0] for column in cursor.description]
    return pd.DataFrame(rows, columns=names, dtype=object)


def row_ids(source: Source, table: str, column: str) -> NDArray[np.int64]:
    """Return the ids of all rows in ascending order; raises as `query` does."""
    name, place = (text.replace('"', '""') for text in (column, table))
    with _reading(source) as connection:
        rows = connection.execute(_IDS.format(name, place))
        return np.fromiter((row[0] for row in rows), dtype=np.int64)


@contextmanager
def _reading(source: Source) -> Iterator[sqlite3.Connection]:
    try:
        # immutable: SQLite then creates no lock or journal beside the original.
        with closing(sqlite3.connect(sqlite_uri(source.data, "immutable"), uri=True)) as connection:
            yield connection
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise WeipianError(
            f"数据库 {source.original.name} 读不出来，可能已损坏或没有拷贝完整，请重新索取。"
        ) from error


def without_queries(source: Source, layers: list[str]) -> list[str]:
    """Return those layers that are tables: a view is a query that the file brings along, and may never end.

    Raises WeipianError when there are only views.
    """
    if source.kind not in (Kind.GEOPACKAGE, Kind.SQLITE):
        return layers
    queries = {str(name).casefold() for name in query(source, _QUERIES)["name"]}
    tables = [layer for layer in layers if layer.casefold() not in queries]
    if layers and not tables:
        raise WeipianError(
            f"{source.original.name} 里的图层（{'、'.join(layers)}）是视图，即文件自带的查询，本插件不运行；"
            "请在 QGIS 里另存为普通图层后再选择。"
        )
    return tables
