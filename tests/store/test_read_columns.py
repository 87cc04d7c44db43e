"""Whole columns read at once are what reading row by row gives."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weipian_plugin.store.frames import read_frame, read_numbers, read_texts

ROWS = st.lists(st.tuples(st.text(max_size=4), st.text("甲乙\x1f", max_size=3)), max_size=20)


@pytest.fixture
def connection():
    with closing(sqlite3.connect(":memory:")) as made:
        made.execute("CREATE TABLE t (fid INTEGER PRIMARY KEY, a TEXT, b TEXT, x REAL)")
        made.execute("CREATE INDEX t_b ON t (b, a)")
        yield made


@given(ROWS)
def test_texts_are_those_of_the_rows(rows):
    """Also when a value holds the separator, or ends with nothing."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (a TEXT, b TEXT)")
        connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
        found = read_texts(connection, "SELECT a, b AS other FROM t ORDER BY rowid")
        assert list(found.columns) == ["a", "other"]
        assert list(found.itertuples(index=False, name=None)) == rows


def test_rows_keep_the_order_that_was_asked_for(connection):
    """An index that holds all the columns in another order must not tempt SQLite."""
    values = np.random.default_rng(1).permutation(500).tolist()
    connection.executemany("INSERT INTO t (a, b) VALUES (?, ?)", [(f"{n}", f"{-n}") for n in values])
    for order in ("fid", "fid DESC", "b", "a DESC"):
        statement = f"SELECT a, b FROM t ORDER BY {order}"
        assert read_texts(connection, statement).equals(read_frame(connection, statement))


def test_nothing_and_one_empty_row(connection):
    assert read_texts(connection, "SELECT a, b FROM t").shape == (0, 2)
    connection.execute("INSERT INTO t (a, b) VALUES ('', '')")
    assert read_texts(connection, "SELECT a, b FROM t").to_numpy().tolist() == [["", ""]]


def test_numbers(connection):
    assert read_numbers(connection, "SELECT fid, x FROM t").shape == (0, 2)
    connection.executemany("INSERT INTO t (x) VALUES (?)", [(1 / 3,), (2.0,)])
    assert read_numbers(connection, "SELECT fid, x FROM t").tolist() == [[1, 1 / 3], [2, 2]]
