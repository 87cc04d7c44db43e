"""What was let go of is gone, piece by piece."""

from __future__ import annotations

import weakref

import geopandas as gpd
import numpy as np
import pandas as pd

from weipian_plugin.giving_way import free_column_by_column, free_row_by_row


class Value:
    """Something that a weak reference can watch."""


def watched(count):
    values = [Value() for _ in range(count)]
    return values, [weakref.ref(value) for value in values]


def test_rows():
    rows, seen = watched(3)
    free_row_by_row(rows)
    assert rows == []
    assert [one() for one in seen] == [None] * 3


def test_entries():
    values, seen = watched(3)
    entries = dict(enumerate(values))
    del values
    free_row_by_row(entries)
    assert entries == {}
    assert [one() for one in seen] == [None] * 3


def test_columns_of_any_kind_go_at_once_with_the_frame_still_held():
    values, seen = watched(12_000)
    column = np.empty(12_000, dtype=object)
    column[:] = values
    geometry = gpd.points_from_xy(range(12_000), range(12_000), crs=4490)
    frame = gpd.GeoDataFrame({"a": column, "n": np.arange(12_000), "geom": geometry}, geometry="geom")
    del column, values
    free_column_by_column(frame)
    assert list(frame.columns) == []
    assert not any(one() for one in seen)


def test_an_empty_frame():
    free_column_by_column(pd.DataFrame())
