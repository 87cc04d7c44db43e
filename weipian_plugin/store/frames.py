"""Rows of the database as frames, and frames as rows."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.store.sql import fill, quoted

_ROWS_PER_STATEMENT = 40
"""Times the at most 18 columns of a table stays below the 999 values that any SQLite takes."""
_ROWS_READ = 2_000
_SEPARATOR = "\x1f"
_NO_ROWS = "SELECT * FROM ($rows) LIMIT 0"
_ONE_ROW = "SELECT COUNT(*), $columns FROM ($rows)"
_JOINED = "group_concat($name, char(31))"
_TO_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: Any) -> str:
    """Return JSON with sorted keys, no blanks and Chinese as it is: equal values give equal text."""
    try:
        return _TO_JSON.encode(value)
    except (ValueError, TypeError):
        return _TO_JSON.encode(plain(value))


def plain(value: Any) -> Any:
    """Return a value in JSON's own types: numpy and pandas scalars unwrapped, NaN and NaT as None."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, str | int) else str(value)


def read_frame(
    connection: sqlite3.Connection,
    statement: str,
    values: Sequence[Any] | Mapping[str, Any] = (),
    numbers: Collection[str] = (),
) -> pd.DataFrame:
    """Run a query and return its rows; columns in `numbers` become float with NaN for NULL."""
    cursor = connection.execute(statement, plain(values))
    names = [column[0] for column in cursor.description]
    kinds = [np.float64 if name in numbers else np.object_ for name in names]
    pieces: list[list[NDArray[Any]]] = [[np.empty(0, dtype=kind)] for kind in kinds]
    # Some thousand at a time: turned into columns at once, many rows keep the window waiting.
    while rows := cursor.fetchmany(_ROWS_READ):
        for column, kind, own in zip(zip(*rows, strict=True), kinds, pieces, strict=True):
            own.append(object_array(column).astype(kind, copy=False))
    data = {name: np.concatenate(own) for name, own in zip(names, pieces, strict=True)}
    return pd.DataFrame(data, columns=names, copy=False).infer_objects()


def read_texts(connection: sqlite3.Connection, statement: str) -> pd.DataFrame:
    """Run a query whose columns are all text, without NULL, and return its rows in their order.

    SQLite joins each column into one text, which takes a fifth of the time of as many rows.
    """
    names = [column[0] for column in connection.execute(fill(_NO_ROWS, rows=statement)).description]
    joined = ", ".join(fill(_JOINED, name=quoted(name)) for name in names)
    count, *texts = connection.execute(fill(_ONE_ROW, columns=joined, rows=statement)).fetchone()
    columns = [[] if text is None else text.split(_SEPARATOR) for text in texts]
    if any(len(column) != count for column in columns):  # a value holds the separator
        return read_frame(connection, statement)
    data = {name: object_array(column) for name, column in zip(names, columns, strict=True)}
    return pd.DataFrame(data, copy=False)


def read_numbers(connection: sqlite3.Connection, statement: str) -> NDArray[np.float64]:
    """Run a query whose columns are all numbers, without NULL, and return them with shape (rows, columns)."""
    cursor = connection.execute(statement)
    return np.fromiter(cursor, dtype=np.dtype((float, (len(cursor.description),))))


def object_array(values: Sequence[Any]) -> NDArray[Any]:
    """Return a one-dimensional object array of any values."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def insert_many(connection: sqlite3.Connection, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Run an `INSERT INTO … VALUES (?, …)` for every row; many rows a statement are twice as fast."""
    head, mark, marks = statement.partition("(?")
    several = head + ", ".join([mark + marks] * _ROWS_PER_STATEMENT)
    remaining = iter(rows)
    while len(part := list(islice(remaining, _ROWS_PER_STATEMENT))) == _ROWS_PER_STATEMENT:
        connection.execute(several, list(chain.from_iterable(part)))
    connection.executemany(statement, part)


def want(connection: sqlite3.Connection, patch_numbers: Iterable[str]) -> None:
    """Fill the temporary table `wanted` (patch_no), by which queries take only the patches at hand."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (patch_no TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute("DELETE FROM temp.wanted")
    numbers = ((number,) for number in dict.fromkeys(patch_numbers))
    insert_many(connection, "INSERT INTO temp.wanted VALUES (?)", numbers)


def rows_of(frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Give the frame's rows as tuples of plain Python values in the order of `columns`, NaN as None."""
    return zip(*(plain_list(frame[column]) for column in columns), strict=True)


def plain_list(column: pd.Series[Any]) -> list[Any]:
    """Return a column as Python values that SQLite and JSON take, missing ones as None."""
    values = column.astype(object).to_numpy(copy=True)
    values[pd.isna(values)] = None
    listed: list[Any] = values.tolist()
    if any(issubclass(kind, np.generic) for kind in set(map(type, listed))):
        listed = [value.item() if isinstance(value, np.generic) else value for value in listed]
    return listed
